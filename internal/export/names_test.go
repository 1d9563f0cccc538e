package export

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/joho/godotenv"
	"go.yaml.in/yaml/v3"

	"github.com/sellerkey/sellerkey/lwa"
)

func TestAccountName(t *testing.T) {
	for title, want := range map[string]string{
		"JP · A0EXAMPLE00000": "JP_A0EXAMPLE00000",
		"Loja do João – SP":   "Loja_do_Joao_SP",
		"ＡＢＣ　店":               "", // 店 would be lost
		"ＡＢＣ　１":               "ABC_1",
		"大阪本店 2":              "",
		"  a: b # 'c'\n":      "a_b_c",
		"version":             "",
		"":                    "",
		"***":                 "",
	} {
		if got := accountName(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestAccountNamesAreOneEach(t *testing.T) {
	got := AccountNames([][]string{
		{"My shop", "JP · A1", "account_x1"},
		{"my shop", "JP · A2", "account_x2"}, // the same, but for capital letters
		{"大阪本店", "JP · A3", "account_x3"},
		{"Solo", "US · A4", "account_x4"},
		{"", "US · A5", "account_x5"}, // the same seller with two apps
		{"", "US · A5", "account_x6"},
	})
	if want := []string{"JP_A1", "JP_A2", "JP_A3", "Solo", "account_x5", "account_x6"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := AccountNames([][]string{{"店", "店"}}); !slices.Equal(got, []string{""}) {
		t.Errorf("%q", got)
	}
}

// Two accounts exported into the same file live side by side, and exporting one
// of them again changes its own entry only.
func TestTwoAccountsInOneFile(t *testing.T) {
	account := func(name, token string) Values {
		v := sample()
		v.AccountName, v.RefreshToken = name, lwa.NewSecret(token)
		return v
	}
	for id, read := range map[string]func(text, name string) (token string){
		"python_file": func(text, name string) string {
			var all map[string]map[string]string
			_ = yaml.Unmarshal([]byte(strings.Replace(text, "version: '1.0'\n", "", 1)), &all)
			return all[name]["refresh_token"]
		},
		"python_env": func(text, name string) string {
			all, _ := godotenv.Unmarshal(text)
			return all["SP_API_REFRESH_TOKEN_"+name]
		},
	} {
		target := target(t, id)
		path := filepath.Join(t.TempDir(), target.File)
		put := func(v Values, replaces bool) string {
			t.Helper()
			if got := target.Replaces(path, v); got != replaces {
				t.Errorf("%s: replaces something: %v", id, got)
			}
			if err := files(t).Merge(target, path, v); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		put(account("shop_1", "Atzr|EXAMPLE1"), false)
		text := put(account("shop_2", "Atzr|EXAMPLE2"), false)
		if read(text, "shop_1") != "Atzr|EXAMPLE1" || read(text, "shop_2") != "Atzr|EXAMPLE2" {
			t.Fatalf("%s: not side by side:\n%s", id, text)
		}
		if again := put(account("shop_2", "Atzr|EXAMPLE2"), false); again != text {
			t.Errorf("%s: the same once more changes the file", id)
		}
		want := strings.Replace(text, "Atzr|EXAMPLE1", "Atzr|EXAMPLE3", 1)
		if got := put(account("shop_1", "Atzr|EXAMPLE3"), true); got != want {
			t.Errorf("%s: more than its own entry changed:\n%s", id, got)
		}
	}
}

func TestPreviewHidesSecrets(t *testing.T) {
	for _, x := range Targets() {
		v := sample()
		text, err := x.Preview(v)
		if err != nil {
			t.Errorf("%s: %v", x.ID, err)
		}
		for _, secret := range []lwa.Secret{v.ClientSecret, v.RefreshToken} {
			if strings.Contains(text, secret.Reveal()) {
				t.Errorf("%s shows a secret", x.ID)
			}
		}
		if !strings.Contains(text, "****") || !strings.Contains(text, v.ClientID) || strings.Contains(text, "\t") {
			t.Errorf("%s: %s", x.ID, text)
		}
	}
	v := sample()
	v.RefreshToken = lwa.NewSecret("a\nb")
	if text, err := target(t, "json").Preview(v); KindOf(err) != KindControl || text != "" {
		t.Errorf("%v %q", err, text)
	}
}
