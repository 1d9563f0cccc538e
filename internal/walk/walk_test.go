package walk

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	someApp  = "amzn1.sp.solution.00000000-0000-0000-0000-0000000000aa"
	otherApp = "amzn1.sp.solution.00000000-0000-0000-0000-0000000000bb"
	clientID = "amzn1.application-oa2-client.0000000000000000000000000000000a"
	secret   = "amzn1.oa2-cs.v1.example-secret-of-nobody"
	refresh  = "Atzr|EXAMPLE-0000000000000000000000000000"
)

func market(t testing.TB, code string) lwa.Marketplace {
	t.Helper()
	m, ok := lwa.FindMarketplace(code)
	if !ok {
		t.Fatalf("no marketplace %s", code)
	}
	return m
}

func newWalk(t testing.TB, v Visitor) (*Walk, *practicetest.Clock) {
	t.Helper()
	c := practicetest.NewClock()
	return New(v, market(t, "US"), c.Now), c
}

// address is what stands in the address bar after Confirm.
func address(code, state, seller string) string {
	q := "spapi_oauth_code=" + code
	if state != "" {
		q += "&state=" + url.QueryEscape(state)
	}
	if seller != "" {
		q += "&selling_partner_id=" + seller
	}
	return "https://example.com/callback?" + q
}

const (
	code1  = "EXAMPLEcode000000001"
	code2  = "EXAMPLEcode000000002"
	seller = "A0EXAMPLE00000"
)

// answer is the address that comes back to the walk's present link.
func answer(t testing.TB, w *Walk, code string) string {
	t.Helper()
	link, err := w.Link()
	if err != nil {
		t.Fatal(err)
	}
	return address(code, link.State, seller)
}

// atPaste is a walk of somebody with an own app who has opened Amazon's page.
func atPaste(t testing.TB) (*Walk, *practicetest.Clock) {
	t.Helper()
	w, c := newWalk(t, OwnApp)
	read(t, w, someApp)
	if !w.Next() || w.Step() != StepConsent {
		t.Fatal("an application ID is all that the first step needs")
	}
	w.HandedOut()
	if !w.Next() || w.Step() != StepPaste {
		t.Fatal("the second step needs nothing")
	}
	return w, c
}

func read(t testing.TB, w *Walk, text string) {
	t.Helper()
	if err := w.ReadApp(text); err != nil {
		t.Fatalf("ReadApp(%q): %v", text, err)
	}
}

func pasteIn(t testing.TB, w *Walk, text string) {
	t.Helper()
	if err := w.ReadPaste(text); err != nil {
		t.Fatalf("ReadPaste: %v", err)
	}
}

func problems(w *Walk, s Step) string {
	var all []string
	for _, p := range w.Problems(s) {
		all = append(all, string(p.Field)+" "+p.ID)
	}
	return strings.Join(all, ", ")
}

func TestStepsOfEachVisitor(t *testing.T) {
	for v, want := range map[Visitor][]Step{
		Guide:    {StepApp, StepConsent, StepPaste, StepRegister},
		OwnApp:   {StepApp, StepConsent, StepPaste, StepCredentials, StepTokens},
		HasToken: {StepCredentials, StepTokens},
	} {
		w, _ := newWalk(t, v)
		if got := v.Steps(); !slices.Equal(got, want) {
			t.Errorf("%s walks %v, not %v", v, got, want)
		}
		if w.Step() != want[0] {
			t.Errorf("%s starts at %s", v, w.Step())
		}
		if w.Back() {
			t.Errorf("%s can go back from the first step", v)
		}
		if len(w.Problems(want[0])) == 0 || w.Next() {
			t.Errorf("%s goes on from an empty first step", v)
		}
	}
}

// TestNothingIsLost: whatever was entered is there after any way through the
// walk, and after errors.
func TestNothingIsLost(t *testing.T) {
	w, _ := newWalk(t, OwnApp)
	read(t, w, "  "+someApp+"\n")
	w.Choose(market(t, "DE"), true)
	w.Draft, w.RedirectURI = true, "https://example.com/callback"
	w.ClientID, w.ClientSecret = " "+clientID, lwa.NewSecret(secret+" ")
	w.HandedOut()
	pasted := "see: " + answer(t, w, code1)
	pasteIn(t, w, pasted)
	state := w.state

	same := func(when string) {
		t.Helper()
		got := fmt.Sprintf("%q %s %v %v %q %q %q %q %q", w.AppText(), w.Market.Code, w.Vendor, w.Draft, w.RedirectURI, w.ClientID, w.ClientSecret.Reveal(), w.Pasted(), w.state)
		want := fmt.Sprintf("%q DE true true %q %q %q %q %q", "  "+someApp+"\n", "https://example.com/callback", " "+clientID, secret+" ", pasted, state)
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", when, got, want)
		}
	}
	same("as entered")
	for w.Next() {
		same("forwards, at " + string(w.Step()))
	}
	if w.Step() != StepTokens {
		t.Fatalf("forwards ended at %s: %s", w.Step(), problems(w, w.Step()))
	}
	for w.Back() {
		same("backwards, at " + string(w.Step()))
	}
	for _, s := range append(OwnApp.Steps(), StepApp, StepTokens, StepPaste) {
		if !w.GoTo(s) {
			t.Errorf("%s does not lie open", s)
		}
		same("straight to " + string(s))
	}
	if w.GoTo(StepRegister) || w.Step() == StepRegister {
		t.Error("a step of another visitor lies open")
	}
	for _, k := range lwa.Kinds() {
		w.Finish(w.Order(), lwa.Token{}, &lwa.Error{Kind: k})
		same("after " + string(k))
	}
}

