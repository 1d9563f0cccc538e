// Package spapi makes the one call of the Selling Partner API that proves that
// an access token works: the list of marketplaces the account takes part in.
//
// That call needs a role of its own. A refusal ([lwa.KindForbidden]) therefore
// says nothing against the token: a token that was refreshed is good, and
// whether this call was allowed is a second question.
//
// The call exists for sellers only. Callers do not make it for a vendor and
// report [lwa.KindNotForVendors] instead.
package spapi

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// path is the same in all regions
// (https://developer-docs.amazon.com/sp-api/docs/sellers-api-v1-reference).
const path = "/sellers/v1/marketplaceParticipations"

// Client calls the SP-API. The zero Client calls Amazon and gives up after
// sensible times. It keeps nothing and may be used by several goroutines.
type Client struct {
	// BaseURL replaces the endpoint of the region in tests and practice mode.
	BaseURL string
	// HTTP replaces the client with its time-outs. It is copied: redirects are
	// never followed, cookies never kept, connections never reused.
	HTTP *http.Client
	// Version is that of the program, for the User-Agent.
	Version string
}

// Participation is one marketplace that the account takes part in.
type Participation struct {
	MarketplaceID, CountryCode, Name string
	CurrencyCode, LanguageCode       string
	DomainName                       string
	// StoreName came later than the rest and may be empty.
	StoreName string
	// Participating is false where the account exists and does not sell.
	Participating        bool
	HasSuspendedListings bool
}

// MarketplaceParticipations lists the marketplaces of the account in a region.
//
// It makes one request and never repeats it: Amazon allows about one a minute.
// Every error is an [*lwa.Error], whose RetryAfter says when to come back.
func (c *Client) MarketplaceParticipations(ctx context.Context, region lwa.Region, access lwa.Secret) ([]Participation, error) {
	req, err := c.request(ctx, region, access)
	if err != nil {
		return nil, err
	}
	answer, err := lwa.Fetch(c.HTTP, req)
	if err != nil {
		if e, ok := err.(*lwa.Error); ok {
			e.Grant = lwa.GrantMarketplaces
		}
		return nil, err
	}
	list, refused := read(answer, access)
	if refused != nil {
		return nil, refused
	}
	return list, nil
}

// request refuses what cannot be sent, rather than let net/http quote it.
func (c *Client) request(ctx context.Context, region lwa.Region, access lwa.Secret) (*http.Request, error) {
	fail := func(kind lwa.Kind, parameter string) error {
		return &lwa.Error{Kind: kind, Parameter: parameter, Grant: lwa.GrantMarketplaces, At: time.Now().Round(0)}
	}
	base := c.BaseURL
	if base == "" {
		switch region {
		case lwa.NorthAmerica, lwa.Europe, lwa.FarEast:
			base = region.Endpoint()
		default:
			return nil, fail(lwa.KindWrongRegion, "region")
		}
	}
	token := access.Reveal()
	switch {
	case token == "":
		return nil, fail(lwa.KindMissingParameter, "access_token")
	case strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' }):
		return nil, fail(lwa.KindAccessTokenBad, "access_token")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+path, nil)
	if err != nil {
		return nil, fail(lwa.KindMalformedRequest, "base_url")
	}
	req.Header.Set("x-amz-access-token", token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.userAgent())
	return req, nil
}

// userAgent has the form that Amazon asks for
// (https://developer-docs.amazon.com/sp-api/docs/include-a-user-agent-header-in-all-requests).
func (c *Client) userAgent() string {
	version := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune(`/()\;=`, r) {
			return -1
		}
		return r
	}, c.Version)
	if version == "" {
		version = "dev"
	}
	return "SellerKey/" + version[:min(len(version), 64)] + " (Language=Go; Platform=" + runtime.GOOS + "/" + runtime.GOARCH + ")"
}

