// Package setupfile reads and writes setup files: a small TOML file that a tool
// provider gives to its sellers, with the application ID, the marketplaces and
// the boxes of the provider's registration screen. docs/setup-file.md describes
// the format for providers, docs/setup-file.schema.json for their editors.
//
// The file comes from outside, by mail or from a web page, so it can set little:
// no secrets, only https links, only Amazon's consent pages. The seller sees
// what it sets before it is used, with the warnings of [File.Remarks]. Errors
// name lines and keys, never values.
package setupfile

import (
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Extension is the file name extension of a setup file. It is a single one, so
// that systems can associate it with the program.
const Extension = ".sellerkey"

// Version is the version of the format that this package reads and writes.
const Version = 1

// maxSize is the maximum size of a file, in bytes.
const maxSize = 64 << 10

// The limits of single entries; lengths are in characters.
const (
	maxName    = 60
	maxLabel   = 60
	maxLink    = 2000
	maxID      = 128
	maxState   = 256
	maxSupport = 200
	maxBoxes   = 12
)

// File is a setup file.
type File struct {
	// Version is [Version]; 0 means the same in [File.Encode].
	Version int `toml:"version"`
	// Provider is the name of the tool provider, as the seller knows it.
	Provider string `toml:"provider"`
	// Support is where the seller gets help: an e-mail address or an https
	// link. It may be empty.
	Support string `toml:"support"`

	// ApplicationID is the provider's app. It is empty if the seller uses their
	// own app.
	ApplicationID string `toml:"application_id"`
	// Marketplaces are country codes of [lwa.Marketplaces]; the first one is the
	// default. Empty leaves the choice to the seller.
	Marketplaces []string `toml:"marketplaces"`
	// ConsentHost is the Seller or Vendor Central host of the consent page, if
	// it is not the marketplace's usual one.
	ConsentHost string `toml:"consent_host"`
	// Draft: the app is not published yet.
	Draft bool `toml:"draft"`
	// Vendor: the app is for Vendor Central.
	Vendor bool `toml:"vendor"`
	// State is a fixed state that the provider's page expects. Without one, each
	// seller gets a random state, which is safer.
	State string `toml:"state"`
	// RedirectURI is needed only if it is not the app's first one.
	RedirectURI string `toml:"redirect_uri"`
	// ReturnPage: the redirect URI shows SellerKey's return page
	// (docs/return-page.md), which brings the code back by a link.
	ReturnPage bool `toml:"return_page"`

	// RegistrationPage is the page with the boxes. It may be empty.
	RegistrationPage string `toml:"registration_page"`
	// Boxes are the boxes of the registration screen in their order.
	Boxes []Box `toml:"boxes"`
}

// Box is one box of a registration screen.
type Box struct {
	Value value.ID `toml:"value"`
	// Label is the text beside the box on the registration screen, by a tag of
	// [i18n.Languages].
	Label map[string]string `toml:"label"`
}

// Text returns the label in a language, or else in the first of
// [i18n.Languages] that it has. It is the provider's word: show the program's
// own name of the value with it.
func (b Box) Text(language string) string {
	if text := b.Label[language]; text != "" {
		return text
	}
	for _, l := range i18n.Tags() {
		if text := b.Label[l]; text != "" {
			return text
		}
	}
	return ""
}

// Link is the consent link that the file describes. It has a host only if the
// file names one or has exactly one marketplace, and no application ID if the
// seller uses their own app.
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

// Remark is something that the seller should know before the file is used,
// although it is valid: a stable identifier, and the key of its message.
type Remark string

// The remarks.
const (
	// RemarkAsksSecret: the registration screen wants the client secret. That
	// is right only for an app of the seller's own.
	RemarkAsksSecret Remark = "asks_secret"
	// RemarkAsksTokens: it wants a refresh or access token, which gives the
	// provider access to the account until the seller revokes it.
	RemarkAsksTokens Remark = "asks_tokens"
	// RemarkProviderSecret: it wants the client secret of the provider's own
	// app. The provider has it; no seller should.
	RemarkProviderSecret Remark = "provider_secret"
	// RemarkDraft: the app is not published.
	RemarkDraft Remark = "draft"
	// RemarkFixedState: the state is the same for every seller.
	RemarkFixedState Remark = "fixed_state"
	// RemarkAmazonHost: a link has Amazon's name in its host and is not Amazon's.
	RemarkAmazonHost Remark = "amazon_host"
	// RemarkLocal: a link leads to this computer; practice mode only.
	RemarkLocal Remark = "local"
)

// IsWarning reports whether the seller should think twice before using the file.
// The others are good to know.
func (r Remark) IsWarning() bool {
	switch r {
	case RemarkProviderSecret, RemarkAsksSecret, RemarkAsksTokens, RemarkAmazonHost:
		return true
	}
	return false
}

// Remarks returns every remark there can be.
func Remarks() []Remark {
	return []Remark{RemarkProviderSecret, RemarkAsksSecret, RemarkAsksTokens, RemarkAmazonHost, RemarkDraft, RemarkFixedState, RemarkLocal}
}

// Remarks returns what the seller should know about this file, most important
// first.
func (f File) Remarks() []Remark {
	asks := make(map[value.ID]bool)
	for _, b := range f.Boxes {
		asks[b.Value] = true
	}
	var remarks []Remark
	for _, r := range []struct {
		remark Remark
		holds  bool
	}{
		{RemarkProviderSecret, asks[value.ClientSecret] && f.ApplicationID != ""},
		{RemarkAsksSecret, asks[value.ClientSecret] && f.ApplicationID == ""},
		{RemarkAsksTokens, asks[value.RefreshToken] || asks[value.AccessToken]},
		{RemarkAmazonHost, namesAmazon(f.RegistrationPage) || namesAmazon(f.RedirectURI) || namesAmazon(f.Support)},
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

// Kind says why a setup file is refused: a stable identifier, and the key of its
// message.
type Kind string

// Why the whole file is refused. Such a problem is the only one reported.
const (
	KindTooLarge Kind = "too_large"
	KindEmpty    Kind = "empty"
	KindNotUTF8  Kind = "not_utf8"
	// KindSecretInside: there is a token, a client secret or a code somewhere,
	// maybe in a comment.
	KindSecretInside Kind = "secret_inside"
	// KindBadTOML: invalid TOML; Problem.Line says where.
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
	KindLookalike    Kind = "lookalike_character"
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
	KindLinkLookalike   Kind = "link_lookalike"

	KindNoBoxes         Kind = "no_boxes"
	KindTooManyBoxes    Kind = "too_many_boxes"
	KindUnknownBoxValue Kind = "unknown_box_value"
	KindDuplicateBox    Kind = "duplicate_box"
	KindLabelMissing    Kind = "label_missing"
	KindLabelTooLong    Kind = "label_too_long"
	KindLabelMisleads   Kind = "label_misleads"
	KindUnknownLanguage Kind = "unknown_language"
)

// Why the file cannot be read from the disk.
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
		KindNoVersion, KindUnknownKey, KindWrongType, KindEmptyValue, KindTooLong, KindControl, KindHidden, KindLookalike,
		KindNoProvider, KindClaimsAmazon, KindBadSupport,
		KindNoApplicationID, KindBadApplicationID, KindClientIDInstead, KindUnknownMarketplace, KindSameMarketplace,
		KindNotAmazonHost, KindBadState, KindBadRedirectURI,
		KindBadLink, KindLinkNotHTTPS, KindLinkHasUserInfo, KindLinkNotASCII, KindLinkLocal, KindLinkLookalike,
		KindNoBoxes, KindTooManyBoxes, KindUnknownBoxValue, KindDuplicateBox,
		KindLabelMissing, KindLabelTooLong, KindLabelMisleads, KindUnknownLanguage,
		KindNotFound, KindNotAFile, KindRefused, KindFailed,
	}
}

// Problem is one thing that is wrong.
type Problem struct {
	Kind Kind
	// Key is the entry, such as "application_id" or "boxes[2].label.ja" (boxes
	// count from 1), or "". It is safe to show: an unknown key is shortened and
	// reduced to ASCII letters, digits, "_", "-" and "?".
	Key string
	// Line is the line in the file, or 0 if unknown.
	Line int
}

// Error is every error of this package but those of [Save]. It has at least one
// problem.
type Error struct {
	Problems []Problem
	cause    error
}

// Error is for logs. It contains kinds and keys only.
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

// Unwrap returns the system's error, if any.
func (e *Error) Unwrap() error { return e.cause }

func refuse(kind Kind) *Error { return refuseAt(kind, "", 0) }

func refuseAt(kind Kind, key string, line int) *Error {
	return &Error{Problems: []Problem{{Kind: kind, Key: key, Line: line}}}
}

// Rules say how strictly a file is checked. The zero value is for files from
// outside.
type Rules struct {
	// Local allows a registration_page on this computer, also over http: the
	// pretend one of practice mode.
	Local bool
}

// Read reads a setup file from outside. Errors are [*Error].
func Read(data []byte) (File, error) { return Rules{}.Read(data) }
