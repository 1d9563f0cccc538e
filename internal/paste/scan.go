package paste

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/lwa"
)

// scan looks for credentials in a text, value by value.
type scan struct {
	text string

	clientIDs, secrets, tokens, sellers, markets, apps []sighting
	bare                                               []sighting // hexadecimal, perhaps a secret
	regions                                            []sighting // value: na, eu or fe
	unneeded                                           []Unneeded
	sandbox, hidden                                    bool
	seen                                               credentials

	row row // of the value that was seen last
}

// sighting is a value at a place.
type sighting struct {
	value      string
	start, end int
	// label is what comes before the value: its name in whatever notation.
	label string
	// off: in a comment, or under a name that says "old".
	off bool
}

// named reports that one of the words, in lower case, is in the name of a value.
func (x sighting) named(words ...string) bool {
	label := strings.ToLower(x.label)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(label, w) })
}

// words are the words of the name in lower case: "adsClientId", "ADS_CLIENT_ID".
func (x sighting) words() []string {
	var words []string
	from := 0
	for i := range len(x.label) + 1 {
		if i < len(x.label) && isLetter(x.label[i]) && (i == from || x.label[i] >= 'a' || x.label[i-1] < 'a') {
			continue
		}
		if i > from {
			words = append(words, strings.ToLower(x.label[from:i]))
		}
		from = i
		if i < len(x.label) && !isLetter(x.label[i]) {
			from++
		}
	}
	return words
}

