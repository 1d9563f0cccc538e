package account

import "time"

// Event is a date for the seller's calendar.
type Event struct {
	// UID stays the same for the same date of the same account, so that adding
	// it twice gives one entry.
	UID                  string
	Date                 time.Time
	Summary, Description string
	// DaysBefore lists the alarms.
	DaysBefore []int
}

// ICS writes events as a calendar file (RFC 5545) of all-day entries. now is
// the time stamp, lang the language of the texts ("ja").
func ICS(now time.Time, lang string, events ...Event) []byte { return nil }
