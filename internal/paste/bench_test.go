package paste

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/joho/godotenv"
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
		"cells":       "A1EXAMPLE00001\t",
		"rows":        "A1EXAMPLE00001\tEU\tAtzr|EXAMPLE\n",
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

// envFile is a .env of so many bytes with credentials at its end.
func envFile(size int) string {
	const line = "OTHER_SETTING_OF_THE_TOOL='a value, as many such files have them'\n"
	const credentials = "LWA_APP_ID=amzn1.application-oa2-client.00000000000000000000000000000000\n" +
		"LWA_CLIENT_SECRET=amzn1.oa2-cs.v1.0000000000000000000000000000000000000000000000000000000000000000\n" +
		"REFRESH_TOKEN=Atzr|EXAMPLE0000000000000000000000000000000000000000\n"
	n := (size - len(credentials)) / len(line)
	return strings.Repeat(line, n) + credentials
}

func BenchmarkFindCredentials(b *testing.B) {
	for _, size := range []int{2 << 10, 64 << 10} {
		text := envFile(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if f, err := FindCredentials(text); err != nil || len(f.Refresh) != 1 {
					b.Fatal("not found: ", err)
				}
			}
		})
	}
}

// BenchmarkGodotenv is what a parser of .env files takes for the same text.
func BenchmarkGodotenv(b *testing.B) {
	text := envFile(2 << 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if m, err := godotenv.Unmarshal(text); err != nil || m["REFRESH_TOKEN"] == "" {
			b.Fatal("not found: ", err)
		}
	}
}

// BenchmarkHardShapes shows that the time grows with the length of the text and
// no faster, for every shape that might: compare the two sizes.
func BenchmarkHardShapes(b *testing.B) {
	for name, shape := range hardShapes() {
		for _, size := range []int{4 << 10, 64 << 10} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				const head = "https://client-example.com/cb?state="
				text := head + strings.Repeat(shape, (size-len(head))/len(shape))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					_, _ = ParseRedirect(text)
					_, _ = ParseApp(text)
					_, _ = FindRefreshToken(text)
					_, _ = FindCredentials(text)
					_, _ = FindAmazonError(text)
					_, _ = Tidy(text)
				}
			})
		}
	}
}
