// Package setupfile reads and writes what a tool provider can hand to its
// sellers: a small TOML file with the application ID, the marketplaces and the
// boxes of the provider's registration screen. docs/setup-file.md describes it
// for providers, docs/setup-file.schema.json for their editors.
//
// The file comes from outside, by mail or from a web page. It can therefore set
// little: no secret is let in, no link but https, no consent page but
// Amazon's. What it sets is shown to the seller before it is used; [File.Remarks]
// says what deserves a word there. Errors name lines and keys, never values.
package setupfile

import (
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// Extension is the ending of the name of a setup file. It is a single one, so
// that systems can tie it to the program.
const Extension = ".sellerkey"

// Version is the version of the format that this package reads and writes.
const Version = 1

// MaxSize is the most that a file may have, in bytes.
const MaxSize = 64 << 10

// The most that single entries may have; lengths are in characters.
const (
	MaxName    = 60
	MaxLabel   = 60
	MaxLink    = 2000
	MaxID      = 128
	MaxState   = 256
	MaxSupport = 200
	MaxBoxes   = 12
)

// Value names what goes into a box. The names are those of the values that the
// registration helper knows.
type Value string

// The values.
const (
	SellerID     Value = "seller_id"
	Code         Value = "code"
	RefreshToken Value = "refresh_token"
	ClientID     Value = "client_id"
	ClientSecret Value = "client_secret"
	AccessToken  Value = "access_token"
)

// Values returns every value that a box can ask for.
func Values() []Value {
	return []Value{SellerID, Code, RefreshToken, ClientID, ClientSecret, AccessToken}
}

// isSecret reports that the value opens the seller's account to whoever has it.
// A code does not without the client secret of its app.
func (v Value) isSecret() bool { return v == RefreshToken || v == ClientSecret || v == AccessToken }

// Languages returns the languages that a label can be in, in the order in which
// they stand in for each other.
func Languages() []string { return []string{"en", "ja", "pt-BR"} }

// File is a setup file.
type File struct {
	// Version is [Version]; 0 means the same in [File.Check] and [File.Encode].
	Version int
	// Provider is the name of the tool provider, as the seller knows it.
	Provider string
	// Support is where the seller gets help: an e-mail address or an https
	// link. It may be empty.
	Support string

	// ApplicationID is the provider's app. Empty means that the seller has an
	// app of their own.
	ApplicationID string
	// Marketplaces are country codes of [lwa.Marketplaces]; the first one is
	// offered first. Empty leaves the choice to the seller.
	Marketplaces []string
	// ConsentHost is the Seller or Vendor Central host of the permission page,
	// where it is not the marketplace's usual one.
	ConsentHost string
	// Draft: the app is not published yet.
	Draft bool
	// Vendor: the app is for Vendor Central.
	Vendor bool
	// State is a fixed check value that the provider's page wants to see.
	// Empty, a fresh one is made for each seller, which is safer.
	State string
	// RedirectURI is needed only when it is not the app's first one.
	RedirectURI string

	// RegistrationPage is where the boxes are. It may be empty.
	RegistrationPage string
	// Boxes are the boxes of the registration screen in their order.
	Boxes []Box
}

// Box is one box of a registration screen.
type Box struct {
	Value Value
	// Label is what stands beside the box on the registration screen, by
	// language.
	Label map[string]string
}

// Text returns the label in a language, or else in the first of [Languages]
// that there is. It is the provider's word: show the program's own name of the
// value with it.
func (b Box) Text(language string) string {
	if text := b.Label[language]; text != "" {
		return text
	}
	for _, l := range Languages() {
		if text := b.Label[l]; text != "" {
			return text
		}
	}
	return ""
}

// Link is the consent link that the file describes, without a host unless the
// file names one or has exactly one marketplace. It has no application ID when
// the seller is to use an app of their own.
func (f File) Link() lwa.ConsentLink {
	link := lwa.ConsentLink{
		Host: f.ConsentHost, ApplicationID: f.ApplicationID, State: f.State, RedirectURI: f.RedirectURI, Draft: f.Draft,
	}
	if link.Host == "" && len(f.Marketplaces) == 1 {
		m, _ := lwa.FindMarketplace(f.Marketplaces[0])
		link.Host = m.Host(f.Vendor)
	}
	return link
}

// Remark is something that the seller should be told before the file is used,
// although nothing is wrong with it. Its value is a stable identifier and the
// key of its message.
type Remark string

// The remarks.
const (
	// RemarkAsksSecret: the registration screen wants the client secret. That
	// is right only for an app of the seller's own.
	RemarkAsksSecret Remark = "asks_secret"
	// RemarkAsksTokens: it wants a refresh or access token, with which the
	// provider reaches the account for as long as the seller lets it.
	RemarkAsksTokens Remark = "asks_tokens"
	// RemarkProviderSecret: it wants the client secret of an app that is the
	// provider's. The provider has it; no seller should.
	RemarkProviderSecret Remark = "provider_secret"
	// RemarkDraft: the app is not published.
	RemarkDraft Remark = "draft"
	// RemarkFixedState: the check value is the same for everybody.
	RemarkFixedState Remark = "fixed_state"
	// RemarkLocal: a link leads to this computer; practice mode only.
	RemarkLocal Remark = "local"
)

// Remarks returns every remark there can be.
func Remarks() []Remark {
	return []Remark{RemarkProviderSecret, RemarkAsksSecret, RemarkAsksTokens, RemarkDraft, RemarkFixedState, RemarkLocal}
}

// Remarks returns what the seller should be told about this file, the most
// important first.
func (f File) Remarks() []Remark {
	asks := make(map[Value]bool)
	for _, b := range f.Boxes {
		asks[b.Value] = true
	}
	var remarks []Remark
	for _, r := range []struct {
		remark Remark
		holds  bool
	}{
		{RemarkProviderSecret, asks[ClientSecret] && f.ApplicationID != ""},
		{RemarkAsksSecret, asks[ClientSecret] && f.ApplicationID == ""},
		{RemarkAsksTokens, asks[RefreshToken] || asks[AccessToken]},
		{RemarkDraft, f.Draft},
		{RemarkFixedState, f.State != ""},
		{RemarkLocal, isLocalLink(f.RegistrationPage)},
	} {
		if r.holds {
			remarks = append(remarks, r.remark)
		}
	}
	return remarks
}

// Kind says why a setup file is refused. Its value is a stable identifier and
// the key of its message.
type Kind string

// Why the whole file is refused. Such a problem stands alone.
const (
	KindTooLarge Kind = "too_large"
	KindEmpty    Kind = "empty"
	KindNotUTF8  Kind = "not_utf8"
	// KindSecretInside: there is a token, a client secret or a code somewhere,
	// be it in a comment.
	KindSecretInside Kind = "secret_inside"
	// KindBadTOML: it is no TOML; Problem.Line says where.
	KindBadTOML Kind = "bad_toml"
	// KindNewerVersion: it is made for a newer SellerKey.
	KindNewerVersion Kind = "newer_version"
)

// What can be wrong with an entry.
const (
	KindNoVersion    Kind = "no_version"
	KindUnknownKey   Kind = "unknown_key"
	KindWrongType    Kind = "wrong_type"
	KindEmptyValue   Kind = "empty_value"
	KindTooLong      Kind = "too_long"
	KindControl      Kind = "control_character"
	KindHidden       Kind = "hidden_character"
	KindNoProvider   Kind = "no_provider"
	KindClaimsAmazon Kind = "claims_amazon"
	KindBadSupport   Kind = "bad_support"

	KindNoApplicationID    Kind = "no_application_id"
	KindBadApplicationID   Kind = "bad_application_id"
	KindClientIDInstead    Kind = "client_id_instead"
	KindUnknownMarketplace Kind = "unknown_marketplace"
	KindSameMarketplace    Kind = "duplicate_marketplace"
	KindNotAmazonHost      Kind = "not_amazon_host"
	KindBadState           Kind = "bad_state"
	KindBadRedirectURI     Kind = "bad_redirect_uri"

	KindBadLink         Kind = "bad_link"
	KindLinkNotHTTPS    Kind = "link_not_https"
	KindLinkHasUserInfo Kind = "link_has_userinfo"
	KindLinkNotASCII    Kind = "link_not_ascii"
	KindLinkLocal       Kind = "link_local"

	KindNoBoxes         Kind = "no_boxes"
	KindTooManyBoxes    Kind = "too_many_boxes"
	KindUnknownBoxValue Kind = "unknown_box_value"
	KindDuplicateBox    Kind = "duplicate_box"
	KindLabelMissing    Kind = "label_missing"
	KindLabelTooLong    Kind = "label_too_long"
	KindLabelMisleads   Kind = "label_misleads"
	KindUnknownLanguage Kind = "unknown_language"
)

// What can be the matter with the file on the disk.
const (
	KindNotFound Kind = "not_found"
	KindNotAFile Kind = "not_a_file"
	KindRefused  Kind = "refused"
	KindFailed   Kind = "failed"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		KindTooLarge, KindEmpty, KindNotUTF8, KindSecretInside, KindBadTOML, KindNewerVersion,
		KindNoVersion, KindUnknownKey, KindWrongType, KindEmptyValue, KindTooLong, KindControl, KindHidden,
		KindNoProvider, KindClaimsAmazon, KindBadSupport,
		KindNoApplicationID, KindBadApplicationID, KindClientIDInstead, KindUnknownMarketplace, KindSameMarketplace,
		KindNotAmazonHost, KindBadState, KindBadRedirectURI,
		KindBadLink, KindLinkNotHTTPS, KindLinkHasUserInfo, KindLinkNotASCII, KindLinkLocal,
		KindNoBoxes, KindTooManyBoxes, KindUnknownBoxValue, KindDuplicateBox,
		KindLabelMissing, KindLabelTooLong, KindLabelMisleads, KindUnknownLanguage,
		KindNotFound, KindNotAFile, KindRefused, KindFailed,
	}
}

