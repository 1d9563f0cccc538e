package export

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// entry is a line of a file of environment variables.
type entry struct {
	key   string
	name  value.ID // for errors
	value string
}

// lines is a file of KEY=value lines.
type lines struct {
	entries func(plain) ([]entry, error)
	quote   func(name value.ID, text string) (string, error)
	raw     bool // each line is by itself, and quotation marks have no meaning
	sandbox sandboxSwitch
}

// sandboxSwitch is the variable that leads a library to the sandbox. The zero value
// is that of a library that reads none.
type sandboxSwitch struct {
	key    string
	values []string
	// accounts are variables that can end in the name of an account. The switch is
	// for all accounts of the file.
	accounts []string
}

func pythonSwitch() sandboxSwitch {
	return sandboxSwitch{"AWS_ENV", []string{"SANDBOX"}, []string{"SP_API_REFRESH_TOKEN", "LWA_APP_ID", "LWA_CLIENT_SECRET"}}
}

func baseURLSwitch() sandboxSwitch {
	s := sandboxSwitch{key: "SP_API_BASE_URL"}
	for _, region := range lwa.Regions() {
		s.values = append(s.values, lwa.Endpoint{Region: region, Sandbox: true}.URL())
	}
	return s
}

// pythonEnvironment ends each variable in the name of the account. LWA_APP_ID is
// the client ID, despite its name.
func pythonEnvironment(p plain) ([]entry, error) {
	suffix := ""
	if p.account != "" && p.account != pythonDefault {
		suffix = "_" + p.account
		if strings.ContainsFunc(p.account, func(r rune) bool { return !isWord(r) }) {
			return nil, &Error{Kind: KindAccountName, Value: ValueAccountName}
		}
	}
	e := []entry{
		{"SP_API_REFRESH_TOKEN" + suffix, value.RefreshToken, p.refreshToken},
		{"LWA_APP_ID" + suffix, value.ClientID, p.clientID},
		{"LWA_CLIENT_SECRET" + suffix, value.ClientSecret, p.clientSecret},
	}
	// There is one default marketplace for all accounts.
	if suffix == "" && p.marketplaceID != "" {
		e = append(e, entry{"SP_API_DEFAULT_MARKETPLACE", ValueMarketplace, p.marketplace})
	}
	if suffix == "" && p.sandbox { // it too is for all accounts
		e = append(e, entry{"AWS_ENV", ValueMarketplace, "SANDBOX"})
	}
	return e, nil
}

// nodeEnvironment has no refresh token and no region: they are in the program.
func nodeEnvironment(p plain) ([]entry, error) {
	return []entry{
		{"SELLING_PARTNER_APP_CLIENT_ID", value.ClientID, p.clientID},
		{"SELLING_PARTNER_APP_CLIENT_SECRET", value.ClientSecret, p.clientSecret},
	}, nil
}

// commonEnvironment has the names that home-made tools use most often.
func commonEnvironment(p plain) ([]entry, error) {
	return append([]entry{
		{"LWA_CLIENT_ID", value.ClientID, p.clientID},
		{"LWA_CLIENT_SECRET", value.ClientSecret, p.clientSecret},
		{"LWA_REFRESH_TOKEN", value.RefreshToken, p.refreshToken},
	}, placeEntries(p)...), nil
}

// placeEntries are what is known of where the seller sells, and the address of a
// sandbox, as Amazon's MCP server reads it.
func placeEntries(p plain) (known []entry) {
	sandbox := ""
	if p.sandbox && p.region != "" {
		sandbox = p.endpoint().URL()
	}
	for _, e := range []entry{
		{"SP_API_SELLER_ID", value.SellerID, p.sellerID},
		{"SP_API_MARKETPLACE_ID", ValueMarketplace, p.marketplaceID},
		{"SP_API_REGION", ValueMarketplace, string(p.region)},
		{"SP_API_BASE_URL", ValueMarketplace, sandbox},
	} {
		if e.value != "" {
			known = append(known, e)
		}
	}
	return known
}