func TestStepsLieOpenInOrder(t *testing.T) {
	w, _ := newWalk(t, OwnApp)
	open := func() string {
		var s []string
		for _, step := range OwnApp.Steps() {
			if w.CanGoTo(step) {
				s = append(s, string(step))
			}
		}
		return strings.Join(s, " ")
	}
	expect := func(want string) {
		t.Helper()
		if got := open(); got != want {
			t.Errorf("open are %q, not %q", got, want)
		}
	}
	expect("app")
	read(t, w, someApp)
	expect("app consent paste")
	pasteIn(t, w, answer(t, w, code1))
	expect("app consent paste credentials")
	w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
	expect("app consent paste credentials tokens")
	w.ReadApp("nonsense")
	expect("app")
}

// TestCredentialsAreSkipped: credentials that were entered on the first step aren't
// asked for again, but can be seen on the way back.
func TestCredentialsAreSkipped(t *testing.T) {
	w, _ := atPaste(t)
	pasteIn(t, w, answer(t, w, code1))
	w.ClientID = clientID
	if w.Next(); w.Step() != StepCredentials {
		t.Fatalf("half the credentials are enough to be at %s", w.Step())
	}
	w.Back()
	w.ClientSecret = lwa.NewSecret(secret)
	if w.Next(); w.Step() != StepTokens {
		t.Fatalf("the credentials are there, and the step is %s", w.Step())
	}
	if w.Back(); w.Step() != StepCredentials {
		t.Errorf("back from the tokens is %s", w.Step())
	}
}

func TestSmartField(t *testing.T) {
	link := func(host, rest string) string {
		return "https://" + host + "/apps/authorize/consent?application_id=" + someApp + rest
	}
	for _, c := range []struct {
		name, text string
		begin      string // the marketplace chosen before
		wantMarket string
		wantVendor bool
		wantHost   string
		wantDraft  bool
		wantState  string // "" means one of our own
		wantURI    string
	}{
		{name: "an application ID changes nothing else", text: someApp, begin: "BR", wantMarket: "BR", wantHost: "sellercentral.amazon.com.br"},
		{
			name: "the Japanese guide's link sets all of it", begin: "US",
			text:       link("sellercentral.amazon.co.jp", "&version=beta&state=guide-state"),
			wantMarket: "JP", wantHost: "sellercentral.amazon.co.jp", wantDraft: true, wantState: "guide-state",
		},
		{
			name: "a link with a redirect URI", begin: "JP",
			text:       link("sellercentral.amazon.com", "&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback%3Fa%3Db&state=s"),
			wantMarket: "US", wantHost: "sellercentral.amazon.com", wantState: "s", wantURI: "https://example.com/callback?a=b",
		},
		{
			name: "the shared European host keeps the chosen country", begin: "DE",
			text: link("sellercentral-europe.amazon.com", ""), wantMarket: "DE", wantHost: "sellercentral-europe.amazon.com",
		},
		{
			name: "the shared European host chooses one that has it", begin: "JP",
			text: link("sellercentral-europe.amazon.com", ""), wantMarket: "ES", wantHost: "sellercentral-europe.amazon.com",
		},
		{
			name: "a host of Vendor Central makes a vendor", begin: "US",
			text: link("vendorcentral.amazon.de", ""), wantMarket: "DE", wantVendor: true, wantHost: "vendorcentral.amazon.de",
		},
		{
			name: "the host of three vendors keeps the chosen one", begin: "SA",
			text: link("vendorcentral.amazon.me", ""), wantMarket: "SA", wantVendor: true, wantHost: "vendorcentral.amazon.me",
		},
		{
			name: "a genuine host beside the usual ones is kept", begin: "DE",
			text: link("sellercentral.amazon.de", "&version=beta"), wantMarket: "DE", wantHost: "sellercentral.amazon.de", wantDraft: true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := New(Guide, market(t, c.begin), time.Now)
			own := w.state
			read(t, w, c.text)
			l, err := w.Link()
			if err != nil {
				t.Fatal(err)
			}
			if id, _ := w.App(); id != someApp || l.ApplicationID != someApp {
				t.Errorf("application %s, in the link %s", id, l.ApplicationID)
			}
			if w.Market.Code != c.wantMarket || w.Vendor != c.wantVendor || l.Host != c.wantHost || l.Draft != c.wantDraft || l.RedirectURI != c.wantURI {
				t.Errorf("got %s vendor=%v %s draft=%v %q", w.Market.Code, w.Vendor, l.Host, l.Draft, l.RedirectURI)
			}
			switch {
			case c.wantState != "" && l.State != c.wantState:
				t.Errorf("the guide's state is %q, the link's is %q", c.wantState, l.State)
			case c.wantState == "" && len(l.State) < 22:
				t.Errorf("the state %q is shorter than 128 bits", l.State)
			case c.wantState == "" && l.State == own && w.app.ApplicationID == "":
				t.Error("no fresh state")
			}
			if w.AppIsLink() == (c.text == someApp) {
				t.Errorf("AppIsLink is %v", w.AppIsLink())
			}
			if want := "https://" + c.wantHost + "/apps/authorize/consent?"; !strings.HasPrefix(l.URL(), want) {
				t.Errorf("the link is %s", l.URL())
			}
		})
	}
}

func TestChoosingAMarketplaceOverridesTheLinksHost(t *testing.T) {
	w, _ := newWalk(t, Guide)
	read(t, w, "https://sellercentral.amazon.de/apps/authorize/consent?application_id="+someApp)
	w.Choose(market(t, "JP"), false)
	if w.Host() != "sellercentral.amazon.co.jp" {
		t.Errorf("the host is %s", w.Host())
	}
}

func TestWhatIsNoApp(t *testing.T) {
	for text, want := range map[string]string{
		"":       "app empty",
		clientID: "app client_id",
		"amzn1.oa2-cs.v1." + strings.Repeat("0", 63) + "a": "app client_secret",
		refresh:          "app token",
		"A0EXAMPLE12345": "app seller_id",
		"https://example.com/apps/authorize/consent?application_id=" + someApp: "app not_amazon_link",
		"https://sellercentral.amazon.com/apps/authorize/consent":              "app no_application_id",
		address(code1, "", ""): "app redirect",
		"hello":                "app not_an_app",
	} {
		w, _ := newWalk(t, Guide)
		err := w.ReadApp(text)
		if got := problems(w, StepApp); got != want || err == nil {
			t.Errorf("%q is %q (%v), not %q", text, got, err, want)
		}
		if w.AppText() != text {
			t.Errorf("%q became %q", text, w.AppText())
		}
		if _, err := w.Link(); err == nil {
			t.Errorf("%q makes a link", text)
		}
		if w.Next() || w.Step() != StepApp {
			t.Errorf("%q is good enough to go on", text)
		}
	}
}

func TestRedirectURIProblems(t *testing.T) {
	for uri, want := range map[string]string{
		"":                          "",
		"https://example.com/back":  "",
		"http://example.com/back":   "redirect_uri redirect_uri_scheme",
		"https://example.com/#top":  "redirect_uri redirect_uri_fragment",
		"example":                   "redirect_uri redirect_uri_malformed",
		"https://example.com/a b":   "redirect_uri redirect_uri_malformed",
		"ftp://example.com/back":    "redirect_uri redirect_uri_scheme",
		"https://user@example.com/": "redirect_uri redirect_uri_malformed",
	} {
		w, _ := newWalk(t, Guide)
		read(t, w, someApp)
		w.RedirectURI = uri
		if got := problems(w, StepApp); got != want {
			t.Errorf("%q is %q, not %q", uri, got, want)
		}
	}
}

func TestStatesAreUsedOnce(t *testing.T) {
	w, _ := newWalk(t, OwnApp)
	read(t, w, someApp)
	seen := map[string]string{w.state: "the first"}
	fresh := func(when string) {
		t.Helper()
		if before, known := seen[w.state]; known {
			t.Errorf("the state after %s is that of %s", when, before)
		}
		seen[w.state] = when
	}
	w.StartOver()
	fresh("starting over")
	read(t, w, otherApp)
	fresh("another app")
	w.StartOver()
	fresh("starting over again")

	const guide = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + someApp + "&state=guide-state"
	read(t, w, guide)
	if w.state != "guide-state" {
		t.Errorf("the guide's state became %q", w.state)
	}
	w.StartOver()
	if w.state != "guide-state" {
		t.Errorf("starting over made the guide's state %q", w.state)
	}
	read(t, w, someApp)
	fresh("the guide's link was taken out again")
}

