package check

import (
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// Reason is what is known about a refusal without a reason, after the regions were
// asked.
type Reason struct {
	// Causes are those that are left, the likeliest first; never empty. A single one
	// is certain.
	Causes []Cause
	// Works are the regions where the token works, in spite of the refusal: the
	// account has the wrong marketplace.
	Works []Answer
	// Silent are the regions that said nothing, see [Answer.Err].
	Silent []Answer
	// Sandbox: the sandboxes of the regions were asked.
	Sandbox bool
}

// Certain returns the cause if only one is left, "" otherwise.
func (r *Reason) Certain() Cause {
	if len(r.Causes) == 1 {
		return r.Causes[0]
	}
	return ""
}

// Stores are the stores of the regions where the token works. Those where the
// seller sells come first. For a sandbox they are the [lwa.Region.Home] of the regions.
func (r *Reason) Stores() (stores []Store) {
	for _, selling := range []bool{true, false} {
		for _, a := range r.Works {
			for _, s := range a.Stores {
				if s.Selling == selling {
					stores = append(stores, s)
				}
			}
		}
	}
	if r.Sandbox {
		for _, a := range r.Works {
			stores = append(stores, Store{Marketplace: a.Region.Home(), Selling: true})
		}
	}
	return stores
}

// Corrected is the result for an account that has the marketplace of another region
// now, without asking Amazon again.
func (r *Reason) Corrected(m lwa.Marketplace) Result {
	for _, a := range r.Works {
		if a.Region == m.Region {
			return Result{Answers: []Answer{a}, Sandbox: r.Sandbox}
		}
	}
	return Result{}
}

// explain draws the conclusion from the answers of all regions, the first of which
// refused without a reason:
//
//   - A region where the token works is where it belongs.
//   - A region that says that the client secret has expired speaks for all.
//   - If all regions refuse, it isn't the region. A secret that is younger than
//     [account.SecretLife] hasn't expired.
func (r Result) explain(acc account.Account, now time.Time) Result {
	why := &Reason{Sandbox: r.Sandbox}
	var expired error
	for _, a := range r.Answers {
		switch {
		case a.Err == nil:
			why.Works = append(why.Works, a)
		case kindOf(a.Err) == lwa.KindSecretExpired:
			expired = a.Err
		case a.silent():
			why.Silent = append(why.Silent, a)
		}
	}
	if expired != nil && len(why.Works) == 0 {
		r.Err = expired
		return r
	}
	r.Reason = why
	if len(why.Works) > 0 || kindOf(r.Err) == lwa.KindWrongRegion {
		why.Causes = []Cause{CauseRegion}
		return r
	}
	all := causesOf(acc, now)
	why.Causes = slices.DeleteFunc(slices.Clone(all), func(c Cause) bool {
		switch c {
		case CauseRegion:
			return len(why.Silent) == 0
		case CauseSecret:
			return all[0] != CauseSecret // young
		}
		return false
	})
	return r
}
