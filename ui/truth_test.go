package ui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// What stands on the screen is true, and the five minutes of a code are guarded.

// toCredentials walks to the step of that name with a live code.
func (h *harness) toCredentials() {
	h.t.Helper()
	h.press("start.own_app_title")
	h.types("app_step.field", h.amazon.Sample().ApplicationID)
	h.press("app_step.draft")
	h.press("button.next")
	h.press("consent_step.open")
	h.givesAddress(h.browserGoes())
	h.press("button.next")
	h.sees("credentials.title")
}

// TestSwappedCredentials: Client ID and client secret in each other's fields are
// not sent, however often Enter is pressed; one press mends it, and the keyboard
// is where something is to be mended.
func TestSwappedCredentials(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		sample := h.amazon.Sample()
		h.toCredentials()
		h.misses("credentials.swapped")
		h.types("value.client_id", sample.ClientSecret.Reveal())
		h.types("value.client_secret", sample.ClientID)
		h.sees("hint.is_client_secret")
		for range 3 {
			h.key(fyne.KeyReturn)
		}
		if j := h.journey(); j.walk.Step() != walk.StepCredentials || j.session != nil {
			t.Fatal("the secret was sent as Client ID")
		}
		if h.a.Win.Canvas().Focused() != h.field("value.client_id") {
			t.Error("the keyboard is not in the field to mend")
		}
		h.press("credentials.swap")
		h.misses("credentials.swapped")
		if c := h.journey().walk.Credentials(); c.ClientID != sample.ClientID || !c.ClientSecret.Equal(sample.ClientSecret) {
			t.Error("not swapped")
		}
		h.press("button.get_tokens")
		h.waits("tokens.saved")
	})
}

// TestRefusedCredentials leads to the field, not to the button that sends them
// again.
func TestRefusedCredentials(t *testing.T) {
	h := newHarness(t, "en")
	h.toCredentials()
	withCredentials(h, h.journey())
	h.journey().walk.ClientSecret = lwa.NewSecret("amzn1.oa2-cs.v1.wrong-example")
	h.a.Redraw()
	h.press("button.get_tokens")
	h.waits("lwa." + string(lwa.KindClientAuth) + ".title")
	h.press("tokens.fix_credentials")
	if h.a.Win.Canvas().Focused() != h.field("value.client_id") {
		t.Errorf("the keyboard is at %T", h.a.Win.Canvas().Focused())
	}
}

// TestOneEnterTooMany: a double or a held Enter on *Get the tokens* sends the code
// once and cancels nothing, and so does an Enter a second later.
func TestOneEnterTooMany(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.givesAddress(h.ownAppToPaste())
	h.key(fyne.KeyReturn)
	for range 5 {
		h.keyAtOnce(fyne.KeyReturn)
	}
	h.until("the waiting screen, or the tokens", func() bool { return h.journey().walk.Step() == walk.StepTokens })
	h.clock.Pass(time.Second)
	h.keyAtOnce(fyne.KeyReturn)
	h.waits("tokens.saved")
	if err := h.journey().session.err; err != nil {
		t.Errorf("%v", err)
	}

	// The page that waits gives the keyboard to nothing that could do harm.
	h.atTokens(func(d *session) { d.token, d.saved, d.stop = lwa.Token{}, false, func() { t.Error("cancelled") } })
	h.key(fyne.KeyReturn)
	h.key(fyne.KeySpace)
}

// TestClockOnErrorScreens: while the code lives its time is on the error screen
// too, and nothing there advises waiting.
func TestClockOnErrorScreens(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.givesAddress(h.ownAppToPaste())
		h.amazon.SetFault(tokenPath, practice.Fault{Status: 429, RetryAfter: "60", Body: "{}"})
		h.press("button.get_tokens")
		h.waits("lwa." + string(lwa.KindThrottled) + ".title")
		h.sees("tokens.try_now")
		h.misses("lwa." + string(lwa.KindThrottled) + ".todo")
		left, _ := h.journey().walk.CodeLeft()
		if clock := h.a.Words.Clock(shell.Calmly(left)); !strings.Contains(h.screen(), clock) {
			t.Errorf("%s is not on the error screen", clock)
		}
		h.pass(walk.CodeLife)
		h.sees("button.start_over")
		h.misses("tokens.try_now")
	})
}

