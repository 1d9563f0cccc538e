package setupfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/value"
)

const examples = "../../docs/examples"

// good is a file as the program puts one together.
func good() File {
	return File{
		Version: Version, Provider: "Example Tools", Support: "support@tools.example",
		ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", Marketplaces: []string{"JP", "SG"},
		ConsentHost: "sellercentral.amazon.co.jp", Draft: true, Vendor: true, ReturnPage: true, State: "XXXXX",
		RedirectURI: "https://tools.example/callback", RegistrationPage: "https://tools.example/register?a=1&b=%20#boxes",
		Boxes: []Box{
			{value.SellerID, map[string]string{"ja": "セラーID", "en": `Seller "ID" \ #1`, "pt-BR": "ID do vendedor"}},
			{value.Code, map[string]string{"ja": "OAuthコード（5分以内）"}},
		},
	}
}

func problemsOf(err error) []Problem {
	var e *Error
	if errors.As(err, &e) {
		return e.Problems
	}
	return nil
}

func say(problems []Problem) string {
	var s []string
	for _, p := range problems {
		s = append(s, strings.TrimSpace(fmt.Sprintf("%s %d %s", p.Kind, p.Line, p.Key)))
	}
	return strings.Join(s, "; ")
}

func TestExamples(t *testing.T) {
	for name, want := range map[string]struct {
		values  []value.ID
		app     string
		remarks []Remark
	}{
		"japan-code-and-seller-id":                 {[]value.ID{value.SellerID, value.Code}, "amzn1.sp.solution.", []Remark{RemarkDraft, RemarkFixedState}},
		"brasil-client-id-secret-refresh-token":    {[]value.ID{value.ClientID, value.ClientSecret, value.RefreshToken}, "", []Remark{RemarkAsksSecret, RemarkAsksTokens}},
		"refresh-token-for-an-api-page":            {[]value.ID{value.RefreshToken, value.ClientID, value.ClientSecret}, "", []Remark{RemarkAsksSecret, RemarkAsksTokens}},
		"website-authorization-seller-id-and-code": {[]value.ID{value.SellerID, value.Code}, "amzn1.sellerapps.app.", nil},
	} {
		f, err := (Rules{}).ReadFile(filepath.Join(examples, name+Extension))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var values []value.ID
		for _, b := range f.Boxes {
			values = append(values, b.Value)
		}
		if !slices.Equal(values, want.values) || !strings.HasPrefix(f.ApplicationID, want.app) || (want.app == "") != (f.ApplicationID == "") || !slices.Equal(f.Remarks(), want.remarks) {
			t.Errorf("%s: %v %v %q", name, values, f.Remarks(), f.ApplicationID)
		}
		if strings.Trim(f.ApplicationID[strings.LastIndexByte(f.ApplicationID, '.')+1:], "0-") != "" {
			t.Errorf("%s: the application ID could be somebody's", name)
		}
	}
	files, _ := filepath.Glob(filepath.Join(examples, "*"))
	if len(files) != 4 {
		t.Errorf("%d examples, and 4 are tested", len(files))
	}
}

func TestExampleLink(t *testing.T) {
	f, err := (Rules{}).ReadFile(filepath.Join(examples, "japan-code-and-seller-id"+Extension))
	if err != nil {
		t.Fatal(err)
	}
	want := "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000000&state=XXXXX&version=beta"
	if got := f.Link().URL(); got != want {
		t.Error(got)
	}
	f.Vendor = true
	if got := f.Link().Host; got != "vendorcentral.amazon.co.jp" {
		t.Error(got)
	}
	f.Marketplaces = append(f.Marketplaces, "SG")
	if got := f.Link().Host; got != "" {
		t.Error(got)
	}
}

