//go:build window && linux

package wintest

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
)

// errors shows what goes wrong most often, each with its words. It is the real
// program in earnest, with a pretend Amazon of the test's own that misbehaves.
func (p *album) errors() {
	t, r, sample := p.t, p.r, p.sample
	amazon := practicetest.Start(t, practice.Options{})
	// Its name is in the pictures of the encrypted file, so it is the same every time.
	dir := filepath.Join(os.TempDir(), "sellerkey-pictures")
	remove := func() {
		if err := os.RemoveAll(dir); err != nil {
			p.t.Fatal(err)
		}
	}
	remove()
	p.t.Cleanup(remove)
	r.Settings(dir, light)
	a := p.open("start.window", "--data-dir", dir,
		"--consent-origin", amazon.Origin(), "--token-url", amazon.TokenURL(), "--sp-api-url", amazon.SPAPIURL())

	// In place of the application ID, and of the address after Confirm.
	a.choose(p.w, "guide")
	a.Paste(sample.ClientID)
	p.shot("error-client-id")
	a.Key("ctrl+a")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	p.openPage()
	const code = "ANmade0up0code0xyz"
	after := "https://tool.example.com/register?spapi_oauth_code=" + code + "&state=%s&selling_partner_id=" + sample.SellerID
	for _, pasted := range []struct{ name, text string }{
		{"consent-link", sample.ConsentLink},
		{"login-page", "https://tool.example.com/login?amazon_callback_uri=https%3A%2F%2Fsellercentral.amazon.co.jp%2Fapps%2Fauthorize%2Fconfirm%2F" +
			sample.ApplicationID + "&amazon_state=amazon-0123456789&version=beta&selling_partner_id=" + sample.SellerID},
		{"other-attempt", fmt.Sprintf(after, "yesterday")},
		{"sample-text", "https://tool.example.com/register?spapi_oauth_code=XXXXXXXXXX&state=XXXXX&selling_partner_id=XXXXXXXXXX"},
		{"refresh-token", sample.RefreshToken.Reveal()},
		{"md1000", "MD1000"},
	} {
		a.WaitChange(func() {
			a.Key("ctrl+a")
			a.Paste(pasted.text)
		})
		if pasted.name == "refresh-token" {
			a.Settle() // some providers end with one, so it isn't an error
		} else {
			a.WaitCard()
		}
		if pasted.name != "md1000" {
			a.Key("Up", "Up", "Up", "Up", "Up", "Home") // the text's beginning
			p.shot("error-" + pasted.name)
		}
	}
	// Paste, "Amazon shows an error", "What MD1000 means".
	a.Key("Tab", "Tab", "Tab", "Return")
	p.at("amazon_error.title")
	p.shot("error-md1000")
	p.home()

	// A code that has been used, or is too old.
	a.choose(p.w, "own app")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	p.openPage()
	a.Paste(fmt.Sprintf(after, "practice-guide"))
	a.Settle()
	a.Key("Return") // the code isn't one of this Amazon's, which the screen remarks
	p.credentials()
	p.refused("code-dead")
	p.home()

	// A refresh token with the wrong secret, and Amazon in trouble.
	a.toCredentials(p.w)
	wrong := sample
	wrong.ClientSecret = lwa.NewSecret(wrongSecret(sample.ClientSecret.Reveal()))
	a.enterCredentials(wrong)
	p.refused("wrong-secret")
	amazon.SetFault("/auth/o2/token", practice.Fault{Status: 503, ContentType: "text/html", Body: "<h1>503 Service Unavailable</h1>"})
	p.again()
	p.refused("amazon-down")
	amazon.SetFault("/auth/o2/token", practice.Fault{Reset: true})
	p.again()
	p.refused("no-connection")
	amazon.ClearFaults()

	// Everything right but the computer, which has no keychain.
	r.StopKeychain()
	p.home()
	a.toCredentials(p.w)
	a.enterCredentials(sample)
	p.refused("no-keychain")
	a.WaitChange(func() { a.Key("alt+F4") }) // it asks: the tokens are nowhere else
	p.shot("leave-unsaved")
	a.WaitChange(func() { a.Key("Escape") })
	p.vaultFile(dir)
}

// vaultFile goes on without a keychain: an encrypted file, the next start, and
// what can be done with the file.
func (p *album) vaultFile(dir string) {
	const passphrase = "twelve letters or more"
	a := p.a
	// From the access token's Copy back over its Show, "continue without" and "try again".
	a.WaitChange(func() { a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return") })
	a.Type(passphrase)
	a.Key("Tab")
	a.Type(passphrase)
	p.shot("vault-file-offer")
	a.Key("Return")
	p.r.Eventually("the encrypted file and an account", func() bool {
		_, secrets := os.Stat(filepath.Join(dir, "secrets.age"))
		_, accounts := os.Stat(filepath.Join(dir, "accounts.json"))
		return secrets == nil && accounts == nil
	})
	a.WaitNoCard()
	p.shot("vault-file-saved")
	a.Quit()

	a = p.open("accounts.title", "--data-dir", dir)
	a.Key("Return")
	a.WaitCard()
	p.shot("vault-file-locked")
	// Menu, over "Account settings"; in it "Encrypted file", over the first screen
	// and the three submenus.
	a.WaitChange(func() { a.Key("shift+Tab", "shift+Tab", "Return") })
	a.Key("Down", "Down", "Down", "Down", "Down", "Return")
	p.at("menu.vault_file")
	a.WaitChange(func() { a.Key("Return") })
	p.shot("vault-file-unlock")
	a.Type(passphrase)
	a.WaitChange(func() { a.Key("Return") })
	a.Settle()
	p.shot("vault-file")
	a.Quit()
}
