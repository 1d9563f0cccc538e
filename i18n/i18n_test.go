package i18n

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

func localizer(t *testing.T, lang string) *Localizer {
	t.Helper()
	l, err := New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestNewKnowsOnlyItsLanguages(t *testing.T) {
	for _, lang := range Languages() {
		if got := localizer(t, lang.Tag).Lang(); got != lang.Tag {
			t.Errorf("New(%q).Lang() = %q", lang.Tag, got)
		}
	}
	for _, lang := range []string{"", "fr", "pt", "ja-JP", "EN"} {
		if _, err := New(lang); err == nil {
			t.Errorf("New(%q) made a localizer", lang)
		}
	}
}

// Each language has its own file, a home marketplace and a format of its own.
func TestTheListOfLanguagesIsWhole(t *testing.T) {
	for _, l := range Languages() {
		if found, ok := Find(l.Tag); !ok || found != l || Match(l.Tag) != l.Tag {
			t.Errorf("%s is not found", l.Tag)
		}
		if _, ok := lwa.FindMarketplace(l.Home); !ok || l.Name == "" || l.date == "" || l.thousands == "" {
			t.Errorf("%+v", l)
		}
	}
	files, err := files.ReadDir(".")
	if err != nil || len(files) != len(Tags()) {
		t.Errorf("%d files of texts, %d languages: %v", len(files), len(Tags()), err)
	}
	if _, ok := Find("pt"); ok {
		t.Error("a tag that is not in the list was found")
	}
}

func TestMissingTextIsSeen(t *testing.T) {
	l := localizer(t, English)
	if got := l.T("no.such.text"); got != "⟦no.such.text⟧" {
		t.Errorf("missing id: %q", got)
	}
	if l.Has("no.such.text") || !l.Has("time.left") {
		t.Error("Has is wrong")
	}
	if got := l.T("time.left"); got != "⟦time.left⟧" {
		t.Errorf("text with nothing to fill in: %q", got)
	}
	if got := l.T("time.left", "Other", 1); got != "⟦time.left⟧" {
		t.Errorf("text filled in with a wrong name: %q", got)
	}
}

func TestDataAsPairsOrMap(t *testing.T) {
	l := localizer(t, English)
	pairs := l.T("time.left", "Span", "3 days")
	asMap := l.T("time.left", map[string]any{"Span": "3 days"})
	if pairs != "3 days left" || asMap != pairs {
		t.Errorf("pairs %q, map %q", pairs, asMap)
	}
}

func TestPlurals(t *testing.T) {
	tests := []struct {
		lang string
		n    int
		want string
	}{
		{English, 0, "0 days"},
		{English, 1, "1 day"},
		{English, 1234, "1,234 days"},
		{Japanese, 1, "1日"},
		{Japanese, 2, "2日"},
		{Portuguese, 0, "0 dia"},
		{Portuguese, 1, "1 dia"},
		{Portuguese, 2, "2 dias"},
		{Portuguese, 1000000, "1.000.000 de dias"},
	}
	for _, tt := range tests {
		if got := localizer(t, tt.lang).N("time.days", tt.n); got != tt.want {
			t.Errorf("%s, %d: %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestMatch(t *testing.T) {
	tests := []struct {
		prefs []string
		want  string
	}{
		{nil, English},
		{[]string{""}, English},
		{[]string{"ja"}, Japanese},
		{[]string{"ja-JP"}, Japanese},
		{[]string{"ja_JP.UTF-8"}, Japanese},
		{[]string{"ja_JP.eucJP"}, Japanese},
		{[]string{"ja-JP-u-ca-japanese"}, Japanese},
		{[]string{"JA"}, Japanese},
		{[]string{"jpn"}, Japanese},
		{[]string{"pt"}, Portuguese},
		{[]string{"pt-BR"}, Portuguese},
		{[]string{"pt_PT@euro"}, Portuguese},
		{[]string{"pt-AO"}, Portuguese},
		{[]string{"en-JP"}, English},
		{[]string{"en_GB.UTF-8"}, English},
		{[]string{"C"}, English},
		{[]string{"C.UTF-8", "ja_JP.UTF-8"}, English},
		{[]string{"POSIX"}, English},
		// Relatives and neighbours are not the same language.
		{[]string{"zh-CN"}, English},
		{[]string{"zh-Hant-TW"}, English},
		{[]string{"ko-KR"}, English},
		{[]string{"es-ES"}, English},
		{[]string{"gl"}, English},
		{[]string{"ain-JP"}, English},
		// The second language is better than one that was not asked for.
		{[]string{"fr-FR", "ja-JP", "en-US"}, Japanese},
		{[]string{"zh-CN", "en-US", "ja-JP"}, English},
		{[]string{"gl_ES", "pt_BR"}, Portuguese},
		{[]string{"xx-nonsense", "???", "pt-XX"}, Portuguese},
	}
	for _, tt := range tests {
		if got := Match(tt.prefs...); got != tt.want {
			t.Errorf("Match(%q) = %q, want %q", tt.prefs, got, tt.want)
		}
	}
}

func TestFromEnv(t *testing.T) {
	env := map[string]string{"LANGUAGE": "gl:pt_BR", "LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}
	got := fromEnv(func(name string) string { return env[name] })
	want := []string{"gl", "pt_BR", "ja_JP.UTF-8", "en_US.UTF-8"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := fromEnv(func(string) string { return "" }); len(got) != 0 {
		t.Errorf("from nothing: %q", got)
	}
}

func TestFromDefaults(t *testing.T) {
	got := fromDefaults("(\n    \"ja-JP\",\n    en,\n    \"zh-Hant-TW\",\n    \"es-419\"\n)\n")
	want := []string{"ja-JP", "en", "zh-Hant-TW", "es-419"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSystemAnswers(t *testing.T) {
	if got := Match(System()...); !slices.ContainsFunc(Languages(), func(l Language) bool { return l.Tag == got }) {
		t.Errorf("the system's language became %q", got)
	}
}

func TestDatesAndNumbers(t *testing.T) {
	at := time.Date(2026, time.November, 22, 14, 5, 9, 0, time.UTC)
	early := time.Date(2026, time.March, 4, 9, 5, 0, 0, time.UTC)
	tests := []struct {
		lang, want, got string
	}{
		{English, "Nov 22, 2026", localizer(t, English).Date(at)},
		{Japanese, "2026年11月22日", localizer(t, Japanese).Date(at)},
		{Portuguese, "22/11/2026", localizer(t, Portuguese).Date(at)},
		{English, "2:05 PM", localizer(t, English).TimeOfDay(at)},
		{Japanese, "14:05", localizer(t, Japanese).TimeOfDay(at)},
		{English, "Mar 4, 2026", localizer(t, English).Date(early)},
		{Japanese, "2026年3月4日", localizer(t, Japanese).Date(early)},
		{Portuguese, "04/03/2026", localizer(t, Portuguese).Date(early)},
		{English, "1,234,567", localizer(t, English).Number(1234567)},
		{Japanese, "1,234,567", localizer(t, Japanese).Number(1234567)},
		{Portuguese, "1.234.567", localizer(t, Portuguese).Number(1234567)},
		{English, "999", localizer(t, English).Number(999)},
		{English, "-999", localizer(t, English).Number(-999)},
		{English, "-1,000", localizer(t, English).Number(-1000)},
		{English, "0", localizer(t, English).Number(0)},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, tt.got, tt.want)
		}
	}
}

// TestParseDate: what is typed in the three languages, and 11/12 in English,
// which means two days.
func TestParseDate(t *testing.T) {
	const day = "2026-11-22"
	for _, row := range []struct{ lang, text, want string }{
		{English, "Nov 22, 2026", day},
		{English, "november 22, 2026", day},
		{English, "22 Nov 2026", day},
		{English, "2026-11-22", day},
		{English, " 11/22/2026 ", day},
		{English, "22/11/2026", day},
		{English, "2026/11/22", day},
		{English, "11/12/2026", ""},
		{English, "11/11/2026", "2026-11-11"},
		{English, "Feb 30, 2026", ""},
		{English, "22.11.26", ""},
		{English, "", ""},
		{Japanese, "2026年11月22日", day},
		{Japanese, "2026/11/22", day},
		{Japanese, "2026.11.22", day},
		{Japanese, "２０２６年１１月２２日", day},
		{Japanese, "2026-11-22", day},
		{Japanese, "11/22", ""},
		{Portuguese, "22/11/2026", day},
		{Portuguese, "22.11.2026", day},
		{Portuguese, "22-11-2026", day},
		{Portuguese, "2026-11-22", day},
		{Portuguese, "11/12/2026", "2026-12-11"},
		{Portuguese, "11/22/2026", ""},
	} {
		got, ok := localizer(t, row.lang).ParseDate(row.text)
		if text := got.Format(time.DateOnly); ok != (row.want != "") || ok && text != row.want {
			t.Errorf("%s %q: %s, %v, want %q", row.lang, row.text, text, ok, row.want)
		}
	}
	for _, l := range Languages() {
		for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.AddDate(0, 0, 1) {
			w := localizer(t, l.Tag)
			if got, ok := w.ParseDate(w.Date(at)); !ok || !got.Equal(at) {
				t.Fatalf("%s: %q is read as %v", l.Tag, w.Date(at), got)
			}
		}
	}
}

func TestDurations(t *testing.T) {
	clock := func(l *Localizer, d time.Duration) string { return l.Clock(d) }
	left := func(l *Localizer, d time.Duration) string { return l.Left(d) }
	span := func(l *Localizer, d time.Duration) string { return l.Span(d) }
	tests := []struct {
		say        func(*Localizer, time.Duration) string
		d          time.Duration
		en, ja, pt string
	}{
		{clock, 4*time.Minute + 32*time.Second + 900*time.Millisecond, "4:32 left", "残り4分32秒", "restam 4:32"},
		{clock, 5 * time.Second, "0:05 left", "残り0分05秒", "restam 0:05"},
		{clock, -time.Minute, "0:00 left", "残り0分00秒", "restam 0:00"},
		{left, 58*time.Minute + 59*time.Second, "58 min left", "残り58分", "ainda vale por 58 min"},
		{left, 2 * time.Second, "less than a minute left", "残り1分未満", "ainda vale por menos de um minuto"},
		{left, -time.Hour, "less than a minute left", "残り1分未満", "ainda vale por menos de um minuto"},
		{span, time.Hour, "1 hour", "1時間", "1 hora"},
		{span, 26 * time.Hour, "26 hours", "26時間", "26 horas"},
		{span, 72 * time.Hour, "3 days", "3日", "3 dias"},
	}
	for _, tt := range tests {
		for lang, want := range map[string]string{English: tt.en, Japanese: tt.ja, Portuguese: tt.pt} {
			if got := tt.say(localizer(t, lang), tt.d); got != want {
				t.Errorf("%s, %v: %q, want %q", lang, tt.d, got, want)
			}
		}
	}
}

func TestFyneJSON(t *testing.T) {
	for lang, want := range map[string]string{English: "Cancel", Japanese: "キャンセル", Portuguese: "Cancelar"} {
		data, err := localizer(t, lang).FyneJSON()
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		if words["Cancel"] != want || words["sunday.short"] == "" || words["file.name"] == "" {
			t.Errorf("%s: %s", lang, data)
		}
	}
}
