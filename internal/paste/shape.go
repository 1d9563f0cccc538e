package paste

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sellerkey/sellerkey/lwa"
)

// Shape says what a value looks like; "" when it looks like nothing known.
type Shape string

// The shapes, from the values in Amazon's documentation and samples. None is
// promised by Amazon, so none may block anything.
const (
	ShapeUnknown         Shape = ""
	ShapeApplicationID   Shape = "application_id"
	ShapeClientID        Shape = "client_id"
	ShapeClientSecret    Shape = "client_secret"
	ShapeRefreshToken    Shape = "refresh_token"
	ShapeAccessToken     Shape = "access_token"
	ShapeGrantlessToken  Shape = "grantless_token"
	ShapeRestrictedToken Shape = "restricted_token"
	ShapeSellerID        Shape = "seller_id"
	ShapeVendorGroup     Shape = "vendor_group"
	ShapeMarketplaceID   Shape = "marketplace_id"
	ShapeURL             Shape = "url"
	// ShapePictureToken: text read off a picture ("Atzai…"): the bar after
	// "Atza" or "Atzr" became a letter, and nobody knows what else changed.
	ShapePictureToken Shape = "picture_token"
)

const (
	clientIDPrefix  = "amzn1.application-oa2-client."
	secretPrefix    = "amzn1.oa2-cs.v1."
	solutionPrefix  = "amzn1.sp.solution."
	sellerAppPrefix = "amzn1.sellerapps.app."
	vendorPrefix    = "amzn1.vg."
	secretHexDigits = 64
)

// Classify says what a single value looks like.
func Classify(text string) Shape {
	s := strings.TrimSpace(text)
	if shape := tokenAt(s); shape != ShapeUnknown {
		return shape
	}
	switch {
	case strings.HasPrefix(s, "amzn1."):
		return classifyAmazonName(s)
	case len(s) == secretHexDigits && isHexString(s):
		return ShapeClientSecret
	case hasHTTP(s):
		return ShapeURL
	case len(s) >= 10 && len(s) <= 16 && s[0] == 'A' && isUpperAlnum(s):
		if _, ok := lwa.FindMarketplace(s); ok {
			return ShapeMarketplaceID
		}
		// 13 or 14 characters in most; a run of letters is a word in capitals.
		if strings.ContainsAny(s, "0123456789") {
			return ShapeSellerID
		}
	}
	return ShapeUnknown
}

func classifyAmazonName(s string) Shape {
	switch {
	case strings.HasPrefix(s, clientIDPrefix):
		return ShapeClientID
	case strings.HasPrefix(s, "amzn1.oa2-cs."):
		return ShapeClientSecret
	case strings.HasPrefix(s, "amzn1.sp."), strings.HasPrefix(s, "amzn1.sellerapps."):
		return ShapeApplicationID
	case strings.HasPrefix(s, vendorPrefix):
		return ShapeVendorGroup
	}
	return ShapeUnknown
}

// tokenAt says which token s begins with. The bar may still be escaped.
func tokenAt(s string) Shape {
	if len(s) < 4 || s[0] != 'A' || s[1] != 't' {
		return ShapeUnknown
	}
	for _, t := range [...]struct {
		prefix string
		shape  Shape
	}{
		{"Atzr", ShapeRefreshToken}, {"Atza", ShapeAccessToken}, {"Atc", ShapeGrantlessToken}, {"Atz.sprdt", ShapeRestrictedToken},
	} {
		rest, ok := strings.CutPrefix(s, t.prefix)
		if !ok || rest == "" {
			continue
		}
		switch {
		case rest[0] == '|' || len(rest) >= 3 && strings.EqualFold(rest[:3], "%7C"):
			return t.shape
		case len(t.prefix) == 4 && isPictureBar(rest):
			return ShapePictureToken
		}
	}
	return ShapeUnknown
}

