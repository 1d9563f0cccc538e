package ui

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// TestNothingIsCut lays out every screen in every language, size of window and
// size of text, and looks in the tree of what is drawn for text that is wider
// than its place, lies over something else, or is off the edge; for sideways
// scrolling; and for a primary button that is out of sight. What it says names
// the screen, the text, and where it happens.
func TestNothingIsCut(t *testing.T) {
	sizes := []fyne.Size{
		{Width: 960, Height: 680},
		{Width: 720, Height: 560},
		{Width: shell.LeastWidth, Height: shell.LeastHeight},
		// What a screen of 1366×768 at 150 % leaves, one of 2560×1440 at 200 %, and one
		// of 1920×1080.
		{Width: 890, Height: 462},
		{Width: 1280, Height: 670},
		{Width: 1920, Height: 1030},
	}
	found := map[string][]string{}
	for _, l := range i18n.Languages() {
		h := newHarness(t, l.Tag)
		for _, text := range []kit.TextSize{kit.TextNormal, kit.TextLarge, kit.TextSmall} {
			for _, s := range screensToLookAt() {
				h.fresh(text)
				s.show(h)
				for _, size := range sizes {
					h.a.Win.Resize(size)
					h.settle()
					c, main := h.a.Win.Canvas(), h.primaryButton()
					if s.canvas != nil {
						c, main = s.canvas(h), nil
					}
					for _, fault := range faultsOf(c, main) {
						key := s.name + ": " + fault.what
						found[key] = append(found[key], fmt.Sprintf("%s %.0f×%.0f %s%s", l.Tag, size.Width, size.Height, text, fault.how))
					}
					if s.canvas != nil || c.Overlays().Top() != nil {
						break // it has a size of its own
					}
				}
			}
		}
	}
	var keys []string
	for k := range found {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		where := found[k]
		if len(where) > 4 {
			where = append(where[:4:4], fmt.Sprintf("and %d more", len(found[k])-4))
		}
		t.Errorf("%s\n\t[%s]", k, strings.Join(where, "; "))
	}
}

// TestInSight: what a seller comes to a screen for is in sight in the smallest
// window, without scrolling, and stays there when a secret was copied.
func TestInSight(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.a.Win.Resize(fyne.NewSize(720, 560)) // a small window; in the smallest one scrolls
		inSight := func(where, id string, want int) {
			t.Helper()
			h.settle()
			window, seen := areaOf(fyne.Position{}, h.a.Win.Canvas().Size()), 0
			for _, p := range h.objects() {
				says := ""
				switch o := p.object.(type) {
				case *kit.Button:
					says = o.Label
				case *kit.Paragraph:
					if len(p.parents) == 0 || !isButton(p.parents[len(p.parents)-1]) {
						says = o.Text
					}
				}
				if says == h.word(id) && p.area.inside(p.clip.cut(window), 0.5) {
					seen++
				}
			}
			if seen != want {
				t.Errorf("%s: %q is in sight %d times, not %d", where, h.word(id), seen, want)
			}
		}
		inSight("start", "setup_file.open", 1)
		h.at(walk.Guide, walk.StepConsent, withSellerLink)
		inSight("consent", "consent_step.copy_link", 1)
		inSight("consent", "consent_step.expect", 1)

		nothing := func(*session) {}
		for where, show := range map[string]func(){
			"tokens": func() { h.atTokens(nothing) }, "account": func() { h.atAccount(nothing) },
		} {
			show()
			inSight(where, "button.copy", 2)
			inSight(where, "button.show", 2)
			inSight(where, "tokens.helper", 1)
			h.press("button.copy")
			inSight(where+", copied", "button.copied", 1)
			inSight(where+", copied", "button.copy", 1)
			h.a.ClearClipboard()
		}
	})
}

func isButton(o fyne.CanvasObject) bool {
	_, ok := o.(*kit.Button)
	return ok
}

// TestStepsBesideHelp: with the help open there is still a sign of the step
// that one is at, and the steps done can be pressed, at every width.
func TestStepsBesideHelp(t *testing.T) {
	h := newHarness(t, "en")
	for _, width := range []float32{shell.LeastWidth, 899, 900, 959, 960, 1139, 1140, 1440} {
		h.a.Win.Resize(fyne.NewSize(width, 680))
		h.at(walk.Guide, walk.StepConsent, withApp)
		h.a.ToggleHelp()
		h.settle()
		var here, done []*kit.StepItem
		for _, p := range h.objects() {
			if s, ok := p.object.(*kit.StepItem); ok {
				switch s.State {
				case kit.StepHere:
					here = append(here, s)
				case kit.StepDone:
					done = append(done, s)
				}
			}
		}
		if len(here) != 1 || here[0].Number != 2 || len(done) != 1 {
			t.Errorf("%.0f wide: the steps say %v and %v", width, here, done)
			continue
		}
		done[0].Press()
		h.sees("app_step.title")
		h.a.CloseHelp()
	}
}

// TestHelpEverywhere: help, language and menu are on every screen, in the same
// place, also while the help is open, and there is help on every screen.
func TestHelpEverywhere(t *testing.T) {
	const lang = "pt-BR" // its words are the longest
	h := newHarness(t, lang)
	for _, size := range []fyne.Size{{Width: 960, Height: 680}, {Width: shell.LeastWidth, Height: shell.LeastHeight}} {
		places, seen := map[string]area{}, map[string]bool{}
		for _, s := range screensToLookAt() {
			kind, _, _ := strings.Cut(s.name, ",")
			if seen[kind] || kind == "help" {
				continue
			}
			seen[kind] = true
			h.fresh(kit.TextNormal)
			h.a.Win.Resize(size)
			s.show(h)
			h.settle()
			if s.canvas != nil || h.a.Win.Canvas().Overlays().Top() != nil || h.a.Screen().About == manyBlocks {
				continue
			}
			look := func(when string) {
				t.Helper()
				for _, id := range []string{"help.open", "menu.open"} {
					at := area{}
					for _, p := range h.objects() {
						if button, ok := p.object.(*kit.Button); ok && button.Label == h.word(id) && p.area.inside(p.clip, 0.5) {
							at = p.area
						}
					}
					if places[id] == (area{}) {
						places[id] = at
					}
					if at == (area{}) || at != places[id] {
						t.Errorf("%s, %s, %s: %s is at %s, not at %s", lang, s.name, when, id, at, places[id])
					}
				}
			}
			look("closed")
			h.press("help.open")
			if !h.offers("help.close") {
				t.Errorf("%s, %s: no help", lang, s.name)
				continue
			}
			look("open")
			h.press("help.open")
			if h.offers("help.close") {
				t.Errorf("%s, %s: the help stays", lang, s.name)
			}
		}
	}
}

// TestAreaGrows: a field for links shows all the lines of its text, up to a few.
func TestAreaGrows(t *testing.T) {
	h := newHarness(t, "en")
	var last float32
	for i, text := range []string{"short", strings.Repeat("0123456789", 20), strings.Repeat("0123456789", 28), strings.Repeat("0123456789", 300)} {
		h.at(walk.Guide, walk.StepApp, appText(text))
		now := h.field("app_step.field").Size().Height
		if i > 0 && now <= last {
			t.Errorf("with %d characters it is %.0f high, with less %.0f", len(text), now, last)
		}
		last = now
	}
	if line := h.field("app_step.field").Theme().Size(kit.SizeText); last > 8*line*1.5 {
		t.Errorf("a text without end makes it %.0f high", last)
	}
}

