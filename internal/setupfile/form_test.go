package setupfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/value"
)

// filled is a form as somebody types it, accidents included.
func filled() Form {
	f := NewForm()
	f.Provider, f.Support = " Example Tools ", "help@tools.example\t"
	f.ReadApp("https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000000&version=beta")
	f.AddMarketplace("SG")
	f.RegistrationPage = "https://tools.example/register "
	f.Boxes[0].Label["ja"] = " セラーID"
	f.Boxes[1].Label["ja"], f.Boxes[1].Label["en"] = "OAuthコード", "  "
	return f
}

func TestFormGivesAFileThatReads(t *testing.T) {
	data, err := filled().Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(data)
	want := File{
		Version: 1, Provider: "Example Tools", Support: "help@tools.example",
		ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", Draft: true, Marketplaces: []string{"JP", "SG"},
		RegistrationPage: "https://tools.example/register",
		Boxes:            []Box{{value.SellerID, map[string]string{"ja": "セラーID"}}, {value.Code, map[string]string{"ja": "OAuthコード"}}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
}

// Every file that reads can be changed in the form, and comes out as it was.
func TestFormRoundTrip(t *testing.T) {
	files := []File{good()}
	paths, _ := filepath.Glob(examples + "/*" + Extension)
	for _, path := range paths {
		f, err := (Rules{}).ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	for _, f := range files {
		form := FormOf(f)
		data, err := form.Encode()
		if err != nil {
			t.Errorf("%s: %v", f.Provider, err)
			continue
		}
		if back, err := Read(data); err != nil || !reflect.DeepEqual(back, f) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", f.Provider, err, back, f)
		}
		before := len(f.Marketplaces)
		form.Boxes[0].Label["en"] = "changed"
		form.AddMarketplace("PL")
		if f.Boxes[0].Label["en"] == "changed" || len(f.Marketplaces) != before {
			t.Errorf("%s: the form changes the file it came from", f.Provider)
		}
	}
}

func TestFormTakesALink(t *testing.T) {
	const id = "amzn1.sellerapps.app.00000000-0000-0000-0000-000000000000"
	link := func(host, more string) string {
		return "https://" + host + "/apps/authorize/consent?application_id=" + id + more
	}
	var f Form
	if f.ReadApp(id) || f.File().ApplicationID != id || len(f.Marketplaces) > 0 {
		t.Errorf("a bare ID: %+v", f)
	}
	if !f.ReadApp(link("sellercentral.amazon.com.br", "&version=beta&state=abc&redirect_uri=https%3A%2F%2Ftools.example%2Fcb")) {
		t.Error("the link was not seen")
	}
	if got := f.File(); got.ApplicationID != id || !got.Draft || got.State != "abc" || got.RedirectURI != "https://tools.example/cb" ||
		!slices.Equal(got.Marketplaces, []string{"BR"}) || got.ConsentHost != "" || got.Vendor {
		t.Errorf("%+v", got)
	}
	f.ReadApp(link("vendorcentral.amazon.com.br", ""))
	if got := f.File(); got.Draft || !got.Vendor || !slices.Equal(got.Marketplaces, []string{"BR"}) {
		t.Errorf("a vendor's link of the same place: %+v", got)
	}
	f.ReadApp(link("sellercentral.amazon.de", ""))
	if got := f.File(); got.ConsentHost != "sellercentral.amazon.de" && !slices.Contains(got.Marketplaces, "DE") {
		t.Errorf("a host that is no marketplace's usual one is lost: %+v", got)
	}
}

// What a form is refused for is what a file is refused for.
func TestFormRefuses(t *testing.T) {
	for want, change := range map[string]func(*Form){
		"no_provider 0 provider":             func(f *Form) { f.Provider = "　" },
		"claims_amazon 0 provider":           func(f *Form) { f.Provider = "Amazon Japan" },
		"bad_support 0 support":              func(f *Form) { f.Support = "call us" },
		"no_application_id 0 application_id": func(f *Form) { f.App = "" },
		"client_id_instead 0 application_id": func(f *Form) { f.App = "amzn1.application-oa2-client.0000000000000000000000000000abcd" },
		"not_amazon_host 0 consent_host":     func(f *Form) { f.ConsentHost = "sellercentral.amazon.example" },
		"bad_state 0 state":                  func(f *Form) { f.State = "a b" },
		"link_not_https 0 redirect_uri":      func(f *Form) { f.RedirectURI = "http://tools.example" },
		"bad_redirect_uri 0 redirect_uri":    func(f *Form) { f.RedirectURI = "https://tools.example/#x" },
		"link_not_https 0 registration_page": func(f *Form) { f.RegistrationPage = "http://tools.example" },
		"link_local 0 registration_page":     func(f *Form) { f.RegistrationPage = "https://localhost/register" },
		"no_boxes 0 boxes; no_boxes 0 boxes": nil,
		"duplicate_box 0 boxes[2].value":     func(f *Form) { f.Boxes[1].Value = value.SellerID; f.App = "" },
		"label_missing 0 boxes[1].label":     func(f *Form) { f.Boxes[0].Label["ja"] = " " },
		"label_misleads 0 boxes[2].label.ja": func(f *Form) { f.Boxes[1] = Box{value.RefreshToken, map[string]string{"ja": "セラーID"}} },
		"secret_inside 0 boxes[1].label.en":  func(f *Form) { f.Boxes[0].Label["en"] = "Atzr|EXAMPLE" },
		"secret_inside 0 state":              func(f *Form) { f.State = strings.Repeat("0a", 32) },
	} {
		f := filled()
		if change == nil {
			f.App, f.Boxes, want = "", nil, "no_boxes 0 boxes"
		} else {
			change(&f)
		}
		data, err := f.Encode()
		if got := say(problemsOf(err)); got != want || data != nil {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	missing := 0
	for _, p := range problemsOf(func() error { _, err := NewForm().Encode(); return err }()) {
		if !p.Kind.Missing() {
			t.Errorf("an empty form is told off for %s", p.Kind)
		}
		missing++
	}
	if missing == 0 {
		t.Error("an empty form passes")
	}
}

func TestFormBoxes(t *testing.T) {
	f := NewForm()
	values := func() (all []value.ID) {
		for _, b := range f.Boxes {
			all = append(all, b.Value)
		}
		return all
	}
	if !slices.Equal(values(), []value.ID{value.SellerID, value.Code}) {
		t.Error(values())
	}
	f.Boxes[1].Label["en"] = "kept"
	if at := f.MoveBox(1, -1); at != 0 || f.Boxes[0].Label["en"] != "kept" {
		t.Error(at, f.Boxes)
	}
	if at := f.MoveBox(0, -1); at != 0 || f.Boxes[0].Value != value.Code {
		t.Error("moved out of the list")
	}
	if at := f.MoveBox(1, 1); at != 1 || f.Boxes[1].Value != value.SellerID {
		t.Error("moved out of the list")
	}
	f.RemoveBox(0)
	for range 10 {
		f.AddBox()
	}
	if len(f.Boxes) != len(value.All()) {
		t.Error(values())
	}
}

func TestFileName(t *testing.T) {
	for provider, want := range map[string]string{
		"Example Tools": "example-tools.sellerkey", "株式会社サンプル": "株式会社サンプル.sellerkey",
		"../../etc/passwd": "etc-passwd.sellerkey", "Ação & Cia.": "ação-cia.sellerkey", "***": "setup.sellerkey", "": "setup.sellerkey",
	} {
		if got := (File{Provider: provider}).FileName(); got != want {
			t.Errorf("%q: %q", provider, got)
		}
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x"+Extension)
	data, err := filled().Encode()
	if err != nil {
		t.Fatal(err)
	}
	holds := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%v: %q", err, got)
		}
		if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm()&0o044 != 0o044) {
			t.Errorf("others cannot read it: %v %v", info.Mode(), err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".sellerkey-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	if err := Save(path, data, false); err != nil {
		t.Fatal(err)
	}
	holds(string(data))
	if err := Save(path, []byte("other"), false); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	holds(string(data))
	if err := Save(path, []byte("other"), true); err != nil {
		t.Error(err)
	}
	holds("other")
	if err := Save(filepath.Join(path, "below"), data, false); err == nil {
		t.Error("a file below a file")
	}
}
