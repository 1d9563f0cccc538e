package setupfile

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/internal/lazy"
)

// What a secret looks like. It is looked for in every line as it is written,
// comments included, and in every string and key as the parser decodes it. All
// but awsKey and dressed expect lower case.
var (
	// secretShape: tokens by their beginning, also where the bar was lost, or in
	// Base64; client secrets old and new.
	secretShape = lazy.Regexp(`atz[ar]\s?\\?\||atc\s?\\?\||atz\.sprdt|\batz[ar][a-z0-9_-]{40,}|amzn1\.oa2-cs\.|qxr6(?:cn|yx)[w-z]`)
	// awsKey is a key of AWS, which old guides ask for.
	awsKey = lazy.Regexp(`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`)
	// hexRun may be a client secret without its beginning, in one piece or in
	// several.
	hexRun = lazy.Regexp(`[0-9a-f]{2,}(?:[\s#"'\\.,:;_+-]{1,6}[0-9a-f]{2,})*`)
	// named: a value behind the name of a secret. Words have no digits.
	named = lazy.Regexp(`(?:secret|refresh[ _-]?token|access[ _-]?token|oauth[ _-]?code|spapi_oauth_code|password|passwd|private[ _-]?key)["']?\s*[=:]+>?\s*["']?([^\s"',;&#]{8,})|` +
		`(?:シークレット|トークン|パスワード|秘密鍵|機密情報|segredo|senha|chave(?: secreta)?|token)["'」]?\s*[=:は]+\s*["'「]?([a-z0-9+/=_.|~-]{12,})`)
	// dressed are ways to write a character by its number: =7C in mail, \u007c
	// and \x7c in programs.
	dressed = lazy.Regexp(`(?i)(?:=|\\x|\\u00|\\u\{(?:00)?)([0-9a-f]{2})\}?`)
)

// secretKey is the name of an entry that could only hold a secret.
var secretKey = lazy.Regexp(`(?i)secret|password|passwd|refresh[ _-]?token|access[ _-]?token|private[ _-]?key|oauth[ _-]?code|^code$|^token$`)

// hasSecret reports that there is a secret in a text, also in full width, with
// invisible characters between, or in one of the escapes of mail, HTML, URLs and
// programs.
func hasSecret(text string) bool {
	if looksSecret(text) {
		return true
	}
	folded := bars.Replace(strings.Map(func(r rune) rune {
		if isHidden(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(html.UnescapeString(text))))
	if folded != text && looksSecret(folded) {
		return true
	}
	if !strings.ContainsAny(folded, `%=\`) {
		return false
	}
	plain := folded
	for range 2 { // also encoded twice
		if next, err := url.QueryUnescape(plain); err == nil {
			plain = next
		}
	}
	return looksSecret(plain) || looksSecret(undress(folded))
}

// bars look like the bar of a token.
var bars = strings.NewReplacer("│", "|", "┃", "|", "┆", "|", "∣", "|", "❘", "|", "❙", "|", "ǀ", "|", "¦", "|", "⏐", "|", "︱", "|", "￨", "|", "丨", "|")

func undress(text string) string {
	return dressed().ReplaceAllStringFunc(text, func(m string) string {
		hex := strings.TrimSuffix(m, "}")
		n, err := strconv.ParseUint(hex[len(hex)-2:], 16, 8)
		if err != nil || n < ' ' || n > '~' {
			return m
		}
		return string(rune(n))
	})
}

func looksSecret(text string) bool {
	if awsKey().MatchString(text) {
		return true
	}
	text = strings.ToLower(text)
	if secretShape().MatchString(text) || hasLongHex(text) {
		return true
	}
	for _, m := range named().FindAllStringSubmatch(text, -1) {
		if value := m[1] + m[2]; strings.ContainsAny(value, "0123456789") || len(value) >= 32 {
			return true
		}
	}
	return false
}

// hasLongHex reports 64 hexadecimal digits. Words of the letters a to f are no
// digits.
func hasLongHex(text string) bool {
	for _, run := range hexRun().FindAllString(text, -1) {
		hex, digits := 0, 0
		for i := range len(run) {
			switch c := run[i]; {
			case c >= '0' && c <= '9':
				hex++
				digits++
			case c >= 'a' && c <= 'f':
				hex++
			}
		}
		if hex >= 64 && digits >= 10 {
			return true
		}
	}
	return false
}

// secretLine returns the first line with a secret in it, 0 if there is none. A
// secret that goes over several lines, in comments too, begins on that line.
func secretLine(text string) int {
	n, last := 0, ""
	for line := range strings.Lines(text) {
		n++
		if hasSecret(line) {
			return n
		}
		piece := strings.Trim(strings.ToLower(line), " \t\r\n#")
		joined := last + piece
		if secretShape().MatchString(joined[max(0, len(last)-20):min(len(joined), len(last)+20)]) || isHexLine(piece) && hasLongHex(joined) {
			return max(n-1, 1)
		}
		// What the next line can go on from: this one, or what it goes on itself.
		if !isHexLine(piece) {
			joined = piece
		}
		last = strings.TrimRight(joined[max(0, len(joined)-400):], "=\\")
	}
	return 0
}

// isHexLine reports a line that begins like a piece of a wrapped secret.
func isHexLine(line string) bool { return hexRun().FindString(line[:min(len(line), 8)]) != "" }