// fresh makes the window as it opens, without questions, menus and helper.
func (h *harness) fresh(size kit.TextSize) {
	if beside := h.a.Beside(); beside != nil {
		beside.Close()
	}
	overlays := h.a.Win.Canvas().Overlays()
	for _, o := range overlays.List() {
		overlays.Remove(o)
	}
	h.a.ClearClipboard()
	h.a.CloseHelp()
	h.real.InFile, h.real.file, h.computer = false, nil, nil
	h.a.enter(h.real)
	h.a.Win.Resize(fyne.NewSize(shell.DefaultWidth, shell.DefaultHeight))
	// Every look that is set makes Fyne read its fonts again, and keep both.
	if h.a.Settings.Appearance != kit.FollowSystem || h.a.Settings.TextSize != size {
		h.a.SetLook(kit.FollowSystem, size)
	}
	h.a.show(newStartScreen)
	h.settle()
}

// primaryButton is the last button of the screen's foot, which must be in sight;
// nil if the screen has none. Buttons that do not scroll are in the rail, above
// the page, or in the foot.
func (h *harness) primaryButton() (last *kit.Button) {
	var page *area
	for _, p := range h.objects() {
		switch o := p.object.(type) {
		case *kit.Page:
			if page == nil {
				page = &p.area
			}
		case *kit.Button:
			if page != nil && o.Fixed && p.area.y1 >= page.y2 && p.area.x1 >= page.x1 {
				last = o
			}
		}
	}
	return last
}

// look is one screen in one state.
type lookAt struct {
	name   string
	show   func(h *harness)
	canvas func(h *harness) fyne.Canvas // nil for the main window
}

const (
	sampleRedirect = "https://example.com/callback?spapi_oauth_code=EXAMPLEcode000000000&state=%s&selling_partner_id=A0EXAMPLE00000"
	sampleCode     = "EXAMPLEcode000000000"
	longName       = "とても長い名前の販売用アカウント・大阪本店（家電とおもちゃ）Loja de Eletrodomésticos do Recife e Região Metropolitana"
)

// at shows a step of a walk that was prepared.
func (h *harness) at(v walk.Visitor, s walk.Step, prepare ...func(h *harness, j *journey)) *journey {
	m, _ := lwa.FindMarketplace("SA")
	j := &journey{walk: walk.New(v, m, h.clock.Now)}
	for _, p := range prepare {
		p(h, j)
	}
	for j.walk.Step() != s {
		if !j.walk.GoTo(s) {
			h.t.Fatalf("the step %s of %s does not lie open", s, v)
		}
	}
	h.a.show(j.screen)
	h.settle()
	return j
}

func withApp(h *harness, j *journey) { j.walk.ReadApp(h.guideLink()) }

func withCredentials(h *harness, j *journey) {
	s := h.amazon.Sample()
	j.walk.ClientID, j.walk.ClientSecret = s.ClientID, s.ClientSecret
}

func withCode(h *harness, j *journey) {
	j.walk.ReadPaste(fmt.Sprintf(sampleRedirect, "practice-guide"))
	if !j.walk.Done(walk.StepPaste) {
		h.t.Fatal("the sample address was refused")
	}
}

func withDeadCode(h *harness, j *journey) {
	withCode(h, j)
	h.clock.Pass(time.Hour)
}

func tried(_ *harness, j *journey) { j.tried = true }
func more(_ *harness, j *journey)  { j.more = true }

func pasted(text string) func(*harness, *journey) {
	return func(_ *harness, j *journey) { j.walk.ReadPaste(text) }
}

func appText(text string) func(*harness, *journey) {
	return func(_ *harness, j *journey) { j.walk.ReadApp(text) }
}

// longToken is as long as Amazon's.
func longToken(prefix string) lwa.Secret {
	return lwa.NewSecret(prefix + "EXAMPLE" + strings.Repeat("-0aA_", 80))
}

// holdingOf is an account in memory; change makes it the case to look at.
func (h *harness) holdingOf(change func(*session)) *session {
	s := h.amazon.Sample()
	hold := &session{
		a: h.a, env: h.real,
		account: account.Account{
			ID: "example", Marketplace: "AE", SellerID: "A0EXAMPLE00000", ApplicationID: s.ApplicationID, ClientID: s.ClientID,
			CreatedAt: h.clock.Now(), AuthorizedAt: date.Of(h.clock.Now()), SecretMadeAt: date.Of(h.clock.Now()), HasRefreshToken: true, HasClientSecret: true,
		},
		cred:  lwa.Credentials{ClientID: s.ClientID, ClientSecret: s.ClientSecret},
		token: lwa.Token{Access: longToken("Atza|"), Refresh: longToken("Atzr|"), Expiry: h.clock.Now().Add(time.Hour)},
		saved: true,
	}
	change(hold)
	return hold
}

// atTokens shows the last step of a walk with a session.
func (h *harness) atTokens(change func(*session)) {
	j := &journey{walk: walk.New(walk.OwnApp, lwa.Marketplaces()[0], h.clock.Now)}
	withApp(h, j)
	withCredentials(h, j)
	withCode(h, j)
	j.session = h.holdingOf(change)
	j.session.journey = j
	if !j.walk.GoTo(walk.StepTokens) {
		h.t.Fatal("the last step does not lie open")
	}
	h.a.show(j.screen)
	h.settle()
}

func (h *harness) atAccount(change func(*session)) {
	hold := h.holdingOf(change)
	h.a.show(hold.screen)
	h.settle()
}

// withAccounts shows the list with other accounts than those of the disk.
func (h *harness) withAccounts(n int, change func(i int, a *account.Account)) {
	h.t.Helper()
	// A folder inside the harness's, which goes when the app has ended.
	dir, err := os.MkdirTemp(h.dir, "accounts")
	if err != nil {
		h.t.Fatal(err)
	}
	w := h.environment(h.amazon, dir, vault.NewMemory())
	for i := range n {
		acc := h.holdingOf(func(*session) {}).account
		acc.ID, acc.SellerID = "", fmt.Sprintf("A0EXAMPLE%05d", i)
		change(i, &acc)
		if _, err := w.Store.Save(h.t.Context(), acc, account.Secrets{ClientSecret: lwa.NewSecret("example"), RefreshToken: longToken("Atzr|")}); err != nil {
			h.t.Fatal(err)
		}
	}
	h.a.enter(w)
	h.a.showHome()
	h.settle()
}

// inSandbox makes a walk that of a sandbox app.
func inSandbox(_ *harness, j *journey) { j.walk.UseSandbox(true) }

// sandboxChecked makes an account a sandbox app's, which was checked.
func (h *harness) sandboxChecked(d *session) {
	d.account.Sandbox = true
	d.doing, d.checked.at, d.checked.Sandbox = "checking", h.clock.Now(), true
	d.checked.Answers = []check.Answer{{Region: lwa.FarEast}}
}

// knowsApp saves an account of the sample app.
func (h *harness) knowsApp() {
	h.withAccounts(1, func(_ int, acc *account.Account) { acc.ApplicationID = h.amazon.Sample().ApplicationID })
}

