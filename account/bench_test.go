package account

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// manyAccounts are accounts as one provider's sellers have them: different
// sellers, one app.
func manyAccounts(n int) []Account {
	when := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	list := make([]Account, n)
	for i := range list {
		list[i] = Account{
			ID: fmt.Sprintf("example%05d", i), Name: fmt.Sprintf("見本の店舗 %05d", i), Marketplace: "JP",
			SellerID:      fmt.Sprintf("A0EXAMPLE%05d", i),
			ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-000000000000",
			ClientID:      "amzn1.application-oa2-client.00000000000000000000000000000000",
			CreatedAt:     when, AuthorizedAt: when, SecretMadeAt: when, RenewedAt: when,
			HasClientSecret: true, HasRefreshToken: true,
		}
	}
	return list
}

// filledStore is a store with so many accounts in a folder of its own.
func filledStore(b *testing.B, n int) *Store {
	b.Helper()
	dir := b.TempDir()
	data, _, err := currentFormat().encode(manyAccounts(n))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, indexName), data, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	s, err := Open(dir, NewMemory(), nil)
	if err != nil || len(s.List()) != n {
		b.Fatal("the index was not read: ", err)
	}
	return s
}

func eachSize(b *testing.B, run func(b *testing.B, n int)) {
	for _, n := range []int{10, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, n)
		})
	}
}

// BenchmarkIndexOpen is what a start waits for.
func BenchmarkIndexOpen(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		s := filledStore(b, n)
		for b.Loop() {
			if _, err := Open(s.dir, s.vault, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkIndexJSON is what encoding/json takes for the same file.
func BenchmarkIndexJSON(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		s := filledStore(b, n)
		for b.Loop() {
			data, err := os.ReadFile(s.path(indexName))
			if err != nil {
				b.Fatal(err)
			}
			var file struct{ Accounts []Account }
			if err := json.Unmarshal(data, &file); err != nil || len(file.Accounts) != n {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkIndexSave is one change: read what is on the disk, write it twice.
func BenchmarkIndexSave(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		s := filledStore(b, n)
		for i := 0; b.Loop(); i++ {
			if err := s.Rename("example00003", fmt.Sprint("name ", i)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSearch is the searching of one keystroke.
func BenchmarkSearch(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		s := filledStore(b, n)
		for b.Loop() {
			if len(s.Search("見本 9")) == 0 {
				b.Fatal("nothing found")
			}
		}
	})
}