// TestDatesInTheWindow: what is typed is what is saved, shown and warned of, in
// every time zone, however often it is saved.
func TestDatesInTheWindow(t *testing.T) {
	old := time.Local
	t.Cleanup(func() { time.Local = old })
	for _, name := range []string{"Asia/Tokyo", "America/Sao_Paulo", "Europe/London", "Pacific/Honolulu", "Pacific/Kiritimati"} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			time.Local = zone
			home := t.TempDir()
			t.Setenv("HOME", home)
			t.Setenv("USERPROFILE", home)
			h := newHarness(t, "en")
			h.clock.Set(time.Date(2026, 11, 28, 0, 30, 0, 0, zone))
			h.ownAppToTokens()
			h.waits("tokens.saved")
			h.press("button.done")
			for i := range 4 {
				h.opensAccount()
				h.waits("tokens.renew_now")
				h.press("details.open")
				if i == 0 {
					h.types("details.secret_made", "22/11/2026")
					h.press("details.calendar") // before it is saved
					h.press("open.folder")
					if u := h.opened[len(h.opened)-1]; u.Scheme != "file" || filepath.Clean(u.Path) != filepath.Clean(filepath.ToSlash(home)) {
						t.Errorf("opened %s", u)
					}
					h.openErr = errors.New("no file manager")
					h.press("details.calendar")
					h.press("open.folder")
					h.sees("open.folder_title")
					h.openErr = nil
					h.press("button.ok")
					other := filepath.Join(home, "SellerKey.ics")
					if err := os.WriteFile(other, []byte("another account's"), 0o600); err != nil {
						t.Fatal(err)
					}
					for range 2 { // the second press replaces the file of the first
						h.press("details.calendar")
						h.press("open.file")
						if u := h.opened[len(h.opened)-1]; filepath.Base(u.Path) != "SellerKey 2.ics" {
							t.Errorf("opened %s", u)
						}
					}
					if files, _ := filepath.Glob(filepath.Join(home, "*.ics")); len(files) != 2 {
						t.Errorf("wrote %v", files)
					}
				}
				h.press("details.save")
				h.waits("tokens.renew_now")
				h.press("accounts.to_list")
			}
			acc := h.a.env.Store.List()[0]
			if acc.SecretMadeAt.String() != "2026-11-22" || acc.AuthorizedAt.String() != "2026-11-28" {
				t.Errorf("saved as %s and %s", acc.SecretMadeAt, acc.AuthorizedAt)
			}
			h.readsCalendar(filepath.Join(home, "SellerKey 2.ics"), acc)
			h.opensAccount()
			h.waits("tokens.renew_now")
			h.sees("tokens.authorized_until", "Date", h.a.Words.Date(date.On(2027, 11, 28).Time()))
			h.press("details.open")
			h.sees("details.until", "Date", h.a.Words.Date(date.On(2027, 5, 21).Time()))
			if l := acc.State(time.Date(2027, 4, 21, 0, 1, 0, 0, zone)).Level; l != account.RenewSoon {
				t.Errorf("30 days ahead it is %s", l)
			}
			if l := acc.State(time.Date(2027, 4, 20, 23, 59, 0, 0, zone)).Level; l != account.Fine {
				t.Errorf("31 days ahead it is %s", l)
			}
		})
	}
}

