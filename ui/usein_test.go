package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// openUseIn opens an account of the list and hands it to a tool.
func (h *harness) openUseIn(title string) {
	h.t.Helper()
	h.a.showHome()
	for _, acc := range h.a.env.Store.List() {
		if acc.Title() == title {
			h.a.openAccount(acc)
		}
	}
	h.waits("export.title")
	h.press("export.title")
	h.sees("export.preview")
}

// saves saves what shows to a file, after the warning.
func (h *harness) saves(path string, replaces bool) {
	h.t.Helper()
	for _, p := range h.objects() {
		if e, ok := p.object.(*kit.Entry); ok && strings.HasSuffix(e.Text, "credentials.yml") {
			e.SetText(path)
		}
	}
	h.press("export.warn.save")
	h.sees("export.warn.title")
	if own := strings.Contains(h.screen(), h.word("export.there.own_text")); own != replaces {
		h.t.Errorf("says that something is replaced: %v", own)
	}
	h.press("export.warn.save")
}

// TestUseIn hands two accounts to the same file: each has its own name there,
// what shows is masked, and the second leaves the first alone.
func TestUseIn(t *testing.T) {
	h := newHarness(t, "pt-BR")
	sample := h.amazon.Sample()
	for _, acc := range []account.Account{
		{Name: "Loja São João", Marketplace: "BR", SellerID: "A0EXAMPLE00001"},
		{Name: "店", Marketplace: "JP", SellerID: "A0EXAMPLE00002"},
	} {
		acc.ClientID = sample.ClientID
		if _, err := h.a.env.Store.Save(t.Context(), acc, account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "credentials.yml")
	if err := os.WriteFile(path, []byte("# mine\ndefault:\n  refresh_token: KEEP\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := func() string {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}

	h.openUseIn("Loja São João")
	h.holdsText("export_value.account_name", "Loja_Sao_Joao")
	for _, secret := range []lwa.Secret{sample.ClientSecret, sample.RefreshToken} {
		if strings.Contains(h.screen(), secret.Reveal()) {
			t.Error("a secret stands on the screen in clear")
		}
	}
	h.types("export_value.account_name", "loja")
	if !strings.Contains(h.screen(), "\nloja:\n") {
		t.Errorf("what shows does not follow the name:\n%s", h.screen())
	}
	h.press("export.to_clipboard")
	if got := h.clip.Content(); !strings.Contains(got, "loja:\n  refresh_token: '"+sample.RefreshToken.Reveal()+"'") {
		t.Errorf("the clipboard has %s", lwa.NewSecret(got).Hint())
	}
	h.saves(path, false)
	h.sees("export.merged", "Path", path)
	first := file()
	if !strings.HasPrefix(first, "# mine\ndefault:\n  refresh_token: KEEP\nloja:\n") {
		t.Error("the file has lost something")
	}

	h.openUseIn("店")
	h.holdsText("export_value.account_name", "JP_A0EXAMPLE00002") // nothing of 店 can be a name
	h.saves(path, false)
	h.sees("export.merged", "Path", path)
	if !strings.HasPrefix(file(), first+"'JP_A0EXAMPLE00002':\n") {
		t.Error("the second account is not beside the first")
	}

	h.types("export_value.account_name", "")
	h.saves(path, true)
	h.sees("export.merged", "Path", path)
	if now := file(); strings.Contains(now, "KEEP") || !strings.Contains(now, "# mine\ndefault:\n") || !strings.Contains(now, "loja:\n") {
		t.Error("not its own entry, or more than that, was replaced")
	}

	h.picker("export.choose_program").SetSelectedIndex(1)
	h.types("export_value.account_name", "com espaço")
	h.sees("export_error.account_name.todo")
}

// TestUseInSandboxLine: a line that leads to the sandbox and isn't SellerKey's is named
// before the file is written, and again afterwards.
func TestUseInSandboxLine(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.ownAppToTokens()
		h.waits("tokens.saved")
		path := filepath.Join(t.TempDir(), ".env")
		const theirs = "AWS_ENV=SANDBOX # the tests\n"
		if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
			t.Fatal(err)
		}
		h.press("export.title")
		h.picker("export.choose_program").SetSelectedIndex(1) // python-amazon-sp-api's .env
		h.types("export.to_file", path)
		h.misses("sandbox.stays", "Setting", "AWS_ENV=SANDBOX")
		h.press("export.warn.save")
		h.sees("export.warn.title")
		h.sees("sandbox.stays", "Setting", "AWS_ENV=SANDBOX")
		h.press("export.warn.save")
		h.sees("export.merged", "Path", path)
		h.sees("sandbox.stays", "Setting", "AWS_ENV=SANDBOX")
		if now, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(now), theirs) {
			t.Errorf("%v: their line has changed", err)
		}
	})
}

