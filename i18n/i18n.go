// Package i18n holds every text that the app shows, in English, Japanese and
// Brazilian Portuguese, and formats dates, durations and numbers for each.
//
// The texts are in en.toml, ja.toml and pt-BR.toml. Nested tables make the
// IDs: title under [paste.empty] is paste.empty.title. [Languages] is the only
// list of languages. A [Localizer] speaks one of them; choosing another
// language makes a new Localizer.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:generate go run ./errorsdoc -out ../docs/errors.md
//go:generate go run ./returnpage -out ../docs/return.html
//go:generate ../scripts/phrases

//go:embed *.toml
var files embed.FS

// Localizer speaks one language. [New] makes it; it never changes and is safe
// for concurrent use.
type Localizer struct {
	lang     Language
	words    *goi18n.Localizer
	forms    map[string]*goi18n.Message
	keychain string
	phrases  phrases // nil for a language with spaces between words
}

// New returns the localizer for a tag of [Languages].
func New(lang string) (*Localizer, error) {
	known, ok := Find(lang)
	if !ok {
		return nil, fmt.Errorf("i18n: no language %q", lang)
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("i18n: language %q: %w", lang, err)
	}

	var messages []*goi18n.Message
	data, err := files.ReadFile(lang + ".toml")
	if err == nil {
		messages, err = goi18n.ParseMessageBytes(data, toml.Unmarshal)
	}
	if err != nil {
		return nil, fmt.Errorf("i18n: read the texts of %s: %w", lang, err)
	}
	// The bundle stays empty: it would prepare all its messages now, and go-i18n prepares
	// a DefaultMessage when it's shown. A missing text shows as missing, not as a
	// sentence in another language.
	words := goi18n.NewLocalizer(goi18n.NewBundle(tag), lang)
	forms := make(map[string]*goi18n.Message, len(messages))
	for _, m := range messages {
		forms[m.ID] = m
	}
	l := &Localizer{lang: known, words: words, forms: forms}
	l.keychain = l.keychainOf(runtime.GOOS)
	if lang == Japanese {
		l.phrases = readPhrases(japanesePhrases)
	}
	return l, nil
}

// keychainOf returns the name of the keychain on goos. Each system has its own;
// a Windows user who is told "Keychain" looks for something that does not exist.
func (l *Localizer) keychainOf(goos string) string {
	switch goos {
	case "windows":
		return l.T("vault.keychain.windows")
	case "darwin":
		return l.T("vault.keychain.darwin")
	default:
		return l.T("vault.keychain.unix")
	}
}

// Lang returns the tag of the language.
func (l *Localizer) Lang() string { return l.lang.Tag }

// Keychain returns the name of this system's keychain.
func (l *Localizer) Keychain() string { return l.keychain }

// Has reports whether a text has this ID.
func (l *Localizer) Has(id string) bool {
	_, ok := l.forms[id]
	return ok
}

// IDs returns the IDs of all texts in alphabetical order.
func (l *Localizer) IDs() []string { return slices.Sorted(maps.Keys(l.forms)) }

// T returns the text for id. Values to fill in follow as names and values,
// T("tokens.for", "Account", name), or as one map[string]any. A text that does
// not exist or cannot be filled in becomes ⟦id⟧, which is easy to see.
//
// Every text can use {{.Keychain}}, the name of this system's keychain
// (Credential Manager, Keychain, keyring). Pass "Keychain" to override it.
func (l *Localizer) T(id string, data ...any) string {
	return l.text(&goi18n.LocalizeConfig{MessageID: id}, fields(data))
}

// N is [Localizer.T] for a text that depends on a number. {{.PluralCount}} is
// the number, formatted for the language.
func (l *Localizer) N(id string, n int, data ...any) string {
	with := fields(data)
	with["PluralCount"] = l.Number(n)
	return l.text(&goi18n.LocalizeConfig{MessageID: id, PluralCount: n}, with)
}

func (l *Localizer) text(config *goi18n.LocalizeConfig, with map[string]any) string {
	if _, other := with["Keychain"]; !other {
		with["Keychain"] = l.keychain
	}
	config.DefaultMessage = l.forms[config.MessageID]
	config.TemplateData = with
	config.TemplateParser = &template.TextParser{Option: "missingkey=error"}
	s, err := l.words.Localize(config)
	if err != nil || s == "" {
		return "⟦" + config.MessageID + "⟧"
	}
	return s
}

// fields builds a template's data from names and values, or copies a map.
func fields(data []any) map[string]any {
	with := make(map[string]any, len(data)/2+1)
	if len(data) == 1 {
		if m, ok := data[0].(map[string]any); ok {
			maps.Copy(with, m)
		}
		return with
	}
	for i := 0; i+1 < len(data); i += 2 {
		with[fmt.Sprint(data[i])] = data[i+1]
	}
	return with
}

// FyneJSON returns Fyne's own texts (the menu of an entry, the file dialog, the
// names of the days) in the format of lang.AddTranslationsForLocale.
//
// Fyne chooses its language from the system and cannot be told another one.
// Registered under lang.SystemLocale(), the texts of any language replace the
// ones that Fyne chose:
//
//	words, err := localizer.FyneJSON()
//	err = fynelang.AddTranslationsForLocale(words, fynelang.SystemLocale())
//
// Widgets that are already on the screen keep their old texts until they are
// rebuilt.
func (l *Localizer) FyneJSON() ([]byte, error) {
	words := make(map[string]string)
	for id, m := range l.forms {
		if key, ok := strings.CutPrefix(id, "fyne."); ok {
			words[key] = m.Other
		}
	}
	return json.Marshal(words)
}