// TestGuideHasAnEnding: whoever has copied both values is never told to begin
// again because time is over; "yes" is remembered, without a secret and without
// the keychain, and authorizing again begins with everything that is known.
func TestGuideHasAnEnding(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.givesAddress(h.guideToPaste())
		h.press("button.next")
		h.key(fyne.KeyReturn)
		h.key(fyne.KeyReturn)
		h.pass(2 * walk.CodeLife)
		h.misses("helper.dead")
		h.key(fyne.KeyReturn)
		h.sees("finish.title")
		h.press("finish.not_yet")
		h.sees("finish.check_saved")
		h.press("finish.yes")
		h.sees("finish.done_title")
		acc := func() account.Account { return h.a.env.Store.List()[0] }
		h.until("the entry", func() bool { return len(h.a.env.Store.List()) == 1 })
		h.waits("finish.remembered", "Name", acc().Title(), "Date", h.a.Words.Date(acc().AuthorizationDue().Time()))
		if n := h.vault.asked(); n != 0 {
			t.Errorf("the keychain was asked %d times", n)
		}
		h.press("button.done")
		h.sees("state.fine")
		h.opensAccount()
		h.sees("finish.entry_lead")
		h.press("account.authorize_again")
		w := h.journey().walk
		if w.Visitor != walk.Guide || len(w.Problems(walk.StepApp)) > 0 || !w.Draft || w.AccountID != acc().ID {
			t.Errorf("not everything that is known is filled in: %+v", w)
		}
		if l := acc().State(h.clock.Now().AddDate(0, 0, 340)).Level; l != account.RenewSoon {
			t.Errorf("after eleven months it is %s", l)
		}
	})
}

// TestRefusedByTheProvider gets a new code and keeps everything else.
func TestRefusedByTheProvider(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.press("button.next")
	h.key(fyne.KeyReturn)
	h.key(fyne.KeyReturn)
	h.key(fyne.KeyReturn)
	h.press("finish.no")
	h.sees("consent_step.title")
	if w := h.journey().walk; w.AppText() == "" || w.CodeLive() {
		t.Error("not a new attempt with the same app")
	}
}

// TestLeavingALiveCode asks first, whichever way one leaves.
func TestLeavingALiveCode(t *testing.T) {
	for name, leave := range map[string]func(h *harness){
		"Esc": func(h *harness) {
			for range 3 {
				h.key(fyne.KeyEscape)
			}
		},
		"home":    func(h *harness) { h.press("menu.open"); h.press("menu.home") },
		"closing": func(h *harness) { h.a.AskClose() },
		"home from a form over it": func(h *harness) {
			h.a.makeSetup()
			h.press("menu.open")
			h.press("menu.home")
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, "en")
			h.givesAddress(h.guideToPaste())
			j := h.journey()
			leave(h)
			h.sees("code.leave_title")
			h.key(fyne.KeyEscape)
			if !j.walk.CodeLive() || h.a.Running().Err() != nil {
				t.Fatal("the code is lost")
			}
			// Once it has expired nothing is asked.
			h.pass(2 * walk.CodeLife)
			leave(h)
			h.misses("code.leave_title")
		})
	}
}

// TestNewCodeAsksFirst: what would make a good code useless asks first, and
// staying loses nothing.
func TestNewCodeAsksFirst(t *testing.T) {
	anotherApp := func(h *harness) {
		for range 2 {
			h.key(fyne.KeyEscape)
		}
		h.types("app_step.field", "amzn1.sp.solution.00000000-0000-0000-0000-0000000000bb")
		h.press("button.next")
	}
	for name, c := range map[string]struct {
		goes   func(h *harness)
		action string
	}{
		"a new code":         {func(h *harness) { h.press("button.next") }, "button.start_over"},
		"another app opened": {anotherApp, "consent_step.open"},
		"another app copied": {anotherApp, "consent_step.copy_link"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, "en")
			h.givesAddress(h.guideToPaste())
			w := h.journey().walk
			before, _ := w.Redirect()
			c.goes(h)
			h.press(c.action)
			h.sees("code.lose_title")
			h.press("button.stay")
			h.misses("button.copied")
			if !w.CodeLive() {
				t.Fatal("the code is lost")
			}
			if name != "a new code" {
				w.GoTo(walk.StepApp)
				h.journey().turn(h.a)
				h.pastes("app_step.field", h.guideLink())
			}
			if after, usable := w.Redirect(); !usable || !after.Code.Equal(before.Code) {
				t.Error("the address is lost")
			}
			if name != "a new code" {
				return
			}
			h.press(c.action)
			h.sees("code.lose_title")
			h.key(fyne.KeyTab)
			h.key(fyne.KeyReturn)
			h.sees("consent_step.title")
			if w.CodeLive() {
				t.Error("the old code is still there")
			}
		})
	}
}

