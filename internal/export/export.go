// Package export writes the credentials of an account the way the libraries
// for Amazon's SP-API read them: "Use it in…".
//
// [Targets] is the table of what is known. A [Target] renders text for the
// clipboard, and some merge into a file that is there already without losing
// what else is in it. [WriteFile] puts such text into a file.
//
// Whatever this package returns is plain text with secrets in it. Amazon's data
// protection policy wants them in a secret store
// (https://developer-docs.amazon.com/sp-api/docs/safeguarding-sensitive-credentials),
// so a file is for those who were warned and still want one. Errors never hold
// a value, only its name.
package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/lwa"
)

// Values is what an export can hold. Which of them a target needs differs; a
// needed one that is empty is refused with [KindMissing].
type Values struct {
	ClientID                   string
	ClientSecret, RefreshToken lwa.Secret
	// SellerID and Marketplace (a country code or marketplace ID) may be empty.
	SellerID, Marketplace string
	// Region is the one of Marketplace when it is empty.
	Region lwa.Region
	// AccountName is the name that the tool keeps the credentials under, where
	// it can keep several (python-amazon-sp-api: a section of credentials.yml,
	// an ending of environment variables). Empty is the tool's default. It is
	// not the name of the account in SellerKey, which may be any text.
	AccountName string
}

// Kind says why there is no export, or why a file was not written. Its value is
// a stable identifier and the key of its message.
type Kind string

// What can go wrong in making the text.
const (
	// KindMissing: the target needs a value that is empty; Error.Value names it.
	KindMissing Kind = "missing_value"
	// KindControl: a value holds a line break, another control character or
	// bytes that are no text. No credential does; it was copied wrongly.
	KindControl Kind = "control_character"
	// KindEquals: the target's reader drops lines with a second "=".
	KindEquals Kind = "equals_sign"
	// KindQuotes: the value mixes quotation marks, "$" or backslashes in a way
	// that the readers of the format understand differently.
	KindQuotes Kind = "quotes"
	// KindBlanks: the target's reader takes blanks off the ends of a value.
	KindBlanks Kind = "blank_ends"
	// KindAccountName: no environment variable can have this name.
	KindAccountName Kind = "account_name"
	// KindUnknownRegion: the region is none of Amazon's three.
	KindUnknownRegion Kind = "unknown_region"
	// KindCannotMerge: the existing file is damaged, or written in a way in
	// which nothing can be added safely. Error.Line says where, if known.
	KindCannotMerge Kind = "cannot_merge"
	// KindNoMerge: the target does not merge.
	KindNoMerge Kind = "no_merge"
)

// What can go wrong with a file.
const (
	// KindExists: there is a file, and overwriting was not allowed.
	KindExists Kind = "exists"
	// KindRefused: the system does not allow it.
	KindRefused Kind = "refused"
	// KindFull: the disk or the quota is full.
	KindFull Kind = "full"
	// KindNotAFile: a folder or a device has that name, or a file is where a
	// folder should be.
	KindNotAFile Kind = "not_a_file"
	// KindLink: the name is a symbolic link. It is not followed: it may lead to
	// a shared or synchronised folder, and replacing it would cut it off.
	KindLink Kind = "link"
	// KindTooLarge: the existing file is too large to be a file of credentials.
	KindTooLarge Kind = "too_large"
	// KindChanged: another program wrote to the file while it was merged.
	KindChanged Kind = "changed"
	// KindFailed: another failure of the file system.
	KindFailed Kind = "failed"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		KindMissing, KindControl, KindEquals, KindQuotes, KindBlanks, KindAccountName, KindUnknownRegion, KindCannotMerge, KindNoMerge,
		KindExists, KindRefused, KindFull, KindNotAFile, KindLink, KindTooLarge, KindChanged, KindFailed,
	}
}

// String returns the stable identifier.
func (k Kind) String() string { return string(k) }

// What an [Error] names beside [lwa.Values].
const (
	ValueMarketplace lwa.Value = "marketplace"
	ValueAccountName lwa.Value = "account_name"
)

// Error is every error of this package.
type Error struct {
	Kind Kind
	// Value names the value that is the matter, if it is one.
	Value lwa.Value
	// Line is the line of an existing file, 0 when unknown.
	Line int
	// Path is the file, "" when there is none.
	Path  string
	cause error
}

// Error is for logs. It holds no value and no path.
func (e *Error) Error() string {
	if e.Value == "" {
		return "export: " + string(e.Kind)
	}
	return "export: " + string(e.Kind) + ": " + string(e.Value)
}

// Unwrap returns the system's error, if there is one.
func (e *Error) Unwrap() error { return e.cause }

// plain is Values with everything revealed and filled in. It exists only while
// a text is made.
type plain struct {
	clientID, clientSecret, refreshToken string
	sellerID, marketplace, marketplaceID string
	region                               lwa.Region
	account                              string
}

// need is a set of values that a target cannot do without.
type need uint8

const (
	needApp need = 1 << iota // client ID and secret
	needToken
	needRegion
)

// open reveals and checks the values.
func (v Values) open(needs need) (plain, error) {
	p := plain{
		clientID: v.ClientID, clientSecret: v.ClientSecret.Reveal(), refreshToken: v.RefreshToken.Reveal(),
		sellerID: v.SellerID, marketplace: v.Marketplace, region: v.Region, account: v.AccountName,
	}
	if m, ok := lwa.FindMarketplace(v.Marketplace); ok {
		p.marketplace, p.marketplaceID = m.Code, m.ID
		if p.region == "" {
			p.region = m.Region
		}
	}
	for _, x := range []struct {
		name   lwa.Value
		value  string
		needed bool
	}{
		{lwa.ValueClientID, p.clientID, needs&needApp != 0},
		{lwa.ValueClientSecret, p.clientSecret, needs&needApp != 0},
		{lwa.ValueRefreshToken, p.refreshToken, needs&needToken != 0},
		{ValueMarketplace, string(p.region), needs&needRegion != 0},
		{ValueMarketplace, p.marketplace, false},
		{lwa.ValueSellerID, p.sellerID, false},
		{ValueAccountName, p.account, false},
	} {
		if x.needed && x.value == "" {
			return plain{}, &Error{Kind: KindMissing, Value: x.name}
		}
		if !isOneLine(x.value) {
			return plain{}, &Error{Kind: KindControl, Value: x.name}
		}
	}
	switch p.region {
	case "", lwa.NorthAmerica, lwa.Europe, lwa.FarEast:
	default:
		return plain{}, &Error{Kind: KindUnknownRegion, Value: ValueMarketplace}
	}
	return p, nil
}

// isOneLine reports that s is text without control characters and without the
// characters that some languages take for line breaks.
func isOneLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}
