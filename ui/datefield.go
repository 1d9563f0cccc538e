package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// typedDay is what is in a field for a day. It's read as it's typed, because
// 05/11/2026 is another day in another language, or none.
type typedDay struct {
	text, lang string
	day        date.Date // zero if text is empty or wrong
	ok         bool      // text is empty or a day
}

func newTypedDay(words *i18n.Localizer, d date.Date) typedDay {
	return typedDay{text: writeDate(words, d), lang: words.Lang(), day: d, ok: true}
}

// read reads a text that was typed.
func (d *typedDay) read(words *i18n.Localizer, text string) {
	d.text, d.lang = text, words.Lang()
	d.day, d.ok = readDate(words, text)
}

// newDateField is a field for the day on which something began that lasts life days,
// and a line that says when it ends.
func newDateField(a *App, label, help string, d *typedDay, life int) (*kit.Entry, fyne.CanvasObject) {
	example := a.Words.Date(date.On(2026, time.November, 22).Time())
	n := kit.NewNote()
	show := func() {
		n.Say(kit.Info, help)
		if !d.ok {
			n.Say(kit.Error, a.Words.T("details.date_unread", "Example", example))
		} else if !d.day.IsZero() {
			n.Say(kit.Info, a.Words.T("details.until", "Date", a.Words.Date(d.day.AddDays(life).Time())))
		}
	}
	if d.ok && d.lang != a.Words.Lang() {
		*d = newTypedDay(a.Words, d.day)
	}
	e := kit.NewEntry(a.Keys, d.text, a.Words.T("details.date_example", "Example", example), func(text string) {
		d.read(a.Words, text)
		show()
	})
	show()
	return e, kit.Field(label, e, n)
}

// readDate reads a date as the seller types it. An empty text is the zero date.
func readDate(words *i18n.Localizer, text string) (date.Date, bool) {
	if strings.TrimSpace(text) == "" {
		return date.Date{}, true
	}
	t, ok := words.ParseDate(text)
	if !ok {
		return date.Date{}, false
	}
	return date.On(t.Date()), true
}

// writeDate is what [readDate] reads, "" for the zero date.
func writeDate(words *i18n.Localizer, d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return words.Date(d.Time())
}
