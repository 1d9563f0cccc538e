package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// sample has values of the real forms, all of them invented.
func sample() Values {
	return Values{
		ClientID:     "amzn1.application-oa2-client.00000000000000000000000000000000",
		ClientSecret: lwa.NewSecret("amzn1.oa2-cs.v1." + strings.Repeat("0", 64)),
		RefreshToken: lwa.NewSecret("Atzr|EXAMPLE-_+/=|EXAMPLE"),
		SellerID:     "A0EXAMPLE00000",
		Marketplace:  "JP",
	}
}

// nasty has values with every character that some format gives a meaning to.
// tail differs, so that a mix-up of the values shows.
func nasty(tail string) Values {
	const all = "|=a=b'c\"d#e # f $g ${HOME} $(x) `y` \\h\\\\i\\n %TEMP% <&> {{z}} é日本🎉 !: -, [x] " // ends in a blank
	v := sample()
	v.ClientID = "id" + all + tail
	v.ClientSecret = lwa.NewSecret("secret" + all + tail)
	v.RefreshToken = lwa.NewSecret("Atzr" + all + tail)
	return v
}

// awkward is as nasty as the .env readers can agree on, around a mark.
func awkward(mark string) Values {
	v := sample()
	v.ClientID = "id|=a=b#c # d" + mark + " é日本🎉" + mark + "!: x"
	v.ClientSecret = lwa.NewSecret("secret|=a=b#c # d" + mark + " é日本🎉" + mark + "!: x")
	v.RefreshToken = lwa.NewSecret("Atzr|=a=b#c # d" + mark + " é日本🎉" + mark + "!: x")
	return v
}

func target(t testing.TB, id string) Target {
	t.Helper()
	x, ok := Find(id)
	if !ok {
		t.Fatalf("there is no target %q", id)
	}
	return x
}

func render(t testing.TB, id string, v Values) string {
	t.Helper()
	s, err := target(t, id).Render(v)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return s.Reveal()
}

// three is what a reader should have found.
func three(v Values) map[string]string {
	return map[string]string{"id": v.ClientID, "secret": v.ClientSecret.Reveal(), "token": v.RefreshToken.Reveal()}
}

// same compares what a reader found, by the reader's names.
func same(t *testing.T, v Values, got map[string]string, id, secret, token string) {
	t.Helper()
	want := three(v)
	for _, x := range [][2]string{{id, "id"}, {secret, "secret"}, {token, "token"}} {
		if x[0] != "" && got[x[0]] != want[x[1]] {
			t.Errorf("%s: read back %q, want %q", x[0], got[x[0]], want[x[1]])
		}
	}
}

