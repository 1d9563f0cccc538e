package practice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// pageLife is how long a sign-in at the tool provider may take. Amazon allows
// about ten minutes; somebody who practices may be interrupted.
const pageLife = time.Hour

// asked are the parameters of an authorization request, unchanged.
type asked struct {
	applicationID, state, redirectURI, version string
	// host is the one of Seller Central that the page stands for, seller the
	// code of a store of the account that was chosen on it; "" for the home store's.
	host, seller string
	hop          bool
}

// pending is a Confirm that went to the tool provider's sign-in page and isn't
// back yet.
type pending struct {
	asked asked
	at    time.Time
}

func readAsked(q url.Values) asked {
	return asked{
		applicationID: q.Get("application_id"),
		state:         q.Get("state"),
		redirectURI:   q.Get("redirect_uri"),
		version:       q.Get("version"),
		host:          q.Get("practice_host"),
		seller:        q.Get("practice_seller"),
		hop:           q.Get("practice_hop") == "1",
	}
}

// sellerSigned is the account that is signed in on a permission page.
func (s *Server) sellerSigned(a asked) seller {
	if a.seller != "" {
		return s.sellerIn(a.seller)
	}
	return s.sellerAt(a.host)
}

// The error codes of Amazon's authorization page.
const (
	errDraft    = "MD1000" // a draft app without version=beta, or an unknown app
	errNoApp    = "MD4010"
	errURI      = "MD5101"
	errFragment = "MD5110"
)

// judge returns the app of a request, or the code of the error.
func (s *Server) judge(a asked, origin string) (app, string) {
	if a.applicationID == "" {
		return app{}, errNoApp
	}
	i := slices.IndexFunc(s.apps, func(known app) bool { return known.id == a.applicationID })
	switch {
	case i < 0 || s.apps[i].sandbox:
		return app{}, errDraft
	case s.apps[i].draft && a.version != "beta":
		return app{}, errDraft
	case strings.Contains(a.redirectURI, "#"):
		return app{}, errFragment
	case a.redirectURI != "" && a.redirectURI != origin+landingPath:
		return app{}, errURI
	}
	return s.apps[i], ""
}

func (s *Server) consent(w http.ResponseWriter, r *http.Request) {
	a := readAsked(r.URL.Query())
	known, code := s.judge(a, originOf(r))
	if code != "" {
		s.refuse(w, r, code)
		return
	}
	s.showConsent(w, r, http.StatusOK, a, known, false)
}

// showConsent shows the authorization page; unticked says that Confirm came
// without the checked box.
func (s *Server) showConsent(w http.ResponseWriter, r *http.Request, status int, a asked, known app, unticked bool) {
	p := s.newPage(r, "consent", "practice_page.consent_title")
	p.App, p.Asked, p.Unticked, p.Cases = known.name, a.fields(), unticked, choices(p.T)
	p.Sellers, p.Seller = s.sellerChoices(p.Lang), s.sellerSigned(a).stores[0]
	s.show(w, status, p)
}

// fields are the hidden fields of the form.
func (a asked) fields() []field {
	hop := ""
	if a.hop {
		hop = "1"
	}
	return []field{
		{"application_id", a.applicationID},
		{"state", a.state},
		{"redirect_uri", a.redirectURI},
		{"version", a.version},
		{"practice_host", a.host},
		{"practice_hop", hop},
	}
}

// decide is Confirm or Cancel.
func (s *Server) decide(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
		return
	}
	a := readAsked(r.PostForm)
	known, code := s.judge(a, originOf(r))
	chosen := Case(r.PostForm.Get("practice_case"))
	switch {
	case code != "":
		s.refuse(w, r, code)
	case r.PostForm.Get("action") == "cancel":
		s.land(w, r, query{{"error", "access_denied"}, {"state", a.state}})
	case r.PostForm.Get("agree") != "1":
		s.showConsent(w, r, http.StatusBadRequest, a, known, true)
	case s.meet(w, r, chosen, a, known):
	case a.hop || s.hopping():
		s.leave(w, r, originOf(r)+loginPath, s.newHop(a, known))
	default:
		s.landWithCode(w, r, a, known, chosen)
	}
}

func (s *Server) hopping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hop
}

// query keeps Amazon's order of the parameters; url.Values would sort them.
type query []field