// inFrame shows blocks as a screen has them.
func (h *harness) inFrame(blocks func(a *App) []fyne.CanvasObject) {
	h.a.show(func(a *App) shell.Screen {
		return shell.Screen{About: manyBlocks, Body: a.NewFrame(a.NewRail(), nil, kit.Column(kit.Gap, blocks(a)...), a.NewFoot(nil, nil))}
	})
	h.settle()
}

// manyBlocks is what a screen with more blocks than any real one is about.
const manyBlocks = "many blocks"

func screensToLookAt() []lookAt {
	nothing := func(*session) {}
	busy := func() {}
	refused := func(k lwa.Kind) error { return &lwa.Error{Kind: k} }
	looks := []lookAt{
		{name: "start", show: func(h *harness) {}},
		{name: "start with accounts", show: func(h *harness) {
			h.withAccounts(1, func(int, *account.Account) {})
			h.a.showStart()
		}},
		{name: "this computer", show: checkedUp},
		{name: "this computer, problems", show: func(h *harness) {
			ailing(h)
			checkedUp(h)
		}},
		{name: "start, practice", show: func(h *harness) { h.a.StartPractice() }},

		{name: "app, guide", show: func(h *harness) { h.at(walk.Guide, walk.StepApp) }},
		{name: "app, guide, practice", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.Guide, walk.StepApp)
		}},
		{name: "app, guide, missing", show: func(h *harness) { h.at(walk.Guide, walk.StepApp, tried) }},
		{name: "app, guide, link read", show: func(h *harness) { h.at(walk.Guide, walk.StepApp, withApp) }},
		{name: "app, guide, wrong link", show: func(h *harness) {
			h.at(walk.Guide, walk.StepApp, appText("https://www.example.com/a/very/long/path/that/leads/nowhere?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000000"))
		}},
		{name: "app, own", show: func(h *harness) { h.at(walk.OwnApp, walk.StepApp) }},
		{name: "credentials, sandbox, practice", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.HasToken, walk.StepCredentials, inSandbox)
		}},
		{name: "app, own, all open, all wrong", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepApp, more, tried, func(_ *harness, j *journey) {
				j.walk.ReadApp("amzn1.application-oa2-client.0000000000000000000000000000abcd")
				j.walk.Vendor, j.walk.RedirectURI = true, "http://example.com/#top"
				j.walk.ClientID = "amzn1.sp.solution.00000000-0000-0000-0000-000000000000"
				j.walk.ClientSecret = lwa.NewSecret("Atza|EXAMPLE")
			})
		}},
		{name: "app, own, filled in", show: func(h *harness) { h.at(walk.OwnApp, walk.StepApp, withApp, withCredentials, more) }},

		{name: "app, own, known", show: func(h *harness) {
			h.knowsApp()
			h.at(walk.OwnApp, walk.StepApp, appText(h.amazon.Sample().ApplicationID))
		}},
		{name: "app, own, known, reading", show: func(h *harness) {
			h.knowsApp()
			h.at(walk.OwnApp, walk.StepApp, appText(h.amazon.Sample().ApplicationID), func(_ *harness, j *journey) { j.taking = busy })
		}},
		{name: "app, own, known, keychain locked", show: func(h *harness) {
			h.knowsApp()
			h.at(walk.OwnApp, walk.StepApp, appText(h.amazon.Sample().ApplicationID), func(_ *harness, j *journey) { j.knownErr = &vault.Error{Kind: vault.Locked} })
		}},

		{name: "consent", show: func(h *harness) { h.at(walk.Guide, walk.StepConsent, withApp) }},
		{name: "consent, practice", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.OwnApp, walk.StepConsent, withApp)
		}},

		{name: "consent, link copied, with an offer", show: func(h *harness) {
			h.at(walk.Guide, walk.StepConsent, withApp, func(_ *harness, j *journey) {
				j.linkCopied, j.offer = true, fmt.Sprintf(sampleRedirect, "practice-guide")
			})
		}},

		{name: "paste", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withApp) }},
		{name: "paste, opened, with an offer", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withApp, func(_ *harness, j *journey) {
				j.opened, j.offer = true, fmt.Sprintf(sampleRedirect, "practice-guide")
			})
		}},
		{name: "paste, nothing", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withApp, tried) }},
		{name: "paste, refused", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepPaste, withApp, pasted("https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=x"))
		}},
		{name: "paste, halfway", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepPaste, withApp, pasted("https://example.com/login?amazon_callback_uri=https%3A%2F%2Famazon.com%2Fapps%2Fauthorize%2Fconfirm%2Fexample&amazon_state=example&selling_partner_id=A0EXAMPLE00000"))
		}},
		{name: "paste, read", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withApp, withCode) }},
		{name: "paste, read, own app with credentials", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepPaste, withApp, withCredentials, withCode)
		}},
		{name: "paste, read, with warnings", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepPaste, appText(h.amazon.Sample().ApplicationID), pasted("http://example.com/?code="+sampleCode))
		}},
		{name: "paste, time is over", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withApp, withDeadCode) }},

		{name: "credentials", show: func(h *harness) { h.at(walk.OwnApp, walk.StepCredentials, withApp, withCode) }},
		{name: "credentials, missing", show: func(h *harness) { h.at(walk.OwnApp, walk.StepCredentials, withApp, withCode, tried) }},
		{name: "credentials, time is over", show: func(h *harness) { h.at(walk.OwnApp, walk.StepCredentials, withApp, withDeadCode) }},
		{name: "credentials, practice", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.HasToken, walk.StepCredentials)
		}},
		{name: "credentials, taken over", show: func(h *harness) { h.at(walk.HasToken, walk.StepCredentials, tookOver) }},
		{name: "credentials, refresh token, wrong", show: func(h *harness) {
			h.at(walk.HasToken, walk.StepCredentials, tried, func(_ *harness, j *journey) {
				j.walk.ClientID = " amzn1.oa2-cs.v1.example "
				j.walk.RefreshToken = lwa.NewSecret("Atza|EXAMPLE0000000000000000")
			})
		}},

		{name: "registration screen", show: func(h *harness) { h.at(walk.Guide, walk.StepRegister, withApp, withCode) }},
		{name: "registration screen, practice, copied", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.Guide, walk.StepRegister, withApp, withCode, func(_ *harness, j *journey) {
				j.markCopied(h.a, value.SellerID)
				j.markCopied(h.a, value.Code)
			})
		}},
		{name: "registration screen, time is over", show: func(h *harness) { h.at(walk.Guide, walk.StepRegister, withApp, withDeadCode) }},
		{name: "helper window", canvas: helperCanvas, show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withApp, withCode).showRegisterWindow(h.a)
		}},
		{name: "helper window, practice", canvas: helperCanvas, show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.Guide, walk.StepRegister, withApp, withCode).showRegisterWindow(h.a)
		}},
		{name: "helper window, time is over", canvas: helperCanvas, show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withApp, withDeadCode).showRegisterWindow(h.a)
		}},
		{name: "helper window, tokens", canvas: helperCanvas, show: func(h *harness) {
			h.atAccount(nothing)
			h.a.session().asJourney().showRegisterWindow(h.a)
		}},

		{name: "tokens, waiting", show: func(h *harness) {
			h.atTokens(func(d *session) { d.token, d.stop, d.saved = lwa.Token{}, busy, false })
		}},
		{name: "tokens, saving", show: func(h *harness) {
			h.atTokens(func(d *session) { d.saved, d.saving = false, true })
		}},
		{name: "tokens, saved", show: func(h *harness) { h.atTokens(nothing) }},
		{name: "tokens, not saved", show: func(h *harness) {
			h.atTokens(func(d *session) {
				d.saved, d.saveErr = false, &vault.Error{Op: "set", Kind: vault.Missing}
			})
		}},
		{name: "tokens, without saving", show: func(h *harness) {
			h.atTokens(func(d *session) { d.saved, d.onlyToday = false, true })
		}},
		{name: "tokens, shown", show: func(h *harness) {
			h.atTokens(func(d *session) {
				d.revealed = map[value.ID]time.Time{value.AccessToken: h.clock.Now(), value.RefreshToken: h.clock.Now()}
			})
		}},
		{name: "tokens, expired and refused", show: func(h *harness) {
			h.atTokens(func(d *session) {
				d.err, d.refreshChanged, d.token.Expiry = refused(lwa.KindRevoked), true, h.clock.Now().Add(-time.Hour)
			})
		}},
		{name: "account", show: func(h *harness) { h.atAccount(nothing) }},
		{name: "account, long name, everything due", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.account.Name = longName
				d.account.AuthorizedAt = date.Of(h.clock.Now()).AddDays(-366)
				d.account.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
				d.account.Problem = string(lwa.KindRevoked)
			})
		}},
		{name: "account, renewing", show: func(h *harness) {
			h.atAccount(func(d *session) { d.stop, d.doing = busy, "renewing" })
		}},
		{name: "account, secret without a date", show: func(h *harness) {
			h.atAccount(func(d *session) { d.account.SecretMadeAt = date.Date{} })
		}},
		{name: "account, opening", show: func(h *harness) {
			h.atAccount(func(d *session) { d.stop, d.doing, d.token = busy, "opening", lwa.Token{} })
		}},
		{name: "account, checked", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at = "checking", h.clock.Now()
				jp, _ := lwa.FindMarketplace("JP")
				d.checked.Answers = []check.Answer{{Region: lwa.FarEast, Stores: []check.Store{{Marketplace: jp, Name: longName, Selling: true}}}}
			})
		}},
		{name: "account, sandbox, checked", show: func(h *harness) { h.atAccount(h.sandboxChecked) }},
		{name: "account, sandbox, details", show: func(h *harness) { h.holdingOf(h.sandboxChecked).showDetails(false) }},
		{name: "account, check not allowed", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at, d.checked.Err = "checking", h.clock.Now(), refused(lwa.KindForbidden)
				d.checked.Reason = &check.Reason{
					Causes: []check.Cause{check.CauseRegion, check.CauseRole, check.CauseSecret, check.CauseSandbox},
					Silent: []check.Answer{{Region: lwa.NorthAmerica, Err: refused(lwa.KindTimeout)}, {Region: lwa.Europe, Err: refused(lwa.KindConnection)}},
				}
			})
		}},
		{name: "account, of another region", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at, d.checked.Err = "checking", h.clock.Now(), refused(lwa.KindForbidden)
				works := check.Answer{Region: lwa.Europe}
				for _, m := range lwa.Marketplaces() {
					if m.Region == lwa.Europe {
						works.Stores = append(works.Stores, check.Store{Marketplace: m, Selling: true})
					}
				}
				d.checked.Reason = &check.Reason{Causes: []check.Cause{check.CauseRegion}, Works: []check.Answer{works}}
			})
		}},
		{name: "account, secrets cannot be read", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.token, d.openErr = lwa.Token{}, &vault.Error{Op: "get", Kind: vault.Locked}
			})
		}},
		{name: "account, details", show: func(h *harness) {
			h.holdingOf(func(d *session) { d.account.Name = longName }).showDetails(false)
		}},
		{name: "account, details, saving", show: func(h *harness) {
			d := &details{h: h.holdingOf(nothing), stop: busy, back: h.a.showHome}
			h.a.show(d.screen)
		}},
		{name: "grantless", show: func(h *harness) { h.holdingOf(nothing).showGrantless() }},
		{name: "grantless, retired", show: func(h *harness) {
			h.showGrantless(&grantless{scope: len(lwa.Scopes()) - 1, err: refused(lwa.KindScope)})
		}},
		{name: "grantless, waiting", show: func(h *harness) { h.showGrantless(&grantless{stop: busy}) }},
		{name: "grantless, token", show: func(h *harness) {
			h.showGrantless(&grantless{token: lwa.Token{Access: longToken("Atc|")}})
		}},

		{name: "setup file", show: func(h *harness) { h.openSetup(fullFile()) }},
		{name: "app, from a setup file", show: func(h *harness) {
			h.openSetup(fullFile())
			h.press("setup_file.use")
		}},
		{name: "setup file, in a walk", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepCredentials, withApp, withCode, withCredentials)
			h.openSetup(fullFile())
		}},
		{name: "setup file, in a walk that takes it", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepCredentials, withApp, withCode, withCredentials)
			f := fullFile()
			f.ApplicationID, f.Boxes = "", f.Boxes[2:]
			h.openSetup(f)
		}},
		{name: "all refusals of a setup file", show: func(h *harness) {
			refused := &setupfile.Error{}
			for i, k := range setupfile.Kinds() {
				refused.Problems = append(refused.Problems, setupfile.Problem{Kind: k, Key: "boxes[12].label.pt-BR", Line: i})
			}
			h.a.show((&opened{err: refused, back: h.a.showHome}).screen)
		}},
		{name: "all remarks on a setup file", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, r := range setupfile.Remarks() {
					all = append(all, kit.Banner(kit.Error, a.Words.T("setup_file_remark."+string(r))))
				}
				return all
			})
		}},
		{name: "making a setup file", show: func(h *harness) { h.making(setupfile.NewForm(), false) }},
		{name: "making a setup file, nothing filled in", show: func(h *harness) { h.making(setupfile.NewForm(), true) }},
		{name: "making a setup file, full", show: func(h *harness) { h.making(setupfile.FormOf(fullFile()), true) }},
		{name: "making a setup file, all wrong", show: func(h *harness) {
			f := setupfile.FormOf(fullFile())
			f.Provider, f.Support, f.App, f.State, f.ConsentHost = "Amazon", "x", "x", "a b", "example.com"
			f.RedirectURI, f.RegistrationPage = "http://example.com", "https://a@example.com"
			f.Marketplaces = append(f.Marketplaces, "XX")
			f.Boxes[0].Label["en"] = strings.Repeat("long ", 20)
			f.Boxes[1].Value = f.Boxes[0].Value
			h.making(f, true)
		}},
		{name: "making a setup file, saved", show: func(h *harness) {
			h.a.making = &making{form: setupfile.FormOf(fullFile()), saved: "/home/seller/Downloads/a-rather-long-name-of-a-provider.sellerkey"}
			h.a.makeSetup()
		}},
		{name: "making a setup file, not saved", show: func(h *harness) {
			h.a.making = &making{form: setupfile.FormOf(fullFile()), err: fs.ErrPermission}
			h.a.makeSetup()
		}},
		{name: "making a setup file, what the seller sees", show: func(h *harness) {
			h.making(setupfile.FormOf(fullFile()), false)
			h.press("setup_make.look")
		}},
		{name: "helper window, all copied", canvas: helperCanvas, show: func(h *harness) {
			h.atAccount(nothing)
			j := h.a.session().asJourney()
			for _, b := range j.walk.Boxes() {
				j.markCopied(h.a, b.Value)
			}
			j.showRegisterWindow(h.a)
		}},
		{name: "helper window, setup file", canvas: helperCanvas, show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withApp, withCode, func(_ *harness, j *journey) {
				f := fullFile()
				f.ApplicationID = h.amazon.Sample().ApplicationID
				j.walk.Use(f)
			}).showRegisterWindow(h.a)
		}},

		{name: "accounts, one", show: func(h *harness) { h.withAccounts(1, func(int, *account.Account) {}) }},
		{name: "accounts, many, long names", show: func(h *harness) {
			h.withAccounts(12, func(i int, a *account.Account) {
				if i%2 == 0 {
					a.Name = fmt.Sprintf("%d %s", i, longName)
				}
				switch i % 3 {
				case 1:
					a.Problem = string(lwa.KindRevoked)
				case 2:
					a.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
				}
			})
		}},
		{name: "renew all, failures", show: func(h *harness) {
			r := &renewAll{total: 12, done: 12}
			for _, k := range []lwa.Kind{lwa.KindRevoked, lwa.KindOffline} {
				acc := h.holdingOf(nothing).account
				acc.Name = longName
				r.failed = append(r.failed, failedRenewal{acc, refused(k)})
			}
			h.a.show(r.screen)
		}},
		{name: "renew all, under way", show: func(h *harness) {
			h.a.show((&renewAll{total: 1200, done: 7, stop: busy}).screen)
		}},

		{name: "help, start", show: func(h *harness) { h.a.ToggleHelp() }},
		{name: "help, app, guide", show: func(h *harness) {
			h.at(walk.Guide, walk.StepApp, withApp)
			h.a.ToggleHelp()
		}},
		{name: "help, app, own", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepApp)
			h.a.ToggleHelp()
		}},
		{name: "help, consent", show: func(h *harness) {
			h.at(walk.Guide, walk.StepConsent, withApp)
			h.a.ToggleHelp()
		}},
		{name: "help, paste, practice", show: func(h *harness) {
			h.a.StartPractice()
			h.at(walk.Guide, walk.StepPaste, withApp)
			h.a.ToggleHelp()
		}},
		{name: "help, credentials", show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepCredentials, withApp, withCode)
			h.a.ToggleHelp()
		}},
		{name: "help, credentials, refresh token", show: func(h *harness) {
			h.at(walk.HasToken, walk.StepCredentials)
			h.a.ToggleHelp()
		}},
		{name: "help, registration screen", show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withApp, withCode)
			h.a.ToggleHelp()
		}},
		{name: "help, account", show: func(h *harness) {
			h.atAccount(nothing)
			h.a.ToggleHelp()
		}},
		{name: "encrypted file, offer", show: func(h *harness) {
			h.atTokens(func(d *session) {
				d.saved, d.saveErr = false, &vault.Error{Kind: vault.Missing}
			})
		}},
		{name: "encrypted file, new passphrase", show: func(h *harness) {
			askPassphrase(h.a, busy)
			h.press("vault_file.use")
		}},
		{name: "encrypted file, passphrase", show: func(h *harness) {
			if err := os.WriteFile(h.real.VaultFile, nil, 0o600); err != nil {
				h.t.Fatal(err)
			}
			askPassphrase(h.a, busy)
			if err := os.Remove(h.real.VaultFile); err != nil {
				h.t.Fatal(err)
			}
		}},
		{name: "encrypted file, forgotten", show: func(h *harness) { forgetPassphrase(h.a, busy) }},
		{name: "encrypted file, locked account", show: func(h *harness) {
			h.a.env.InFile = true
			h.atAccount(func(d *session) {
				d.token, d.openErr = lwa.Token{}, &vault.Error{Kind: vault.Locked}
			})
		}},
		{name: "encrypted file, locked", show: func(h *harness) { h.atVaultFile(func(*vaultFile) {}) }},
		{name: "encrypted file, open", show: func(h *harness) {
			h.real.file = &vault.File{}
			h.atVaultFile(func(v *vaultFile) { v.changed, v.fault = true, h.word("vault_file.too_short") })
		}},
		{name: "encrypted file, no keychain to move to", show: func(h *harness) {
			h.real.file = &vault.File{}
			h.atVaultFile(func(v *vaultFile) { v.moving, v.err = true, &vault.Error{Kind: vault.Missing} })
		}},
		{name: "encrypted file, moving", show: func(h *harness) {
			h.real.file = &vault.File{}
			h.atVaultFile(func(v *vaultFile) { v.doing, v.stop = "vault_file.moving", busy })
		}},
		{name: "encrypted file, moved and left behind", show: func(h *harness) {
			h.a.Alert(h.word("vault_file.moved_title"), h.word("vault_file.moved_stays", "Path", "/home/seller/.config/SellerKey/secrets.age"))
		}},

		{name: "backup", show: func(h *harness) { h.atBackup(func(*savingBackup) {}) }},
		{name: "backup, some, nothing chosen", show: func(h *harness) {
			h.atBackup(func(b *savingBackup) { b.some, b.fault = true, h.word("backup.none_chosen") })
		}},
		{name: "backup, unreadable, and a CSV", show: func(h *harness) {
			h.atBackup(func(b *savingBackup) {
				b.err = &backup.UnreadableError{Account: account.Account{Name: longName}, Err: &vault.Error{Kind: vault.Locked}}
				b.table = "/home/seller/Downloads/SellerKey-keys-2026-11-28.csv"
			})
		}},
		{name: "backup, saving", show: func(h *harness) { h.atBackup(func(b *savingBackup) { b.stop = busy }) }},
		{name: "backup, saved", show: func(h *harness) { h.atBackup(func(b *savingBackup) { b.wrote, b.count = b.path, 3 }) }},
		{name: "backup, deleted", show: func(h *harness) { h.atBackup(func(b *savingBackup) { b.deleted = b.path }) }},
		{name: "backup, question", show: func(h *harness) {
			h.atBackup(func(*savingBackup) {})
			h.press("backup.csv")
		}},
		{name: "restore", show: func(h *harness) { h.atRestore(func(*restoring) {}) }},
		{name: "restore, wrong words", show: func(h *harness) {
			h.atRestore(func(r *restoring) { r.passphrase, r.err = "x", &backup.Error{Kind: backup.WrongPassphrase} })
		}},
		{name: "restore, foreign", show: func(h *harness) {
			h.atRestore(func(r *restoring) { r.err = &backup.Error{Kind: backup.Foreign, Path: r.path} })
		}},
		{name: "restore, opening", show: func(h *harness) { h.atRestore(func(r *restoring) { r.stop, r.doing = busy, "restore.opening" }) }},
		{name: "restore, open", show: func(h *harness) { h.atRestore(h.threeKinds) }},
		{name: "restore, nothing new", show: func(h *harness) {
			h.atRestore(func(r *restoring) {
				h.threeKinds(r)
				for i := range r.all {
					r.all[i].Known, r.all[i].Conflict = true, false
				}
			})
		}},
		{name: "restore, empty", show: func(h *harness) { h.atRestore(func(r *restoring) { r.content = &backup.Backup{} }) }},
		{name: "restore, stopped", show: func(h *harness) {
			h.atRestore(func(r *restoring) {
				h.threeKinds(r)
				r.added, r.err = true, &vault.Error{Kind: vault.Missing}
			})
		}},
		{name: "restore, done", show: func(h *harness) {
			h.atRestore(func(r *restoring) {
				r.done, r.saved = true, 3
				r.replaced = "/home/seller/.config/SellerKey/backup.age.replaced-20261128T120000Z"
			})
		}},
		{name: "all troubles of a backup", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, id := range a.Words.IDs() {
					if kind, ok := strings.CutPrefix(id, "backup_error."); ok {
						all = append(all, newBackupCard(a, &backup.Error{Kind: backup.Kind(kind), Path: "/media/seller/USB/SellerKey-backup-2026-11-28.sellerkey"}, nil))
					}
				}
				return all
			})
		}},

		{name: "new secret", show: func(h *harness) { h.atNewSecret(func(*newSecret) {}) }},
		{name: "new secret, of a sandbox app, wrong", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) {
				n.acc.Sandbox, n.secret, n.faults = true, n.acc.ClientID, true
				n.made.read(h.a.Words, "x")
			})
		}},
		{name: "new secret, refused, of a vendor", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) {
				n.acc.Vendor, n.acc.SecretMadeAt, n.err = true, date.Of(h.clock.Now()).AddDays(-181), refused(lwa.KindClientAuth)
			})
		}},
		{name: "new secret, no connection", show: func(h *harness) { h.atNewSecret(func(n *newSecret) { n.err = refused(lwa.KindOffline) }) }},
		{name: "new secret, saved in part", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) {
				list := n.env.Store.List()
				n.err = &rotate.PartError{Done: list[:1], Left: list[1:], Err: &vault.Error{Kind: vault.Locked}}
			})
		}},
		{name: "new secret, trying", show: func(h *harness) { h.atNewSecret(func(n *newSecret) { n.stop, n.doing = busy, "new_secret.trying" }) }},
		{name: "new secret, practice", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) { n.env.MakeSecret = h.amazon.RotateSecret })
		}},
		{name: "new secret, places", show: func(h *harness) { h.atNewSecret(h.placesLeft) }},
		{name: "new secret, nothing left", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) {
				h.placesLeft(n)
				n.items = n.items[:1]
				n.items[0].State = rotate.Done
			})
		}},
		{name: "new secret, places unreadable", show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) { n.left, n.err = true, &rotate.Error{Kind: rotate.KindPlaces} })
		}},
		{name: "accounts, secret due", show: func(h *harness) {
			h.withAccounts(6, func(_ int, a *account.Account) { a.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160) })
		}},
		{name: "account, secret due, places left", show: func(h *harness) {
			h.a.show(h.withPlacesLeft().screen)
		}},
		{name: "account, details, places", show: func(h *harness) { h.withPlacesLeft().showDetails(false) }},
		{name: "question, forget places", show: func(h *harness) {
			h.withPlacesLeft().showDetails(false)
			h.press("new_secret.forget")
		}},

		{name: "menu", show: func(h *harness) { h.press("menu.open") }},
		{name: "menu, account", show: func(h *harness) {
			h.atAccount(nothing)
			h.press("menu.open")
		}},
		{name: "about", show: func(h *harness) { showAbout(h.a) }},
		{name: "question, forget", show: func(h *harness) {
			h.holdingOf(func(d *session) { d.account.Name = longName }).forget()
		}},
		{name: "question, leave", show: func(h *harness) { h.holdingOf(func(d *session) { d.saved = false }).beforeLeaving(h.a.showHome) }},
		{name: "message, browser", show: func(h *harness) {
			h.a.Alert(h.word("open.failed_title"), h.word("open.failed_text"))
		}},
		{name: "link, not expected", show: func(h *harness) { h.a.OpenArgument(returnLink("x")) }},
		{name: "link, unknown", show: func(h *harness) { h.a.OpenArgument("sellerkey://return") }},
		{name: "link, another attempt", show: func(h *harness) {
			h.waitingWalk("")
			h.a.OpenArgument(returnLink("x"))
		}},
		{name: "link, question", show: func(h *harness) {
			h.waitingWalk("&state=guide-state")
			h.a.OpenArgument(returnLink("guide-state"))
		}},
		{name: "consent, comes back", show: func(h *harness) { h.at(walk.Guide, walk.StepConsent, withSellerLink, withReturnPage) }},
		{name: "paste, comes back", show: func(h *harness) { h.at(walk.OwnApp, walk.StepPaste, withSellerLink, withReturnPage) }},
		{name: "app, comes back", show: func(h *harness) { h.at(walk.OwnApp, walk.StepApp, withReturnPage) }},
		{name: "links, on", show: func(h *harness) { h.setLinks(&fakeLinks{}) }},
		{name: "links, off", show: func(h *harness) { h.setLinks(&fakeLinks{open: true}) }},
		{name: "links, not saved", show: func(h *harness) { h.setLinks(&fakeLinks{err: fs.ErrPermission}) }},
		{name: "message, practice", show: func(h *harness) {
			h.a.Alert(h.word("practice.failed_title"), h.word("practice.failed_text"))
		}},

		{name: "all refusals of a paste", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				s := &pasteStep{a: a, j: &journey{walk: walk.New(walk.Guide, lwa.Marketplaces()[0], h.clock.Now)}}
				for _, k := range paste.Kinds() {
					all = append(all, s.refusal(&paste.Error{Kind: k, AmazonCode: "CONSENT_LIMIT_REACHED"}))
				}
				return all
			})
		}},
		{name: "all refusals of Amazon", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, k := range lwa.Kinds() {
					all = append(all, newAmazonCard(a, &lwa.Error{Kind: k}))
				}
				return all
			})
		}},
		{name: "all troubles of the vault", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, id := range a.Words.IDs() {
					if kind, ok := strings.CutPrefix(id, "vault_file_error."); ok && strings.HasSuffix(kind, ".title") {
						all = append(all, newKeeperCard(a, &vault.Error{Kind: vault.Kind(strings.TrimSuffix(kind, ".title"))}, true))
					}
					if kind, ok := strings.CutPrefix(id, "vault."); ok && strings.HasSuffix(kind, ".title") {
						all = append(all, newVaultCard(a, &vault.Error{Kind: vault.Kind(strings.TrimSuffix(kind, ".title"))},
							kit.NewButton(a.Keys, kit.Primary, a.Words.T("tokens.save_again"), nil),
							kit.NewButton(a.Keys, kit.Secondary, a.Words.T("tokens.only_today"), nil)))
					}
				}
				return all
			})
		}},
		{name: "all notes", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, id := range a.Words.IDs() {
					for _, group := range []string{"app_field.", "token_field.", "hint.", "repair.", "warning."} {
						if strings.HasPrefix(id, group) {
							n := kit.NewNote()
							n.Say(kit.Error, a.Words.T(id))
							all = append(all, n)
						}
					}
				}
				return all
			})
		}},
	}
	for _, code := range append([]string{"", "unknown"}, amazonCodes()...) {
		name := "Amazon's error"
		if code != "" {
			name += " " + code
		}
		looks = append(looks, lookAt{name: name, show: func(h *harness) {
			j := h.at(walk.OwnApp, walk.StepApp, withApp, func(_ *harness, j *journey) { j.walk.RedirectURI = "https://example.com/callback" })
			if code == "unknown" {
				code = "MD0000"
			}
			j.showAmazonErrors(h.a, code)
		}})
	}
	for i, target := range export.Targets() {
		looks = append(looks, lookAt{name: "use in " + target.ID, show: func(h *harness) { h.useIn(func(u *useIn) { u.choose(program, i) }) }})
	}
	for _, kind := range []reader{assistant, server} {
		for i, name := range (&useIn{kind: kind}).names() {
			looks = append(looks, lookAt{name: "use in " + name, show: func(h *harness) { h.useIn(func(u *useIn) { u.choose(kind, i) }) }})
		}
		looks = append(looks, lookAt{name: "use in, not saved, " + string(kind), show: func(h *harness) {
			h.useIn(func(u *useIn) {
				u.choose(kind, 0)
				u.h.saved = false
			})
		}})
	}
	looks = append(looks,
		lookAt{name: "use in, saved", show: func(h *harness) {
			h.useIn(func(u *useIn) {
				u.wrote, u.merged = "/home/seller/.config/python-sp-api/credentials.yml", true
				u.byHand = h.word("sandbox.stays", "Setting", "SP_API_BASE_URL=https://sandbox.sellingpartnerapi-fe.amazon.com")
			})
		}},
		lookAt{name: "use in, a name that no variable has", show: func(h *harness) {
			h.useIn(func(u *useIn) {
				u.choose(program, 1)
				u.name = longName
			})
		}},
		lookAt{name: "use in, added", show: func(h *harness) {
			h.useIn(func(u *useIn) {
				u.choose(assistant, 0)
				u.wrote = "/home/seller/.config/Claude/claude_desktop_config.json"
			})
		}},
		lookAt{name: "use in, all refusals", show: func(h *harness) {
			h.inFrame(func(a *App) (all []fyne.CanvasObject) {
				for _, k := range export.Kinds() {
					all = append(all, newExportCard(a, &export.Error{Kind: k, Value: value.ClientSecret}, nil))
				}
				return all
			})
		}})
	for _, k := range []lwa.Kind{lwa.KindCode, lwa.KindClientAuth, lwa.KindOutcomeUnknown, lwa.KindOffline, lwa.KindUnparseable} {
		looks = append(looks, lookAt{name: "tokens, refused, " + string(k), show: func(h *harness) {
			h.atTokens(func(d *session) { d.token, d.saved, d.err = lwa.Token{}, false, refused(k) })
		}})
	}
	return looks
}

