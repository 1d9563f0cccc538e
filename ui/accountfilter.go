package ui

import (
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
)

// accountFilter is how a long list of accounts is searched, narrowed and sorted. It
// outlives the screen, so that the list is as it was after a look at an account.
type accountFilter struct {
	search              string
	onlyNeeding, byNeed bool
}

// showAll ends searching and narrowing, so that no account is missing.
func (f *accountFilter) showAll() { f.search, f.onlyNeeding = "", false }

func (f *accountFilter) accounts(e *Environment, now time.Time) []account.Account {
	list := e.Store.Search(f.search)
	if f.onlyNeeding {
		list = e.needing(list, now)
	}
	if f.byNeed {
		list = slices.Clone(list)
		account.SortByNeed(list, now)
	}
	return list
}
