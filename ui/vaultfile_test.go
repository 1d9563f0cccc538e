package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/vault"
)

const (
	passphrase  = "twelve or more"
	passphrase2 = "and another one"
)

// intoFile goes to the tokens on a computer without a keychain, and has them
// kept in an encrypted file.
func (h *harness) intoFile() {
	h.t.Helper()
	h.vault.refuse(vault.Missing)
	h.ownAppToTokens()
	h.waits("vault.missing.title")
	if h.exists() {
		h.t.Fatal("there is an encrypted file that nobody asked for")
	}
	h.press("vault_file.offer")
	h.types("vault_file.passphrase", passphrase)
	h.types("vault_file.again", passphrase)
	h.press("vault_file.use")
	h.waits("tokens.saved_file")
}

// again closes the window and opens it with what was remembered.
func (h *harness) again() {
	h.t.Helper()
	h.quit()
	h.start(h.remembered[len(h.remembered)-1])
}

func (h *harness) exists() bool {
	_, err := os.Stat(h.real.VaultFile)
	return err == nil
}

// opensAccount opens the only account of the list.
func (h *harness) opensAccount() {
	h.t.Helper()
	h.pressText(h.a.env.Store.List()[0].Title())
}

// unlocks types a passphrase into the question for it.
func (h *harness) unlocks(passphrase string) {
	h.t.Helper()
	h.press("vault_file.unlock")
	h.types("vault_file.passphrase", passphrase)
	h.press("vault_file.unlock_do")
}

// TestVaultFile: without a keychain, an encrypted file is offered and never
// just made; it keeps the secrets over a restart, and a wrong passphrase is said
// to be one and costs nothing.
func TestVaultFile(t *testing.T) {
	h := newHarness(t, "en")
	h.vault.refuse(vault.Missing)
	h.ownAppToTokens()
	h.waits("vault.missing.title")
	hold := h.journey().session

	h.press("vault_file.offer")
	h.types("vault_file.passphrase", "short")
	h.types("vault_file.again", "short")
	h.press("vault_file.use")
	h.sees("vault_file.too_short")
	h.types("vault_file.passphrase", passphrase)
	h.press("vault_file.use")
	h.sees("vault_file.differ")
	h.types("vault_file.again", passphrase)
	h.press("button.cancel")
	h.sees("vault.missing.title")
	if h.exists() || h.a.env.InFile {
		t.Fatal("Cancel made a file")
	}

	// Cancel also where the file is about to be made.
	h.press("vault_file.offer")
	h.types("vault_file.passphrase", passphrase)
	h.types("vault_file.again", passphrase)
	h.press("vault_file.use")
	h.press("button.cancel")
	h.finishWork()
	h.sees("vault.missing.title")
	if h.exists() || h.a.env.InFile {
		t.Fatal("a canceled file was made all the same")
	}

	h.press("vault_file.offer")
	h.types("vault_file.passphrase", passphrase)
	h.types("vault_file.again", passphrase)
	h.press("vault_file.use")
	h.waits("tokens.saved_file")
	refresh := hold.token.Refresh.Reveal()
	for _, name := range []string{"secrets.age", "accounts.json", "accounts.json.bak"} {
		data, err := os.ReadFile(filepath.Join(h.dir, "real", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{refresh, h.amazon.Sample().ClientSecret.Reveal(), passphrase} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds a secret", name)
			}
		}
	}

	h.again()
	h.opensAccount()
	h.waits("vault_file_error.locked.title")
	h.misses("vault.locked.title")
	h.unlocks("a wrong passphrase")
	h.waits("vault.wrong_passphrase.title")
	h.types("vault_file.passphrase", passphrase)
	h.press("vault_file.unlock_do")
	h.waits("tokens.renew_now")
	if got := h.a.session().token.Refresh.Reveal(); got != refresh {
		t.Error("the refresh token is another one")
	}
}

// finishWork waits until nothing is under way in the background.
func (h *harness) finishWork() {
	h.t.Helper()
	done := make(chan struct{})
	go func() {
		h.a.Wait()
		close(done)
		h.queue.DoFromGoroutine(func() {}, false) // wakes until
	}()
	h.until("the background", func() bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	})
}

