package paste

import (
	"strings"
	"unicode"
)

// Repair names something that [Tidy] put right.
type Repair string

// The repairs.
const (
	RepairBlanks     Repair = "blanks"
	RepairLineBreaks Repair = "line_breaks"
	RepairQuotes     Repair = "quotes"
	RepairFullWidth  Repair = "fullwidth"
	RepairInvisible  Repair = "invisible"
	RepairLabel      Repair = "label"
	// RepairEscape: the bar of a token was escaped ("%7C").
	RepairEscape Repair = "escape"
)

// Tidy takes the accidents of copying off a credential and says which there
// were. None of the credentials has blanks, quotation marks or characters
// outside ASCII, so taking those off never changes a good value.
func Tidy(text string) (string, []Repair) {
	s, repairs := foldRepairs(text)
	did := func(r Repair, is bool) {
		if is {
			repairs = append(repairs, r)
		}
	}
	did(RepairLineBreaks, strings.ContainsRune(text, '\n'))
	s = strings.TrimSpace(s)
	if value, ok := cutLabel(s); ok {
		did(RepairLabel, true)
		s = value
	}
	if bare := strings.Trim(s, quotes+",; \n\t"); bare != s && bare != "" {
		did(RepairQuotes, strings.Trim(s, ",; \n\t") != bare)
		s = bare
	}
	joined := strings.Join(strings.Fields(s), "")
	did(RepairBlanks, strings.ContainsAny(text, " \t") && (joined != s || strings.TrimSpace(text) != text))
	s = joined
	if i := strings.Index(s, "%7"); i > 0 && i <= len("Atz.sprdt") && i+3 <= len(s) && tokenAt(s) != ShapeUnknown {
		did(RepairEscape, true)
		s = s[:i] + "|" + s[i+3:]
	}
	return s, repairs
}

// foldRepairs gives every character its plain form and says what that changed.
func foldRepairs(text string) (string, []Repair) {
	var m marks
	folded := foldCharacters(text, &m)
	if folded == text {
		return text, nil
	}
	var repairs []Repair
	did := func(r Repair, is bool) {
		if is {
			repairs = append(repairs, r)
		}
	}
	did(RepairFullWidth, strings.ContainsFunc(text, func(r rune) bool { return r >= '！' && r <= '～' }))
	did(RepairInvisible, strings.ContainsFunc(text, func(r rune) bool { return isInvisible(r) && !strings.ContainsRune("\n\t\r\u0085", r) }))
	did(RepairBlanks, strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 && unicode.IsSpace(r) }) && !strings.ContainsAny(text, " \t"))
	did(RepairLineBreaks, strings.ContainsRune(text, '\r') && !strings.ContainsRune(text, '\n'))
	return folded, repairs
}

// cutLabel cuts the name of the value off its front, as it comes along from
// a table, a settings file or a mail ("Client ID: …", LWA_CLIENT_SECRET="…").
func cutLabel(s string) (value string, ok bool) {
	i := strings.IndexAny(s, ":=\t")
	if i <= 0 || i > 48 || strings.ContainsAny(s[:i], "|.") {
		return "", false
	}
	label := strings.ToLower(s[:i])
	for _, word := range []string{
		"client", "secret", "token", "app id", "app_id", "application", "identifier", "lwa",
		"クライアント", "シークレット", "トークン", "アプリ", "aplicativo", "cliente", "segredo",
	} {
		if strings.Contains(label, word) {
			value = strings.TrimLeft(s[i+1:], "> \t\n")
			return value, value != ""
		}
	}
	return "", false
}