// TestTypingOnKeepsTheAttempt: the same app read again is the same attempt.
func TestTypingOnKeepsTheAttempt(t *testing.T) {
	w, _ := atPaste(t)
	pasteIn(t, w, answer(t, w, code1))
	state := w.state
	read(t, w, someApp)
	read(t, w, someApp+" ")
	if _, ok := w.Redirect(); !ok || w.state != state {
		t.Error("a blank behind the application ID lost the code")
	}
	read(t, w, otherApp)
	if _, ok := w.Redirect(); ok || w.Pasted() != "" {
		t.Error("the code of one app is offered to another")
	}
}

func TestWhenTheStateIsEnforced(t *testing.T) {
	const guide = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + someApp + "&state=guide-state"
	for _, c := range []struct {
		name    string
		app     string
		handed  bool
		state   string // of the address; "=" means the right one
		problem string
		checked bool
	}{
		{"not opened from here, another state", someApp, false, "elsewhere", "", false},
		{"not opened from here, no state", someApp, false, "", "", false},
		{"opened, the right state", someApp, true, "=", "", true},
		{"opened, another state", someApp, true, "elsewhere", "paste state_mismatch", false},
		{"opened, no state", someApp, true, "", "paste state_missing", false},
		{"guide's link, not opened, the right state", guide, false, "guide-state", "", true},
		{"guide's link, not opened, another state", guide, false, "elsewhere", "paste state_mismatch", false},
		{"guide's link, opened, no state", guide, true, "", "paste state_missing", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := newWalk(t, Guide)
			read(t, w, c.app)
			if c.handed {
				w.HandedOut()
			}
			state := c.state
			if state == "=" {
				state = w.state
			}
			text := address(code1, state, seller)
			err := w.ReadPaste(text)
			if got := problems(w, StepPaste); got != c.problem || (err == nil) != (c.problem == "") {
				t.Errorf("problems %q (%v), not %q", got, err, c.problem)
			}
			if w.StateMatches() != c.checked {
				t.Errorf("StateMatches is %v", w.StateMatches())
			}
			if w.Pasted() != text {
				t.Error("the paste is gone")
			}
			if _, ok := w.CodeLeft(); ok != (c.problem == "") {
				t.Error("the countdown of a refused code runs")
			}
		})
	}
}

func TestCountdown(t *testing.T) {
	left := func(t *testing.T, w *Walk, want time.Duration) {
		t.Helper()
		got, ok := w.CodeLeft()
		if !ok || got != want {
			t.Errorf("left are %v (%v), not %v", got, ok, want)
		}
		if w.CodeDead() != (want == 0) {
			t.Errorf("CodeDead is %v with %v left", w.CodeDead(), want)
		}
	}
	begun := func(t *testing.T) (*Walk, *practicetest.Clock) {
		w, c := atPaste(t)
		if _, ok := w.CodeLeft(); ok || w.CodeDead() {
			t.Error("the countdown runs before there is a code")
		}
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, CodeLife)
		return w, c
	}
	t.Run("goes by the clock", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(90 * time.Second)
		left(t, w, CodeLife-90*time.Second)
		c.Pass(time.Hour)
		left(t, w, 0)
	})
	t.Run("the same code again does not restart it", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(time.Minute)
		pasteIn(t, w, "\n"+answer(t, w, code1)+"\n")
		left(t, w, CodeLife-time.Minute)
	})
	t.Run("another code restarts it", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(time.Hour)
		pasteIn(t, w, answer(t, w, code2))
		left(t, w, CodeLife)
	})
	t.Run("the same code after something else does not restart it", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(time.Minute)
		if w.ReadPaste("something else") == nil {
			t.Fatal("something else was taken")
		}
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, CodeLife-time.Minute)
	})
	t.Run("the same code after Paste another address does not restart it", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(time.Minute)
		w.ForgetPaste()
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, CodeLife-time.Minute)
	})
	t.Run("a laptop that slept did not stop it", func(t *testing.T) {
		w, c := begun(t)
		c.Sleep(10 * time.Minute)
		left(t, w, 0)
	})
	t.Run("a clock put back gives no more than five minutes", func(t *testing.T) {
		w, c := begun(t)
		c.Pass(-time.Hour)
		left(t, w, CodeLife)
	})
	t.Run("an order spends the code", func(t *testing.T) {
		w, _ := begun(t)
		w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
		w.Order()
		left(t, w, 0)
	})
	t.Run("the same code pasted again stays spent", func(t *testing.T) {
		w, _ := begun(t)
		w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
		o := w.Order()
		w.Finish(o, lwa.Token{}, &lwa.Error{Kind: lwa.KindCode})
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, 0)
		w.ForgetPaste()
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, 0)
	})
	t.Run("a code that was spent stays spent in another attempt", func(t *testing.T) {
		const guide = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + someApp + "&state=guide-state"
		w, _ := newWalk(t, OwnApp)
		read(t, w, guide)
		pasteIn(t, w, answer(t, w, code1))
		w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
		w.Finish(w.Order(), lwa.Token{}, &lwa.Error{Kind: lwa.KindCode})
		w.StartOver()
		pasteIn(t, w, answer(t, w, code1))
		left(t, w, 0)
		pasteIn(t, w, answer(t, w, code2))
		left(t, w, CodeLife)
	})
	t.Run("starting over ends it", func(t *testing.T) {
		w, _ := begun(t)
		w.StartOver()
		if _, ok := w.CodeLeft(); ok || w.Step() != StepConsent || w.Pasted() != "" {
			t.Error("there is still a code")
		}
		if id, err := w.App(); err != nil || id != someApp {
			t.Error("starting over lost the app")
		}
	})
}