// useIn shows an account's export; change makes it the case to look at.
func (h *harness) useIn(change func(*useIn)) {
	u := &useIn{h: h.holdingOf(func(*session) {}), back: h.a.showHome, name: "AE_A0EXAMPLE00000"}
	u.choose(program, 0)
	change(u)
	h.a.show(u.screen)
	h.settle()
}

// fullFile is a setup file that has everything.
func fullFile() setupfile.File {
	f := setupfile.File{
		Version: 1, Provider: "株式会社サンプルツール（とても長い名前の提供会社）", Support: "support@tools.example",
		ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", Marketplaces: []string{"US", "CA", "MX", "BR"},
		ConsentHost: "sellercentral.amazon.com", Draft: true, Vendor: true, State: "XXXXX",
		RedirectURI: "https://tools.example/callback", RegistrationPage: "https://tools.example/a/long/path/to/the/registration?page=1&more=2",
	}
	for _, v := range value.All() {
		f.Boxes = append(f.Boxes, setupfile.Box{Value: v, Label: map[string]string{"en": "Our " + string(v), "ja": "弊社の入力欄 " + string(v), "pt-BR": "Nosso campo " + string(v)}})
	}
	return f
}

// openSetup opens a file that somebody sent.
func (h *harness) openSetup(f setupfile.File) {
	h.t.Helper()
	data, err := f.Encode()
	if err != nil {
		h.t.Fatal(err)
	}
	path := filepath.Join(h.t.TempDir(), "x"+setupfile.Extension)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.a.OpenSetup(path)
	h.settle()
}

