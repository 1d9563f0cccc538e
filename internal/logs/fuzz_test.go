package logs

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// FuzzMask: a secret doesn't get into the log, no matter what surrounds it.
func FuzzMask(f *testing.F) {
	for _, around := range [][2]string{
		{"", ""},
		{"token=", "&x=1"},
		{"{\"access_token\": \"", "\"}"},
		{"glued", "|"},
		{"Atza|EXAMPLE", " "},
		{"amzn1.oa2-cs.v1.", "0"},
		{"code=", ";"},
		{"トークン：", "。"},
		{"Atz\n", "\n"},
		{"\xff", "\xfe"},
	} {
		f.Add(around[0], around[1])
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, secret := range []string{
			"Atzr|" + distinctive, "Atza|" + distinctive, "Atc|" + distinctive, "Atz.sprdt|" + distinctive,
			"Atzr%7C" + distinctive, "amzn1.oa2-cs.v1." + distinctive, "&client_secret=" + distinctive,
		} {
			var out bytes.Buffer
			text := before + secret + after
			newLogger(&out).Error(text, "err", errors.New(text), "value", text)
			if strings.Contains(before+after, distinctive) {
				continue // the input itself contains it
			}
			if strings.Contains(out.String(), distinctive) {
				t.Fatalf("a secret is in the log: %q", out.String())
			}
		}
	})
}