// TestWhichFailuresLeaveTheCode: after these Amazon has surely not used it up.
func TestWhichFailuresLeaveTheCode(t *testing.T) {
	alive := map[lwa.Kind]bool{
		lwa.KindOffline: true, lwa.KindTLS: true, lwa.KindClock: true, lwa.KindNotAmazon: true,
		lwa.KindClientAuth: true, lwa.KindThrottled: true, lwa.KindUnavailable: true, lwa.KindMissingParameter: true,
		lwa.KindConnection: true, lwa.KindTimeout: true, lwa.KindCanceled: true,
	}
	for _, k := range lwa.Kinds() {
		w, _ := atPaste(t)
		pasteIn(t, w, answer(t, w, code1))
		w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
		o := w.Order()
		if !w.CodeDead() {
			t.Fatal("a code that is on its way counts as usable")
		}
		w.Finish(o, lwa.Token{}, &lwa.Error{Kind: k})
		if w.CodeDead() == alive[k] {
			t.Errorf("after %s: CodeDead is %v", k, w.CodeDead())
		}
		if w.Done(StepTokens) {
			t.Errorf("after %s: there are tokens", k)
		}
		w.Finish(w.Order(), lwa.Token{}, &lwa.Error{Kind: k, Uncertain: true})
		if !w.CodeDead() {
			t.Errorf("after %s, uncertain: the code would be sent again", k)
		}
	}
}

func TestTokensBesideAnErrorAreKept(t *testing.T) {
	w, _ := atPaste(t)
	pasteIn(t, w, answer(t, w, code1))
	w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
	w.Finish(w.Order(), lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Refresh: lwa.NewSecret(refresh)}, &lwa.Error{Kind: lwa.KindIncomplete})
	if !w.Done(StepTokens) || w.Secrets().RefreshToken.Reveal() != refresh {
		t.Error("the only copy of a token is gone")
	}
	// A renewal that sends no refresh token keeps the one that was used.
	w.Finish(w.Order(), lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE2")}, nil)
	if got, _ := w.Refresh(); got.Reveal() != refresh {
		t.Error("the refresh token is gone after a renewal")
	}
}

func TestOnwardsFromTheLoginPage(t *testing.T) {
	login := func(callback string) string {
		return "https://example.com/login?amazon_callback_uri=" + url.QueryEscape(callback) + "&amazon_state=from-amazon&selling_partner_id=" + seller + "&version=beta"
	}
	w, _ := atPaste(t)
	w.RedirectURI = "https://example.com/callback"
	before := w.state
	if err := w.ReadPaste(login("https://sellercentral.amazon.com/apps/authorize/confirm/" + someApp)); err == nil {
		t.Fatal("the login page was taken for the end")
	}
	if got := problems(w, StepPaste); got != "paste login_uri_no_code" {
		t.Errorf("problems: %s", got)
	}
	u, err := w.ContinueURL()
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if u.Scheme != "https" || u.Host != "sellercentral.amazon.com" || !strings.HasPrefix(u.Path, "/apps/authorize/confirm/") {
		t.Errorf("the way on is %s", u)
	}
	if q.Get("amazon_state") != "from-amazon" || q.Get("redirect_uri") != w.RedirectURI || q.Get("version") != "beta" {
		t.Errorf("the way on has %v", q)
	}
	if q.Get("state") == before || q.Get("state") != w.state {
		t.Error("the state of the second leg is not a new one")
	}
	if err := w.ReadPaste(address(code1, before, seller)); err == nil {
		t.Error("the state of the first leg is good for the second")
	}
	pasteIn(t, w, address(code1, q.Get("state"), seller))

	w, _ = atPaste(t)
	if _, err := w.ContinueURL(); err == nil {
		t.Error("there is a way on before anything was pasted")
	}
	for _, evil := range []string{"https://example.com/apps/authorize/confirm/x", "http://sellercentral.amazon.com/apps/authorize/confirm/x", "javascript:alert(1)"} {
		_ = w.ReadPaste(login(evil))
		state := w.state
		if u, err := w.ContinueURL(); err == nil {
			t.Errorf("%s leads on to %s", evil, u)
		}
		if w.state != state {
			t.Errorf("%s changed the state that is expected", evil)
		}
	}
}