// making shows the form for a setup file as somebody left it.
func (h *harness) making(f setupfile.Form, tried bool) {
	h.a.making = &making{form: f, tried: tried}
	h.a.makeSetup()
	h.settle()
}

func amazonCodes() (codes []string) {
	for _, c := range paste.AmazonErrors() {
		codes = append(codes, c.Code)
	}
	return codes
}

// atVaultFile shows the screen about the encrypted file in some state.
func (h *harness) atVaultFile(change func(*vaultFile)) {
	h.a.env.InFile = true
	w := *h.real
	w.VaultFile = "/home/seller/.config/SellerKey/secrets.age"
	v := &vaultFile{env: &w, back: h.a.showHome}
	change(v)
	h.a.show(v.screen)
	h.settle()
}

// atBackup shows the screen that saves a backup in some state.
func (h *harness) atBackup(change func(*savingBackup)) {
	h.withAccounts(3, func(int, *account.Account) {})
	b := &savingBackup{env: h.a.env, back: h.a.showHome, chosen: map[string]bool{}, passphrase: "example-words-for-a-picture-only"}
	b.path = "/home/seller/Downloads/SellerKey-backup-2026-11-28.sellerkey"
	change(b)
	h.a.show(b.screen)
	h.settle()
}

// atRestore shows a backup that somebody opened, in some state.
func (h *harness) atRestore(change func(*restoring)) {
	r := &restoring{env: h.a.env, back: h.a.showHome, path: "/media/seller/USB/SellerKey-backup-2026-11-28.sellerkey"}
	change(r)
	h.a.show(r.screen)
	h.settle()
}