// String returns the stable identifier.
func (k Kind) String() string { return string(k) }

// Problem is one thing that is wrong.
type Problem struct {
	Kind Kind
	// Key is the entry, such as "application_id" or "boxes[2].label.ja" (boxes
	// count from 1), "" when it is none. It is safe to show: an unknown key is
	// shortened and holds printable ASCII only.
	Key string
	// Line is the line in the file, 0 when it is not known.
	Line int
}

// Error is every error of this package: all that is wrong, at least one thing.
type Error struct {
	Problems []Problem
	cause    error
}

// Kind is the kind of the first problem.
func (e *Error) Kind() Kind { return e.Problems[0].Kind }

// Error is for logs. It holds kinds and keys only.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("setup file:")
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteByte(' ')
		b.WriteString(string(p.Kind))
		if p.Key != "" {
			b.WriteString(" (" + p.Key + ")")
		}
	}
	return b.String()
}

// Unwrap returns the system's error, if there is one.
func (e *Error) Unwrap() error { return e.cause }

func refuse(kind Kind) *Error { return &Error{Problems: []Problem{{Kind: kind}}} }

// Rules say how strictly a file is judged. The zero value is for files from
// outside.
type Rules struct {
	// Local lets registration_page lead to this computer, over http too: for
	// practice mode, whose registration page is a pretend one.
	Local bool
}

// Read reads a setup file strictly. Errors are [*Error].
func Read(data []byte) (File, error) { return Rules{}.Read(data) }

// ReadFile reads the setup file at path strictly. Errors are [*Error].
func ReadFile(path string) (File, error) { return Rules{}.ReadFile(path) }

// Check returns all that is wrong with a file that was put together in the
// program, nil if nothing is.
func (f File) Check() []Problem { return Rules{}.Check(f) }