func TestSellerIDByHand(t *testing.T) {
	w, _ := newWalk(t, Guide)
	read(t, w, someApp)
	pasteIn(t, w, address(code1, "", ""))
	if w.SellerID() != "" {
		t.Fatal("a seller ID out of nowhere")
	}
	w.SetSellerID(seller)
	boxes := w.Boxes()
	if boxes[0].Text.Reveal() != seller || w.Account().SellerID != seller {
		t.Error("the seller ID typed by hand is not used")
	}
}

func TestBoxes(t *testing.T) {
	w, _ := newWalk(t, Guide)
	read(t, w, someApp)
	if got := w.Boxes().Next(); got != -1 {
		t.Errorf("an empty box lights up: %d", got)
	}
	pasteIn(t, w, address(code1, "", seller))
	b := w.Boxes()
	if len(b) != 2 || b[0].Value != value.SellerID || b[1].Value != value.Code {
		t.Fatalf("a guide's boxes are %v", b)
	}
	if b[0].Value.IsSecret() || !b[1].Value.IsSecret() {
		t.Error("the code is a secret and the seller ID is none")
	}
	for want := range 2 {
		if b.Next() != want {
			t.Errorf("the box to copy is %d, not %d", b.Next(), want)
		}
		b[want].Copied = true
	}
	if b.Next() != -1 {
		t.Error("a box lights up after the last one")
	}

	w, _ = newWalk(t, HasToken)
	w.RefreshToken = lwa.NewSecret(refresh)
	w.SetSellerID(seller)
	if b := w.Boxes(); len(b) != 2 || b[1].Value != value.RefreshToken || b[1].Text.Reveal() != refresh {
		t.Error("whoever has a token copies it")
	}
}

func TestRefreshTokenVisitor(t *testing.T) {
	const postman = `{
  "access_token": "Atza|EXAMPLE-0000000000000000000000000000",
  "refresh_token": "` + refresh + `",
  "token_type": "bearer",
  "expires_in": 3600
}`
	for _, c := range []struct{ name, text, problem string }{
		{"bare", refresh, ""},
		{"with blanks and a label", "  Refresh token: " + refresh + "\n", ""},
		{"a whole answer as Postman shows it", postman, ""},
		{"nothing", "", "refresh_token empty"},
		{"an access token", "Atza|EXAMPLE-0000000000000000000000000000", "refresh_token looks_like_access_token"},
		{"a Client ID", clientID, "refresh_token looks_like_client_id"},
		{"cut short", "Atzr|EXAMPLE...", "refresh_token truncated_value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := newWalk(t, HasToken)
			w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
			w.RefreshToken = lwa.NewSecret(c.text)
			if got := problems(w, StepCredentials); got != c.problem {
				t.Errorf("problems %q, not %q", got, c.problem)
			}
			if w.Next() != (c.problem == "") {
				t.Errorf("at %s", w.Step())
			}
			if c.problem == "" {
				o := w.Order()
				if o.Refresh.Reveal() != refresh || !o.Code.IsEmpty() {
					t.Error("the order is not a renewal with this token")
				}
				if w.Secrets().RefreshToken.Reveal() != refresh {
					t.Error("what is kept is not the token alone")
				}
			}
			if w.RefreshToken.Reveal() != c.text {
				t.Error("what was pasted is changed")
			}
		})
	}
	w, _ := newWalk(t, HasToken)
	if got := problems(w, StepCredentials); got != "client_id missing, client_secret missing, refresh_token empty" {
		t.Errorf("an empty step misses %q", got)
	}
}

func TestCredentialsAreTidied(t *testing.T) {
	w, _ := newWalk(t, OwnApp)
	w.ClientID, w.ClientSecret = " "+clientID+"\n", lwa.NewSecret("“"+secret+"”")
	c := w.Credentials()
	if c.ClientID != clientID || c.ClientSecret.Reveal() != secret {
		t.Error("accidents of copying are sent to Amazon")
	}
	if w.ClientID != " "+clientID+"\n" {
		t.Error("what was typed is changed")
	}
}