// TestDroppingALiveCode asks first, whatever would drop it; staying keeps it, and agreeing does what was pressed.
func TestDroppingALiveCode(t *testing.T) {
	for name, drop := range map[string]func(h *harness) (action string){
		"another paste": func(h *harness) string {
			h.clip.SetContent("something else")
			h.a.Win.Canvas().Unfocus()
			h.a.Paste()
			return "button.paste"
		},
		"a link of another state, opened": func(h *harness) string {
			w := h.journey().walk
			w.ReadApp(h.amazon.Sample().ApplicationID) // no state is known
			w.ReadPaste("https://example.com/?spapi_oauth_code=EXAMPLEcode000000000&state=x&selling_partner_id=A0EXAMPLE00000")
			h.goes(walk.StepConsent)
			h.press("consent_step.open")
			return "consent_step.open"
		},
		"another address": func(h *harness) string { h.press("paste_step.another"); return "paste_step.another" },
	} {
		t.Run(name, func(t *testing.T) {
			for _, agreed := range []bool{false, true} {
				h := newHarness(t, "en")
				h.givesAddress(h.guideToPaste())
				j, opened := h.journey(), len(h.opened)
				action := drop(h)
				h.sees("code.lose_title")
				if !agreed {
					h.press("button.stay")
					h.misses("code.lose_title")
					if !j.walk.CodeLive() || len(h.opened) != opened {
						t.Error("the code is lost")
					}
					continue
				}
				h.press(action)
				if j.walk.CodeLive() {
					t.Error("what was pressed and agreed to did not happen")
				}
			}
		})
	}
}

// TestReopened: a code is kept nowhere when the window closes. Until it expires
// the same address can be pasted once more, from the browser.
func TestReopened(t *testing.T) {
	h := newHarness(t, "en")
	address := h.guideToPaste()
	h.givesAddress(address)
	code := h.journey().walk.Boxes()[0].Text
	for _, box := range h.journey().walk.Boxes() {
		if box.Value == value.Code {
			code = box.Text
		}
	}
	h.a.AskClose()
	h.press("code.leave_anyway")
	h.finish(h.a)
	err := filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), code.Reveal()) {
			t.Errorf("%s has the code", path)
		}
		return err
	})
	if err != nil || code.IsEmpty() {
		t.Fatalf("looking for the code: %v", err)
	}
	if n := h.vault.asked(); n != 0 {
		t.Errorf("the keychain was asked %d times", n)
	}
	h.start(h.a.Settings)
	h.press("start.guide_title")
	h.pastes("app_step.field", h.guideLink())
	h.press("button.next")
	h.goes(walk.StepPaste)
	h.givesAddress(address)
	if !h.journey().walk.CodeLive() {
		t.Errorf("the address is not taken once more:\n%s", h.screen())
	}
}

// TestCopiedIsTrue: only the value that is on the clipboard is said to be copied,
// and no value once the clipboard is cleared.
func TestCopiedIsTrue(t *testing.T) {
	h := newHarness(t, "en")
	h.atAccount(func(d *session) {})
	copied := func() (n int) {
		h.settle()
		for _, p := range h.objects() {
			if b, ok := p.object.(*kit.Button); ok && b.Label == h.word("button.copied") {
				n++
			}
		}
		return n
	}
	for range 2 { // the first and then the second token
		h.press("button.copy")
		if n := copied(); n != 1 {
			t.Errorf("%d values are said to be copied", n)
		}
	}
	h.a.Redraw()
	if n := copied(); n != 1 {
		t.Errorf("drawn again, %d values are said to be copied", n)
	}
	h.a.ClearClipboard()
	if n := copied(); n != 0 {
		t.Errorf("the clipboard is empty, and %d values are said to be copied", n)
	}
	h.a.Redraw()
	if n := copied(); n != 0 {
		t.Errorf("drawn again, the clipboard is empty, and %d values are said to be copied", n)
	}
}
