package i18n

import (
	"fmt"
	"strconv"
	"time"
)

// Date writes the day of t, in t's own time zone: 22 Nov 2026 · 2026年11月22日 ·
// 22/11/2026.
func (l *Localizer) Date(t time.Time) string {
	switch l.tag {
	case Japanese:
		return t.Format("2006年1月2日")
	case Portuguese:
		return t.Format("02/01/2006")
	default:
		return t.Format("2 Jan 2006")
	}
}

// Time writes the time of day of t: 14:05 in every language.
func (l *Localizer) Time(t time.Time) string { return t.Format("15:04") }

// DateTime writes day and time of t, in t's own time zone: 22 Nov 2026, 14:05 ·
// 2026年11月22日 14:05 · 22/11/2026 14:05.
func (l *Localizer) DateTime(t time.Time) string {
	if l.tag == English {
		return l.Date(t) + ", " + l.Time(t)
	}
	return l.Date(t) + " " + l.Time(t)
}

// Number writes n with the marks that the language puts between thousands:
// 1,234 · 1,234 · 1.234.
func (l *Localizer) Number(n int) string {
	digits := strconv.Itoa(n)
	mark := ","
	if l.tag == Portuguese {
		mark = "."
	}
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// Clock says how much of a countdown is left, to the second: 4:32 left ·
// 残り 4分32秒 · restam 4:32. A countdown that is over stands at 0:00.
func (l *Localizer) Clock(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	return l.T("time.clock", "Minutes", s/60, "Seconds", fmt.Sprintf("%02d", s%60))
}

// Span says roughly how long d is: 58 min · 58分 · 58 min. It goes on to hours
// and days, and anything under a minute is said to be just that.
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

// Left says roughly how long something still lasts: 58 min left · 残り 58分 ·
// restam 58 min.
func (l *Localizer) Left(d time.Duration) string { return l.T("time.left", "Span", l.Span(d)) }

// In says roughly when something will be: in 58 min · 58分後 · em 58 min.
func (l *Localizer) In(d time.Duration) string {
	if d < time.Minute {
		return l.T("time.soon")
	}
	return l.T("time.ahead", "Span", l.Span(d))
}

// Ago says roughly when something was: 58 min ago · 58分前 · há 58 min.
func (l *Localizer) Ago(d time.Duration) string {
	if d < time.Minute {
		return l.T("time.just_now")
	}
	return l.T("time.ago", "Span", l.Span(d))
}
