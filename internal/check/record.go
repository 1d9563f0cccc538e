package check

import (
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// Record writes down what a check of a saved account has found: the stores, or
// that the client secret has expired. Other failures say nothing lasting.
func (r Result) Record(s *account.Store, id string) error {
	if err := r.recordSecret(s, id); err != nil || r.Err != nil || r.Sandbox {
		return err
	}
	a, _ := s.Find(id)
	_, err := s.RecordStores(id, r.Codes(), r.Shop(a.Marketplace))
	return err
}

// recordSecret writes down that the client secret has expired or, after a check that
// worked, that it hasn't.
func (r Result) recordSecret(s *account.Store, id string) error {
	expired := kindOf(r.Err) == lwa.KindSecretExpired
	a, ok := s.Find(id)
	known := a.Problem == string(lwa.KindSecretExpired)
	if !ok || r.Err != nil && !expired || known == expired {
		return nil
	}
	_, err := s.Update(id, func(a *account.Account) {
		a.Problem = ""
		if expired {
			a.Problem = string(lwa.KindSecretExpired)
		}
	})
	return err
}
