package paste

import (
	"strings"

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
	// "Atza" or "Atzr" became a letter, and anything else may have changed.
	ShapePictureToken Shape = "picture_token"
)

const (
	clientIDPrefix  = "amzn1.application-oa2-client."
	secretPrefix    = "amzn1.oa2-cs.v1."
	solutionPrefix  = "amzn1.sp.solution."
	sellerAppPrefix = "amzn1.sellerapps.app."
	vendorPrefix    = "amzn1.vg."
	clientHexDigits = 32
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

// isTokenAnswer reports a whole answer of the token endpoint, as Postman and
// browsers show it.
func isTokenAnswer(text string) bool {
	return strings.Contains(text, `"access_token"`) &&
		(strings.Contains(text, `"token_type"`) || strings.Contains(text, `"refresh_token"`) || strings.Contains(text, `"expires_in"`))
}

// isApplicationID reports a word that begins as application IDs do.
func isApplicationID(s string) bool {
	return hasPrefixFold(s, "amzn1.sp.") || hasPrefixFold(s, "amzn1.sellerapps.")
}

// applicationIDLen is the length of the application ID that s begins with.
func applicationIDLen(s string) int {
	n := 0
	for n < len(s) && (isWordByte(s[n]) || s[n] == '.' || s[n] == '-') {
		n++
	}
	return n
}

// credentials are the kinds of values that a text has, whole or cut.
type credentials struct {
	refresh, access, picture, clientSecret, clientID, applicationID bool
}

func (c *credentials) add(shape Shape) {
	switch shape {
	case ShapeRefreshToken:
		c.refresh = true
	case ShapeAccessToken, ShapeGrantlessToken, ShapeRestrictedToken:
		c.access = true
	case ShapePictureToken:
		c.picture = true
	case ShapeClientSecret:
		c.clientSecret = true
	case ShapeClientID:
		c.clientID = true
	case ShapeApplicationID:
		c.applicationID = true
	}
}

func (c credentials) anyToken() bool { return c.refresh || c.access || c.picture }
