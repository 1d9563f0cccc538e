package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Date formats the day of t in t's own time zone: Nov 22, 2026 · 2026年11月22日 ·
// 22/11/2026.
func (l *Localizer) Date(t time.Time) string { return t.Format(l.lang.date) }

// TimeOfDay formats t in t's own time zone: 2:05 PM · 14:05 · 14:05.
func (l *Localizer) TimeOfDay(t time.Time) string { return t.Format(l.lang.timeOfDay) }

// ParseDate reads a day as [Localizer.Date] writes it, year first (2026-11-22,
// 2026/11/22), or as speakers of the language type it. Capitals, full-width digits
// and doubled blanks don't matter. It reports false for a text that means two days: 11/12/2026 in English is
// November to an American and December to a Briton.
func (l *Localizer) ParseDate(text string) (time.Time, bool) {
	text = strings.Join(strings.Fields(norm.NFKC.String(text)), " ")
	var day time.Time
	for _, layout := range strings.Split(l.lang.date+"|2006-1-2|2006/1/2|"+l.lang.typed, "|") {
		t, err := time.Parse(layout, text)
		switch {
		case err != nil:
		case day.IsZero():
			day = t
		case !day.Equal(t):
			return time.Time{}, false
		}
	}
	return day, !day.IsZero()
}

// Number formats n with the language's thousands separator: 1,234 · 1,234 ·
// 1.234.
func (l *Localizer) Number(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + l.lang.thousands + digits[i:]
	}
	return digits
}

// Clock formats a countdown to the second: 4:32 left · 残り4分32秒 · restam
// 4:32. It shows 0:00 once the countdown is over.
func (l *Localizer) Clock(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	return l.T("time.clock", "Minutes", s/60, "Seconds", fmt.Sprintf("%02d", s%60))
}

// Span formats a rough duration in minutes, hours or days: 58 min · 58分 ·
// 58 min. Anything shorter than a minute is "less than a minute".
func (l *Localizer) Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return l.T("time.under_a_minute")
	case d < time.Hour:
		return l.N("time.minutes", int(d/time.Minute))
	case d < 48*time.Hour:
		return l.N("time.hours", int(d/time.Hour))
	default:
		return l.N("time.days", int(d/(24*time.Hour)))
	}
}

// Left formats the rough time that remains: 58 min left · 残り58分 · ainda
// 58 min.
func (l *Localizer) Left(d time.Duration) string { return l.T("time.left", "Span", l.Span(d)) }