// read understands an answer. The shape of a success is that of sellers.json in
// amzn/selling-partner-api-models; fields that it does not name are ignored.
func read(a lwa.Answer, access lwa.Secret) ([]Participation, *lwa.Error) {
	var first lwa.Refusal
	if all := a.Refusals(); len(all) > 0 {
		first = all[0]
	}
	fail := func(kind lwa.Kind) ([]Participation, *lwa.Error) {
		e := a.Refusal(kind, first, access)
		e.Grant = lwa.GrantMarketplaces
		if e.RetryAfter == 0 && kind == lwa.KindThrottled {
			e.RetryAfter = interval(a.Header)
		}
		return nil, e
	}
	fields, form := a.Fields()
	switch {
	case a.Status/100 != 2, fields["payload"] == nil && first != lwa.Refusal{}:
		return fail(refusalKind(a, first))
	case a.IsWebPage():
		return fail(lwa.KindNotAmazon)
	case form == lwa.BodyNotJSON, form == lwa.BodyCut:
		return fail(lwa.KindUnparseable)
	}
	var payload []struct {
		Marketplace struct {
			ID                  string `json:"id"`
			CountryCode         string `json:"countryCode"`
			Name                string `json:"name"`
			DefaultCurrencyCode string `json:"defaultCurrencyCode"`
			DefaultLanguageCode string `json:"defaultLanguageCode"`
			DomainName          string `json:"domainName"`
		} `json:"marketplace"`
		StoreName     string `json:"storeName"`
		Participation struct {
			IsParticipating      bool `json:"isParticipating"`
			HasSuspendedListings bool `json:"hasSuspendedListings"`
		} `json:"participation"`
	}
	if raw := fields["payload"]; raw == nil || string(raw) == "null" || json.Unmarshal(raw, &payload) != nil {
		return fail(lwa.KindMalformedSuccess)
	}
	list := make([]Participation, 0, len(payload))
	for _, p := range payload {
		list = append(list, Participation{
			MarketplaceID: p.Marketplace.ID, CountryCode: p.Marketplace.CountryCode, Name: p.Marketplace.Name,
			CurrencyCode: p.Marketplace.DefaultCurrencyCode, LanguageCode: p.Marketplace.DefaultLanguageCode,
			DomainName: p.Marketplace.DomainName, StoreName: p.StoreName,
			Participating:        p.Participation.IsParticipating,
			HasSuspendedListings: p.Participation.HasSuspendedListings,
		})
	}
	return list, nil
}

// refusalKind tells the causes of a refusal apart
// (https://developer-docs.amazon.com/sp-api/docs/resolve-common-http-and-authorization-error-codes).
// The code is "Unauthorized" for nearly all of them; the details differ.
func refusalKind(a lwa.Answer, r lwa.Refusal) lwa.Kind {
	sentence := strings.ToLower(r.Sentence)
	has := func(words ...string) bool {
		for _, w := range words {
			if !strings.Contains(sentence, w) {
				return false
			}
		}
		return true
	}
	switch strings.ToLower(r.Code) {
	case "quotaexceeded", "throttled", "throttlingexception", "toomanyrequestsexception":
		return lwa.KindThrottled
	case "missingauthenticationtoken", "missingauthenticationtokenexception":
		return lwa.KindHeaderMissing
	case "internalfailure", "internalerror":
		return lwa.KindServer
	case "serviceunavailable":
		return lwa.KindUnavailable
	}
	if kind := a.StatusKind(); kind != "" {
		return kind
	}
	switch {
	case has("secret", "expired"):
		return lwa.KindSecretExpired
	case has("token", "expired"):
		return lwa.KindAccessTokenExpired
	case has("missing", "token"), has("missing", "header"):
		return lwa.KindHeaderMissing
	case has("token", "revoked"), has("token", "malformed"), has("token", "invalid"):
		return lwa.KindAccessTokenBad
	case has("region"):
		return lwa.KindWrongRegion
	}
	switch a.Status {
	case http.StatusUnauthorized:
		return lwa.KindAccessTokenBad
	case http.StatusForbidden:
		return lwa.KindForbidden
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		if r == (lwa.Refusal{}) {
			return lwa.KindNotAmazon // the call is there
		}
	case http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		return lwa.KindMalformedRequest
	}
	if strings.EqualFold(r.Code, "Unauthorized") || strings.EqualFold(r.Code, "AccessDenied") {
		return lwa.KindForbidden
	}
	return lwa.KindRefused
}

// interval is the pause that Amazon's rate limit comes to: 0.016 a second is
// one a minute
// (https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits).
func interval(header http.Header) time.Duration {
	perSecond, err := strconv.ParseFloat(header.Get("X-Amzn-Ratelimit-Limit"), 64)
	if err != nil || !(perSecond > 1.0/3600) {
		return 0
	}
	return time.Duration(float64(time.Second) / perSecond).Round(time.Second)
}