// threeKinds has a new account, one that is here, and one with other secrets here.
func (h *harness) threeKinds(r *restoring) {
	r.content = &backup.Backup{MadeAt: h.clock.Now()}
	for i, name := range []string{"Tokyo shop", "Osaka shop", "Nagoya shop"} {
		acc := account.Account{Name: name, Marketplace: "JP", AuthorizedAt: date.Of(h.clock.Now())}
		here := acc
		here.AuthorizedAt = acc.AuthorizedAt.AddDays(-200)
		item := backup.Item{Account: acc}
		r.content.Items = append(r.content.Items, item)
		r.all = append(r.all, backup.Merging{Item: item, Here: here, Known: i > 0, Conflict: i == 2})
	}
}

func (h *harness) showGrantless(g *grantless) {
	g.env, g.back = h.real, h.a.showHome
	h.a.show(g.screen)
}

func helperCanvas(h *harness) fyne.Canvas {
	all := h.a.App.Driver().AllWindows()
	i := slices.IndexFunc(all, func(w fyne.Window) bool { return w.Title() == h.word("helper.window") })
	return all[i].Canvas()
}

// piece is something that may not lie over another piece: a line of text, or a
// control with its text.
type piece struct {
	placed
	name string
	ink  area
}

// fault is what is wrong, and by how much.
type fault struct{ what, how string }