// isPictureBar reports what text recognition, and some fonts, make of the bar.
func isPictureBar(s string) bool {
	for _, bar := range [...]string{"i", "I", "l", "1", "!", "¦", "│", "ǀ", "∣", "/"} {
		if strings.HasPrefix(s, bar) {
			return true
		}
	}
	// Without any bar a token would be a very long word.
	return len(s) >= 20 && isWordByte(s[0])
}

// credentials is what findCredentials saw.
type credentials struct {
	refresh, access, picture, clientSecret, clientID, applicationID bool
}

func (c credentials) anyToken() bool { return c.refresh || c.access || c.picture }

// findCredentials looks for values that belong into other boxes anywhere in
// a text.
func findCredentials(text string) credentials {
	var c credentials
	for i := 0; i < len(text); i++ {
		if i > 0 && isWordByte(text[i-1]) {
			continue
		}
		switch text[i] {
		case 'A':
			switch tokenAt(text[i:min(len(text), i+32)]) {
			case ShapeRefreshToken:
				c.refresh = true
			case ShapeAccessToken, ShapeGrantlessToken, ShapeRestrictedToken:
				c.access = true
			case ShapePictureToken:
				c.picture = true
			}
		case 'a':
			if strings.HasPrefix(text[i:], "amzn1.") {
				switch classifyAmazonName(text[i:min(len(text), i+64)]) {
				case ShapeClientID:
					c.clientID = true
				case ShapeClientSecret:
					c.clientSecret = true
				case ShapeApplicationID:
					c.applicationID = true
				}
			}
		}
		if isHex(text[i]) {
			n := i
			for n < len(text) && n-i <= secretHexDigits && isHex(text[n]) {
				n++
			}
			if n-i == secretHexDigits && (n == len(text) || !isWordByte(text[n])) {
				c.clientSecret = true
			}
		}
	}
	return c
}

// isTokenAnswer reports a whole answer of the token endpoint, as Postman and
// browsers show it.
func isTokenAnswer(text string) bool {
	return strings.Contains(text, `"access_token"`) &&
		(strings.Contains(text, `"token_type"`) || strings.Contains(text, `"refresh_token"`) || strings.Contains(text, `"expires_in"`))
}

func isHexString(s string) bool {
	for i := range len(s) {
		if !isHex(s[i]) {
			return false
		}
	}
	return s != ""
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return false
			}
		} else if !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isAlnum(s string) bool {
	for i := range len(s) {
		if s[i] == '_' || !isWordByte(s[i]) {
			return false
		}
	}
	return s != ""
}

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
	var repairs []Repair
	did := func(r Repair) { repairs = append(repairs, r) }
	s, m := text, marks(0)
	if folded := foldCharacters(s, &m); folded != s {
		if strings.ContainsFunc(s, func(r rune) bool { return r >= '！' && r <= '～' }) {
			did(RepairFullWidth)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return isInvisible(r) && r != '\n' && r != '\t' && r != '\r' && r != '\u0085' }) {
			did(RepairInvisible)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 && unicode.IsSpace(r) }) && !strings.ContainsAny(s, " \t") {
			did(RepairBlanks)
		}
		if strings.ContainsRune(s, '\r') && !strings.ContainsRune(s, '\n') {
			did(RepairLineBreaks)
		}
		s = folded
	}
	if strings.ContainsRune(text, '\n') {
		did(RepairLineBreaks)
	}
	s = strings.TrimSpace(s)
	if value, ok := cutLabel(s); ok {
		did(RepairLabel)
		s = value
	}
	if bare := strings.Trim(s, quotes+",; \n\t"); bare != s && bare != "" {
		if strings.Trim(s, ",; \n\t") != bare {
			did(RepairQuotes)
		}
		s = bare
	}
	joined := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' {
			return -1
		}
		return r
	}, s)
	if strings.ContainsAny(text, " \t") && (joined != s || strings.TrimSpace(text) != text) {
		did(RepairBlanks)
	}
	s = joined
	if i := strings.Index(s, "%7"); i > 0 && i <= len("Atz.sprdt") && tokenAt(s) != ShapeUnknown {
		did(RepairEscape)
		s = s[:i] + "|" + s[i+3:]
	}
	return s, repairs
}

