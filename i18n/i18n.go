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

	"github.com/pelletier/go-toml/v2"
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
	texts    map[string]text
	keychain string
	phrases  phrases // nil for a language with spaces between words
}

// text has one form, or the forms that CLDR has for numbers: one and many are ""
// in a language without them.
type text struct{ one, many, other string }

// New returns the localizer for a tag of [Languages].
func New(lang string) (*Localizer, error) {
	known, ok := Find(lang)
	if !ok {
		return nil, fmt.Errorf("i18n: no language %q", lang)
	}
	var tables map[string]any
	data, err := files.ReadFile(lang + ".toml")
	if err == nil {
		err = toml.Unmarshal(data, &tables)
	}
	if err != nil {
		return nil, fmt.Errorf("i18n: read the texts of %s: %w", lang, err)
	}
	l := &Localizer{lang: known, texts: make(map[string]text)}
	l.add("", tables)
	l.keychain = l.keychainOf(runtime.GOOS)
	if lang == Japanese {
		l.phrases = readPhrases(japanesePhrases)
	}
	return l, nil
}

// add adds the texts of a table, whose IDs begin with prefix.
func (l *Localizer) add(prefix string, table map[string]any) {
	for name, value := range table {
		switch value := value.(type) {
		case string:
			l.texts[prefix+name] = text{other: value}
		case map[string]any:
			other, forms := value["other"].(string)
			if !forms {
				l.add(prefix+name+".", value)
				continue
			}
			one, _ := value["one"].(string)
			many, _ := value["many"].(string)
			l.texts[prefix+name] = text{one, many, other}
		}
	}
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
	_, ok := l.texts[id]
	return ok
}

// IDs returns the IDs of all texts in alphabetical order.
func (l *Localizer) IDs() []string { return slices.Sorted(maps.Keys(l.texts)) }

// T returns the text for id. Values to fill in follow as names and values,
// T("tokens.for", "Account", name), or as one map[string]any. A text that does
// not exist or cannot be filled in becomes ⟦id⟧, which is easy to see.
//
// Every text can use {{.Keychain}}, the name of this system's keychain
// (Credential Manager, Keychain, keyring). Pass "Keychain" to override it.
func (l *Localizer) T(id string, data ...any) string {
	return l.fillIn(id, l.texts[id].other, fields(data))
}

// N is [Localizer.T] for a text that depends on a number. {{.PluralCount}} is
// the number, formatted for the language.
func (l *Localizer) N(id string, n int, data ...any) string {
	with := fields(data)
	with["PluralCount"] = l.Number(n)
	t := l.texts[id]
	form := t.other
	switch {
	case t.one != "" && (n == 1 || n == 0 && l.lang.zeroIsOne):
		form = t.one
	case t.many != "" && n != 0 && n%1_000_000 == 0:
		form = t.many
	}
	return l.fillIn(id, form, with)
}

// fillIn puts values in the places of {{.Name}}. Package text/template would make
// the linker keep all exported methods of the program.
func (l *Localizer) fillIn(id, form string, with map[string]any) string {
	if _, other := with["Keychain"]; !other {
		with["Keychain"] = l.keychain
	}
	var filled strings.Builder
	for {
		before, rest, more := strings.Cut(form, "{{.")
		filled.WriteString(before)
		if !more {
			break
		}
		name, after, _ := strings.Cut(rest, "}}")
		value, ok := with[name]
		if !ok {
			return "⟦" + id + "⟧"
		}
		fmt.Fprint(&filled, value)
		form = after
	}
	if filled.Len() == 0 {
		return "⟦" + id + "⟧"
	}
	return filled.String()
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
	for id, t := range l.texts {
		if key, ok := strings.CutPrefix(id, "fyne."); ok {
			words[key] = t.other
		}
	}
	return json.Marshal(words)
}