func TestWhatIsRemembered(t *testing.T) {
	w, c := atPaste(t)
	w.Choose(market(t, "DE"), true)
	w.AccountID, w.Draft, w.RedirectURI = "example", true, "https://example.com/"
	pasteIn(t, w, answer(t, w, code1))
	w.ClientID, w.ClientSecret = clientID, lwa.NewSecret(secret)
	a := w.Account()
	if a.ID != "example" || a.Marketplace != "DE" || !a.Vendor || a.SellerID != seller || a.ApplicationID != someApp || a.ClientID != clientID || !a.Draft || a.RedirectURI != "https://example.com/" || a.SelfAuthorized || a.AuthorizedAt != date.Of(c.Now()) {
		t.Errorf("remembered is %+v", a)
	}
	if s := fmt.Sprintf("%+v", a); strings.Contains(s, secret) || strings.Contains(s, code1) {
		t.Error("a secret is among what is not secret")
	}
	h, _ := newWalk(t, HasToken)
	if a := h.Account(); !a.SelfAuthorized || !a.AuthorizedAt.IsZero() {
		t.Errorf("a refresh token that was brought along is remembered as %+v", a)
	}
}

// rig is the pretend Amazon, with a clock that is the walk's as well.
type rig struct {
	*practice.Server
	clock  *practicetest.Clock
	client *lwa.Client
}

func newRig(t testing.TB) *rig {
	t.Helper()
	c := practicetest.NewClock()
	s := practicetest.Start(t, practice.Options{Now: c.Now})
	return &rig{s, c, &lwa.Client{TokenURL: s.TokenURL()}}
}

// walked is a walk up to the order: app read, page confirmed, address pasted,
// credentials entered.
func (r *rig) walked(t testing.TB) *Walk {
	t.Helper()
	s := r.Sample()
	w := New(OwnApp, market(t, "JP"), r.clock.Now)
	read(t, w, s.ApplicationID)
	w.Draft = true
	w.ClientID, w.ClientSecret = s.ClientID, s.ClientSecret
	link, err := w.Link()
	if err != nil {
		t.Fatal(err)
	}
	w.HandedOut()
	pasteIn(t, w, practicetest.Confirm(t, link.URLAt(r.Origin())))
	if !w.GoTo(StepTokens) {
		t.Fatalf("the tokens do not lie open: %s", problems(w, StepPaste))
	}
	return w
}

func (r *rig) run(w *Walk) error {
	o := w.Order()
	token, err := o.Run(context.Background(), r.client)
	w.Finish(o, token, err)
	return err
}

func kindIs(t testing.TB, err error, want lwa.Kind) {
	t.Helper()
	var e *lwa.Error
	switch {
	case want == "" && err != nil:
		t.Fatalf("unexpected: %v", err)
	case want != "" && (!errors.As(err, &e) || e.Kind != want):
		t.Fatalf("got %v, not %s", err, want)
	}
}

func TestExchangeAndRenewal(t *testing.T) {
	r := newRig(t)
	w := r.walked(t)
	kindIs(t, r.run(w), "")
	if !w.Done(StepTokens) || w.SellerID() != r.Sample().SellerID {
		t.Fatal("no tokens")
	}
	first := w.Token
	kindIs(t, r.run(w), "") // now a renewal: the code is spent
	if w.Token.Access.Equal(first.Access) || !w.Token.Refresh.Equal(first.Refresh) {
		t.Error("the second order was no renewal")
	}
}

func TestRedirectURIIsSentOnlyWhenItWasInTheLink(t *testing.T) {
	r := newRig(t)
	w := r.walked(t)
	if o := w.Order(); o.RedirectURI != "" {
		t.Errorf("sent would be %q", o.RedirectURI)
	}
	w = r.walked(t)
	w.RedirectURI = "https://example.com/callback"
	if o := w.Order(); o.RedirectURI != w.RedirectURI {
		t.Errorf("sent would be %q", o.RedirectURI)
	}
}

// TestWrongSecretThenTheRightOne: Amazon refuses the client before it looks at
// the code, so the same code serves again.
func TestWrongSecretThenTheRightOne(t *testing.T) {
	r := newRig(t)
	w := r.walked(t)
	w.ClientSecret = lwa.NewSecret(secret)
	kindIs(t, r.run(w), lwa.KindClientAuth)
	if w.CodeDead() {
		t.Fatal("the code counts as spent")
	}
	w.ClientSecret = r.Sample().ClientSecret
	kindIs(t, r.run(w), "")
}

