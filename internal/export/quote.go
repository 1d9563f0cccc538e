package export

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/sellerkey/sellerkey/internal/value"
)

// The quoters write a value as a string literal. They expect one line, see
// [isOneLine].

// singleQuoted is a literal of JavaScript, Python and PHP: within single
// quotation marks only the mark and the backslash need escaping.
func singleQuoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// doubleQuoted is a literal of Java and C#. Characters outside ASCII are escaped:
// Java compilers before 18 read source in the system's encoding.
func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// yamlQuoted is a YAML scalar that every reader takes for a string: the bar of a
// token would begin a block, and 64 digits would be a number.
func yamlQuoted(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// dotenvQuoted writes a value so that a POSIX shell, node's and Ruby's dotenv,
// python-dotenv, phpdotenv, godotenv and Docker Compose all read the same. They
// agree on less than their manuals suggest: some unescape within single quotation
// marks, some do not within double ones, and python-dotenv expands ${NAME} within
// either. A value that they would read differently is [KindQuotes].
func dotenvQuoted(name value.ID, s string) (string, error) {
	switch {
	case strings.Contains(s, "${"):
	case !strings.ContainsAny(s, `'\`):
		return "'" + s + "'", nil
	case !strings.ContainsAny(s, "\"\\$`"):
		return `"` + s + `"`, nil
	}
	return "", &Error{Kind: KindQuotes, Value: name}
}

// bareValue writes a value that Docker takes literally and systemd unquotes. What
// they would read differently is [KindQuotes].
func bareValue(name value.ID, s string) (string, error) {
	if strings.ContainsAny(s, " \t\"'\\`$#") {
		return "", &Error{Kind: KindQuotes, Value: name}
	}
	return s, nil
}

// rawLine is a line of the file of amazon-sp-api for Node, where quotation marks
// are part of the value. Its reader splits a line at every "=", drops it unless
// that gives two parts, and trims both
// (https://github.com/amz-tools/amazon-sp-api, lib/Credentials.js).
func rawLine(name value.ID, s string) (string, error) {
	switch {
	case strings.Contains(s, "="):
		return "", &Error{Kind: KindEquals, Value: name}
	case strings.TrimFunc(s, isScriptBlank) != s:
		return "", &Error{Kind: KindBlanks, Value: name}
	}
	return s, nil
}

// isScriptBlank reports what JavaScript's String.prototype.trim removes.
func isScriptBlank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }
