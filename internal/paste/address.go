package paste

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/lwa"
)

// paramName is a parameter that means something to the reader.
type paramName int

const (
	nameUnknown paramName = iota
	nameCode
	nameGenericCode // "code", as some guides wrongly call it
	nameSellerID
	nameState
	nameCallback
	nameAmazonState
	nameApplicationID
	nameRedirectURI
	nameVersion
	nameError
	nameErrorText
	nameAccessToken
	nameRefreshToken
	nameCount
)

// maxName bounds how far a name is looked at; the longest, with every
// underscore escaped, is shorter.
const maxName = 48

// lookupName finds a parameter name in any case, with underscores escaped,
// replaced or eaten (Markdown takes them for italics).
func lookupName(s string) paramName {
	if len(s) > maxName || len(s) < len("code") {
		return nameUnknown
	}
	var letters [maxName]byte
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			v, ok := hexByte(s, i+1)
			if !ok {
				return nameUnknown
			}
			c = v
			i += 2
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
			fallthrough
		case c >= 'a' && c <= 'z':
			letters[n] = c
			n++
		case c == '_' || c == '-' || c == '*' || c == '.':
		default:
			return nameUnknown
		}
	}
	switch string(letters[:n]) {
	case "spapioauthcode":
		return nameCode
	case "code":
		return nameGenericCode
	case "sellingpartnerid":
		return nameSellerID
	case "state":
		return nameState
	case "amazoncallbackuri":
		return nameCallback
	case "amazonstate":
		return nameAmazonState
	case "applicationid":
		return nameApplicationID
	case "redirecturi":
		return nameRedirectURI
	case "version":
		return nameVersion
	case "error":
		return nameError
	case "errordescription":
		return nameErrorText
	case "accesstoken":
		return nameAccessToken
	case "refreshtoken":
		return nameRefreshToken
	}
	return nameUnknown
}