// quoted returns the entries with their values as they are written in the file.
func (f lines) quoted(p plain) ([]entry, error) {
	entries, err := f.entries(p)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		if entries[i].value, err = f.quote(entries[i].name, entries[i].value); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (f lines) render(p plain) (string, error) {
	entries, err := f.quoted(p)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(e.key + "=" + e.value + "\n")
	}
	return b.String(), nil
}

// merge replaces the values of our keys, each time that a key occurs (readers
// take the last one), and adds the missing ones at the end. For an app that isn't a
// sandbox app it removes the switch that we wrote, which is behind the secrets.
func (f lines) merge(existing string, p plain) (string, error) {
	entries, err := f.quoted(p)
	if err != nil {
		return "", err
	}
	spans, line := f.assignments(existing, entries)
	if line > 0 {
		return "", &Error{Kind: KindCannotMerge, Line: line}
	}
	shared := f.sharesSandbox(spans, entries)
	if shared {
		entries = slices.DeleteFunc(entries, func(e entry) bool { return e.key == f.sandbox.key })
	}
	var b strings.Builder
	done := make(map[string]bool)
	at, secret := 0, false // secret: one was replaced
	for _, s := range spans {
		if start, end, ok := f.sandboxLine(existing, s); ok && secret && !shared && !p.sandbox {
			b.WriteString(existing[at:start])
			at = end
			continue
		}
		for _, e := range entries {
			if s.key == e.key {
				b.WriteString(existing[at:s.start] + e.value)
				at = s.end
				done[e.key] = true
				secret = secret || e.name.IsSecret()
			}
		}
	}
	b.WriteString(existing[at:])
	ending := lineEnding(existing)
	for _, e := range entries {
		if done[e.key] {
			continue
		}
		if s := b.String(); !strings.HasSuffix(s, "\n") {
			b.WriteString(ending)
		}
		b.WriteString(e.key + "=" + e.value + ending)
	}
	return b.String(), nil
}

// sharesSandbox reports whether the switch is for other accounts of the file as well.
func (f lines) sharesSandbox(spans []assignment, entries []entry) bool {
	named := func(key string) bool {
		return slices.ContainsFunc(f.sandbox.accounts, func(name string) bool { return strings.HasPrefix(key, name+"_") })
	}
	return slices.ContainsFunc(spans, func(s assignment) bool { return named(s.key) }) ||
		slices.ContainsFunc(entries, func(e entry) bool { return named(e.key) })
}

// sandboxLine is where the line of an assignment begins and ends, if it's the switch
// as we write it.
func (f lines) sandboxLine(text string, s assignment) (start, end int, ok bool) {
	if s.key != f.sandbox.key || s.key == "" {
		return 0, 0, false
	}
	start, end = strings.LastIndexByte(text[:s.start], '\n')+1, lineEnd(text, s.end)
	line := strings.TrimSuffix(text[start:end], "\r")
	return start, min(end+1, len(text)), slices.ContainsFunc(f.sandbox.values, func(value string) bool {
		quoted, err := f.quote("", value)
		return err == nil && line == f.sandbox.key+"="+quoted
	})
}

// sandboxIn is the value of the switch in a file that leads to the sandbox, "" if it
// doesn't.
func (f lines) sandboxIn(text string) (value string) {
	text = strings.TrimPrefix(text, byteOrderMark)
	spans, _ := f.assignments(text, nil)
	for _, s := range spans {
		if s.key != f.sandbox.key {
			continue
		}
		value = strings.TrimRight(strings.Trim(text[s.start:s.end], "\"'`"), "/")
		if !slices.Contains(f.sandbox.values, value) {
			value = ""
		}
	}
	return value
}

func (f lines) has(existing string, p plain) bool {
	entries, err := f.entries(p)
	spans, _ := f.assignments(existing, entries)
	return err == nil && slices.ContainsFunc(spans, func(s assignment) bool {
		return slices.ContainsFunc(entries, func(e entry) bool { return e.key == s.key })
	})
}

// assignment is where the value of a key is in a text.
type assignment struct {
	key        string
	start, end int
}