func tooSmall(need, has fyne.Size) fault {
	return fault{"has not the room it needs", fmt.Sprintf(" (needs %.0f×%.0f, has %.0f×%.0f)", need.Width, need.Height, has.Width, has.Height)}
}

// faultsOf finds what is cut, covered or out of sight in a window.
func faultsOf(c fyne.Canvas, primary *kit.Button) []fault {
	var faults []fault
	found := func(name string, f fault) {
		f.what = name + " " + f.what
		if !slices.Contains(faults, f) {
			faults = append(faults, f)
		}
	}
	window := areaOf(fyne.Position{}, c.Size())
	var pieces []piece
	seen := false
	for _, p := range objectsOf(c) {
		if control := controlAround(p.parents); control != nil {
			// The inside of an input scrolls; the inside of a button is looked
			// at for its text below.
			if _, ok := p.object.(*canvas.Text); !ok || isInput(control) {
				continue
			}
		}
		switch o := p.object.(type) {
		case *kit.Paragraph:
			if drawn := o.Lines(o.Size().Width); strings.HasSuffix(drawn[0], "…") && !strings.HasPrefix(o.Text, drawn[0]) && !strings.Contains(o.Text, longName) && !strings.Contains(o.Text, "/apps/authorize/") {
				found(quote(o.Text), fault{"is shortened", " to " + drawn[0]})
			}
		case *canvas.Text:
			if strings.TrimSpace(o.Text) == "" {
				continue
			}
			ink := inkOf(o, p.area)
			if o.MinSize().Width > o.Size().Width+1 {
				found(quote(o.Text), tooSmall(o.MinSize(), o.Size()))
			}
			for _, f := range outside(ink, p, window) {
				found(quote(o.Text), f)
			}
			if controlAround(p.parents) == nil {
				pieces = append(pieces, piece{p, quote(o.Text), ink})
			}
		case *container.Scroll:
			if o.Direction != container.ScrollVerticalOnly && o.Content.MinSize().Width > o.Size().Width+1 {
				found("the page", fault{what: "scrolls sideways"})
			}
		case *kit.Button, *kit.Entry, *kit.Select, *kit.Check, *kit.StepItem, *kit.ChoiceCard:
			name := nameOf(o)
			for _, f := range outside(p.area, p, window) {
				found(name, f)
			}
			need := p.object.MinSize()
			if f, ok := o.(kit.Fluid); ok { // it can be narrower if it is higher
				need = fyne.NewSize(0, f.HeightAt(o.Size().Width))
			}
			if need.Width > o.Size().Width+1 || need.Height > o.Size().Height+1 {
				found(name, tooSmall(need, o.Size()))
			}
			if o.Size().Height < 32 {
				found(name, fault{"is too low to hit", fmt.Sprintf(" (%.0f)", o.Size().Height)})
			}
			if f, ok := cutInside(p.object); ok {
				found(name, f)
			}
			pieces = append(pieces, piece{p, name, p.area})
			if b, ok := o.(*kit.Button); ok && b == primary {
				seen = p.area.inside(p.clip.cut(window), 0.5)
			}
		}
	}
	for i, a := range pieces {
		for _, b := range pieces[i+1:] {
			if slices.Contains(b.parents, a.object) || slices.Contains(a.parents, b.object) {
				continue
			}
			over := a.ink.cut(a.clip).cut(b.ink.cut(b.clip))
			if over.x2-over.x1 > 1.5 && over.y2-over.y1 > 1.5 {
				found(a.name, fault{what: "lies over " + b.name})
			}
		}
	}
	if primary != nil && !seen && c.Overlays().Top() == nil {
		found(nameOf(primary), fault{what: "is the primary button and out of sight"})
	}
	return faults
}