// isNamePrefix reports whether a longer name could begin with s.
func isNamePrefix(s string) bool {
	s = strings.ToLower(s)
	for _, name := range []string{"spapi_oauth_code", "selling_partner_id", "state", "amazon_callback_uri", "amazon_state", "application_id", "redirect_uri", "version"} {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	return false
}

// nameLen is the length of the parameter name that s begins with.
func nameLen(s string) int {
	n := 0
	for n < len(s) && n < maxName && isNameByte(s[n]) {
		n++
	}
	return n
}

// startsWithName reports that s begins with a known name and "=".
func startsWithName(s string) bool {
	n := nameLen(s)
	return n < len(s) && s[n] == '=' && lookupName(s[:n]) != nameUnknown
}

// field is a parameter of one address.
type field struct {
	value string
	set   bool
	// clash: it occurs twice with different values.
	clash bool
}

func (f *field) put(value string) {
	switch {
	case !f.set || f.value == "":
		f.value, f.set = value, true
	case value != "" && value != f.value:
		f.clash = true
	}
}

// address is one address, or a piece of one, and what it says.
type address struct {
	scheme, host, path string
	fields             [nameCount]field
	questions          int  // second and further "?"
	labelled           bool // read from a table or JSON
	known              bool // has at least one known parameter
}

func (a *address) get(n paramName) string { return a.fields[n].value }
func (a *address) has(n paramName) bool   { return a.fields[n].set }

// page is what kind of page an address leads to.
type page int

const (
	pageOther page = iota
	pageLogin
	pageConsent
	pageConfirm
	pageSignIn
)

// page says where the address leads, by its path on Amazon's side and by its
// parameters on the other.
func (a *address) page() page {
	switch path := a.path; {
	case a.has(nameCallback):
		return pageLogin
	case containsFold(path, "/apps/authorize/consent"):
		return pageConsent
	case containsFold(path, "/apps/authorize/confirm"):
		return pageConfirm
	case isAmazonDomain(a.host) && (containsFold(path, "/ap/") || containsFold(path, "/signin") || containsFold(path, "/sign-in")):
		return pageSignIn
	case a.has(nameApplicationID) && !a.has(nameCode):
		return pageConsent
	}
	return pageOther
}

// code returns the code field that counts: Amazon's own name goes before
// "code", which counts on no page of Amazon's walk.
func (a *address) code() (f *field, generic bool) {
	if a.has(nameCode) {
		return &a.fields[nameCode], false
	}
	if a.has(nameGenericCode) && a.page() == pageOther {
		return &a.fields[nameGenericCode], true
	}
	return nil, false
}

// reading is what is known of a paste so far.
type reading struct {
	// text is the cleaned paste; lines is the same with its lines apart.
	text, lines string
	marks       marks
	addresses   []address
	// badScheme: an address that a browser would run or that is not on the
	// web (javascript:, data:, file: …).
	badScheme bool
	// pages counts addresses in addition to those kept.
	pages int
}

func (r *reading) hasCode() bool {
	for i := range r.addresses {
		if f, _ := r.addresses[i].code(); f != nil {
			return true
		}
	}
	return false
}

// findAddresses cuts a text into the pieces that could be addresses and reads
// each. A piece ends at a blank, a quotation mark or a bracket that no address
// contains.
func (r *reading) findAddresses(text string) {
	r.badScheme = hasForbiddenScheme(text)
	for i := 0; i < len(text); {
		n := delimiter(text[i:])
		if n > 0 {
			i += n
			continue
		}
		end := pieceEnd(text, i)
		r.readPiece(text[i:end], 0)
		i = end
	}
}

// delimiter is the length of the delimiter that s begins with, 0 for none.
func delimiter(s string) int {
	switch c := s[0]; {
	case c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '\'':
		return 1
	case c < 0x80:
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s); r {
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛', '「', '」', '『', '』', '【', '】',
		'〈', '〉', '《', '》', '〔', '〕', '〖', '〗', '〘', '〙', '❝', '❞', '、', '。', '│', '┃', '║', '→', '⇒':
		return n
	case utf8.RuneError:
		if n > 1 { // the replacement character itself, not the middle of another
			return n
		}
	}
	return 0
}

// pieceEnd finds the end of the piece that begins at i. A delimiter right after
// "=" does not end it: it belongs to a quoted value, or to the "<code>" and
// 「コード」 of a guide, which must be seen as what they are.
func pieceEnd(text string, i int) int {
	for i < len(text) {
		n := delimiter(text[i:])
		if n == 0 {
			i++
			continue
		}
		if text[i] <= ' ' || i == 0 || text[i-1] != '=' {
			return i
		}
		// At most this much may stand between the two delimiters.
		const maxQuoted = 256
		j := i + n
		for j < len(text) && j-i < maxQuoted && text[j] != '\n' && delimiter(text[j:]) == 0 || j < len(text) && j-i < maxQuoted && text[j] == ' ' {
			j++
		}
		if j >= len(text) || j-i >= maxQuoted || text[j] == '\n' {
			return i
		}
		i = j + delimiter(text[j:])
	}
	return i
}

// readPiece takes a piece apart that holds several addresses without a blank
// between them ("…A1https://…", "URLはhttps://…") and reads each.
func (r *reading) readPiece(piece string, depth int) {
	if inner, ok := unwrapURLDefense(piece); ok {
		r.marks.add(Wrapped)
		piece = inner
	}
	start, seen, query := 0, 0, false
	for {
		i := strings.Index(piece[seen:], "://")
		if i < 0 {
			break
		}
		i += seen
		at := i - len(schemeBefore(piece[seen:i]))
		query = query || strings.ContainsAny(piece[seen:at], "?&#") || seen == start && startsWithName(piece[start:at])
		seen = i + len("://")
		switch {
		case !query:
			// What stands before is a label, a wrapper's path or a sentence.
			if hasHTTP(piece[start:at]) {
				r.marks.add(Wrapped)
			}
			start = at
		case piece[at-1] != '=' && hasHTTP(piece[at:]):
			r.readAddress(piece[start:at], depth)
			start, query = at, false
		}
	}
	r.readAddress(piece[start:], depth)
}

// schemeBefore returns the scheme that s ends with.
func schemeBefore(s string) string {
	i := len(s)
	for i > 0 && len(s)-i < 20 && isLetter(s[i-1]) {
		i--
	}
	word := s[i:]
	for _, web := range [...]string{"https", "http"} {
		// "A1EXAMPLEhttps": the end of one address and the scheme of the next.
		if n := len(word) - len(web); n >= 0 && strings.EqualFold(word[n:], web) {
			return word[n:]
		}
	}
	return word
}

// readAddress reads one address, whole or cut, and the addresses inside it.
func (r *reading) readAddress(s string, depth int) {
	if s == "" {
		return
	}
	a := address{}
	query := a.readHead(s)
	wrapped := depth == 0 && a.host != ""
	if hasEscape(a.path) && depth < maxLayers {
		r.readInner(unescape(a.path, false), wrapped, depth)
	}
	for query != "" {
		piece, rest, last := cutParameter(query)
		query = rest
		if strings.HasPrefix(rest, "?") {
			a.questions++
		}
		if query != "" {
			query = query[1:]
		}
		eq := strings.IndexByte(piece, '=')
		if eq < 0 {
			if hasEscape(piece) && depth < maxLayers {
				r.readInner(unescape(piece, false), wrapped, depth)
			}
			continue
		}
		name, raw := lookupName(piece[:eq]), piece[eq+1:]
		if name != nameUnknown {
			value, more := fieldValue(name, raw, last)
			a.fields[name].put(value)
			a.known = true
			if more != "" && depth < maxLayers {
				r.marks.add(DoubleEncoded)
				r.readAddress(more, depth+1)
			}
			continue
		}
		if inner, ok := innerAddress(raw, a.path); ok && depth < maxLayers {
			r.readInner(inner, wrapped, depth)
		}
	}
	switch {
	case a.known || a.page() != pageOther:
		r.addresses = append(r.addresses, a)
	case a.scheme != "" && a.host != "":
		r.pages++
		if r.pages == 1 {
			r.addresses = append(r.addresses, a)
		}
	}
}

// readInner reads an address that was found, escaped, inside another.
func (r *reading) readInner(inner string, wrapped bool, depth int) {
	before := len(r.addresses)
	r.readPiece(inner, depth+1)
	for i := before; i < len(r.addresses); i++ {
		if r.addresses[i].known {
			if wrapped {
				r.marks.add(Wrapped)
			} else {
				r.marks.add(DoubleEncoded)
			}
			return
		}
	}
}

// readHead reads scheme, host and path and returns the rest, from the first
// parameter on.
func (a *address) readHead(s string) (query string) {
	end := strings.IndexAny(s, "?&#=")
	head := s
	switch {
	case end < 0:
	case s[end] == '=':
		// No "?" before: a query alone, or one that lost it ("…/cb/state=st").
		name := strings.LastIndexAny(s[:end], "/ ") + 1
		head, query = s[:name], s[name:]
		if i := strings.LastIndex(strings.ToLower(query[:end-name]), "%3f"); i >= 0 {
			query = query[i+len("%3f"):]
		}
	default:
		head, query = s[:end], s[end+1:]
	}
	if scheme, rest, ok := strings.Cut(head, "://"); ok {
		a.scheme = strings.ToLower(scheme)
		head = rest
		a.host, a.path = cutHost(head)
		return query
	}
	if i := strings.LastIndexFunc(head, func(r rune) bool { return r >= 0x80 }); i >= 0 {
		_, n := utf8.DecodeRuneInString(head[i:])
		head = head[i+n:]
	}
	if strings.HasPrefix(head, "//") {
		head = head[2:]
	} else if strings.HasPrefix(head, "/") {
		a.path = head
		return query
	}
	if host, path := cutHost(head); looksLikeHost(host) {
		a.host, a.path = host, path
	} else {
		a.path = head
	}
	return query
}

func cutHost(s string) (host, path string) {
	if i := strings.IndexByte(s, '/'); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// looksLikeHost tells a host without a scheme from a word.
func looksLikeHost(s string) bool {
	name, _, hasPort := strings.Cut(s, ":")
	if !hasPort && strings.IndexByte(name, '.') < 0 && !strings.EqualFold(name, "localhost") {
		return false
	}
	ok := false
	for i := range len(name) {
		c := name[i]
		ok = ok || isLetter(c) || c >= '0' && c <= '9'
		if !isWordByte(c) && c != '.' && c != '-' {
			return false
		}
	}
	return ok
}

// cutParameter cuts the first parameter off a query; rest begins with the
// separator. "?" and ";" separate only where a known name follows: a second
// "?" is a common mistake, but values may hold either.
func cutParameter(query string) (piece, rest string, last bool) {
	for i := range len(query) {
		switch c := query[i]; c {
		case '&', '#':
			return query[:i], query[i:], c == '#' || i+1 == len(query)
		case '?', ';':
			if startsWithName(query[i+1:]) {
				return query[:i], query[i:], false
			}
		}
	}
	return query, "", true
}

// trailing is what a sentence puts after an address.
const trailing = ".,;:!?)]}'\"*|"

// fieldValue gives the value of a known parameter: unquoted, unescaped, and, if
// it is the last one, without what the sentence put behind it. When a code or
// seller ID turns out to hold escaped separators, more is the query behind it.
func fieldValue(name paramName, raw string, last bool) (value, more string) {
	raw = unquote(raw)
	if last {
		raw = endValue(name, raw)
	}
	switch name {
	case nameState:
		// Base64 has "+", "/" and "=": there a raw "+" is no blank.
		value = unescape(raw, !strings.ContainsAny(raw, "/="))
	case nameCode, nameGenericCode, nameSellerID:
		value = unescape(raw, false)
		if strings.IndexByte(value, '&') < 0 {
			value = unescape(value, false)
		}
		value, more, _ = strings.Cut(value, "&")
		if name == nameSellerID {
			value = cutSellerID(value)
		} else if i := strings.IndexByte(value, '|'); i >= 0 && last && !strings.HasPrefix(value, "At") {
			// A cell of a table, or a chat's "<address|label>".
			value = value[:i]
		}
	default:
		value = unescape(raw, true)
		if name == nameCallback && hasEscape(value) {
			value = unescape(value, false)
		}
	}
	return value, more
}

// unquote takes quotation marks off a value.
func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'' || s[0] == '`') {
		if i := strings.IndexByte(s[1:], s[0]); i >= 0 {
			return s[1 : 1+i]
		}
	}
	for _, pair := range [][2]string{{"“", "”"}, {"‘", "’"}, {"«", "»"}} {
		if inner, ok := strings.CutPrefix(s, pair[0]); ok {
			inner, _, _ = strings.Cut(inner, pair[1])
			return inner
		}
	}
	return s
}