// assignments finds the values in a file of variables, or the line that makes it
// unclear where they are. Values in quotation marks may span several lines. What
// readers of .env files and a shell understand differently is unclear: a mark
// that is never closed or has more behind it, two assignments on one line of
// ours, and whatever lets a shell command go on to the next line.
func (f lines) assignments(text string, ours []entry) (spans []assignment, badLine int) {
	for at, n := 0, 1; at < len(text); n++ {
		end := lineEnd(text, at)
		line := strings.TrimSuffix(text[at:end], "\r")
		key, value := cutKey(line, f.raw)
		s := assignment{key: key, start: at + value}
		isOurs := slices.ContainsFunc(ours, func(e entry) bool { return e.key == key })
		switch rest := line[value:]; {
		case f.raw:
			s.end = s.start + len(strings.TrimRight(rest, " \t"))
		case key == "":
			if goesOn(beforeComment(line)) {
				return nil, n
			}
		case rest != "" && strings.IndexByte("\"'`", rest[0]) >= 0:
			length, ok := quotedValue(text[s.start:])
			if !ok {
				return nil, n
			}
			s.end = s.start + length
			end = lineEnd(text, s.end)
			n += strings.Count(text[s.start:s.end], "\n")
		default:
			rest = strings.TrimRight(beforeComment(rest), " \t")
			if goesOn(rest) || isOurs && strings.ContainsAny(rest, " \t;&$()<>\\\"'`") {
				return nil, n
			}
			s.end = s.start + len(rest)
		}
		if key != "" {
			spans = append(spans, s)
		}
		at = end + 1
	}
	return spans, 0
}

// quotedValue returns the length of the value in quotation marks at the start of
// text, if nothing but a comment follows it, and nothing in it is a command.
// Quotation marks inside a command do not end the value for a shell.
func quotedValue(text string) (length int, ok bool) {
	length = quotedLen(text)
	rest := strings.Trim(text[length:lineEnd(text, length)], " \t\r")
	if length == 0 || rest != "" && rest[0] != '#' {
		return 0, false
	}
	value := text[:length]
	return length, value[0] != '"' || !strings.Contains(value, "$(") && !strings.Contains(value, "`")
}

// goesOn reports that for a shell the next line may belong to this one: it ends
// in a backslash, or opens a quotation, a bracket, a command or a here-document.
func goesOn(line string) bool {
	open := 0
	for _, r := range line {
		switch r {
		case '(', '{':
			open++
		case ')', '}':
			open--
		}
	}
	return strings.HasSuffix(line, "\\") || strings.Contains(line, "<<") || open > 0 ||
		strings.Count(line, "\"")%2 > 0 || strings.Count(line, "'")%2 > 0 || strings.Count(line, "`")%2 > 0
}

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}

// cutKey returns the key of a line, or "", and where its value begins. dotenv
// readers also accept "export KEY=value" and "KEY: value".
func cutKey(line string, raw bool) (key string, value int) {
	const blanks = " \t"
	rest := strings.TrimLeft(line, blanks)
	if after, ok := strings.CutPrefix(rest, "export"); ok && !raw && after != "" && strings.IndexByte(blanks, after[0]) >= 0 {
		rest = strings.TrimLeft(after, blanks)
	}
	n := strings.IndexFunc(rest, func(r rune) bool { return r != '.' && r != '-' && !isWord(r) })
	if n <= 0 {
		return "", 0
	}
	key, rest = rest[:n], strings.TrimLeft(rest[n:], blanks)
	if rest == "" || rest[0] != '=' && (raw || rest[0] != ':') {
		return "", 0
	}
	return key, len(line) - len(strings.TrimLeft(rest[1:], blanks))
}

// isWord reports a character of the names of environment variables.
func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// quotedLen returns the length of the quoted value at the start of s, or 0 if the
// mark is never closed. An escaped mark does not close it.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		}
	}
	return 0
}

// beforeComment cuts a comment off a bare value.
func beforeComment(value string) string {
	for i := range len(value) {
		if value[i] == '#' && (i == 0 || value[i-1] == ' ' || value[i-1] == '\t') {
			return value[:i]
		}
	}
	return value
}
