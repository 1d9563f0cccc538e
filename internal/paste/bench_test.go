package paste

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

// typicalAddress is what a browser's address bar gives.
const typicalAddress = "https://client-example.com/oauth/callback?spapi_oauth_code=ANEXAMPLEcode0000001&state=Zm9vYmFyYmF6cXV4MDAwMQ&selling_partner_id=A1EXAMPLE00001"

func BenchmarkParseRedirect(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(typicalAddress)))
	for b.Loop() {
		if _, err := ParseRedirect(typicalAddress); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNetURL is what net/url takes for the same address.
func BenchmarkNetURL(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(typicalAddress)))
	for b.Loop() {
		u, err := url.Parse(typicalAddress)
		if err != nil {
			b.Fatal(err)
		}
		if q, err := url.ParseQuery(u.RawQuery); err != nil || q.Get("spapi_oauth_code") == "" {
			b.Fatal(err)
		}
	}
}

// hardShapes are texts that would be slow if any step looked back or ahead
// without a bound.
func hardShapes() map[string]string {
	return map[string]string{
		"page":        "Some words of an error page, and no address. ",
		"a":           "a",
		"percent25":   "%25",
		"percent3D":   "%3D",
		"percent":     "%",
		"amp":         "&",
		"entity":      "&amp;",
		"entityNest":  "&amp;amp;amp;amp;",
		"hash38":      "&#38;",
		"question":    "?",
		"equals":      "=",
		"equals3D":    "=3D",
		"newline":     "a\n",
		"newlineAmp":  "&a=\n",
		"newlineCode": "https://a.b/?spapi_oauth_code=1a\n",
		"blankState":  "&state=a b",
		"scheme":      "http://",
		"schemeQ":     "http://a?",
		"wrapper":     "https://a.b/?u=",
		"wrapperEsc":  "https%3A%2F%2Fa.b%2F%3Fu%3D",
		"code":        "spapi_oauth_code=",
		"codes":       "?spapi_oauth_code=A1&",
		"names":       "state ",
		"jsonName":    `"state":`,
		"backslash":   `\`,
		"unicodeEsc":  `\u0026`,
		"quoteEq":     `="`,
		"angleEq":     "=<",
		"kagi":        "=「",
		"japanese":    "コード",
		"fullwidth":   "＆",
		"zerowidth":   "\u200b",
		"ligature":    "\ufdfa",
		"combining":   "a\u0301\u0301",
		"invalid":     "\xff",
		"dots":        ".",
		"slash":       "/",
		"colons":      "://",
		"gutter":      "> ",
		"gutterLines": "> > a\n",
		"md":          "MD1000x",
		"Atz":         "Atzr|",
		"amzn":        "amzn1.sp.",
		"hex":         "0123456789abcdef",
		"bar":         "| a | b |\n",
		"base64":      "&u=aHR0cDovL2E",
		"stars":       "/v3/__*__;KioqKioq",
		"tabs":        "a\t",
		"lines":       "\n",
		"x":           "x",
		"digits":      "1 | ",
	}
}

// BenchmarkParseRedirectSize shows that the time grows with the length of the
// paste and no faster.
func BenchmarkParseRedirectSize(b *testing.B) {
	for _, size := range []int{100, 1 << 10, 4 << 10, 16 << 10, 64 << 10} {
		filler := strings.Repeat(hardShapes()["page"], size/len(hardShapes()["page"])+1)
		for name, text := range map[string]string{
			"page":  filler[:max(size-len(typicalAddress)-1, 0)] + " " + typicalAddress,
			"lines": strings.ReplaceAll(filler, " ", "\n")[:max(size-len(typicalAddress)-1, 0)] + "\n" + typicalAddress,
		} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				text := text[max(0, len(text)-maxPaste):]
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					_, _ = ParseRedirect(text)
				}
			})
		}
	}
}

// TestParseRedirectIsLinear: sixteen times the text takes nowhere near 256
// times as long, for every shape that might.
func TestParseRedirectIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	read := func(text string, times int) time.Duration {
		best := time.Hour
		for range times {
			start := time.Now()
			_, _ = ParseRedirect(text)
			_, _ = ParseApp(text)
			_, _ = FindRefreshToken(text)
			_, _ = FindCredentials(text)
			_, _ = Tidy(text)
			best = min(best, time.Since(start))
		}
		return best
	}
	for name, shape := range hardShapes() {
		for _, head := range []string{"", "https://client-example.com/cb?spapi_oauth_code=A1", "https://client-example.com/cb?state="} {
			sized := func(size int) string {
				return head + strings.Repeat(shape, (size-len(head))/len(shape))
			}
			small, large := read(sized(4<<10), 3), read(sized(64<<10), 1)
			tooLong := func() bool { return large > 150*time.Millisecond && large > 80*small }
			if tooLong() { // or the machine was busy
				large = read(sized(64<<10), 3)
			}
			if tooLong() {
				t.Errorf("%s after %.20q: %v for 4 KiB, %v for 64 KiB", name, head, small, large)
			}
			t.Logf("%-12s %6.1f× %v", name, float64(large)/float64(small), large)
		}
	}
}
