package i18n

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	fynelang "fyne.io/fyne/v2/lang"
)

// text is one form of one message.
type text struct{ id, form, s string }

// texts returns every form of every message of a language.
func texts(t *testing.T, lang string) []text {
	t.Helper()
	l := localizer(t, lang)
	var all []text
	for _, id := range l.IDs() {
		m := l.forms[id]
		for _, f := range []text{
			{id, "zero", m.Zero},
			{id, "one", m.One},
			{id, "two", m.Two},
			{id, "few", m.Few},
			{id, "many", m.Many},
			{id, "other", m.Other},
		} {
			if f.s != "" {
				all = append(all, f)
			}
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestEveryLanguageHasTheSameIDs(t *testing.T) {
	want := localizer(t, English).IDs()
	for _, lang := range []string{Japanese, Portuguese} {
		got := localizer(t, lang).IDs()
		for _, id := range want {
			if !slices.Contains(got, id) {
				t.Errorf("%s.toml: %s is missing", lang, id)
			}
		}
		for _, id := range got {
			if !slices.Contains(want, id) {
				t.Errorf("%s.toml: %s is not in en.toml", lang, id)
			}
		}
	}
}

func TestEveryLanguageHasItsPluralForms(t *testing.T) {
	need := map[string][]string{
		English:    {"one", "other"},
		Japanese:   {"other"},
		Portuguese: {"one", "many", "other"},
	}
	en := localizer(t, English)
	for lang, plural := range need {
		forms := make(map[string][]string)
		for _, x := range texts(t, lang) {
			forms[x.id] = append(forms[x.id], x.form)
		}
		for id, got := range forms {
			want := []string{"other"}
			if m := en.forms[id]; m != nil && m.One != "" {
				want = plural
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s.toml: %s has the forms %v, want %v", lang, id, got, want)
			}
		}
	}
}

func TestEveryLanguageHasTheSamePlaceholders(t *testing.T) {
	en := localizer(t, English)
	for _, lang := range Languages() {
		for _, x := range texts(t, lang.Tag) {
			m := en.forms[x.id]
			if m == nil {
				continue
			}
			want := placeholders(m.Other)
			got := placeholders(x.s)
			// "one day" may do without the number.
			if x.form == "one" {
				want = slices.DeleteFunc(want, func(s string) bool { return s == "PluralCount" })
				got = slices.DeleteFunc(got, func(s string) bool { return s == "PluralCount" })
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s.toml: %s (%s) fills in %v, English %v", lang.Tag, x.id, x.form, got, want)
			}
			if strings.Count(x.s, "{{") != len(placeholder.FindAllString(x.s, -1)) {
				t.Errorf("%s.toml: %s: only {{.Name}} is for texts: %s", lang.Tag, x.id, x.s)
			}
		}
	}
}

func TestEveryTextCanBeSaid(t *testing.T) {
	en := localizer(t, English)
	for _, lang := range Languages() {
		l := localizer(t, lang.Tag)
		for id, m := range l.forms {
			data := make(map[string]any)
			for _, name := range placeholders(m.Other) {
				data[name] = "X"
			}
			if got := l.T(id, data); strings.Contains(got, "⟦") || strings.Contains(got, "{{") {
				t.Errorf("%s.toml: %s comes out as %q", lang.Tag, id, got)
			}
			if e := en.forms[id]; e == nil || e.One == "" {
				continue
			}
			for _, n := range []int{0, 1, 2, 5, 1000000} {
				if got := l.N(id, n, data); strings.Contains(got, "⟦") {
					t.Errorf("%s.toml: %s with %d comes out as %q", lang.Tag, id, n, got)
				}
			}
		}
	}
}

func TestNothingIsEmptyOrRagged(t *testing.T) {
	for _, lang := range Languages() {
		l := localizer(t, lang.Tag)
		for id := range l.forms {
			if l.forms[id].Other == "" {
				t.Errorf("%s.toml: %s is empty", lang.Tag, id)
			}
		}
		for _, x := range texts(t, lang.Tag) {
			switch {
			case strings.TrimSpace(x.s) != x.s:
				t.Errorf("%s.toml: %s has blanks around it", lang.Tag, x.id)
			case strings.Contains(x.s, "  "), strings.ContainsAny(x.s, "\t\r\u00a0\u200b\ufeff"):
				t.Errorf("%s.toml: %s has odd blanks in it", lang.Tag, x.id)
			}
		}
	}
}

// sameAsEnglish lists the texts that are what they are in more than one
// language. An id ending in a dot stands for all below it.
func sameAsEnglish(lang string) []string {
	both := []string{
		"app.name", "about.title", "button.ok", "fyne.OK", "doctor.check.amazon",
		// What Amazon writes in English in every language, or is not known in this one.
		"amazon_label.confirm", "amazon_label.authorized_partners", "amazon_label.login_uri", "amazon_label.redirect_uri",
		"amazon_label.sandbox_credentials", "amazon_label.create_token", "amazon_label.rotate_secret",
		// What a value looks like.
		"amazon_error.placeholder", "app_step.redirect_placeholder", "credentials.id_placeholder",
		"credentials.refresh_placeholder", "credentials.secret_placeholder", "paste_step.placeholder",
	}
	if lang == Japanese {
		return both
	}
	return append(both,
		"time.minutes", "menu.open", "menu.text_normal", "grantless.scope", "setup_file.vendor_yes",
		"doctor.check.proxy", "doctor.result.good",
		// Sellers in Brazil know these by the names on Amazon's screens.
		"value.access_token", "unneeded.access_token", "value.refresh_token", "help.term.marketplace", "help.term.lwa",
		"setup_file.marketplaces", "export_value.marketplace", "sandbox.word",
	)
}

func TestTranslated(t *testing.T) {
	en := localizer(t, English)
	letter := regexp.MustCompile(`\pL`)
	for _, lang := range []string{Japanese, Portuguese} {
		for _, x := range texts(t, lang) {
			m := en.forms[x.id]
			if m == nil || x.s != m.Other || !letter.MatchString(placeholder.ReplaceAllString(x.s, "")) {
				continue
			}
			if !listed(x.id, sameAsEnglish(lang)) {
				t.Errorf("%s.toml: %s is English: %q", lang, x.id, x.s)
			}
		}
	}
}

func listed(id string, list []string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		return id == p || strings.HasSuffix(p, ".") && strings.HasPrefix(id, p)
	})
}

// explained are the tables of cards: what happened, then what to do.
var explained = regexp.MustCompile(`^(lwa|paste|amazon|vault)\..*\.(title|todo)$`)

func TestCardsAreShort(t *testing.T) {
	// A card is about 600 px wide: a title of two lines at most, and a handful
	// of lines below it.
	longest := map[string]struct{ title, todo int }{
		English:    {64, 230},
		Japanese:   {38, 130},
		Portuguese: {72, 250},
	}
	end := map[string]*regexp.Regexp{
		English:    regexp.MustCompile(`[.!?]”?( |$)`),
		Japanese:   regexp.MustCompile(`。`),
		Portuguese: regexp.MustCompile(`[.!?]”?( |$)`),
	}
	for _, lang := range Languages() {
		if end[lang.Tag] == nil {
			t.Errorf("say here how sentences end in %s, and how long a card may be", lang.Tag)
			continue
		}
		for _, x := range texts(t, lang.Tag) {
			if !explained.MatchString(x.id) {
				continue
			}
			n := utf8.RuneCountInString(x.s)
			sentences := len(end[lang.Tag].FindAllString(x.s, -1))
			if strings.HasSuffix(x.id, ".title") {
				if n > longest[lang.Tag].title {
					t.Errorf("%s.toml: %s has %d characters: %s", lang.Tag, x.id, n, x.s)
				}
				if sentences > 0 {
					t.Errorf("%s.toml: %s is a heading and has no full stop: %s", lang.Tag, x.id, x.s)
				}
				continue
			}
			if n > longest[lang.Tag].todo {
				t.Errorf("%s.toml: %s has %d characters: %s", lang.Tag, x.id, n, x.s)
			}
			if sentences < 1 || sentences > 3 {
				t.Errorf("%s.toml: %s has %d sentences: %s", lang.Tag, x.id, sentences, x.s)
			}
		}
	}
}

func TestNobodyIsBlamedOrSentAway(t *testing.T) {
	blame := map[string]*regexp.Regexp{
		English:    regexp.MustCompile(`(?i)\binvalid|\billegal|\bfailed to\b|\byour (mistake|fault|error)\b|\byou forgot\b`),
		Japanese:   regexp.MustCompile(`不正な|無効な|あなたの(ミス|間違い)|失敗しました。$`),
		Portuguese: regexp.MustCompile(`(?i)\binválid|\bilegal|\bvocê (errou|esqueceu)|\bseu erro\b`),
	}
	for _, lang := range Languages() {
		for _, x := range texts(t, lang.Tag) {
			if explained.MatchString(x.id) && blame[lang.Tag].MatchString(x.s) {
				t.Errorf("%s.toml: %s blames: %s", lang.Tag, x.id, x.s)
			}
			// In threads about these errors, strangers offer "support".
			if strings.Contains(x.s, "github.com") {
				t.Errorf("%s.toml: %s sends people to threads: %s", lang.Tag, x.id, x.s)
			}
		}
	}
}

func TestJapaneseReadsAsJapanese(t *testing.T) {
	const kana = `[\p{Hiragana}\p{Katakana}\p{Han}ー]`
	const mark = `[、。「」（）・]`
	rules := []struct {
		bad  *regexp.Regexp
		rule string
	}{
		{regexp.MustCompile(`(` + kana + `|` + mark + `) [A-Za-z]|[A-Za-z] (` + kana + `|` + mark + `)`), "no space between Japanese and Latin letters"},
		{regexp.MustCompile(kana + ` ` + kana + `|[、。] `), "no space between words or after 、 and 。"},
		{regexp.MustCompile(`[｡､｢｣･\x{FF61}-\x{FF9F}]`), "no half-width Japanese"},
		{regexp.MustCompile(`[，．！；]`), "no ，．；, and nobody is shouted at"},
		{regexp.MustCompile(`[Ａ-Ｚａ-ｚ０-９]`), "Latin letters and digits are half-width"},
		{regexp.MustCompile(kana + `[!?,.;:]|[!?,;:]` + kana + `|\.` + kana), "no ASCII marks in a Japanese sentence"},
		{regexp.MustCompile(`[!?;]`), "no ASCII marks in a Japanese text"},
		{regexp.MustCompile(kana + `[("']|[)"']` + kana), "「」 and （）"},
	}
	japanese := regexp.MustCompile(kana)
	// Full sentences are polite.
	sentence := regexp.MustCompile(`[^。]*。`)
	polite := regexp.MustCompile(`(ます|です|ません|ました|でした|ください|ましょう|か|方)(（[^）]*）)?。$`)
	for _, x := range texts(t, Japanese) {
		s := placeholder.ReplaceAllString(x.s, "9")
		if !japanese.MatchString(s) {
			continue
		}
		for _, r := range rules {
			if m := r.bad.FindString(strings.NewReplacer("https://", "", "http://", "").Replace(s)); m != "" {
				t.Errorf("ja.toml: %s: %q: %s: %s", x.id, m, r.rule, x.s)
			}
		}
		for _, part := range sentence.FindAllString(s, -1) {
			if !polite.MatchString(part) {
				t.Errorf("ja.toml: %s: です・ます: %s", x.id, part)
			}
		}
		for _, w := range []string{"ブラウザ", "フォルダ", "ユーザ", "サーバ", "コンピュータ", "パラメータ", "ヘッダ", "プロバイダ", "マネージャ"} {
			if strings.Count(s, w) != strings.Count(s, w+"ー") && w != "ユーザ" {
				t.Errorf("ja.toml: %s: write %sー: %s", x.id, w, x.s)
			}
		}
	}
}

func TestPortugueseIsBrazilian(t *testing.T) {
	// \b knows ASCII letters only and would end a word at every accent.
	european := regexp.MustCompile(`(?i)(?:^|[^\pL])(` + strings.Join([]string{
		"ficheiros?", "ecrãs?", "utilizador(es)?", "palavras?-passe", "carreg(ar|ue) n[oa]", "prim(a|ir)",
		"definiç(ão|ões)", "contact(o|e|ar)", "act(iv|u)\\w*", "aced(er|a)", "separador(es)?", "hiperligaç\\w+",
		"regist(o|ar|e|ado|ada)", "telemóvel", "partilh\\w+", "seleccion\\w+", "tu", "teus?", "tuas?",
		"está a \\w+[aei]r", "ligação à internet", "rato",
	}, "|") + `)(?:[^\pL]|$)`)
	for _, x := range texts(t, Portuguese) {
		if m := european.FindStringSubmatch(x.s); m != nil {
			t.Errorf("pt-BR.toml: %s: %q is not how Brazil says it: %s", x.id, m[1], x.s)
		}
	}
}

func TestOurFyneWordsAreFynesWords(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Skip("go list: ", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Skip("Fyne's own words: ", err)
	}
	var theirs map[string]any
	if err := json.Unmarshal(data, &theirs); err != nil {
		t.Fatal(err)
	}
	l := localizer(t, English)
	for key := range theirs {
		if !l.Has("fyne." + key) {
			t.Errorf("Fyne says %q, and [fyne] has no words for it", key)
		}
	}
	for _, id := range l.IDs() {
		if key, ok := strings.CutPrefix(id, "fyne."); ok && theirs[key] == nil {
			t.Errorf("[fyne] has words for %q, which Fyne never says", key)
		}
	}
}

func TestFyneSpeaksEveryLanguageInTurn(t *testing.T) {
	for _, tt := range []struct{ lang, cancel, selectAll, monday string }{
		{Japanese, "キャンセル", "すべて選択", "月曜日"},
		{Portuguese, "Cancelar", "Selecionar tudo", "Segunda-feira"},
		{English, "Cancel", "Select all", "Monday"},
	} {
		words, err := localizer(t, tt.lang).FyneJSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := fynelang.AddTranslationsForLocale(words, fynelang.SystemLocale()); err != nil {
			t.Fatal(err)
		}
		if got := fynelang.L("Cancel"); got != tt.cancel {
			t.Errorf("%s: Cancel is %q", tt.lang, got)
		}
		if got := fynelang.L("Select all"); got != tt.selectAll {
			t.Errorf("%s: Select all is %q", tt.lang, got)
		}
		if got := fynelang.X("monday", "Monday"); got != tt.monday {
			t.Errorf("%s: Monday is %q", tt.lang, got)
		}
	}
}

func TestKeychainByItsNameOnEachSystem(t *testing.T) {
	l := localizer(t, English)
	for goos, want := range map[string]string{"windows": "Credential Manager", "darwin": "Keychain", "linux": "keyring", "freebsd": "keyring"} {
		if got := l.keychainOf(goos); got != want {
			t.Errorf("on %s it is %q", goos, got)
		}
	}
	if got := l.T("vault.locked.title"); !strings.Contains(got, l.keychain) {
		t.Errorf("locked: %q", got)
	}
}
