package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// lockedVault is a keychain that is locked.
type lockedVault struct{ vault.Vault }

func (lockedVault) Set(context.Context, string, lwa.Secret) error {
	return &vault.Error{Op: "set", Kind: vault.Locked}
}

// ailing is a computer with a locked keychain, without a browser.
func ailing(h *harness) {
	h.computer = func(d *doctor.Deps) {
		d.Vault = lockedVault{d.Vault}
		d.Computer = func(context.Context) native.Computer {
			return native.Computer{System: "Debian GNU/Linux 13 (trixie), GNOME, wayland", Display: true}
		}
	}
}

// checkedUp is the screen with its lines.
func checkedUp(h *harness) {
	h.a.showDoctor()
	h.until("the lines", func() bool {
		c, ok := h.a.Screen().About.(*checkup)
		return ok && c.lines != nil
	})
	h.settle()
}

// TestDoctor: the screen says what is missing and what to do, the copy for
// support has the same lines and nobody's name, and Done leads back.
func TestDoctor(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.withAccounts(1, func(_ int, a *account.Account) { a.Name = "Loja da Maria" })
		before := h.a.Screen().Title
		ailing(h)
		checkedUp(h)
		h.sees("vault.locked.todo")
		h.sees("doctor.browser_none.title")
		h.press("button.copy_details")
		text := h.clip.Content()
		for _, id := range []string{"vault.locked.todo", "doctor.browser_none.todo", "doctor.clock_good"} {
			if !strings.Contains(text, h.word(id)) {
				t.Errorf("the copy lacks %q: %s", h.word(id), text)
			}
		}
		a := h.a.env.Store.List()[0]
		for _, never := range []string{"Maria", a.ID, a.SellerID, a.ClientID, h.dir} {
			if never != "" && strings.Contains(text, never) {
				t.Errorf("the copy has %q: %s", never, text)
			}
		}

		h.computer = nil
		h.press("button.try_again")
		h.until("the lines", func() bool { return h.a.Screen().About.(*checkup).lines != nil })
		h.settle()
		h.sees("doctor.fine")
		h.press("button.done")
		if h.a.Screen().Title != before {
			t.Errorf("Done leads to %q", h.a.Screen().Title)
		}
	})
}

// TestDoctorIsLeft: leaving while it runs ends it, and what comes late shows
// nowhere.
func TestDoctorIsLeft(t *testing.T) {
	h := newHarness(t, i18n.English)
	ended := make(chan struct{})
	h.a.deps.Doctor = func(ctx context.Context) []doctor.Line {
		<-ctx.Done()
		close(ended)
		return nil
	}
	h.a.showDoctor()
	h.sees("doctor.busy")
	h.press("button.cancel")
	<-ended
	h.settle()
	h.sees("start.title")
}
