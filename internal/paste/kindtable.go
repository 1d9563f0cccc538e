package paste

import "slices"

// Kinds returns every kind of unusable paste, in the order in which the
// documentation lists them.
func Kinds() []Kind {
	return []Kind{
		Empty, TooLarge, NotRedirect, Placeholder, Truncated, EmptyCode,
		NoCode, Ambiguous, BadScheme, LoginURI, UntrustedCallback, OtherApp, ConfirmPage,
		ConsentLink, MalformedConsent, SignInPage, SellerCentralError, Denied, OAuthError,
		TokensInURL, AccessToken, RefreshToken, ClientID, ClientSecret, ApplicationID,
		TokenAnswer, PictureText, LWALink, LWACode, LWAPage,
		PrimaryUserPage, NoPermissionPage, MWSPage, LogInPage, OutagePage, CodelessPage, ProviderDone, ProviderToken, OtherPage, NoCredentials, StateMismatch, StateMissing,
	}
}

// Warnings returns every warning, in the order in which they are reported: what
// concerns the values first, then what concerns the form of the paste.
func Warnings() []Warning { w := warnings(); return w[:] }

func warnings() [20]Warning {
	return [...]Warning{
		GenericCodeParam, NoSellerID, NoState, SampleValue, CodeUnusual, SellerIDUnusual,
		LooksLikeToken, TokensInText, NotHTTPS, BareCode, TwoWords, CodeHashState,
		PathOnly, QueryOnly, LineBroken, LogLine, HTMLEscaped, DoubleEncoded,
		FullWidth, Wrapped,
	}
}

// marks collects warnings while a text is read: one bit each, in the order of
// [Warnings].
type marks uint32

func (m *marks) add(w Warning) {
	all := warnings()
	*m |= 1 << slices.Index(all[:], w)
}

func (m marks) has(w Warning) bool {
	var one marks
	one.add(w)
	return m&one != 0
}

func (m marks) list() []Warning {
	var list []Warning
	for i, w := range warnings() {
		if m&(1<<i) != 0 {
			list = append(list, w)
		}
	}
	return list
}
