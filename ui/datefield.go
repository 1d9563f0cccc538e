package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newDateField is a field for the day on which something began that lasts life days,
// and a line that says when it ends.
func newDateField(a *App, label, help, value string, life int, changed func(string)) (*kit.Entry, fyne.CanvasObject) {
	example := a.Words.Date(date.On(2026, time.November, 22).Time())
	n := kit.NewNote()
	show := func(text string) {
		n.Say(kit.Info, help)
		if day, ok := readDate(a.Words, text); !ok {
			n.Say(kit.Error, a.Words.T("details.date_unread", "Example", example))
		} else if !day.IsZero() {
			n.Say(kit.Info, a.Words.T("details.until", "Date", a.Words.Date(day.AddDays(life).Time())))
		}
	}
	e := kit.NewEntry(a.Keys, value, a.Words.T("details.date_example", "Example", example), func(text string) {
		changed(text)
		show(text)
	})
	show(value)
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
