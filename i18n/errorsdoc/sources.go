package main

import (
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// Where the meanings were read. Threads are named and not linked, because
// scammers offer "support" in them and sellers read this page.
const (
	docs           = "https://developer-docs.amazon.com/sp-api/docs/"
	docsConnect    = docs + "connecting-to-the-selling-partner-api"
	docsErrors     = docs + "resolve-common-http-and-authorization-error-codes"
	docsWorkflow   = docs + "website-authorization-workflow"
	docsAppstore   = docs + "selling-partner-appstore-authorization-workflow"
	docsAuthErrors = docs + "authorization-errors"
	lwaGuide       = "https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html"
	rfc6749        = "RFC 6749, section "
	ours           = "SellerKey"
)

// retry says whether trying again helps.
type retry string

const (
	never      retry = "no"
	byItself   retry = "auto"              // the same request may succeed later
	afterwards retry = "after_user_action" // once somebody has changed something
)

type kindNote struct {
	retry  retry
	source string
}

// kindNotes says of every kind whether trying again helps and where its
// meaning was read; "SellerKey" where only this program is concerned.
func kindNotes() map[lwa.Kind]kindNote {
	return map[lwa.Kind]kindNote{
		lwa.KindCode:                {afterwards, rfc6749 + "5.2 (invalid_grant); amzn/selling-partner-api-models#4480"},
		lwa.KindCodeMalformed:       {afterwards, rfc6749 + "5.2 (invalid_request); amz-tools/amazon-sp-api, configErrors.spec.mjs"},
		lwa.KindRefreshToken:        {afterwards, rfc6749 + "5.2 (invalid_grant); amzn/selling-partner-api-docs#268"},
		lwa.KindRevoked:             {afterwards, docs + "renew-authorizations; amzn/selling-partner-api-docs#2379"},
		lwa.KindClientAuth:          {afterwards, rfc6749 + "5.2 (invalid_client); jlevers/selling-partner-api#578"},
		lwa.KindClientNotAuthorized: {afterwards, rfc6749 + "5.2 (unauthorized_client); amzn/selling-partner-api-models#1891"},
		lwa.KindScope:               {afterwards, docs + "grantless-operations; saleweaver/python-amazon-sp-api#278"},
		lwa.KindAccessDenied:        {afterwards, rfc6749 + "4.1.2.1 (access_denied); amzn/selling-partner-api-sdk, LWAExceptionErrorCode"},
		lwa.KindMissingParameter:    {afterwards, rfc6749 + "5.2 (invalid_request); " + lwaGuide},
		lwa.KindMalformedRequest:    {never, rfc6749 + "5.2 (invalid_request); amzn/selling-partner-api-models#1851"},
		lwa.KindUnsupportedGrant:    {never, rfc6749 + "5.2 (unsupported_grant_type); amzn/selling-partner-api-docs#45"},
		lwa.KindRefused:             {never, rfc6749 + "5.2; " + lwaGuide},
		lwa.KindAccessTokenExpired:  {byItself, docsErrors},
		lwa.KindAccessTokenBad:      {byItself, docsErrors},
		lwa.KindHeaderMissing:       {never, docsErrors},
		lwa.KindSecretExpired:       {afterwards, docs + "lwa-credentials-faq; amzn/selling-partner-api-models#4489"},
		lwa.KindForbidden:           {afterwards, docsErrors + "; amzn/selling-partner-api-docs#290"},
		lwa.KindWrongRegion:         {afterwards, docs + "sp-api-endpoints"},
		lwa.KindNotForVendors:       {never, docs + "sellers-api"},
		lwa.KindThrottled:           {byItself, "RFC 6585, section 4; " + docs + "usage-plans-and-rate-limits"},
		lwa.KindServer:              {byItself, rfc6749 + "4.1.2.1 (server_error); RFC 9110, section 15.6"},
		lwa.KindUnavailable:         {byItself, rfc6749 + "4.1.2.1 (temporarily_unavailable); RFC 9110, section 15.6.4"},
		lwa.KindOffline:             {afterwards, ours},
		lwa.KindConnection:          {byItself, ours},
		lwa.KindTimeout:             {byItself, ours},
		lwa.KindOutcomeUnknown:      {afterwards, rfc6749 + "4.1.2 (a code is used once)"},
		lwa.KindNotAmazon:           {afterwards, "RFC 6585, section 6; RFC 8952"},
		lwa.KindTLS:                 {afterwards, "RFC 9110, section 4.3.4"},
		lwa.KindClock:               {afterwards, "RFC 5280, section 4.1.2.5"},
		lwa.KindCanceled:            {afterwards, ours},
		lwa.KindUnparseable:         {never, rfc6749 + "5.1"},
		lwa.KindIncomplete:          {never, rfc6749 + "5.1; " + docsConnect},
		lwa.KindMalformedSuccess:    {never, rfc6749 + "5.1"},
	}
}

func pasteSources() map[paste.Kind]string {
	return map[paste.Kind]string{
		paste.Empty:              ours,
		paste.TooLarge:           ours,
		paste.NotRedirect:        docsWorkflow,
		paste.Placeholder:        docsWorkflow + " (its sample values)",
		paste.Truncated:          ours,
		paste.EmptyCode:          docsWorkflow,
		paste.NoCode:             docsWorkflow,
		paste.Ambiguous:          "RFC 9700, section 4.5",
		paste.BadScheme:          "RFC 8252, section 8.10",
		paste.LoginURI:           docsAppstore + "; amzn/selling-partner-api-models#4093",
		paste.UntrustedCallback:  "RFC 9700, section 4.11",
		paste.OtherApp:           "RFC 9700, section 4.4",
		paste.ConfirmPage:        docsAppstore,
		paste.ConsentLink:        docsWorkflow,
		paste.MalformedConsent:   docsAuthErrors + "; amzn/selling-partner-api-docs#265",
		paste.SignInPage:         ours,
		paste.SellerCentralError: docsAuthErrors,
		paste.Denied:             rfc6749 + "4.1.2.1 (access_denied)",
		paste.OAuthError:         rfc6749 + "4.1.2.1",
		paste.TokensInURL:        rfc6749 + "4.2.2",
		paste.AccessToken:        docsConnect + " (how tokens begin)",
		paste.RefreshToken:       docsConnect + " (how tokens begin)",
		paste.ClientID:           docsConnect,
		paste.ClientSecret:       docs + "rotating-your-apps-lwa-credentials",
		paste.ApplicationID:      docsWorkflow,
		paste.TokenAnswer:        rfc6749 + "5.1",
		paste.PictureText:        ours,
		paste.LWALink:            "PipedreamHQ/pipedream#21852",
		paste.LWACode:            "PipedreamHQ/pipedream#21852",
		paste.LWAPage:            "PipedreamHQ/pipedream#21852",
		paste.PrimaryUserPage:    "amzn/selling-partner-api-docs#901; amzn/selling-partner-api-docs#738",
		paste.NoPermissionPage:   "amzn/selling-partner-api-models#4642",
		paste.MWSPage:            "amzn/selling-partner-api-docs#475",
		paste.CodelessPage:       "amzn/selling-partner-api-docs#2021",
		paste.LogInPage:          "amzn/selling-partner-api-docs#517",
		paste.OutagePage:         "amzn/selling-partner-api-models#4997",
		paste.ProviderDone:       "manual.next-engine.net, ID 54576",
		paste.ProviderToken:      "manual.sokuhan.jp",
		paste.OtherPage:          docsWorkflow,
		paste.NoCredentials:      docsConnect,
		paste.StateMismatch:      rfc6749 + "10.12; RFC 9700, section 4.7",
		paste.StateMissing:       rfc6749 + "10.12; RFC 9700, section 4.7",
	}
}

func warningSources() map[paste.Warning]string {
	return map[paste.Warning]string{
		paste.GenericCodeParam: rfc6749 + "4.1.2; " + docsWorkflow,
		paste.NoSellerID:       docsWorkflow,
		paste.NoState:          rfc6749 + "10.12",
		paste.SampleValue:      docsWorkflow + " (its sample values)",
		paste.CodeUnusual:      ours,
		paste.SellerIDUnusual:  ours,
		paste.LooksLikeToken:   docsConnect,
		paste.TokensInText:     docsConnect,
		paste.NotHTTPS:         docsWorkflow,
		paste.BareCode:         rfc6749 + "10.12",
		paste.TwoWords:         ours,
		paste.CodeHashState:    ours,
		paste.PathOnly:         ours,
		paste.QueryOnly:        ours,
		paste.LineBroken:       ours,
		paste.LogLine:          ours,
		paste.HTMLEscaped:      ours,
		paste.DoubleEncoded:    ours,
		paste.FullWidth:        ours,
		paste.Wrapped:          ours,
	}
}