// endValue cuts the rest of a sentence off the last value of an address.
// Dots at the end of a code stay: they say that it was shortened.
func endValue(name paramName, s string) string {
	if s != "" && s[0] < 0x80 {
		for i := range len(s) {
			if s[i] >= 0x80 {
				s = s[:i]
				break
			}
		}
	}
	if s == "" || strings.IndexByte("(<[{", s[0]) >= 0 || strings.Trim(s, ".") == "" {
		return s
	}
	if name != nameCode && name != nameGenericCode {
		s, _, _ = strings.Cut(s, "|")
		return strings.TrimRight(s, trailing)
	}
	for s != "" {
		c := s[len(s)-1]
		if strings.IndexByte(trailing, c) < 0 || c == '.' && strings.HasSuffix(s, "..") {
			break
		}
		s = s[:len(s)-1]
	}
	return s
}

// cutSellerID keeps the characters that a seller ID or vendor group can have.
// The brackets of a guide's sample stay, to be recognised.
func cutSellerID(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || !isLetter(s[0]) && (s[0] < '0' || s[0] > '9') {
		return s
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (c < '0' || c > '9') && c != '.' && c != '-' {
			return strings.TrimRight(s[:i], ".-")
		}
	}
	return strings.TrimRight(s, ".-")
}