// TestVaultFilePassphrase changes it, and has the faults said.
func TestVaultFilePassphrase(t *testing.T) {
	h := newHarness(t, "en")
	h.misses("menu.vault_file")
	h.press("menu.open")
	h.misses("menu.vault_file") // there is none yet
	h.a.Win.Canvas().Overlays().Remove(h.a.Win.Canvas().Overlays().Top())
	h.intoFile()
	h.again()

	h.press("menu.open")
	h.press("menu.vault_file")
	h.sees("vault_file.open_text")
	h.unlocks(passphrase)
	h.waits("vault_file.change_text")

	h.types("vault_file.present", "not the right one")
	h.types("vault_file.next", "short")
	h.types("vault_file.again", "short")
	h.key(fyne.KeyReturn)
	h.sees("vault_file.too_short")
	h.types("vault_file.next", passphrase2)
	h.press("vault_file.change")
	h.sees("vault_file.differ")
	h.types("vault_file.again", passphrase2)
	h.press("vault_file.change")
	h.waits("vault.wrong_passphrase.title")
	h.types("vault_file.present", passphrase)
	h.press("vault_file.change")
	h.waits("vault_file.changed")
	if h.field("vault_file.next").Text != "" {
		t.Error("the new passphrase stays in its field")
	}

	h.again()
	h.opensAccount()
	h.waits("vault_file_error.locked.title")
	h.unlocks(passphrase)
	h.waits("vault.wrong_passphrase.title")
	h.types("vault_file.passphrase", passphrase2)
	h.press("vault_file.unlock_do")
	h.waits("tokens.renew_now")
}

// TestVaultFileMoves: once there is a keychain, everything goes there, the file
// is deleted, and nobody is asked for a passphrase again.
func TestVaultFileMoves(t *testing.T) {
	h := newHarness(t, "en")
	h.intoFile()
	refresh := h.journey().session.token.Refresh.Reveal()
	h.press("button.done")
	h.press("menu.open")
	h.press("menu.vault_file")

	h.press("vault_file.move")
	h.waits("vault.missing.title") // the keychain's own words
	if !h.exists() || !h.a.env.InFile {
		t.Fatal("the file is gone, and there is no keychain")
	}
	h.vault.refuse("")
	h.press("vault_file.move")
	h.waits("vault_file.moved_title")
	h.sees("vault_file.moved_text")
	if h.exists() || h.a.env.InFile {
		t.Error("the file is still there")
	}
	h.press("button.ok")

	h.again()
	h.opensAccount()
	h.waits("tokens.renew_now")
	if got := h.a.session().token.Refresh.Reveal(); got != refresh {
		t.Error("the refresh token is another one")
	}
}

// TestForgottenPassphrase: the file is set aside, not deleted, the accounts stay,
// and the way to new tokens is open.
func TestForgottenPassphrase(t *testing.T) {
	h := newHarness(t, "en")
	h.intoFile()
	before, err := os.ReadFile(h.real.VaultFile)
	if err != nil {
		t.Fatal(err)
	}
	h.again()
	h.opensAccount()
	h.waits("vault_file_error.locked.title")
	h.press("vault_file.unlock")
	h.press("vault_file.forgot")
	h.sees("vault_file.forgot_title")
	h.press("button.cancel")
	if !h.exists() {
		t.Fatal("Cancel moved the file")
	}
	h.vault.refuse("") // there is a keychain by now, and nothing in it
	h.press("vault_file.unlock")
	h.press("vault_file.forgot")
	h.press("vault_file.forgot_do")
	h.sees("vault_file.aside_title")
	h.press("button.ok")
	h.waits("vault.not_found.title")
	if h.exists() || h.a.env.InFile || len(h.a.env.Store.List()) != 1 {
		t.Error("not all is as it should be")
	}
	aside, _ := filepath.Glob(h.real.VaultFile + ".aside-*")
	if len(aside) != 1 {
		t.Fatalf("%q", aside)
	}
	if now, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(now, before) {
		t.Errorf("the file that was set aside is another: %v", err)
	}
	h.press("account.authorize_again")
	h.sees("step.app")
}
