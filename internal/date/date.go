// Package date has days of the calendar. A day that a seller types is the same
// day in every time zone; a [time.Time] at midnight is not.
package date

import "time"

// Date is a day of the calendar. The zero value is a day that is not known. Two
// dates can be compared with ==.
type Date struct{ day time.Time } // midnight in UTC, without a monotonic clock

// On is a day. Days and months beyond their end run over, as in [time.Date].
func On(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// Of is the day that it is at t where the seller lives.
func Of(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return On(t.Local().Date())
}

// Parse reads a day as [Date.String] writes it. It takes a whole time (RFC 3339)
// as well, as lists of accounts had it once: that was the seller's midnight.
func Parse(text string) (Date, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return Of(t), nil
	}
	t, err := time.Parse(time.DateOnly, text)
	return Date{t}, err
}

// IsZero reports whether the day is not known.
func (d Date) IsZero() bool { return d.day.IsZero() }

// AddDays is the day so many days later; the zero value stays what it is.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{d.day.AddDate(0, 0, n)}
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.day.Before(e.day) }

// Time is midnight of the day in UTC, to be formatted without converting it.
func (d Date) Time() time.Time { return d.day }

// String is the day as in 2026-11-28, "" for the zero value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.day.Format(time.DateOnly)
}

// MarshalText is [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is [Parse]; an empty text is the zero value.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = Date{}
	if len(text) > 0 {
		*d, err = Parse(string(text))
	}
	return err
}