// innerAddress returns the address in a parameter of a wrapper: mail
// protection, a search engine's or a chat's "you are leaving" page. Any wrapper
// that carries the address whole is understood, whatever its name.
func innerAddress(raw, path string) (string, bool) {
	switch {
	case strings.HasSuffix(path, "/v2/url") && strings.Contains(raw, "-3A"):
		// Proofpoint v2 writes "-" for "%" and "_" for "/".
		return unescape(strings.NewReplacer("-", "%", "_", "/").Replace(raw), false), true
	case strings.HasPrefix(raw, "aHR0c"), strings.HasPrefix(raw, "a1aHR0c"):
		// Base64 of "http"; Bing puts "a1" before it.
		raw = strings.TrimPrefix(raw, "a1")
		raw = strings.TrimRight(unescape(raw, false), "=")
		for _, enc := range []*base64.Encoding{base64.RawURLEncoding, base64.RawStdEncoding} {
			if b, err := enc.DecodeString(raw); err == nil {
				return strings.ToValidUTF8(string(b), "\uFFFD"), true
			}
		}
	case hasEscape(raw):
		return unescape(raw, false), true
	}
	return "", false
}

// unwrapURLDefense undoes Proofpoint's URL Defense v3,
// "…/v3/__ADDRESS__;BASE64!!…": each "*" in the address stands for a character
// of the Base64 part, and "**" with a letter for a run of them.
func unwrapURLDefense(s string) (string, bool) {
	_, rest, ok := strings.Cut(s, "/v3/__")
	if !ok {
		return "", false
	}
	inner, after, ok := strings.Cut(rest, "__;")
	if !ok {
		return inner, true
	}
	encoded, _, _ := strings.Cut(after, "!")
	chars, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil || len(chars) == 0 {
		return inner, true
	}
	const runs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	var b strings.Builder
	for i := 0; i < len(inner); i++ {
		if inner[i] != '*' {
			b.WriteByte(inner[i])
			continue
		}
		n := 1
		if i+2 < len(inner) && inner[i+1] == '*' {
			n = strings.IndexByte(runs, inner[i+2]) + 2
			i += 2
		}
		n = min(n, len(chars))
		b.Write(chars[:n])
		chars = chars[n:]
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD"), true
}

// hasForbiddenScheme reports a text that begins with something a browser runs
// or opens elsewhere.
func hasForbiddenScheme(text string) bool {
	i := 0
	for i < len(text) && i < 12 && isLetter(text[i]) {
		i++
	}
	if i == 0 || i+1 >= len(text) || text[i] != ':' || text[i+1] == ' ' || text[i+1] == '\n' {
		return false
	}
	switch strings.ToLower(text[:i]) {
	case "javascript", "vbscript", "data", "file", "ftp", "mailto", "about", "blob", "tel":
		return true
	}
	return false
}

// isWeb reports whether a scheme is http or https, also with its first letters
// cut off or defused ("hxxps") as in security mails.
func isWeb(scheme string) bool {
	switch scheme {
	case "", "http", "https", "ttp", "ttps", "tp", "tps", "p", "ps", "s", "hxxp", "hxxps":
		return true
	}
	return false
}

// hasHTTP reports that s begins with http:// or https://.
func hasHTTP(s string) bool {
	const longest = "https://"
	if len(s) > len(longest) {
		s = s[:len(longest)]
	}
	return len(s) >= 7 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s, longest))
}

