package lwa

// AmazonError is an error code of Amazon's permission page.
type AmazonError struct {
	Code string
	Who  Actor
	Fix  Fix
}

// Who must act on an error of the permission page, besides [ActorSeller] and
// [ActorWait].
const (
	// ActorAppOwner owns the app's settings: the tool provider, or the seller
	// whose own app it is.
	ActorAppOwner Actor = "app_owner"
	// ActorProvider has to ask Amazon, or get the app published.
	ActorProvider Actor = "provider"
)

// Fix is what the app itself can do about an error of the permission page.
type Fix string

// The fixes.
const (
	FixNone             Fix = ""
	FixToggleDraft      Fix = "toggle_draft"
	FixDropRedirectURI  Fix = "drop_redirect_uri"
	FixOtherMarketplace Fix = "other_marketplace"
	FixReopen           Fix = "reopen"
)

// AmazonErrors returns the known codes in the order of the list to pick from.
func AmazonErrors() []AmazonError { return nil }

// FindAmazonCode finds an error code in a text or page.
func FindAmazonCode(text string) (code string, ok bool) { return "", false }
