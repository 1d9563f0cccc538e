// Package export writes the credentials of an account in the formats of the
// libraries for Amazon's SP-API: "Use it in…".
//
// [Targets] is the table of formats. A [Target] renders text for the clipboard;
// some also merge into an existing file and leave everything else in it alone.
// [Files] writes to files.
//
// The results are plain text with secrets. Amazon's data protection policy wants
// credentials in a secret store
// (https://developer-docs.amazon.com/sp-api/docs/safeguarding-sensitive-credentials),
// so files are for people who were warned and still want one. Errors name values
// and never contain them.
package export

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Values is what an export can contain. Targets need different ones; a needed one
// that is empty is [KindMissing].
type Values struct {
	ClientID                   string
	ClientSecret, RefreshToken lwa.Secret
	// SellerID and Marketplace (a country code or marketplace ID) may be empty.
	SellerID, Marketplace string
	// Region defaults to that of Marketplace.
	Region lwa.Region
	// Sandbox: the credentials are a sandbox app's. Targets set the switch of their
	// library; see [Target.SandboxByHand].
	Sandbox bool
	// AccountName is the name of the credentials in a tool that can have several
	// (python-amazon-sp-api: a section of credentials.yml, a suffix of
	// environment variables). Empty is the tool's default. It is not the name of
	// the account in SellerKey, which may be any text.
	AccountName string
}

// Kind says why there is no export, or why a file was not written: a stable
// identifier, and the key of its message.
type Kind string

// Errors of making the text.
const (
	// KindMissing: a value that the target needs is empty; Error.Value names it.
	KindMissing Kind = "missing_value"
	// KindControl: a value contains a line break, another control character or
	// invalid UTF-8. No credential does; it was copied wrongly.
	KindControl Kind = "control_character"
	// KindEquals: the target's reader drops lines with a second "=".
	KindEquals Kind = "equals_sign"
	// KindQuotes: the value mixes quotation marks, "$" or backslashes in a way
	// that the readers of the format understand differently.
	KindQuotes Kind = "quotes"
	// KindBlanks: the target's reader trims values.
	KindBlanks Kind = "blank_ends"
	// KindAccountName: an environment variable cannot have this name.
	KindAccountName Kind = "account_name"
	// KindUnknownRegion: the region is not na, eu or fe.
	KindUnknownRegion Kind = "unknown_region"
	// KindCannotMerge: the existing file is damaged, or written in a way that
	// does not allow to add anything safely. Error.Line says where, if known.
	KindCannotMerge Kind = "cannot_merge"
	// KindNoMerge: the target does not merge.
	KindNoMerge Kind = "no_merge"
)

// Errors of files.
const (
	// KindExists: there is a file, and overwriting was not requested.
	KindExists Kind = "exists"
	// KindRefused: the system does not allow it.
	KindRefused Kind = "refused"
	// KindFull: the disk or the quota is full.
	KindFull Kind = "full"
	// KindNotAFile: the path is a folder or a device, or leads through a file.
	KindNotAFile Kind = "not_a_file"
	// KindLink: the name is a symbolic link. It is not followed: it may lead to a
	// shared or synchronised folder. Replacing it would cut it off.
	KindLink Kind = "link"
	// KindHardLink: the file has another name as well, under which the old
	// secrets would stay.
	KindHardLink Kind = "hard_link"
	// KindReadOnly: the file is write-protected.
	KindReadOnly Kind = "read_only"
	// KindOwner: the file is another person's or group's, and a new one could
	// not be.
	KindOwner Kind = "owner"
	// KindTooLarge: the existing file is larger than any file of credentials.
	KindTooLarge Kind = "too_large"
	// KindChanged: another program keeps changing the file.
	KindChanged Kind = "changed"
	// KindFailed: another failure of the file system.
	KindFailed Kind = "failed"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		KindMissing, KindControl, KindEquals, KindQuotes, KindBlanks, KindAccountName, KindUnknownRegion, KindCannotMerge, KindNoMerge,
		KindExists, KindRefused, KindFull, KindNotAFile, KindLink, KindHardLink, KindReadOnly, KindOwner, KindTooLarge, KindChanged, KindFailed,
	}
}

// What an [Error] names beside [value.All].
const (
	ValueMarketplace value.ID = "marketplace"
	ValueAccountName value.ID = "account_name"
)

// Error is every error of this package.
type Error struct {
	Kind Kind
	// Value names the value that the error is about, if any.
	Value value.ID
	// Line is the line of an existing file, or 0 if unknown.
	Line int
	// Path is the file, or "".
	Path  string
	cause error
}

// Error is for logs. It contains no value and no path.
func (e *Error) Error() string {
	if e.Value == "" {
		return "export: " + string(e.Kind)
	}
	return "export: " + string(e.Kind) + ": " + string(e.Value)
}

// Unwrap returns the system's error, if any.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of an [*Error], or "".
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// plain is Values with the secrets revealed. It exists only while a text is
// made.
type plain struct {
	clientID, clientSecret, refreshToken string
	sellerID, marketplace, marketplaceID string
	region                               lwa.Region
	sandbox                              bool
	account                              string
}

func (p plain) endpoint() lwa.Endpoint { return lwa.Endpoint{Region: p.region, Sandbox: p.sandbox} }

// need is a set of required values.
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
		sellerID: v.SellerID, marketplace: v.Marketplace, region: v.Region, sandbox: v.Sandbox, account: v.AccountName,
	}
	if m, ok := lwa.FindMarketplace(v.Marketplace); ok {
		p.marketplace, p.marketplaceID = m.Code, m.ID
		if p.region == "" {
			p.region = m.Region
		}
	}
	for _, x := range []struct {
		name   value.ID
		value  string
		needed bool
	}{
		{value.ClientID, p.clientID, needs&needApp != 0},
		{value.ClientSecret, p.clientSecret, needs&needApp != 0},
		{value.RefreshToken, p.refreshToken, needs&needToken != 0},
		{ValueMarketplace, string(p.region), needs&needRegion != 0},
		{ValueMarketplace, p.marketplace, false},
		{value.SellerID, p.sellerID, false},
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

// isOneLine reports whether s is UTF-8 without control characters and without the
// characters that some languages treat as line breaks.
func isOneLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}