// hasEscape reports that s holds an escaped separator, or an escaped escape.
func hasEscape(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		switch c, _ := hexByte(s, i+1); c {
		case '=', '?', ':', '&', '%':
			return true
		}
	}
	return false
}

// unescape decodes percent escapes and leaves alone what is none.
func unescape(s string, plusIsBlank bool) string {
	i := 0
	for i < len(s) && s[i] != '%' && (s[i] != '+' || !plusIsBlank) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for ; i < len(s); i++ {
		c := s[i]
		if c == '+' && plusIsBlank {
			c = ' '
		} else if v, ok := hexByte(s, i+1); c == '%' && ok {
			c = v
			i += 2
		}
		b = append(b, c)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// hexByte reads the two hex digits at s[i].
func hexByte(s string, i int) (byte, bool) {
	if i+1 >= len(s) || !isHex(s[i]) || !isHex(s[i+1]) {
		return 0, false
	}
	return hexValue(s[i])<<4 | hexValue(s[i+1]), true
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func isLetter(c byte) bool   { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isWordByte(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }
func isNameByte(c byte) bool { return isWordByte(c) || c == '-' || c == '.' || c == '*' || c == '%' }
func isBlank(c byte) bool    { return c == ' ' || c == '\t' || c == '\n' }

func isUpperAlnum(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// containsFold is strings.Contains without regard to ASCII case; sub is lower.
func containsFold(s, sub string) bool {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i]|0x20 == sub[0]|0x20 && strings.EqualFold(s[i:i+len(sub)], sub) {
			return true
		}
	}
	return false
}

// isAmazonDomain reports a host of any kind under a store's domain, such as
// www.amazon.co.jp, where people sign in.
func isAmazonDomain(host string) bool {
	host = "." + strings.ToLower(host)
	i := strings.LastIndex(host, ".amazon.")
	return i >= 0 && lwa.IsAmazonHost("sellercentral"+host[i:]) || host == ".www.vendorcentral.in"
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}
