package cli

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestNoButtonsInATerminal: what the command line says about a failure quotes
// Amazon's labels and the names of formats, never a button or a screen of the
// window.
func TestNoButtonsInATerminal(t *testing.T) {
	for _, lang := range i18n.Languages() {
		words, err := i18n.New(lang.Tag)
		if err != nil {
			t.Fatal(err)
		}
		quotes := regexp.MustCompile(`“([^”]*)”|「([^」]*)」`)
		var known []string
		for _, id := range words.IDs() {
			if strings.HasPrefix(id, "amazon_label.") {
				known = append(known, words.T(id))
			}
		}
		for _, f := range export.Targets() {
			known = append(known, f.Name)
		}
		texts := map[string]string{}
		for _, id := range words.IDs() {
			table, _, _ := strings.Cut(id, ".")
			switch card, ok := strings.CutSuffix(id, ".title"); {
			case ok && slices.Contains([]string{"lwa", "vault", "vault_file_error", "paste", "amazon", "export_error", "rotate"}, table):
				texts[id] = words.T(todo(card))
			case slices.Contains([]string{"app_field", "hint", "backup_error", "doctor"}, table):
				texts[id] = words.T(id)
			}
		}
		if len(texts) < 150 {
			t.Fatalf("only %d texts", len(texts))
		}
		for id, text := range texts {
			for _, m := range quotes.FindAllStringSubmatch(text, -1) {
				if label := strings.TrimRight(m[1]+m[2], ".,"); !slices.Contains(known, label) && !slices.Contains([]string{"token de atualização", "…"}, label) {
					t.Errorf("%s: %s quotes %q: %s", lang.Tag, id, label, text)
				}
			}
			if strings.Contains(text, "SellerKeyについて") || strings.Contains(text, "Menu →") {
				t.Errorf("%s: %s sends to the menu: %s", lang.Tag, id, text)
			}
		}
	}
}

// TestAmazonErrorIsExplained: an Amazon error page that was pasted as the address is
// explained by its code.
func TestAmazonErrorIsExplained(t *testing.T) {
	for _, lang := range i18n.Languages() {
		words, err := i18n.New(lang.Tag)
		if err != nil {
			t.Fatal(err)
		}
		c := &program{words: func() *i18n.Localizer { return words }}
		for _, code := range []string{"MD1000", "MD4242"} {
			_, err := paste.ParseRedirect("Error: " + code + ". We were unable to process your request.")
			text, exit := c.explain(err)
			title := words.T("amazon." + map[bool]string{true: code, false: "unknown"}[code == "MD1000"] + ".title")
			if !strings.Contains(text, code) || !strings.Contains(text, title) || exit != exitFailed {
				t.Errorf("%s: %s: exit %d: %s", lang.Tag, code, exit, text)
			}
		}
	}
	if todo("lwa."+string(lwa.KindThrottled)) != "lwa.throttled.todo" {
		t.Error("a text without a button isn't used")
	}
}

// TestOneCommandIsMade: a start makes only the command that it's for, by the name
// that the command has.
func TestOneCommandIsMade(t *testing.T) {
	words, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	all := Commands(words).Commands()
	if len(all) < 15 {
		t.Fatalf("%d commands", len(all))
	}
	for _, command := range all {
		made := (&program{}).root(command.Name(), "--help").Commands()
		if len(made) != 1 || made[0].Name() != command.Name() {
			t.Errorf("for %s, %d commands are made", command.Name(), len(made))
		}
	}
	if got := len((&program{}).root("--lang", "ja", "token").Commands()); got != len(all) {
		t.Errorf("for a line that begins with a flag, %d commands are made", got)
	}
}
