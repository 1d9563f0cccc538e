// Package i18n holds every word that the app shows, in English, Japanese and
// Brazilian Portuguese, and the way each language writes dates, times and
// numbers.
//
// The words are in en.toml, ja.toml and pt-BR.toml. Nested tables make the
// ids: title under [paste.empty] is paste.empty.title. A [Localizer] is a value
// that speaks one language; the window gets a new one when the person picks
// another language, and nothing here is global.
package i18n

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:generate go run ./errorsdoc -out ../docs/errors.md

//go:embed en.toml ja.toml pt-BR.toml
var files embed.FS

// The languages of the app, as they are named in flags, settings and files.
const (
	English    = "en"
	Japanese   = "ja"
	Portuguese = "pt-BR"
)

// Language is one that the app speaks.
type Language struct {
	Tag  string // en, ja or pt-BR
	Name string // in the language itself, for the picker
}

// Languages lists the languages of the app in the order of the picker.
func Languages() []Language {
	return []Language{
		{English, "English"},
		{Japanese, "日本語"},
		{Portuguese, "Português (Brasil)"},
	}
}

// Localizer speaks one language. It is made by [New], never changes, and may
// be used from any goroutine.
type Localizer struct {
	tag      string
	words    *goi18n.Localizer
	forms    map[string]*goi18n.Message
	keychain string
}

// New returns the localizer for en, ja or pt-BR. [Match] turns any wish of a
// system or a person into one of these.
func New(lang string) (*Localizer, error) {
	known := slices.ContainsFunc(Languages(), func(l Language) bool { return l.Tag == lang })
	if !known {
		return nil, fmt.Errorf("i18n: no language %q", lang)
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("i18n: language %q: %w", lang, err)
	}

	// Each localizer has a bundle of its own with one language in it: what is
	// missing shows up as missing and not as a sentence in another language.
	bundle := goi18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	file, err := bundle.LoadMessageFileFS(files, lang+".toml")
	if err != nil {
		return nil, fmt.Errorf("i18n: read the words of %s: %w", lang, err)
	}
	forms := make(map[string]*goi18n.Message, len(file.Messages))
	for _, m := range file.Messages {
		forms[m.ID] = m
	}
	l := &Localizer{tag: lang, words: goi18n.NewLocalizer(bundle, lang), forms: forms}
	l.keychain = l.keychainOf(runtime.GOOS)
	return l, nil
}

// keychainOf returns what people call the system's keychain on goos. It has
// another name on each system, and a text that says "Keychain" sends somebody
// on Windows looking for something that is not there.
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

// Lang returns the language: en, ja or pt-BR.
func (l *Localizer) Lang() string { return l.tag }

// Keychain is what people call this system's keychain.
func (l *Localizer) Keychain() string { return l.keychain }

// Has reports whether there are words for id.
func (l *Localizer) Has(id string) bool {
	_, ok := l.forms[id]
	return ok
}

// IDs returns the ids of all texts in alphabetical order.
func (l *Localizer) IDs() []string { return slices.Sorted(maps.Keys(l.forms)) }

// T returns the text for id. What the text has to fill in follows as names and
// values, T("tokens.for", "Account", name), or as one map[string]any. A text
// that does not exist or cannot be filled in comes out as ⟦id⟧, where everybody
// sees it.
//
// Every text may use {{.Keychain}}, the name of this system's keychain
// (Credential Manager, Keychain, keyring), without being given it; given as
// "Keychain", another place takes its name.
func (l *Localizer) T(id string, data ...any) string {
	return l.text(&goi18n.LocalizeConfig{MessageID: id}, fields(data))
}

// N is [Localizer.T] for a text that changes with a number. The text can show
// the number, written as the language does, with {{.PluralCount}}.
func (l *Localizer) N(id string, n int, data ...any) string {
	with := fields(data)
	with["PluralCount"] = l.Number(n)
	return l.text(&goi18n.LocalizeConfig{MessageID: id, PluralCount: n}, with)
}

func (l *Localizer) text(config *goi18n.LocalizeConfig, with map[string]any) string {
	if _, other := with["Keychain"]; !other {
		with["Keychain"] = l.keychain
	}
	config.TemplateData = with
	config.TemplateParser = &template.TextParser{Option: "missingkey=error"}
	s, err := l.words.Localize(config)
	if err != nil || s == "" {
		return "⟦" + config.MessageID + "⟧"
	}
	return s
}

// fields makes a template's data from names and values, or copies a map.
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

// FyneJSON returns the words of Fyne itself (the menu of an entry, the file
// dialog, the names of the days) in the form that lang.AddTranslationsForLocale
// takes.
//
// Fyne picks its language from the system and has no way to be told another.
// Registered under lang.SystemLocale(), the words of any language take the
// place of the ones that Fyne picked:
//
//	words, err := i18n.FyneJSON(lang)
//	err = fynelang.AddTranslationsForLocale(words, fynelang.SystemLocale())
//
// Widgets that are on the screen keep their old words until they are built anew.
func FyneJSON(lang string) ([]byte, error) {
	l, err := New(lang)
	if err != nil {
		return nil, err
	}
	words := make(map[string]string)
	for id, m := range l.forms {
		if key, ok := strings.CutPrefix(id, "fyne."); ok {
			words[key] = m.Other
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "    ")
	if err := enc.Encode(words); err != nil {
		return nil, fmt.Errorf("i18n: the words of Fyne in %s: %w", lang, err)
	}
	return out.Bytes(), nil
}