// inkOf is about where the letters are: a text is set in the middle of its
// height, and has room above and below.
func inkOf(t *canvas.Text, place area) area {
	w := min(t.MinSize().Width, t.Size().Width)
	x := place.x1
	switch t.Alignment {
	case fyne.TextAlignCenter:
		x += (t.Size().Width - w) / 2
	case fyne.TextAlignTrailing:
		x += t.Size().Width - w
	}
	y := (place.y1 + place.y2) / 2
	return area{x, y - t.TextSize/2, x + w, y + t.TextSize/2}
}

// onPanel reports whether a container puts its content on a panel.
func onPanel(c *fyne.Container) bool {
	if len(c.Objects) < 2 {
		return false
	}
	_, ok := c.Objects[0].(*kit.Panel)
	return ok
}

// outside says which edge a thing is over: of the window, or of anything that
// it stands in. What scrolls may be longer than its window, never wider.
func outside(ink area, p placed, window area) []fault {
	var faults []fault
	add := func(what string, of area) {
		faults = append(faults, fault{what, fmt.Sprintf(" (%s of %s)", ink, of)})
	}
	scrolls, field := false, false
	for i := len(p.parents) - 1; i >= 0 && !scrolls; i-- {
		o, place := p.parents[i], p.around[i]
		switch o := o.(type) {
		case fyne.Scrollable:
			scrolls = true
			if ink.x1 < place.x1-1 || ink.x2 > place.x2+1 {
				add("is wider than the page", place)
			}
		case *fyne.Container:
			// The nearest thing around that is drawn with a field.
			if onPanel(o) && !field {
				field = true
				if !ink.inside(place, 2) {
					add("is outside of its field", place)
				}
			}
		}
	}
	if ink.x1 < window.x1-1 || ink.x2 > window.x2+1 {
		add("is off the side of the window", window)
	}
	if !scrolls && (ink.y1 < window.y1-1 || ink.y2 > window.y2+1) {
		add("is off the top or the foot of the window", window)
	}
	return faults
}

// controlAround is the control that an object is part of.
func controlAround(parents []fyne.CanvasObject) fyne.CanvasObject {
	for _, p := range parents {
		switch p.(type) {
		case *kit.Button, *kit.Entry, *kit.Select, *kit.Check, *kit.StepItem:
			return p
		}
	}
	return nil
}

func isInput(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *kit.Entry, *kit.Select:
		return true
	}
	return false
}

func nameOf(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *kit.Button:
		return fmt.Sprintf("button %q", o.Label)
	case *kit.StepItem:
		return fmt.Sprintf("step %q", o.Name)
	case *kit.ChoiceCard:
		return fmt.Sprintf("card %q", o.Title.Text)
	case *kit.Check:
		return fmt.Sprintf("tick %q", o.Label.Text)
	case *kit.Select:
		return fmt.Sprintf("choice %q", o.Selected)
	case *kit.Entry:
		return fmt.Sprintf("field %q", o.PlaceHolder)
	}
	return fmt.Sprintf("%T", o)
}

// cutInside says what an input cannot show of its choice or example. What a
// person types may be longer than the field; it moves along.
func cutInside(o fyne.CanvasObject) (fault, bool) {
	look := fyne.CurrentApp().Settings().Theme()
	measure := func(s string) float32 {
		return fyne.MeasureText(s, look.Size(kit.SizeText), fyne.TextStyle{Symbol: true}).Width
	}
	inner := look.Size("innerPadding")
	room := o.Size().Width - 2*inner
	need, text := float32(0), ""
	switch o := o.(type) {
	case *kit.Select:
		text = o.Selected
		if text == "" {
			text = o.PlaceHolder
		}
		// The host behind the name of a country, and the remark behind a scope,
		// may end in Fyne's dots.
		text, _, _ = strings.Cut(text, " (")
		text, _, _ = strings.Cut(text, "（")
		need, room = measure(text), room-look.Size("iconInline")-inner/2
	case *kit.Entry:
		if o.MultiLine || o.Text != "" {
			return fault{}, false
		}
		text = o.PlaceHolder
		need = measure(text)
		if o.Password {
			room -= look.Size("iconInline") + inner/2
		}
	}
	return fault{"cannot show " + quote(text), fmt.Sprintf(" (needs %.0f, has %.0f)", need, room)}, need > room+1
}

// quote is a text as a message names it: long ones by their beginning.
func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