// isOneOf reports that one of the words is in list.
func isOneOf(words []string, list ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// note keeps a sighting, and stops at more than anybody has. Credentials for
// Amazon Ads belong to another app; people keep them next to those for the SP-API.
func (s *scan) note(list *[]sighting, x sighting) {
	const most = 100
	switch {
	case isOneOf(x.words(), "ads", "advertising"):
		s.need(UnneededAds)
	case len(*list) < most:
		*list = append(*list, x)
	}
}

// run looks at every word once, and from there no further than a bounded
// number of bytes back for its name.
func (s *scan) run() {
	last := 0 // the end of the last value: another may follow it without a gap
	for i := 0; i < len(s.text); {
		if i > last && isWordByte(s.text[i-1]) || !isWordByte(s.text[i]) {
			i++
			continue
		}
		end := s.token(i)
		if end == i {
			end = s.amazonName(i)
		}
		if end == i {
			end = s.word(i)
		}
		last = end
		i = max(end, i+1)
	}
}

// token reads a token of Login with Amazon at i and returns where it ends.
func (s *scan) token(i int) int {
	shape := tokenAt(s.text[i:min(len(s.text), i+32)])
	s.seen.add(shape)
	switch shape {
	case ShapeRefreshToken:
		value, end := readToken(s.text, i)
		if value == "" {
			s.hidden = true
			return end
		}
		s.note(&s.tokens, s.sight(value, i, end))
		return end
	case ShapeAccessToken, ShapeGrantlessToken, ShapeRestrictedToken:
		s.need(UnneededAccessToken)
		_, end := readToken(s.text, i)
		return end
	case ShapePictureToken:
		s.hidden = true
	}
	return i
}

// amazonName reads an identifier that begins with "amzn" at i.
func (s *scan) amazonName(i int) int {
	const longest = 256 // far more than any ID
	rest := s.text[i:min(len(s.text), i+longest)]
	if !strings.HasPrefix(rest, "amzn1.") {
		if strings.HasPrefix(rest, "amzn.mws.") {
			s.need(UnneededMWSToken)
		}
		return i
	}
	n := applicationIDLen(rest)
	if next := strings.Index(rest[1:n], "amzn1."); next >= 0 {
		n = 1 + next
	}
	name := strings.TrimRight(rest[:n], ".-_")
	shape := classifyAmazonName(rest[:n])
	s.seen.add(shape)
	end := i + len(name)
	last := name[strings.LastIndexByte(name, '.')+1:]
	if isMasked(s.text[end:]) {
		s.hidden = true
		return i + n
	}
	if isSample(last) {
		return i + n
	}
	var list *[]sighting
	whole := true
	switch shape {
	case ShapeClientID:
		list, whole = &s.clientIDs, len(last) == clientHexDigits && isHexString(last)
	case ShapeClientSecret:
		list, whole = &s.secrets, len(last) == secretHexDigits && isHexString(last)
	case ShapeApplicationID:
		list, whole = &s.apps, isUUID(last)
	case ShapeVendorGroup:
		list, whole = &s.sellers, every(last, isDigit)
	}
	if list != nil && whole {
		s.note(list, s.sight(name, i, end))
	}
	s.hidden = s.hidden || !whole && list != &s.apps
	return i + n
}

// word reads any other word at i.
func (s *scan) word(i int) int {
	end := i
	for end < len(s.text) && isWordByte(s.text[end]) {
		end++
	}
	switch word := s.text[i:end]; {
	case len(word) == secretHexDigits && isHexString(word):
		s.seen.add(ShapeClientSecret)
		if !isMasked(s.text[end:]) && !isSample(word) {
			s.bareSecret(s.sight(word, i, end))
		}
	case isAWSKey(word):
		s.need(UnneededAWSKey)
	case word == "arn" && strings.HasPrefix(s.text[end:], ":aws"):
		s.need(UnneededRoleARN)
	case word[0] == 'A' && len(word) >= 10:
		s.amazonID(word, i, end)
	case len(word) <= len("NA_SANDBOX"):
		s.setting(word, i, end)
	case word == "sellingpartnerapi":
		s.endpoint(i, end)
	}
	return end
}

// endpoint reads a host such as sandbox.sellingpartnerapi-eu.amazon.com.
func (s *scan) endpoint(i, end int) {
	region := regionCode(s.text[min(end+1, len(s.text)):min(end+3, len(s.text))])
	if region == "" {
		return
	}
	x := s.sight(region, i, end)
	s.note(&s.regions, x)
	s.sandbox = s.sandbox || !x.off && strings.HasSuffix(s.text[:i], "sandbox.")
}

// isAWSKey reports an access key ID of AWS.
func isAWSKey(s string) bool {
	return len(s) == 20 && (strings.HasPrefix(s, "AKIA") || strings.HasPrefix(s, "ASIA")) && isUpperAlnum(s)
}

// bareSecret decides whether a hexadecimal value is a client secret. Checksums,
// JWT_SECRET, SESSION_SECRET and ENCRYPTION_KEY look the same. A value without a
// name counts if the text also has a Client ID.
func (s *scan) bareSecret(x sighting) {
	words := x.words()
	switch {
	case x.named("segredo", "シークレット", "機密", "秘密"), x.label == "" && s.standsAlone(x),
		isOneOf(words, "secret") && (len(words) == 1 || isOneOf(words, "client", "lwa", "amazon", "sp", "spapi", "selling", "app", "key")):
		s.note(&s.secrets, x)
	case x.label == "":
		s.note(&s.bare, x)
	}
}

// amazonID reads a marketplace ID or a seller ID.
func (s *scan) amazonID(word string, i, end int) {
	shape := Classify(word)
	if shape != ShapeMarketplaceID && shape != ShapeSellerID {
		return
	}
	x := s.sight(word, i, end)
	seller := !x.named("sku") && x.named("seller", "merchant", "selling", "出品", "セラー", "マーチャント", "vendedor", "comerciante", "販売")
	quoted := i > 0 && strings.IndexByte("\"'`", s.text[i-1]) >= 0
	const short = 12 // of the 13 or 14 characters of most
	switch cut := end < len(s.text) && (s.text[end] == '\n' || s.text[end] == '='); {
	case seller && cut && (quoted || len(word) < short):
		s.hidden = true // the rest of the ID is in the next line
	case shape == ShapeMarketplaceID:
		s.note(&s.markets, x)
	case seller || s.standsAlone(x):
		s.note(&s.sellers, x)
	}
}

// setting reads the short values that mean something only under their name.
func (s *scan) setting(word string, i, end int) {
	if len(word) == 2 && strings.HasPrefix(s.text[end:], "-") {
		// us-east-1, eu-west-1, us-west-2: as AWS names them.
		if name, ok := awsRegion(s.text[i:min(len(s.text), end+len("-east-1"))]); ok {
			word = name
		}
	}
	base, sandbox := strings.CutSuffix(strings.ToLower(word), "_sandbox")
	code, on := regionCode(base), slices.Contains([]string{"true", "1", "yes", "on", "sandbox"}, base)
	if code == "" && !on && (len(word) != 2 || !isLetter(word[0])) {
		return
	}
	market, isMarket := lwa.FindMarketplace(word)
	x := s.sight(word, i, end)
	switch {
	case x.off || x.label == "":
	case on:
		s.sandbox = s.sandbox || x.turnsSandboxOn(base)
	case code != "" && x.named("region", "リージョン", "região", "regiao", "地域", "endpoint"):
		x.value = code
		s.note(&s.regions, x)
		s.sandbox = s.sandbox || sandbox
	case isMarket && x.named("market", "マーケット", "country"):
		x.value = market.ID
		s.note(&s.markets, x)
	}
}

// turnsSandboxOn reports a switch such as sandbox=true or AWS_ENV=SANDBOX.
func (x sighting) turnsSandboxOn(value string) bool {
	return x.named("sandbox", "サンドボックス") || value == "sandbox" && x.named("env", "mode", "stage", "type", "ambiente", "環境", "種類")
}

func (s *scan) need(u Unneeded) {
	if !slices.Contains(s.unneeded, u) {
		s.unneeded = append(s.unneeded, u)
	}
}

// sight notes where a value is, under which name, and whether it is in use.
func (s *scan) sight(value string, start, end int) sighting {
	x := sighting{value: value, start: start, end: end, label: s.row.label(s.text, start)}
	if x.label == "" {
		x.label = labelBefore(s.text, start)
	}
	line := strings.TrimLeft(s.lineBefore(start), " \t")
	x.off = isComment(line)
	x.off = x.off || isOneOf(x.words(), "old", "previous", "expired", "antigo", "antiga") || strings.Contains(x.label, "旧")
	return x
}

// lineBefore is the part of the line before i, at most maxBack of it.
func (s *scan) lineBefore(i int) string {
	from := max(0, i-maxBack)
	before := s.text[from:i]
	return before[strings.LastIndexByte(before, '\n')+1:]
}

// isComment reports a line that a program would skip.
func isComment(line string) bool {
	for _, sign := range [...]string{"#", "//", ";", "--", "<!--", "REM ", "rem ", "/*", "'"} {
		if rest, ok := strings.CutPrefix(line, sign); ok {
			// The quoted key of a Python dictionary is no comment of Visual Basic.
			return sign != "'" || !strings.Contains(rest, "'")
		}
	}
	return false
}

// standsAlone reports that nothing but quotation marks and list signs is on the
// line of a value.
func (s *scan) standsAlone(x sighting) bool {
	const around = quotes + " \t,;*-•・>|"
	after, _, _ := strings.Cut(s.text[x.end:min(len(s.text), x.end+maxBack)], "\n")
	return strings.Trim(s.lineBefore(x.start), around) == "" && strings.Trim(after, around) == ""
}

// labelBefore returns the name of the value at i, in whatever notation: KEY=,
// "key": , <key>, | key |, 'key' =>, key：. If the line has none, it is the line
// above when that ends like a name.
func labelBefore(text string, i int) string {
	const between = " \t\"'`=:>|,([{.~^+&@]“”‘’「」『』"
	before := text[max(0, i-maxBack):i]
	for range 2 {
		before = strings.TrimRight(before, between)
		if before == "" || before[len(before)-1] == '\n' {
			return lineLabel(before)
		}
		from := strings.LastIndexAny(before, "\n\t\"'`=:>|,([{}])<;&“”‘’「」『』")
		label := before
		if from >= 0 {
			_, n := utf8.DecodeRuneInString(before[from:])
			label = before[from+n:]
			if before[from] == '\n' && from > 0 && (before[from-1] == '_' || strings.HasPrefix(label, "_")) {
				label = "cut " + label // "JWT_" and below it "SECRET="
			}
		}
		if name := strings.ToLower(strings.TrimSpace(label)); name != "value" && name != "valor" && name != "値" {
			return strings.TrimSpace(label)
		}
		before = before[:len(before)-len(label)]
	}
	return ""
}

// lineLabel is the last line of before, if it is a name: it ends in ":", "=" or
// an opening bracket, or gives the name of a "value:" below it.
func lineLabel(before string) string {
	before = strings.TrimRight(before, " \t\n")
	line := strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:])
	const longest = 60
	if line == "" || len(line) > longest {
		return ""
	}
	name := strings.TrimRight(line, " \t|>-")
	if name != "" && strings.IndexByte(":=([{", name[len(name)-1]) >= 0 || strings.HasSuffix(name, "】") || strings.Contains(line, "name:") || strings.Contains(line, `"name"`) {
		return strings.Trim(name, "=:([{\"'# \t")
	}
	return ""
}