// quotes are the quotation marks that text programs put around a value.
const quotes = "\"'`“”„‟‘’‚‛«»‹›「」『』"

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

// Field is a box for a credential.
type Field string

// The boxes.
const (
	FieldClientID     Field = "client_id"
	FieldClientSecret Field = "client_secret"
	FieldRefreshToken Field = "refresh_token"
)

// Hint is a soft remark about what stands in a box. It never blocks: Amazon
// may change the form of any value.
type Hint string

// The hints.
const (
	HintIsApplicationID Hint = "is_application_id"
	HintIsClientID      Hint = "is_client_id"
	HintIsClientSecret  Hint = "is_client_secret"
	HintIsRefreshToken  Hint = "is_refresh_token"
	HintIsAccessToken   Hint = "is_access_token"
	HintIsPictureText   Hint = "is_picture_text"
	HintIsSellerID      Hint = "is_seller_id"
	HintIsURL           Hint = "is_url"
	HintUnusualShape    Hint = "unusual_shape"
	HintTooShort        Hint = "too_short"
	HintSameAsClientID  Hint = "same_as_client_id"
)

// CheckField returns the hints for what stands in a box, none for an empty one.
func CheckField(field Field, text string) []Hint {
	s, _ := Tidy(text)
	if s == "" {
		return nil
	}
	switch shape := Classify(s); shape {
	case Shape(field), ShapeUnknown:
		return checkForm(field, s)
	case ShapeApplicationID:
		return []Hint{HintIsApplicationID}
	case ShapeClientID:
		return []Hint{HintIsClientID}
	case ShapeClientSecret:
		return []Hint{HintIsClientSecret}
	case ShapeRefreshToken:
		return []Hint{HintIsRefreshToken}
	case ShapeAccessToken, ShapeGrantlessToken, ShapeRestrictedToken:
		return []Hint{HintIsAccessToken}
	case ShapePictureToken:
		return []Hint{HintIsPictureText}
	case ShapeSellerID, ShapeVendorGroup, ShapeMarketplaceID:
		return []Hint{HintIsSellerID}
	case ShapeURL:
		return []Hint{HintIsURL}
	}
	return nil
}

// checkForm compares a value with the form that its box usually holds: a client
// ID ends in 32 hex digits, a secret in 64, and no known refresh token is
// shorter than 100 characters.
func checkForm(field Field, s string) []Hint {
	const shortestRefreshToken = 100
	var usual, short bool
	switch field {
	case FieldClientID:
		hex, ok := strings.CutPrefix(s, clientIDPrefix)
		usual = ok && isHexString(hex) && len(hex) == 32
		short = ok && len(hex) < 32
	case FieldClientSecret:
		hex, ok := strings.CutPrefix(s, secretPrefix)
		usual = isHexString(hex) && len(hex) == secretHexDigits
		short = len(hex) < secretHexDigits && (ok || isHexString(hex))
	case FieldRefreshToken:
		usual = strings.HasPrefix(s, "Atzr|") && isASCII(s)
		short = usual && len(s) < shortestRefreshToken
	}
	switch {
	case short:
		return []Hint{HintTooShort}
	case !usual:
		return []Hint{HintUnusualShape}
	}
	return nil
}

// CheckPair returns the hint for a client ID that stands in both boxes.
func CheckPair(clientID, clientSecret string) []Hint {
	id, _ := Tidy(clientID)
	secret, _ := Tidy(clientSecret)
	if id != "" && id == secret {
		return []Hint{HintSameAsClientID}
	}
	return nil
}

