//go:build window && linux

package wintest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
)

// TestReturnLink goes from Amazon's page back to the waiting window by the return
// page's button, in every language: no clipboard, no paste.
func TestReturnLink(t *testing.T) {
	for _, l := range i18n.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			r, a, b, address := atReturn(t, l.Tag)
			page := returnPageServer(t, new(requests))
			_, query, _ := strings.Cut(address, "?")
			b.Go(page + "/return?" + query)
			r.ComeBack(a.Window(), b)
			a.WaitTitle(wordsOf(t, l.Tag).T(t, "step.credentials"))
		})
	}
}

// TestReturnLinkToAMinimizedWindow does so from practice mode's own page, to a
// window that is minimized and has others in front of it.
func TestReturnLinkToAMinimizedWindow(t *testing.T) {
	r, a, b, address := atReturn(t, "en")
	others := []*App{r.App("--data-dir", filepath.Join(r.Home, "other")), r.App("--data-dir", filepath.Join(r.Home, "third"))}
	window := a.Window()
	r.run("xdotool", "windowminimize", "--sync", window)
	r.ComeBack(window, b)
	a.WaitTitle(wordsOf(t, "en").T(t, "step.credentials"))
	code := between(address, "spapi_oauth_code=", "&")
	if files := r.FilesHolding(code); len(files) > 0 {
		t.Errorf("the code is in %q", files)
	}
	for _, other := range append(others, a) {
		other.checkLog(t, code)
	}
}

// atReturn is a machine with SellerKey's link handler on which a walk with a state of
// its own waits for a code, and where the browser shows practice mode's last page.
func atReturn(t *testing.T, lang string) (r *Rig, a *App, b *Browser, address string) {
	t.Helper()
	r = Start(t, Options{Lang: lang, NoKeychain: true})
	r.RegisterScheme()
	w := wordsOf(t, lang)
	a = r.App("--practice", "--vault", "memory")
	a.choose(w, "own app")
	link := practice.New(practice.Options{}).Sample().ConsentLink
	a.Paste(regexp.MustCompile(`&state=[^&]*`).ReplaceAllString(link, ""))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b = r.Browser()
	b.WaitURL(consentPath)
	return r, a, b, b.Allow()
}

// returnPageServer is a provider's web server with the return page and strict headers.
func returnPageServer(t *testing.T, asked *requests) (origin string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root(t), "docs", "return.html"))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		asked.add(in.RequestURI)
		for name, value := range map[string]string{
			"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=()",
		} {
			out.Header().Set(name, value)
		}
		_, _ = out.Write(page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
