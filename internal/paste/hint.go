package paste

import (
	"strings"

	"github.com/sellerkey/sellerkey/internal/value"
)

// Hint is a soft remark about what is in a box. It never blocks: Amazon
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
	HintIsAWSKey        Hint = "is_aws_key"
	HintUnusualShape    Hint = "unusual_shape"
	HintTooShort        Hint = "too_short"
	HintSameAsClientID  Hint = "same_as_client_id"
)

// BelongsElsewhere reports whether a hint says for certain that a value belongs
// into another field. Such a value is not sent: a client secret that goes out as
// client_id, with a code that lives five minutes, costs the code. All other
// hints only warn.
func (h Hint) BelongsElsewhere() bool {
	switch h {
	case HintIsApplicationID, HintIsClientID, HintIsClientSecret, HintIsRefreshToken, HintIsAccessToken, HintIsURL, HintSameAsClientID:
		return true
	}
	return false
}

// Take reads the value of a field from what was pasted into it: the value
// itself with the accidents of copying (see [Tidy]), or a text that holds it
// among others. A refresh token is for [FindRefreshToken].
func Take(field value.ID, text string) (string, []Repair) {
	tidied, repairs := Tidy(text)
	if tidied == "" || len(checkForm(field, tidied)) == 0 {
		return tidied, repairs
	}
	f, err := FindCredentials(text)
	if err != nil {
		return tidied, repairs
	}
	found := ""
	switch field {
	case value.ClientID:
		found = f.ClientID
	case value.ClientSecret:
		found = f.ClientSecret.Reveal()
	case value.RefreshToken:
		if len(f.Refresh) == 1 {
			found = f.Refresh[0].Token.Reveal()
		}
	case value.SellerID:
		found = f.SellerID
	}
	if found == "" || found == tidied {
		return tidied, repairs
	}
	return found, []Repair{RepairLabel}
}

// CheckField returns the hints for what is in a box, and none for an empty one.
func CheckField(field value.ID, text string) []Hint {
	s, _ := Take(field, text)
	if s == "" {
		return nil
	}
	if isAWSKey(s) {
		return []Hint{HintIsAWSKey}
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
func checkForm(field value.ID, s string) []Hint {
	const shortestRefreshToken = 100
	var usual, short bool
	switch field {
	case value.ClientID:
		hex, ok := strings.CutPrefix(s, clientIDPrefix)
		usual = ok && isHexString(hex) && len(hex) == clientHexDigits
		short = ok && len(hex) < clientHexDigits
	case value.ClientSecret:
		hex, ok := strings.CutPrefix(s, secretPrefix)
		usual = isHexString(hex) && len(hex) == secretHexDigits
		short = len(hex) < secretHexDigits && (ok || isHexString(hex))
	case value.RefreshToken:
		if strings.HasPrefix(s, "Atzr|lw") {
			// Every token seen begins "Atzr|I": a picture makes "l" of the capital.
			return []Hint{HintIsPictureText}
		}
		usual = strings.HasPrefix(s, "Atzr|") && tokenRun(s[len("Atzr|"):]) == len(s)-len("Atzr|")
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

// CheckPair returns the hint for a client ID that is in both boxes.
func CheckPair(clientID, clientSecret string) []Hint {
	id, _ := Take(value.ClientID, clientID)
	secret, _ := Take(value.ClientSecret, clientSecret)
	if id != "" && id == secret {
		return []Hint{HintSameAsClientID}
	}
	return nil
}
