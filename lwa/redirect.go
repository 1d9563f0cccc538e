package lwa

// Redirect is what Amazon sent back with the seller: the contents of the
// finished address.
type Redirect struct {
	// Code is the OAuth code. It is spent once, within five minutes.
	Code Secret
	// SellerID is the merchant token, or a vendor group ("amzn1.vg.…").
	SellerID string
	// State is the check value as it came back. Nobody has compared it yet:
	// see [Redirect.CheckState].
	State string
	// Warnings are the oddities of the paste, none of which makes it unusable.
	Warnings []Warning
}

// CheckState compares the state that came back with the one that was sent.
func (r Redirect) CheckState(issued string) error {
	return nil
}

// PasteError says what a pasted text is when no code may be taken from it.
// Its text holds kind identifiers only, never anything that was pasted.
type PasteError struct {
	Kind PasteKind
	// AmazonCode is the error code of the permission page ("MD1000").
	AmazonCode string
	// OAuthError is the value of an error=… parameter ("access_denied").
	OAuthError string
	// SellerID and State are what could be read besides.
	SellerID, State string
	// Login is set with [PasteLoginURI] and lets the walk go on.
	Login *LoginURI
}

// Error returns the kind identifiers.
func (e *PasteError) Error() string { return "lwa: pasted text: " + string(e.Kind) }

// ParseRedirect reads the finished address out of text.
func ParseRedirect(text string) (Redirect, error) {
	return Redirect{}, &PasteError{Kind: PasteNotRedirect}
}
