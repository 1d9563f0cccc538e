package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/internal/date"
)

func noon() time.Time { return time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC) }

func TestEncode(t *testing.T) {
	out := string(Encode(noon(), "ja",
		Event{
			UID: "abc-secret", Date: date.On(2027, 3, 31),
			Summary:     "シークレットの更新: 秋葉原; カメラ, レンズ\\本店、もうすぐ期限が切れますのでお早めに",
			Description: "one\r\ntwo\x00\x07", DaysBefore: []int{30, 1, 0},
		},
		Event{UID: "none", Summary: "no date"}))
	if strings.Count(out, "\n") != strings.Count(out, "\r\n") || !strings.HasSuffix(out, "END:VCALENDAR\r\n") {
		t.Error("line ends")
	}
	for l := range strings.SplitSeq(out, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(out, "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", "UID:abc-secret@sellerkey.app\r\n", "DTSTAMP:20261105T120000Z\r\n",
		"DTSTART;VALUE=DATE:20270331\r\n", "DTEND;VALUE=DATE:20270401\r\n",
		`SUMMARY;LANGUAGE=ja:シークレットの更新: 秋葉原\; カメラ\, レンズ\\本店、もうすぐ期限が切れますのでお早めに` + "\r\n",
		`DESCRIPTION;LANGUAGE=ja:one\ntwo` + "\r\n",
		"TRIGGER:-P29DT15H\r\n", "TRIGGER:-PT15H\r\n", "TRIGGER:PT9H\r\n",
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
	if strings.Count(out, "BEGIN:VEVENT") != 1 || strings.Count(out, "BEGIN:VALARM") != 3 || strings.Count(out, "BEGIN:") != strings.Count(out, "END:") {
		t.Error(out)
	}
	if bytes.Contains(Encode(noon(), "", Event{UID: "x", Date: date.Of(noon()), Summary: "s"}), []byte("LANGUAGE")) {
		t.Error("a language that was not given")
	}
}
