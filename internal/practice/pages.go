package practice

import (
	"bytes"
	_ "embed" // for the pages
	"net/http"
	"net/url"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
)

//go:embed pages.html
var pagesHTML string

const langCookie = "practice_lang"

type field struct{ Name, Value string }

type link struct {
	Name, Lang, Address string
	Current             bool
}

// page is what the templates see.
type page struct {
	template string

	Lang, Nonce, Title string
	Languages          []link
	// Amazon is true for Amazon's pages, false for the tool provider's.
	Amazon      bool
	T           map[string]string
	Permissions []string

	App, Store, Text, Code, Seller, Wrong, Onward string
	Asked                                         []field
	Sellers, Cases                                []choice
	Unticked                                      bool
}

// texts are the messages that every page may use, each under the last part of
// its ID.
func texts() []string {
	return []string{
		"practice_page.banner",
		"practice_page.language",
		"practice_page.account",
		"practice_page.authorize",
		"practice_page.asks",
		"practice_page.note",
		"practice_page.privacy",
		"practice_page.agree",
		"practice_page.agree_first",
		"practice_page.cancel",
		"practice_page.error_text",
		"practice_page.error_code",
		"practice_page.stale_text",
		"practice_page.landing_text",
		"practice_page.landing_copy",
		"practice_page.landing_keys",
		"practice_page.landing_back",
		"practice_page.denied_text",
		"practice_page.empty_text",
		"practice_page.login_text",
		"practice_page.login_copy",
		"practice_page.login_continue",
		"practice_page.register_text",
		"practice_page.register_seller",
		"practice_page.register_code",
		"practice_page.register_send",
		"practice_page.register_incomplete",
		"practice_page.register_wrong_seller",
		"practice_page.register_wrong_code",
		"practice_page.registered_text",
		"practice_page.seller_title",
		"practice_page.case_title",
		"practice_page.case_usual",
		"practice_page.case_secret_expired",
		"practice_page.case_role_missing",
		"practice_page.case_done",
		"practice_page.case_token",
		"practice_page.case_primary_user",
		"practice_page.case_no_permission",
		"practice_page.case_codeless",
		"practice_page.case_mws",
		"practice_page.case_log_in",
		"practice_page.case_lwa",
		"practice_page.page_primary_user",
		"practice_page.page_no_permission",
		"practice_page.page_codeless",
		"practice_page.page_mws",
		"practice_page.page_log_in",
		"practice_page.page_done",
		"practice_page.page_token",
		"practice_page.stop_copy",
		"practice_page.finished",
	}
}

// permissions are those of the app in the Japanese guide, in the same order.
func permissions() []string {
	return []string{
		"practice_page.permission_insights",
		"practice_page.permission_shipping",
		"practice_page.permission_pricing",
		"practice_page.permission_finance",
		"practice_page.permission_listing",
		"practice_page.permission_tracking",
		"practice_page.permission_feedback",
		"practice_page.permission_messages",
	}
}

// lang is the language of a page: the one in the address, the one chosen
// before, or the browser's.
func (s *Server) lang(r *http.Request) string {
	prefs := []string{r.URL.Query().Get("lang"), r.PostForm.Get("lang")}
	if c, err := r.Cookie(langCookie); err == nil {
		prefs = append(prefs, c.Value)
	}
	for accepted := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		// Browsers send the favorite first.
		tag, _, _ := strings.Cut(accepted, ";")
		prefs = append(prefs, tag)
	}
	return i18n.Match(prefs...)
}

func (s *Server) newPage(r *http.Request, template, title string) page {
	lang := s.lang(r)
	p := page{
		template: template,
		Lang:     lang,
		Nonce:    randomText(22, letters),
		Title:    s.words(lang, title),
		T:        make(map[string]string),
		Store:    storeName,
		Amazon:   strings.HasPrefix(r.URL.Path, "/apps/"),
	}
	for _, id := range texts() {
		p.T[strings.TrimPrefix(id, "practice_page.")] = s.words(lang, id)
	}
	for _, id := range permissions() {
		p.Permissions = append(p.Permissions, s.words(lang, id))
	}
	// The addresses of the other pages will be copied, so they offer no choice
	// of language, which would have to be in them.
	if r.Method == http.MethodGet && (r.URL.Path == consentPath || r.URL.Path == registerPath) {
		for _, l := range i18n.Languages() {
			p.Languages = append(p.Languages, link{l.Name, l.Tag, r.URL.Path + "?" + withLang(r.URL.RawQuery, l.Tag), l.Tag == lang})
		}
	}
	return p
}

// withLang changes only the language in a query. The rest stays as it was typed,
// mistakes and all, because that's what people practice.
func withLang(rawQuery, lang string) string {
	var kept []string
	for part := range strings.SplitSeq(rawQuery, "&") {
		if name, _, _ := strings.Cut(part, "="); part != "" && name != "lang" {
			kept = append(kept, part)
		}
	}
	return strings.Join(append(kept, "lang="+url.QueryEscape(lang)), "&")
}

// WithApp puts the app's name into a text.
func (p page) WithApp(text string) string { return strings.ReplaceAll(text, "{app}", p.App) }

func (s *Server) show(w http.ResponseWriter, status int, p page) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, p.template, p); err != nil {
		s.logf("practice: page %s: %v", p.template, err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'nonce-"+p.Nonce+"'; script-src 'nonce-"+p.Nonce+
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Frame-Options", "DENY")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
