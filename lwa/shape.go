package lwa

import "strings"

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
		if _, ok := FindMarketplace(s); ok {
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
)

// Tidy takes the accidents of copying off a credential.
func Tidy(text string) (string, []Repair) { return text, nil }

// Field is a box for a credential.
type Field string

// The boxes.
const (
	FieldClientID     Field = "client_id"
	FieldClientSecret Field = "client_secret"
	FieldRefreshToken Field = "refresh_token"
)

// Hint is a soft remark about what stands in a box; it never blocks.
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

// CheckField returns the hints for what stands in a box.
func CheckField(field Field, text string) []Hint { return nil }

// CheckPair returns the hints for client ID and secret together.
func CheckPair(clientID, clientSecret string) []Hint { return nil }

// FindRefreshToken reads a refresh token: bare, or out of a whole answer of
// the token endpoint.
func FindRefreshToken(text string) (Secret, error) {
	return Secret{}, &PasteError{Kind: PasteEmpty}
}