func (q query) String() string {
	var parts []string
	for _, f := range q {
		if f.Value != "" {
			parts = append(parts, f.Name+"="+url.QueryEscape(f.Value))
		}
	}
	return strings.Join(parts, "&")
}

func (s *Server) landWithCode(w http.ResponseWriter, r *http.Request, a asked, known app, c Case) {
	one := s.sellerSigned(a)
	s.land(w, r, query{
		{"spapi_oauth_code", s.issueCode(known, one, a.redirectURI, c)}, {"state", a.state}, {"selling_partner_id", one.id},
	})
}

// land redirects to the only redirect URI there is.
func (s *Server) land(w http.ResponseWriter, r *http.Request, q query) {
	s.leave(w, r, originOf(r)+landingPath, q)
}

// leave redirects the browser.
func (s *Server) leave(w http.ResponseWriter, r *http.Request, address string, q query) {
	// Amazon adds no language to the address, which will be copied.
	http.SetCookie(w, &http.Cookie{
		Name: langCookie, Value: s.lang(r), Path: "/", MaxAge: int(pageLife / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	http.Redirect(w, r, address+"?"+q.String(), http.StatusSeeOther)
}

// newHop is the query that leads to the tool provider's sign-in page (the login
// URI), which must come back to the given address. Only then is there a code.
func (s *Server) newHop(a asked, known app) query {
	amazonState := "practice-" + randomText(22, letters)
	s.mu.Lock()
	for key, p := range s.hops {
		if s.now().Sub(p.at) > pageLife || len(s.hops) >= maxKept {
			delete(s.hops, key)
		}
	}
	s.hops[amazonState] = pending{a, s.now()}
	s.mu.Unlock()
	return query{
		{"amazon_callback_uri", confirmPath + known.id},
		{"amazon_state", amazonState},
		{"version", a.version},
		{"selling_partner_id", s.sellerSigned(a).id},
	}
}

// confirm is the address where the tool provider's sign-in page comes back.
func (s *Server) confirm(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	key := q.Get("amazon_state")
	s.mu.Lock()
	p, ok := s.hops[key]
	s.mu.Unlock()
	if !ok || s.now().Sub(p.at) > pageLife || p.asked.applicationID != r.PathValue("app") {
		s.stale(w, r)
		return
	}
	a := p.asked
	a.state, a.version = q.Get("state"), q.Get("version")
	if uri := q.Get("redirect_uri"); uri != "" {
		a.redirectURI = uri
	}
	known, code := s.judge(a, originOf(r))
	if code != "" {
		s.refuse(w, r, code)
		return
	}
	s.mu.Lock()
	delete(s.hops, key)
	s.mu.Unlock()
	s.landWithCode(w, r, a, known, "")
}

// login is the tool provider's sign-in page. Its button leads back, for
// somebody who practices without a program that can.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p := s.newPage(r, "login", "practice_page.login_title")
	s.mu.Lock()
	if hop, ok := s.hops[q.Get("amazon_state")]; ok {
		p.Onward = confirmPath + hop.asked.applicationID + "?" + query{
			{"amazon_state", q.Get("amazon_state")}, {"state", hop.asked.state}, {"version", hop.asked.version},
		}.String()
	}
	s.mu.Unlock()
	s.show(w, http.StatusOK, p)
}

// landing is the tool provider's page at the redirect URI. It shows nothing from
// its address; its button leads back with it, as the return page's does.
func (s *Server) landing(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p := s.newPage(r, "landing", "practice_page.landing_title")
	p.Text = s.words(p.Lang, "return_page.back")
	switch {
	case q.Get("error") != "":
		p = s.newPage(r, "denied", "practice_page.denied_title")
	case q.Get("spapi_oauth_code") == "":
		p = s.newPage(r, "empty", "practice_page.empty_title")
	}
	s.show(w, http.StatusOK, p)
}

// refuse shows an error code of Amazon's authorization page.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, code string) {
	p := s.newPage(r, "error", "practice_page.error_title")
	p.Code = code
	s.show(w, http.StatusBadRequest, p)
}

// stale says that a sign-in is too old or was used before.
func (s *Server) stale(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusForbidden, s.newPage(r, "stale", "practice_page.stale_title"))
}
