// Package check asks Amazon what an account's access token is good for: which
// stores the authorization covers and, when the SP-API refuses without a reason,
// what the reason is.
package check

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/lwa"
)

// API is the part of [spapi.Client] that a check needs.
type API interface {
	MarketplaceParticipations(ctx context.Context, at lwa.Endpoint, access lwa.Secret) ([]spapi.Participation, error)
}

// Question is one check of an account.
type Question struct {
	API     API
	Account account.Account
	Access  lwa.Secret
	// Renew gets another access token when Amazon says that Access has run out. It
	// is called at most once, and may be nil.
	Renew func(context.Context) (lwa.Secret, error)
	// Known are answers of an earlier check. Those regions aren't asked again.
	Known []Answer
	Now   time.Time
}

// Answer is what the SP-API of one region said.
type Answer struct {
	Region lwa.Region
	// Stores are the ones in [lwa.Marketplaces], in that order. Amazon also lists
	// internal rows, such as "Non-Amazon US" (amzn/selling-partner-api-docs#761, #1260).
	// A sandbox has none: its list is the same for everybody.
	Stores []Store
	// Err is a [*lwa.Error], nil when the token works in the region.
	Err error
}

// Store is one store that an authorization covers.
type Store struct {
	lwa.Marketplace
	// Name is the seller's, possibly empty.
	Name string
	// Selling is false where the seller may sell and doesn't.
	Selling bool
}

// Result is what a check found. The zero Result is that of no check.
type Result struct {
	// Answers has the account's own region first.
	Answers []Answer
	// Err is why the check has failed; nil when the token works. Its kind is the
	// most telling one: a region that says that the client secret has expired
	// explains the refusals of the others.
	Err error
	// Reason explains Err where Amazon gave no reason; nil otherwise.
	Reason *Reason
	// Sandbox: the sandbox was asked, and production was not.
	Sandbox bool
}

// Stores are the stores that the authorization covers in the account's region.
func (r Result) Stores() []Store {
	if r.Err != nil || len(r.Answers) == 0 {
		return nil
	}
	return r.Answers[0].Stores
}

// Missing are the stores of the account's region that the authorization doesn't
// cover: it belongs to one seller account, and some stores of a region have
// accounts of their own (amzn/selling-partner-api-docs#3680, #2384).
func (r Result) Missing() []lwa.Marketplace {
	if r.Err != nil || len(r.Answers) == 0 || r.Sandbox {
		return nil
	}
	return slices.DeleteFunc(lwa.Marketplaces(), func(m lwa.Marketplace) bool {
		return m.Region != r.Answers[0].Region ||
			slices.ContainsFunc(r.Answers[0].Stores, func(s Store) bool { return s.ID == m.ID })
	})
}

// Codes are the country codes of [Result.Stores], for [account.Store.RecordStores].
func (r Result) Codes() (codes []string) {
	for _, s := range r.Stores() {
		codes = append(codes, s.Code)
	}
	return codes
}

// Shop is the seller's name for the shop: that of the account's marketplace, or
// else the first there is.
func (r Result) Shop(marketplace string) string {
	name := ""
	for _, s := range r.Stores() {
		if s.Code == marketplace && s.Name != "" {
			return s.Name
		}
		if name == "" {
			name = s.Name
		}
	}
	return name
}

// Next is the first store of missing that no account of the same app covers.
func Next(missing []lwa.Marketplace, of account.Account, all []account.Account) (lwa.Marketplace, bool) {
	for _, m := range missing {
		if !slices.ContainsFunc(all, func(a account.Account) bool { return a.ClientID == of.ClientID && covers(a, m.Code) }) {
			return m, true
		}
	}
	return lwa.Marketplace{}, false
}

// covers reports whether an account's authorization covers a store: the account's
// own marketplace, or one that Amazon named at the last check.
func covers(a account.Account, code string) bool {
	return a.Marketplace == code || slices.Contains(strings.Fields(a.Stores), code)
}

// Ask asks the account's region. If Amazon refuses without a reason, it asks the
// other regions with the same token: a GET that changes nothing, and the only way to
// learn where a token belongs. A sandbox account's token goes to sandboxes only, and
// any other to production only.
//
// Vendors don't have this call: nothing is sent for them.
func (q Question) Ask(ctx context.Context) Result {
	own := q.Account.Region()
	if q.Account.Vendor {
		return Result{Err: &lwa.Error{Kind: lwa.KindNotForVendors, Request: spapi.Request, At: q.Now}}
	}
	first := q.answer(ctx, own, q.Access)
	if k := kindOf(first.Err); (k == lwa.KindAccessTokenExpired || k == lwa.KindAccessTokenBad) && q.Renew != nil {
		renewed, err := q.Renew(ctx)
		if renewed.IsEmpty() {
			return Result{Answers: []Answer{first}, Err: err}
		}
		q.Access = renewed
		first = q.answer(ctx, own, q.Access)
	}
	r := Result{Answers: []Answer{first}, Err: first.Err, Sandbox: q.Account.Sandbox}
	if !unexplained(first.Err) {
		return r
	}
	others := slices.DeleteFunc(lwa.Regions(), func(region lwa.Region) bool { return region == own })
	answers := make([]Answer, len(others))
	var wg sync.WaitGroup
	for i, region := range others {
		wg.Go(func() { answers[i] = q.answer(ctx, region, q.Access) })
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return Result{Err: err}
	}
	r.Answers = append(r.Answers, answers...)
	return r.explain(q.Account, q.Now)
}

func (q Question) answer(ctx context.Context, region lwa.Region, access lwa.Secret) Answer {
	if i := slices.IndexFunc(q.Known, func(a Answer) bool { return a.Region == region && !a.silent() }); i >= 0 {
		return q.Known[i]
	}
	list, err := q.API.MarketplaceParticipations(ctx, lwa.Endpoint{Region: region, Sandbox: q.Account.Sandbox}, access)
	if err != nil {
		return Answer{Region: region, Err: err}
	}
	a := Answer{Region: region}
	if q.Account.Sandbox {
		return a
	}
	for _, m := range lwa.Marketplaces() {
		if i := slices.IndexFunc(list, func(p spapi.Participation) bool { return p.MarketplaceID == m.ID }); i >= 0 {
			a.Stores = append(a.Stores, Store{Marketplace: m, Name: list[i].StoreName, Selling: list[i].Participating})
		}
	}
	return a
}

// silent reports that a region said nothing about the account: it wasn't reached,
// or Amazon was busy or in trouble.
func (a Answer) silent() bool {
	return a.Err != nil && !unexplained(a.Err) && kindOf(a.Err) != lwa.KindSecretExpired
}

// unexplained reports a refusal that has one of several causes.
func unexplained(err error) bool {
	k := kindOf(err)
	return k == lwa.KindForbidden || k == lwa.KindWrongRegion
}

func kindOf(err error) lwa.Kind {
	var e *lwa.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Kind
}