// TestBad reads every file of testdata/bad; expected.txt says what is found in
// each.
func TestBad(t *testing.T) {
	expected, err := os.ReadFile("testdata/bad/expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for line := range strings.Lines(string(expected)) {
		if name, problems, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.HasPrefix(line, "#") {
			want[name] = problems
		}
	}
	files, _ := filepath.Glob("testdata/bad/*.toml")
	if len(files) != len(want) || len(files) < 40 {
		t.Errorf("%d files, %d expectations", len(files), len(want))
	}
	seen := make(map[Kind]bool)
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".toml")
		f, err := (Rules{}).ReadFile(path)
		problems := problemsOf(err)
		if say(problems) != want[name] || len(problems) == 0 {
			t.Errorf("%s: %s\n\twant %s", name, say(problems), want[name])
		}
		if !reflect.DeepEqual(f, File{}) {
			t.Errorf("%s: something of it is returned", name)
		}
		for _, s := range []string{fmt.Sprint(err), fmt.Sprintf("%+v %#v", problems, err)} {
			if hasSecret(s) || strings.Contains(s, "EXAMPLE0") {
				t.Errorf("%s: the error holds the secret", name)
			}
		}
		for _, p := range problems {
			seen[p.Kind] = true
		}
	}
	for _, k := range Kinds() {
		switch k {
		case KindNotFound, KindNotAFile, KindRefused, KindFailed:
		default:
			if !seen[k] {
				t.Errorf("no file shows %s", k)
			}
		}
	}
}

