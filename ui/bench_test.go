package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// BenchmarkSearchKeystroke is a key in the search field of the list of
// accounts: searching, and filling the lines that show. What painting them
// takes on top is measured in the real window (make bench).
func BenchmarkSearchKeystroke(b *testing.B) {
	for _, n := range []int{10, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := newHarness(b, "ja")
			h.quit()
			index := struct {
				Version  int               `json:"version"`
				Accounts []account.Account `json:"accounts"`
			}{Version: 1}
			for i := range n {
				index.Accounts = append(index.Accounts, account.Account{
					ID: fmt.Sprintf("example%05d", i), Name: fmt.Sprintf("見本の店舗 %05d", i), Marketplace: "JP",
					SellerID: fmt.Sprintf("A0EXAMPLE%05d", i), HasRefreshToken: true,
				})
			}
			data, err := json.Marshal(index)
			if err == nil {
				err = os.WriteFile(filepath.Join(h.dir, "real", "accounts.json"), data, 0o600)
			}
			if err != nil {
				b.Fatal(err)
			}
			h.start(shell.Settings{Lang: "ja"})
			list, search := h.accounts()
			if list.Length() != n {
				b.Fatalf("not the list of %d accounts", n)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				search.SetText([]string{"9", ""}[i%2])
			}
			if list.Length() == 0 {
				b.Fatal("nothing found")
			}
		})
	}
}
