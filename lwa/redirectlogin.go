package lwa

// LoginURI is the hop to the app's login URI: the first half of the Appstore
// workflow. There is no code yet.
type LoginURI struct {
	CallbackURI string
	AmazonState Secret
	SellerID    string
	Draft       bool
}

// ConfirmURL returns the address that takes the seller on to Amazon's
// confirmation page.
func (l LoginURI) ConfirmURL(host, state, redirectURI string, draft bool) (string, error) {
	return "", &PasteError{Kind: PasteUntrustedCallback}
}

// IsAmazonHost reports whether host is a genuine Seller or Vendor Central host.
func IsAmazonHost(host string) bool { return false }
