//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/paste"
)

// TestReturnPage opens docs/return.html as sellers meet it, from a server with
// strict headers: it speaks the browser's language, takes the code out of the
// address bar, asks the server for nothing else, and Copy gives what SellerKey
// reads.
func TestReturnPage(t *testing.T) {
	for _, l := range i18n.Languages() {
		t.Run(l.Tag, func(t *testing.T) { testReturnPage(t, l.Tag) })
	}
}

func testReturnPage(t *testing.T, lang string) {
	r := Start(t, Options{Lang: lang, NoKeychain: true})
	w := wordsOf(t, lang)
	file := filepath.Join(root(t), "docs", "return.html")
	var asked requests
	origin := returnPageServer(t, &asked)

	// Not by xdg-open, which leaves out what follows a file's name.
	open := func(address string) {
		t.Helper()
		if err := r.Command(t.Context(), filepath.Join(r.dir, "browser"), address).Start(); err != nil {
			t.Fatal(err)
		}
	}
	address := origin + "/return?spapi_oauth_code=EXAMPLEcode000000000&state=EXAMPLEstate&selling_partner_id=A0EXAMPLE00000"
	open(address)
	b := r.Browser()
	shows := func(titleID string) {
		t.Helper()
		b.WaitFor(`document.getElementById("title")?.innerText === ` + quoted(w.T(t, titleID)))
	}
	shows("return_page.code_title")
	b.Screenshot("return")
	if at := b.URL(); at != origin+"/return" {
		t.Errorf("the address bar has %s", at)
	}
	b.Click("#copy")
	r.WaitClipboard("the address", func(text string) bool { return text == address })
	if got, err := paste.ParseRedirect(r.Clipboard()); err != nil || got.SellerID != "A0EXAMPLE00000" {
		t.Error("SellerKey can't read what Copy gave:", err)
	}
	b.WaitFor(`document.getElementById("copied").innerText === ` + quoted(w.T(t, "button.copied")))
	if kept := b.Eval("localStorage.length + sessionStorage.length + document.cookie.length"); kept != float64(0) {
		t.Errorf("the page keeps something: %v", kept)
	}
	accessible := axeIn(t, b)
	accessible("code")
	for query, title := range map[string]string{
		"error=access_denied":                                                      "paste.error_denied.title",
		"error=server_error&error_description=%3Cb%3E":                             "paste.error_other.title",
		"amazon_callback_uri=https%3A%2F%2Fexample.com&amazon_state=EXAMPLE":       "paste.login_uri_no_code.title",
		"selling_partner_id=A0EXAMPLE00000":                                        "return_page.nothing_title",
		"error=access_denied&spapi_oauth_code=EXAMPLEcode000000000&state=EXAMPLEs": "paste.error_denied.title",
	} {
		b.Go(origin + "/return?" + query)
		shows(title)
		accessible(title)
	}
	for _, uri := range asked.all() {
		if !strings.HasPrefix(uri, "/return?") {
			t.Errorf("the page asked the server for %s", uri)
		}
	}
	if n := len(asked.all()); n != 6 {
		t.Errorf("%d requests for 6 visits: %q", n, asked.all())
	}

	b.Opens("return.html", func() { open("file://" + file + "?spapi_oauth_code=EXAMPLEcode000000000&state=EXAMPLEstate") })
	shows("return_page.code_title")
	if at := b.URL(); strings.Contains(at, "EXAMPLE") {
		t.Errorf("from a file, the address bar has %s", at)
	}
	other := "pt-BR"
	if lang == other {
		other = "ja"
	}
	b.Click("[data-lang=" + other + "]")
	w = wordsOf(t, other)
	shows("return_page.code_title")
}

// axeIn returns what checks the page that the browser shows with axe-core; nothing
// where that could not be fetched.
func axeIn(t *testing.T, b *Browser) func(what string) {
	t.Helper()
	script, err := os.ReadFile(os.Getenv("SELLERKEY_AXE"))
	if err != nil {
		t.Log("axe-core isn't here:", err)
		return func(string) {}
	}
	return func(what string) {
		t.Helper()
		b.Eval(string(script) + "; axe.run().then(r => { window.found = r }); true")
		b.WaitFor("!!window.found")
		if n := b.Eval("found.passes.length"); n.(float64) < 10 {
			t.Errorf("%s: axe-core has checked %v things only", what, n)
		}
		if found := b.Eval(`found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" ")).join("\\n")`); found != "" {
			t.Errorf("%s: axe-core finds %v", what, found)
		}
	}
}

// TestReturnPageOnAPhone: everything is in sight on a narrow screen, nothing sideways.
func TestReturnPageOnAPhone(t *testing.T) {
	for _, l := range i18n.Languages() {
		r := Start(t, Options{Lang: l.Tag, NoKeychain: true})
		address := returnPageServer(t, new(requests)) + "/return?spapi_oauth_code=EXAMPLEcode000000000&state=EXAMPLEstate"
		if err := r.Command(t.Context(), filepath.Join(r.dir, "browser"), address).Start(); err != nil {
			t.Fatal(err)
		}
		b := r.Browser()
		b.Resize(320, 568)
		b.WaitFor("innerWidth === 320")
		b.ScreenshotPage(filepath.Join(r.Out, "phone.png"))
		if b.Eval(`document.documentElement.scrollWidth <= 320 && document.getElementById("copy").getBoundingClientRect().bottom <= 568`) != true {
			t.Errorf("%s: something is out of sight, see %s", l.Tag, r.Out)
		}
	}
}

// requests are what a server was asked for.
type requests struct {
	mu   sync.Mutex
	uris []string
}

func (r *requests) add(uri string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.uris = append(r.uris, uri)
}

func (r *requests) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.uris)
}