func TestTheTableIsWhole(t *testing.T) {
	var ids []string
	for _, x := range Targets() {
		if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(x.ID) || slices.Contains(ids, x.ID) {
			t.Errorf("ID %q", x.ID)
		}
		ids = append(ids, x.ID)
		if x.Name == "" || (x.code == nil) == (x.format == nil) || x.Merges != (x.format != nil) || x.folder != nil && x.File == "" {
			t.Errorf("%s: the entry does not fit together", x.ID)
		}
		for _, v := range []Values{sample(), awkward("")} {
			if x.ID == "node_file" && strings.Contains(v.ClientID, "=") {
				continue
			}
			text := render(t, x.ID, v)
			if !strings.HasSuffix(text, "\n") || strings.Contains(text, "\r") {
				t.Errorf("%s: %q", x.ID, text)
			}
		}
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	for _, x := range Targets() {
		for _, c := range []struct {
			value  value.ID
			change func(*Values)
			needed bool
		}{
			{value.ClientID, func(v *Values) { v.ClientID = "" }, true},
			{value.ClientSecret, func(v *Values) { v.ClientSecret = lwa.Secret{} }, true},
			{value.RefreshToken, func(v *Values) { v.RefreshToken = lwa.Secret{} }, x.ID != "node_file"},
			{ValueMarketplace, func(v *Values) { v.Marketplace = "" }, x.needs&needRegion != 0},
			{value.SellerID, func(v *Values) { v.SellerID = "" }, false},
		} {
			v := sample()
			c.change(&v)
			_, err := x.Render(v)
			var e *Error
			if c.needed != errors.As(err, &e) || c.needed && (e.Kind != KindMissing || e.Value != c.value) {
				t.Errorf("%s without %s: %v", x.ID, c.value, err)
			}
		}
	}
}

func TestLineBreaksAreRefusedEverywhere(t *testing.T) {
	for _, x := range Targets() {
		for _, bad := range []string{"a\nb", "a\rb", "a\x00b", "a\x1bb", "a\u0085b", "a\u2028b", "a\xffb", "\t"} {
			for name, change := range map[value.ID]func(*Values){
				value.ClientID:     func(v *Values) { v.ClientID = bad },
				value.ClientSecret: func(v *Values) { v.ClientSecret = lwa.NewSecret(bad) },
				value.RefreshToken: func(v *Values) { v.RefreshToken = lwa.NewSecret(bad) },
				value.SellerID:     func(v *Values) { v.SellerID = bad },
				ValueAccountName:   func(v *Values) { v.AccountName = bad },
			} {
				v := sample()
				change(&v)
				_, err := x.Render(v)
				var e *Error
				if !errors.As(err, &e) || e.Kind != KindControl || e.Value != name {
					t.Errorf("%s with %q as %s: %v", x.ID, bad, name, err)
				}
				if x.Merges {
					if _, err := x.Merge(nil, v); KindOf(err) != KindControl {
						t.Errorf("%s, merged, with %q as %s: %v", x.ID, bad, name, err)
					}
				}
			}
		}
	}
	v := sample()
	v.Region = "mars"
	if _, err := target(t, "json").Render(v); KindOf(err) != KindUnknownRegion {
		t.Error(err)
	}
}

func TestErrorsHoldNoValue(t *testing.T) {
	for _, x := range Targets() {
		for _, v := range []Values{nasty("SECRETTAIL"), {ClientID: "SECRETTAIL\n"}} {
			_, err := x.Render(v)
			if err == nil {
				continue
			}
			for _, s := range []string{fmt.Sprintf("%v", err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
				if strings.Contains(s, "SECRETTAIL") {
					t.Errorf("%s: %s", x.ID, s)
				}
			}
		}
	}
}

func TestRenderedTextIsMasked(t *testing.T) {
	s, err := target(t, "json").Render(sample())
	if err != nil || strings.Contains(fmt.Sprintf("%v %+v %#v", s, s, s), "Atzr") {
		t.Error("the text shows", err)
	}
}

func TestJSON(t *testing.T) {
	for _, v := range []Values{sample(), nasty("end")} {
		var got map[string]string
		text := render(t, "json", v)
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		same(t, v, got, "client_id", "client_secret", "refresh_token")
		if got["marketplace"] != "JP" || got["marketplace_id"] != "A1VC38T7YXB528" || got["region"] != "fe" ||
			got["endpoint"] != "https://sellingpartnerapi-fe.amazon.com" || got["seller_id"] != "A0EXAMPLE00000" {
			t.Error(text)
		}
	}
	v := sample()
	v.Marketplace, v.SellerID = "", ""
	if text := render(t, "json", v); strings.Contains(text, "marketplace") || strings.Contains(text, "endpoint") {
		t.Error(text)
	}
}

// The line reader of amazon-sp-api for Node, for machines without Node. The
// package itself reads in TestConsumers.
func readNodeFile(text string) map[string]string {
	found := make(map[string]string)
	for _, line := range strings.Split(text, "\n") {
		parts := strings.Split(line, "=")
		key := strings.TrimFunc(parts[0], isScriptBlank)
		if len(parts) == 2 && (key == "SELLING_PARTNER_APP_CLIENT_ID" || key == "SELLING_PARTNER_APP_CLIENT_SECRET") {
			found[key] = strings.TrimFunc(parts[1], isScriptBlank)
		}
	}
	return found
}

func TestNodeFile(t *testing.T) {
	v := nasty("end")
	v.ClientID = strings.ReplaceAll(v.ClientID, "=", "~")
	v.ClientSecret = lwa.NewSecret(strings.ReplaceAll(v.ClientSecret.Reveal(), "=", "~"))
	for _, v := range []Values{sample(), v} {
		same(t, v, readNodeFile(render(t, "node_file", v)), "SELLING_PARTNER_APP_CLIENT_ID", "SELLING_PARTNER_APP_CLIENT_SECRET", "")
	}
	for kind, bad := range map[Kind][]string{
		KindEquals: {"a=b", "=", "a=="},
		KindBlanks: {" a", "a ", "\u00a0a", "a\ufeff", "　a"},
	} {
		for _, s := range bad {
			v := sample()
			v.ClientSecret = lwa.NewSecret(s)
			_, err := target(t, "node_file").Render(v)
			var e *Error
			if !errors.As(err, &e) || e.Kind != kind || e.Value != value.ClientSecret {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
}

func TestAccountNames(t *testing.T) {
	v := sample()
	v.AccountName = "shop_2"
	text := render(t, "python_env", v)
	for _, key := range []string{"SP_API_REFRESH_TOKEN_shop_2='", "LWA_APP_ID_shop_2='", "LWA_CLIENT_SECRET_shop_2='"} {
		if !strings.Contains(text, key) {
			t.Errorf("%s is missing", key)
		}
	}
	if strings.Contains(text, "DEFAULT_MARKETPLACE") {
		t.Error("one account sets the marketplace of all")
	}
	v.AccountName = "default"
	if text := render(t, "python_env", v); !strings.Contains(text, "LWA_APP_ID='") || !strings.Contains(text, "SP_API_DEFAULT_MARKETPLACE='JP'") {
		t.Error(text)
	}
	v.AccountName = "楽しい店"
	if _, err := target(t, "python_env").Render(v); KindOf(err) != KindAccountName {
		t.Error(err)
	}
	if text := render(t, "python_file", v); !strings.Contains(text, "\n'楽しい店':\n") {
		t.Error(text)
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		id   string
		home Home
		want string
	}{
		{"python_file", Home{OS: "linux", Dir: "/home/mika"}, "/home/mika/.config/python-sp-api/credentials.yml"},
		{"python_file", Home{OS: "darwin", Dir: "/Users/mika"}, "/Users/mika/.config/python-sp-api/credentials.yml"},
		{"python_file", Home{OS: "windows", Dir: `C:\Users\mika`, AppData: `D:\Roaming`}, `D:\Roaming\python-sp-api\credentials.yml`},
		{"python_file", Home{OS: "windows", Dir: `C:\Users\mika`}, `C:\Users\mika\AppData\Roaming\python-sp-api\credentials.yml`},
		{"node_file", Home{OS: "linux", Dir: "/home/mika"}, "/home/mika/.amzspapi/credentials"},
		{"node_file", Home{OS: "windows", Dir: `C:\Users\mika`}, `C:\Users\mika\.amzspapi\credentials`},
		{"dotenv", Home{OS: "linux", Dir: "/home/mika"}, ""},
		{"json", Home{OS: "linux", Dir: "/home/mika"}, ""},
		{"node_file", Home{}, ""},
	} {
		if got := target(t, c.id).Path(c.home); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.id, c.home.OS, got, c.want)
		}
	}
	if h, err := ThisHome(); err == nil && target(t, "node_file").Path(h) == "" {
		t.Error("no path at home")
	}
}

func TestKindsAreIdentifiers(t *testing.T) {
	var seen []Kind
	for _, k := range Kinds() {
		if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(string(k)) || slices.Contains(seen, k) {
			t.Errorf("kind %q", k)
		}
		seen = append(seen, k)
	}
}