func TestEveryProblemIsSaid(t *testing.T) {
	const file = "version = 1\nprovider = \"x\\u200b\"\nnote = 1\nsupport = \"\"\nregistration_page = \"http://x.example\"\n\n[[boxes]]\nvalue = \"x\"\n[boxes.label]\nja = \"ok\"\nfr = \"x\"\n"
	_, err := Read([]byte(file))
	want := "hidden_character 2 provider; unknown_key 3 note; empty_value 4 support; link_not_https 5 registration_page; unknown_box_value 8 boxes[1].value; unknown_language 11 boxes[1].label.fr"
	if got := say(problemsOf(err)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// A wrong type comes before what is in the other entries.
	_, err = Read([]byte("draft = 1\nmarketplaces = \"JP\"\n" + file))
	want = "wrong_type 1 draft; wrong_type 2 marketplaces; unknown_key 5 note; empty_value 6 support"
	if got := say(problemsOf(err)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The types that TOML has several ways to write.
func TestWaysToWriteTheSame(t *testing.T) {
	const head = "version = 1\nprovider = \"P\"\n"
	want, err := Read([]byte(head + "[[boxes]]\nvalue = \"seller_id\"\nlabel.en = \"Seller\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, boxes := range []string{
		"boxes = [{value = \"seller_id\", label = {en = \"Seller\"}}]",
		"boxes = [\n  {value = 'seller_id', label.en = 'Seller'}, # last\n]",
		"[[boxes]]\nvalue = \"seller_id\"\n[boxes.label]\nen = \"Seller\"",
		"[[\"boxes\"]]\n\"value\" = \"seller_id\"\nlabel = { \"en\" = \"Seller\" }",
	} {
		if got, err := Read([]byte(head + boxes)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n%v", boxes, err)
		}
	}
	for boxes, want := range map[string]string{
		"boxes = 1":                            "wrong_type 3 boxes",
		"boxes = []":                           "empty_value 3 boxes",
		"boxes = [1, 2]":                       "wrong_type 3 boxes",
		"boxes = [{value = 1}]":                "wrong_type 3 boxes[1].value",
		"[boxes]\nvalue = \"code\"":            "wrong_type 3 boxes",
		"[provider2]\nx = 1":                   "unknown_key 3 provider2; no_boxes 0 boxes",
		"support.mail = 'a@b.example'":         "wrong_type 3 support",
		"\"boxes[1].value\" = 'x'\nboxes = []": "unknown_key 3 boxes?1??value; empty_value 4 boxes",
	} {
		_, err := Read([]byte(head + boxes))
		got := strings.Replace(say(problemsOf(err)), "no_boxes 0 boxes; unknown_key 3 provider2", "unknown_key 3 provider2; no_boxes 0 boxes", 1)
		if got != want {
			t.Errorf("%s: %s", boxes, got)
		}
	}
}

// A seller's screen does not fill with thousands of lines.
func TestOnlyTheFirstProblemsAreListed(t *testing.T) {
	var file strings.Builder
	for i := range 7_000 {
		fmt.Fprintf(&file, "a%x=1\n", i)
	}
	_, err := Read([]byte(file.String()))
	if n := len(problemsOf(err)); n != maxProblems {
		t.Error(n)
	}
}

func TestEncode(t *testing.T) {
	own := File{Version: 1, Provider: "P", Boxes: []Box{{value.RefreshToken, map[string]string{"en": "Refresh token"}}}}
	for _, f := range []File{good(), own} {
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Read(data)
		if err != nil || !reflect.DeepEqual(back, f) {
			t.Errorf("%v\n%s\n%+v", err, data, back)
		}
		for range 20 {
			if again, _ := f.Encode(); string(again) != string(data) {
				t.Fatal("it comes out differently")
			}
		}
		with := append([]byte(byteOrderMark), []byte(strings.ReplaceAll(string(data), "\n", "\r\n"))...)
		if back, err := Read(with); err != nil || !reflect.DeepEqual(back, f) {
			t.Errorf("as Notepad saves it: %v", err)
		}
	}
	f := good()
	f.RegistrationPage = "http://tools.example"
	f.Boxes[0].Label["fr"] = "x"
	if data, err := f.Encode(); data != nil || say(problemsOf(err)) != "link_not_https 0 registration_page; unknown_language 0 boxes[1].label.fr" {
		t.Error(err)
	}
}

func TestCheckFindsSecrets(t *testing.T) {
	for _, change := range []func(*File, string){
		func(f *File, s string) { f.Provider = s },
		func(f *File, s string) { f.Support = s },
		func(f *File, s string) { f.ApplicationID = s },
		func(f *File, s string) { f.State = s },
		func(f *File, s string) { f.RedirectURI = "https://tools.example/?" + s },
		func(f *File, s string) { f.RegistrationPage = "https://tools.example/?" + s },
		func(f *File, s string) { f.Boxes[0].Label["ja"] = s },
	} {
		f := good()
		change(&f, "Atzr|EXAMPLE")
		if p := (Rules{}).check(f); len(p) != 1 || p[0].Kind != KindSecretInside {
			t.Error(say(p))
		}
	}
}

func TestWordsAreNoSecrets(t *testing.T) {
	for _, s := range []string{
		"Client secret", "client_secret", "Refresh token: 貼り付けてください", "Client Secret (LWA): paste here", "リフレッシュトークン（Atzrで始まる値）",
		"The value begins with Atzr", "label.en = \"Client secret\"", "value = \"refresh_token\"", "password: your password", "secret: required",
		"amzn1.application-oa2-client." + strings.Repeat("0", 32), "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", strings.Repeat("0", 63),
		"# refresh_token = the long value", "the code: five minutes",
	} {
		if hasSecret(s) {
			t.Errorf("%q is taken for a secret", s)
		}
	}
}

func TestLocalLinksAreForPractice(t *testing.T) {
	practice := Rules{Local: true}
	for link, allowed := range map[string]bool{
		"http://127.0.0.1:4567/register": true, "http://localhost/": true, "https://[::1]:8080/x": true,
		"http://tools.example/": false, "https://127.0.0.1@tools.example/": false, "http://127.0.0.1.tools.example/": false,
		"ftp://127.0.0.1/": false, "http://10.0.0.1/": false,
	} {
		f := good()
		f.RegistrationPage = link
		if len((Rules{}).check(f)) == 0 {
			t.Errorf("%s passes from outside", link)
		}
		p := practice.check(f)
		if (len(p) == 0) != allowed {
			t.Errorf("%s: %s", link, say(p))
		}
		if allowed && !slices.Contains(f.Remarks(), RemarkLocal) {
			t.Errorf("%s: not remarked on", link)
		}
	}
	f := good()
	f.RegistrationPage = "https://tools.example/"
	data, _ := f.Encode()
	data = []byte(strings.Replace(string(data), "https://tools.example/\"", "http://127.0.0.1:1/r\"", 1))
	if _, err := Read(data); err == nil {
		t.Error("read from outside")
	}
	if _, err := practice.Read(data); err != nil {
		t.Error(err)
	}
}

func TestRemarks(t *testing.T) {
	f := good()
	f.Boxes = append(f.Boxes, Box{Value: value.ClientSecret}, Box{Value: value.AccessToken})
	if got := f.Remarks(); !slices.Equal(got, []Remark{RemarkProviderSecret, RemarkAsksTokens, RemarkDraft, RemarkFixedState}) {
		t.Error(got)
	}
}

func TestMisleadingLabels(t *testing.T) {
	for _, c := range []struct {
		value value.ID
		label string
		want  bool
	}{
		{value.RefreshToken, "Seller ID", true},
		{value.ClientSecret, "Ｃｌｉｅｎｔ　ＩＤ", true},
		{value.AccessToken, "セラー ID", true},
		{value.RefreshToken, "ID do vendedor", true},
		{value.RefreshToken, "Refresh token (below the seller ID)", false},
		{value.ClientSecret, "LWA Client Secret", false},
		{value.ClientSecret, "クライアントIDのシークレット", false},
		{value.RefreshToken, "Code 2", false},
		{value.ClientID, "LWA App ID", false},
		{value.SellerID, "Merchant ID", false},
		{value.Code, "Seller ID code", false},
	} {
		if misleads(c.value, c.label) != c.want {
			t.Errorf("%s for %s", c.label, c.value)
		}
	}
}

func TestText(t *testing.T) {
	b := good().Boxes[0]
	if b.Text("ja") != "セラーID" || b.Text("de") != `Seller "ID" \ #1` {
		t.Error(b.Text("ja"), b.Text("de"))
	}
	if b := good().Boxes[1]; b.Text("pt-BR") != "OAuthコード（5分以内）" {
		t.Error("no stand-in")
	}
	if (Box{}).Text("en") != "" {
		t.Error("a text from nowhere")
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := (Rules{}).ReadFile(filepath.Join(dir, "x")); say(problemsOf(err)) != "not_found 0" || !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), dir) {
		t.Error(err)
	}
	if _, err := (Rules{}).ReadFile(dir); say(problemsOf(err)) != "not_a_file 0" {
		t.Error(err)
	}
	if _, err := (Rules{}).ReadFile("\x00"); say(problemsOf(err)) != "failed 0" {
		t.Error(err)
	}
	path := filepath.Join(dir, "sealed")
	if err := os.WriteFile(path, nil, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(path, 0o600) }) // Windows removes no read-only file
	if _, err := (Rules{}).ReadFile(path); os.Getuid() > 0 && say(problemsOf(err)) != "refused 0" {
		t.Error(err)
	}
}

func TestKindsAreIdentifiers(t *testing.T) {
	var seen []string
	for _, k := range Kinds() {
		seen = append(seen, string(k))
	}
	for _, r := range Remarks() {
		seen = append(seen, string(r))
	}
	slices.Sort(seen)
	for i, s := range seen {
		if !regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`).MatchString(s) || i > 0 && s == seen[i-1] {
			t.Errorf("%q", s)
		}
	}
}

// TestHugeNests: a parser that is not linear, or that recurses without a limit,
// does not end here.
func TestHugeNests(t *testing.T) {
	for name, text := range map[string]string{
		"keys":     strings.Repeat("a.", 32<<10-10) + "a = 1",
		"tables":   "[" + strings.Repeat("a.", 32<<10-10) + "a]\nx = \"Atzr\"",
		"lists":    "a = " + strings.Repeat("[", 32<<10-10) + strings.Repeat("]", 32<<10-10),
		"inline":   "a = " + strings.Repeat("{a=", 16<<10-10) + "1" + strings.Repeat("}", 16<<10-10),
		"boxes":    "version = 1\n" + strings.Repeat("[[boxes]]\n", 6500),
		"quotes":   "a = \"\"\"" + strings.Repeat("\"\\\\", 15000) + "\"\"\"",
		"entries":  strings.Repeat("[a]\n", 16000),
		"percents": "# " + strings.Repeat("%41", 20000),
	} {
		_, err := Read([]byte(text))
		if p := problemsOf(err); len(p) == 0 || len(p[0].Key) > 300 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead: nothing makes the reader panic, what it returns is without a flaw
// and survives being written, and no error holds a secret.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"testdata/bad/*.toml", examples + "/*"} {
		files, _ := filepath.Glob(pattern)
		for _, path := range files {
			if data, err := os.ReadFile(path); err == nil && len(data) < 4096 {
				f.Add(data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(data)
		if err != nil {
			if len(problemsOf(err)) == 0 {
				t.Fatalf("not our error: %v", err)
			}
			s := fmt.Sprintf("%v %+v", err, problemsOf(err))
			if looksSecret(s) || len(s) > 1<<20 {
				t.Fatalf("the error says too much: %q", s)
			}
			for _, p := range problemsOf(err) {
				if strings.ContainsFunc(p.Key, func(r rune) bool { return r < ' ' || r > '~' }) {
					t.Fatalf("the key %q is not safe to show", p.Key)
				}
			}
			return
		}
		if p := (Rules{}).check(file); len(p) > 0 {
			t.Fatalf("it was let through with %s", say(p))
		}
		out, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Read(out)
		if err != nil || !reflect.DeepEqual(back, file) {
			t.Fatalf("written and read again: %v\n%s", err, out)
		}
	})
}