// FindRefreshToken reads a refresh token from what people paste into its box:
// the token alone, also cut into lines, a whole answer of the token endpoint as
// Postman shows it, or a text with the token in it. A single word of unknown form
// passes too. Every error is a [*Error]; of kind [NotRedirect] if there
// is nothing like a token. Text read off a picture is refused, because a guess at the one
// wrong character is no token.
func FindRefreshToken(text string) (lwa.Secret, error) {
	refuse := func(kind Kind) (lwa.Secret, error) { return lwa.Secret{}, &Error{Kind: kind} }
	if len(text) > maxPaste {
		return refuse(TooLarge)
	}
	var m marks
	text = stripGutters(decodeLayers(strings.TrimSpace(text), &m))
	if text == "" {
		return refuse(Empty)
	}
	tokens := refreshTokens(text)
	switch {
	case len(tokens) == 1:
		return lwa.NewSecret(tokens[0]), nil
	case len(tokens) > 1:
		return refuse(Ambiguous)
	}
	c := findCredentials(text)
	switch {
	case c.picture:
		return refuse(PictureText)
	case c.refresh: // "Atzr|" and nothing behind it, or dots
		return refuse(Truncated)
	case c.access:
		return refuse(AccessToken)
	}
	r := reading{text: text}
	if kind := r.credentialKind(); kind != "" && kind != TokenAnswer {
		return refuse(kind)
	}
	if isTemplate(text) || isSample(text) {
		return refuse(Placeholder)
	}
	// Amazon promises no form, so a word of a form that is not known passes,
	// with the hint of [CheckField].
	if word, _ := Tidy(text); Classify(word) == ShapeUnknown && isASCII(word) && len(strings.Fields(text)) == 1 && len(word) >= 8 {
		return lwa.NewSecret(word), nil
	}
	return refuse(NotRedirect)
}

// refreshTokens returns the different refresh tokens in a text.
func refreshTokens(text string) []string {
	var tokens []string
	for i := 0; ; {
		n := strings.Index(text[i:], "Atzr")
		if n < 0 {
			return tokens
		}
		i += n
		if i > 0 && isWordByte(text[i-1]) || tokenAt(text[i:min(len(text), i+16)]) != ShapeRefreshToken {
			i++
			continue
		}
		quoted := i > 0 && strings.IndexByte(quotes, text[i-1]) >= 0
		token, end := wholeToken(text, i, quoted)
		i = end
		if token != "" && !slices.Contains(tokens, token) && len(tokens) < 2 {
			tokens = append(tokens, token)
		}
	}
}

// wholeToken reads the token at i. Inside quotation marks blanks and line breaks
// do not end it. Otherwise it goes on over a line break as long as lines hold
// nothing else, which a sentence never does.
func wholeToken(text string, i int, quoted bool) (token string, end int) {
	var b strings.Builder
	b.WriteString("Atzr|")
	i += len("Atzr|")
	if text[i-1] != '|' {
		i += len("%7C") - len("|")
	}
	for i < len(text) {
		c := text[i]
		switch {
		case isWordByte(c) || c == '-' || c == '+' || c == '/' || c == '=' || c == '~' || c == '|':
			b.WriteByte(c)
		case c == '.' && strings.HasPrefix(text[i:], ".."):
			return "", i // shortened
		case isBlank(c) && quoted:
		case c == '\n' && isTokenLine(text[i+1:]):
		default:
			return finishToken(b.String()), i
		}
		i++
	}
	return finishToken(b.String()), i
}

func finishToken(s string) string {
	if len(s) < len("Atzr|")+4 || isSample(s[len("Atzr|"):]) {
		return ""
	}
	return s
}

// isTokenLine reports that a line holds one long word with a digit in it, as
// a wrapped token does.
func isTokenLine(text string) bool {
	const longest = 4096
	line, _, _ := strings.Cut(text[:min(len(text), longest)], "\n")
	line = strings.TrimSpace(line)
	return line != "" && !strings.ContainsAny(line, " \t:") && tokenAt(line) == ShapeUnknown && looksMachineMade(line)
}