// TestRefusalsLoseNothing: every refusal of Amazon or of the network leaves all
// entries, and says whether the code is still good.
func TestRefusalsLoseNothing(t *testing.T) {
	const token = "/auth/o2/token"
	for _, c := range []struct {
		name   string
		before func(r *rig, w *Walk)
		kind   lwa.Kind
		dead   bool
	}{
		{"the code is older than five minutes", func(r *rig, _ *Walk) { r.clock.Pass(CodeLife + time.Second) }, lwa.KindCode, true},
		{"the code was used elsewhere", func(r *rig, w *Walk) {
			_, _ = w.Order().Run(context.Background(), r.client)
		}, lwa.KindCode, true},
		{"the credentials are another app's", func(r *rig, w *Walk) {
			w.ClientID, w.ClientSecret = r.Published().ClientID, r.Published().ClientSecret
		}, lwa.KindClientNotAuthorized, true},
		{"Amazon is down", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 503, Body: "{}"})
		}, lwa.KindUnavailable, true}, // it may have used the code before it failed
		{"Amazon has a problem", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 500, Body: "{}"})
		}, lwa.KindServer, true},
		{"too often", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 429, RetryAfter: "60", Body: "{}"})
		}, lwa.KindThrottled, false},
		{"a web page in place of an answer", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 200, ContentType: "text/html", Body: "<!doctype html><title>Hotel</title>Sign in"})
		}, lwa.KindNotAmazon, false},
		{"an answer that is not JSON", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 200, Body: "nonsense"})
		}, lwa.KindUnparseable, true},
		{"nobody there", func(r *rig, _ *Walk) { _ = r.Close() }, lwa.KindConnection, false},
		{"cut off in the middle of the answer", func(r *rig, _ *Walk) {
			r.SetFault(token, practice.Fault{Status: 200, Body: "{}", CutOff: true})
		}, lwa.KindOutcomeUnknown, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			w := r.walked(t)
			c.before(r, w)
			entries := func() string {
				return fmt.Sprint(w.AppText(), w.Market, w.Vendor, w.Draft, w.RedirectURI, w.ClientID, w.ClientSecret.Reveal(), w.Pasted(), w.state, w.Step())
			}
			before := entries()
			err := r.run(w)
			var e *lwa.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Kind != c.kind {
				t.Errorf("got %s, not %s", e.Kind, c.kind)
			}
			if entries() != before {
				t.Error("an entry is lost")
			}
			if w.CodeDead() != c.dead {
				t.Errorf("CodeDead is %v", w.CodeDead())
			}
			if w.Done(StepTokens) {
				t.Error("there are tokens")
			}
		})
	}
}

// TestPassPaste: a clean address needs no press, and never asks for tokens.
func TestPassPaste(t *testing.T) {
	sample := func(v Visitor, opened bool, change func(*Walk)) *Walk {
		m, _ := lwa.FindMarketplace("JP")
		w := New(v, m, time.Now)
		if err := w.ReadApp("amzn1.sp.solution.00000000-0000-0000-0000-000000000001"); err != nil {
			t.Fatal(err)
		}
		state := "EXAMPLE"
		if opened {
			w.HandedOut()
			link, err := w.Link()
			if err != nil {
				t.Fatal(err)
			}
			state = link.State
		}
		w.GoTo(StepPaste)
		_ = w.ReadPaste("https://example.com/?state=" + state + "&selling_partner_id=A0EXAMPLE00000&spapi_oauth_code=EXAMPLEcode000000000")
		change(w)
		return w
	}
	nothing := func(*Walk) {}
	known := func(w *Walk) {
		w.ClientID = "amzn1.application-oa2-client.00000000000000000000000000000000"
		w.ClientSecret = lwa.NewSecret("amzn1.oa2-cs.v1.0000000000000000000000000000000000000000000000000000000000000000")
	}
	for name, tt := range map[string]struct {
		w    *Walk
		want Step
	}{
		"a guide's":                     {sample(Guide, true, nothing), StepRegister},
		"an own app's":                  {sample(OwnApp, true, nothing), StepCredentials},
		"an own app's with credentials": {sample(OwnApp, true, known), StepPaste},
		"of a link that was not opened": {sample(Guide, false, nothing), StepPaste},
		"without a seller ID":           {sample(Guide, true, func(w *Walk) { w.SetSellerID("") }), StepPaste},
		"too old":                       {sample(Guide, true, func(w *Walk) { w.readAt = w.readAt.Add(-CodeLife) }), StepPaste},
		"refused": {sample(Guide, true, func(w *Walk) {
			_ = w.ReadPaste("https://example.com/?state=other&spapi_oauth_code=EXAMPLEcode000000000")
		}), StepPaste},
		"looked at from a step before it": {sample(Guide, true, func(w *Walk) { w.GoTo(StepConsent) }), StepConsent},
	} {
		if moved := tt.w.PassPaste(); tt.w.Step() != tt.want || moved != (tt.want == StepRegister || tt.want == StepCredentials) {
			t.Errorf("%s: %v to %s, want %s", name, moved, tt.w.Step(), tt.want)
		}
	}
}
