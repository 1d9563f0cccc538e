package check

import "github.com/sellerkey/sellerkey/internal/account"

// Record writes down what a check of a saved account has found: the stores, or
// that the client secret has expired. Other failures say nothing lasting.
func (r Result) Record(s *account.Store, id string) error {
	if err := s.RecordCheck(id, r.Err); err != nil || r.Err != nil || r.Sandbox {
		return err
	}
	a, _ := s.Find(id)
	_, err := s.RecordStores(id, r.Codes(), r.Shop(a.Marketplace))
	return err
}
