// Package calendar writes dates as a calendar file. It has a writer of its own
// because go-ical's encoder does not fold long lines (RFC 5545 section 3.1).
package calendar

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
)

// Event is a date for the seller's calendar.
type Event struct {
	// UID stays the same for the same date of the same account: the account's ID
	// and what the date is. So adding it twice gives one entry.
	UID                  string
	Date                 date.Date
	Summary, Description string
	// DaysBefore lists the alarms, each at nine in the morning; 0 is the day itself.
	DaysBefore []int
}

// Reminders are the dates of accounts, as far as they're known. t gives the texts.
func Reminders(t func(id string, data ...any) string, accounts ...account.Account) (events []Event) {
	for _, a := range accounts {
		add := func(id string, day date.Date) {
			if !day.IsZero() {
				events = append(events, Event{
					UID: a.ID + "-" + id, Date: day,
					Summary: t("calendar."+id, "Name", a.Title()), Description: t("calendar." + id + "_text"),
					DaysBefore: []int{account.WarnAhead, 7, 0},
				})
			}
		}
		add("secret", a.SecretDue())
		add("authorization", a.AuthorizationDue())
	}
	return events
}

// Encode writes events as a calendar file (RFC 5545) of all-day entries. now is
// the time stamp, lang the language of the texts ("ja"), which may be "".
// Events without a date are left out.
func Encode(now time.Time, lang string, events ...Event) []byte {
	var b bytes.Buffer
	line := func(name, value string) { fold75(&b, name+":"+value) }
	text := func(name, value string) {
		if lang != "" {
			name += ";LANGUAGE=" + lang
		}
		line(name, escapeText(value))
	}
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//SellerKey//SellerKey//EN")
	line("CALSCALE", "GREGORIAN")
	for _, e := range events {
		if e.Date.IsZero() {
			continue
		}
		line("BEGIN", "VEVENT")
		line("UID", escapeText(e.UID)+"@sellerkey.app")
		line("DTSTAMP", now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", e.Date.Time().Format("20060102"))
		line("DTEND;VALUE=DATE", e.Date.AddDays(1).Time().Format("20060102"))
		text("SUMMARY", e.Summary)
		if e.Description != "" {
			text("DESCRIPTION", e.Description)
		}
		line("TRANSP", "TRANSPARENT") // a reminder makes nobody busy
		for _, days := range e.DaysBefore {
			line("BEGIN", "VALARM")
			line("ACTION", "DISPLAY")
			line("TRIGGER", trigger(days))
			text("DESCRIPTION", e.Summary)
			line("END", "VALARM")
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Bytes()
}

// trigger is nine in the morning, counted from the midnight that begins the
// event's day.
func trigger(daysBefore int) string {
	switch {
	case daysBefore <= 0:
		return "PT9H"
	case daysBefore == 1:
		return "-PT15H"
	}
	return fmt.Sprintf("-P%dDT15H", daysBefore-1)
}

// escapeText is a TEXT value (RFC 5545 section 3.3.11).
func escapeText(s string) string {
	s = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(strings.ToValidUTF8(s, ""))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// fold75 writes one content line in pieces of at most 75 octets, cut between
// characters (RFC 5545 section 3.1).
func fold75(b *bytes.Buffer, s string) {
	room := 75
	for len(s) > room {
		n := room
		for !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\r\n ")
		s = s[n:]
		room = 74 // the space counts
	}
	b.WriteString(s + "\r\n")
}
