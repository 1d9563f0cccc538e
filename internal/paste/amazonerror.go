package paste

import (
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// AmazonError is an error code of Amazon's permission page.
type AmazonError struct {
	Code string
	Who  lwa.Actor
	// Fix is what the app can do about it by itself.
	Fix Fix
}

// Fix is what the app itself can do about an error of the permission page.
type Fix string

// The fixes.
const (
	FixNone             Fix = ""
	FixDraftOn          Fix = "draft_on"  // add version=beta
	FixDraftOff         Fix = "draft_off" // leave it out
	FixDropRedirectURI  Fix = "drop_redirect_uri"
	FixOtherMarketplace Fix = "other_marketplace"
	FixReopen           Fix = "reopen"
)

// AmazonErrors returns the known codes, the commonest first, for a list to
// pick from. Amazon documents about half of them
// (https://developer-docs.amazon.com/sp-api/docs/authorization-errors); MD5100
// rests on a reply of Amazon's, MD4010, MD9000, MD9001 and MD9999 on what
// people found out in public threads.
func AmazonErrors() []AmazonError {
	return []AmazonError{
		// A draft app without version=beta; also a link that lost its parameters.
		{"MD1000", lwa.ActorSeller, FixDraftOn},
		// The redirect URI is not among the registered ones.
		{"MD5101", lwa.ActorSeller, FixDropRedirectURI},
		// The redirect URI has a fragment.
		{"MD5110", lwa.ActorSeller, FixDropRedirectURI},
		// Login URI and redirect URI must both be registered.
		{"MD5100", lwa.ActorAppOwner, FixDropRedirectURI},
		{"MD9100", lwa.ActorAppOwner, FixNone},
		// Not eligible: not published yet, no OAuth addresses, another region.
		{"MD9000", lwa.ActorProvider, FixOtherMarketplace},
		{"MD9001", lwa.ActorProvider, FixNone},
		// A hybrid MWS app has no developer ID in this region.
		{"MD9010", lwa.ActorProvider, FixOtherMarketplace},
		// Anything, often a published app opened with version=beta.
		{"MD9999", lwa.ActorSeller, FixDraftOff},
		// The link has no application ID, often lost at the account picker.
		{"MD4010", lwa.ActorSeller, FixReopen},
		// Not the primary user of the account.
		{"SPDC8143", lwa.ActorSeller, FixReopen},
		// The app does not support this kind of account.
		{"SPSA0404", lwa.ActorProvider, FixOtherMarketplace},
		// The vendor group lacks a role (SPDS-VC-MYA).
		{"SPSA2043", lwa.ActorSeller, FixReopen},
		// The app has all the authorizations that it may have.
		{"CONSENT_LIMIT_REACHED", lwa.ActorProvider, FixNone},
	}
}

// limitReached is the one code that is words.
const limitReached = "CONSENT_LIMIT_REACHED"

// FindAmazonError finds an error code of the permission page in a code alone, a
// sentence or the text of a page, in any case. Codes of the same form that are
// in no list ("MD4100") are found too. A known code goes before an unknown one.
func FindAmazonError(text string) (code string, ok bool) {
	unknown := ""
	for i := 0; i < len(text); i++ {
		switch text[i] | 0x20 {
		case 'm', 's', 'c', 'o':
		default:
			continue
		}
		if i > 0 && isWordByte(text[i-1]) {
			continue
		}
		found := amazonCodeAt(text[i:])
		switch {
		case found == "":
		case isKnownAmazonCode(found):
			return found, true
		case unknown == "":
			unknown = found
		}
	}
	return unknown, unknown != ""
}

// amazonCodeAt reads a code at the beginning of s: MD and four digits, SP, two
// letters and four digits, or the words for the limit.
func amazonCodeAt(s string) string {
	if len(s) >= len(limitReached) && strings.EqualFold(s[:len(limitReached)], limitReached) {
		return limitReached
	}
	// The page's own sentence names the "OAuthorization usage limit".
	const sentence = "oauthorization usage limit"
	if len(s) >= len(sentence) && strings.EqualFold(s[:len(sentence)], sentence) {
		return limitReached
	}
	letters := 2
	switch {
	case len(s) >= 6 && strings.EqualFold(s[:2], "MD"):
	case len(s) >= 8 && strings.EqualFold(s[:2], "SP") && isLetter(s[2]) && isLetter(s[3]):
		letters = 4
	default:
		return ""
	}
	end := letters + 4
	for _, c := range []byte(s[letters:end]) {
		if c < '0' || c > '9' {
			return ""
		}
	}
	if end < len(s) && isWordByte(s[end]) {
		return ""
	}
	return strings.ToUpper(s[:end])
}

func isKnownAmazonCode(code string) bool {
	for _, e := range AmazonErrors() {
		if e.Code == code {
			return true
		}
	}
	return false
}