// TestUseInAnAssistant adds an account to an assistant's file, without a value of
// it, and offers the command for a server.
func TestUseInAnAssistant(t *testing.T) {
	h := newHarness(t, "en")
	sample := h.amazon.Sample()
	acc, err := h.a.env.Store.Save(t.Context(), account.Account{Name: "Tokyo", Marketplace: "JP", SellerID: "A0EXAMPLE00002", ClientID: sample.ClientID},
		account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mcp.json")
	const theirs = "{\n\t// mine\n\t\"mcpServers\": {\n\t\t\"amazon-sp-api\": {\"command\": \"theirs\"},\n\t}\n}\n"
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	file := func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}

	h.openUseIn("Tokyo")
	h.picker("export.for").SetSelectedIndex(1)
	h.settle()
	h.picker("export.choose_assistant").SetSelectedIndex(2)
	h.settle()
	h.types("export.assistant.file", path)
	add := h.word("export.assistant.add", "Name", "Cursor")
	h.pressText(add)
	h.sees("export.there.own_text")
	if file() != theirs {
		t.Error("written before the answer")
	}
	h.pressText(add)
	h.sees("export.assistant.added", "Path", path, "Name", "Cursor")
	if now := file(); !strings.HasPrefix(now, "{\n\t// mine\n") || !strings.Contains(now, `"args": ["run", "`+acc.ID+`", "--as", "mcp", `) {
		t.Error(now)
	}
	for _, value := range []string{sample.ClientID, sample.ClientSecret.Reveal(), sample.RefreshToken.Reveal()} {
		if strings.Contains(file()+h.screen(), value) {
			t.Error("a value is in the file or on the screen")
		}
	}
	h.types("export_value.account_name", "東京")
	h.sees("export_error.account_name.todo")
	h.pressText(add)
	if strings.Contains(h.screen(), "Path") || strings.Contains(file(), "東京") {
		t.Error("a name that can't be was used")
	}

	// A file that can't be read is left alone, and isn't offered to be replaced.
	h.types("export_value.account_name", "")
	if err := os.WriteFile(path, []byte("{ damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.pressText(add)
	h.pressText(add)
	h.sees("export_error.cannot_merge.title")
	if strings.Contains(h.screen(), h.word("export.there.replace")) || file() != "{ damaged" {
		t.Error("the damaged file was replaced, or could be")
	}

	h.picker("export.for").SetSelectedIndex(2)
	h.settle()
	h.press("export.server.copy")
	want := "sellerkey-cli export " + acc.ID + " --format aws-secret --yes | aws secretsmanager create-secret --name amazon-sp-api --secret-string file:///dev/stdin"
	if got := h.clip.Content(); got != want {
		t.Errorf("the clipboard has %q", got)
	}
}

// TestUseInWhereItCannotWork: an account that sellerkey-cli doesn't know, and
// secrets behind a passphrase that an assistant can't enter.
func TestUseInWhereItCannotWork(t *testing.T) {
	h := newHarness(t, "en")
	h.useIn(func(u *useIn) {
		u.choose(assistant, 0)
		u.h.saved = false
	})
	h.sees("export.only_saved")
	if strings.Contains(h.screen(), h.word("export.assistant.add", "Name", "Claude Desktop")) {
		t.Error("an account that isn't saved can be added")
	}
	h.useIn(func(u *useIn) {
		u.choose(assistant, 0)
		h.real.InFile = true
	})
	h.sees("export.assistant.in_file")
}

// TestTheOnlyAccountIsTheDefault: a program that names no account finds it; with
// a second one each has its own name.
func TestTheOnlyAccountIsTheDefault(t *testing.T) {
	one := account.Account{ID: "1", Name: "Tokyo", Marketplace: "JP"}
	remembered := account.Account{ID: "2", Name: "Osaka", Marketplace: "JP", ProviderApp: true}
	two := account.Account{ID: "3", Name: "Recife", Marketplace: "BR"}
	if got := accountName([]account.Account{one, remembered}, one); got != "" {
		t.Errorf("the only account is called %q", got)
	}
	if got := accountName([]account.Account{one, two}, one); got != "Tokyo" {
		t.Errorf("the first of two is called %q", got)
	}
}
