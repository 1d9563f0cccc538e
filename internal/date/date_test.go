package date

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"
)

// TestDatesStay: a day that was typed is the same day after it was saved and
// read, again and again, in every time zone, and through a change of zone.
func TestDatesStay(t *testing.T) {
	old := time.Local
	t.Cleanup(func() { time.Local = old })
	zones := []string{"Asia/Tokyo", "America/Sao_Paulo", "Europe/London", "Pacific/Honolulu", "Pacific/Kiritimati"}
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"2026-11-22", "2026-03-29", "2026-10-25", "2028-02-29", "2018-11-04"} {
			time.Local = zone
			d, err := Parse(day)
			if err != nil {
				t.Fatal(err)
			}
			for range 4 {
				data, err := json.Marshal(d)
				if err != nil {
					t.Fatal(err)
				}
				d = Date{}
				if err := json.Unmarshal(data, &d); err != nil {
					t.Fatal(err)
				}
			}
			if d.String() != day {
				t.Errorf("%s: %s became %s", name, day, d)
			}
			// As the list had it once: the seller's midnight, written in UTC.
			midnight, _ := time.ParseInLocation(time.DateOnly, day, zone)
			if midnight.Hour() != 0 {
				continue // that night the clocks went forward at midnight
			}
			if d, err := Parse(midnight.UTC().Format(time.RFC3339)); err != nil || d.String() != day {
				t.Errorf("%s: the midnight of %s is read as %s (%v)", name, day, d, err)
			}
			// From the first to the last minute of a day it is that day.
			for _, at := range []time.Time{midnight, midnight.AddDate(0, 0, 1).Add(-time.Minute)} {
				if got := Of(at.UTC()).String(); got != day {
					t.Errorf("%s: at %v it is %s", name, at, got)
				}
			}
			if got := d.AddDays(365).AddDays(-365); got != d {
				t.Errorf("%s: a year there and back is %s", day, got)
			}
		}
	}
}

func TestNoDate(t *testing.T) {
	var d Date
	if !d.IsZero() || d.String() != "" || !d.AddDays(180).IsZero() || !Of(time.Time{}).IsZero() {
		t.Errorf("the zero date is %v", d)
	}
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() {
		t.Errorf("an empty text is %v, %v", d, err)
	}
	if _, err := Parse("22/11/2026"); err == nil {
		t.Error("another order of day and year was taken")
	}
	if !On(2026, 1, 31).Before(On(2026, 2, 1)) || On(2026, 2, 1).Before(On(2026, 2, 1)) {
		t.Error("Before is wrong")
	}
}
