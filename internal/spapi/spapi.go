// Package spapi makes the one call of the Selling Partner API that shows that an
// access token works: the list of the account's marketplaces.
//
// The call needs a role. [lwa.KindForbidden] therefore doesn't mean that the
// token is bad.
//
// Only sellers have this call. For a vendor, callers report
// [lwa.KindNotForVendors] instead.
package spapi

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// path is the same in all regions
// (https://developer-docs.amazon.com/sp-api/docs/sellers-api-v1-reference).
const path = "/sellers/v1/marketplaceParticipations"

// Request is the name of the call in [lwa.Error.Request].
const Request = "marketplaces"

// Client calls the SP-API. The zero Client calls Amazon and has timeouts. It has
// no state and may be used by several goroutines.
type Client struct {
	// BaseURL replaces the endpoint in tests and practice mode. "{host}" in it stands
	// for the host of that endpoint.
	BaseURL string
	// HTTP replaces the HTTP client, see [lwa.Fetch].
	HTTP *http.Client
	// Version is the program's, for the User-Agent.
	Version string
}

// Participation is one marketplace of an account.
type Participation struct {
	MarketplaceID, CountryCode, Name string
	CurrencyCode, LanguageCode       string
	DomainName                       string
	// StoreName is a newer field and may be empty.
	StoreName string
	// Participating is false where the account exists but doesn't sell.
	Participating        bool
	HasSuspendedListings bool
}

// MarketplaceParticipations lists the marketplaces of the account in a region. A
// sandbox gives everybody the same list.
//
// It doesn't retry, because Amazon allows about one request a minute. Errors are
// [*lwa.Error]s, whose RetryAfter says how long to wait.
func (c *Client) MarketplaceParticipations(ctx context.Context, at lwa.Endpoint, access lwa.Secret) ([]Participation, error) {
	req, err := c.request(ctx, at, access)
	if err != nil {
		return nil, err
	}
	response, err := lwa.Fetch(c.HTTP, req, at.Sandbox)
	if err != nil {
		if e, ok := err.(*lwa.Error); ok {
			e.Request = Request
		}
		return nil, err
	}
	list, refused := read(response, access)
	if refused != nil {
		return nil, refused
	}
	return list, nil
}

// request rejects what can't be sent; net/http would quote it in its error.
func (c *Client) request(ctx context.Context, at lwa.Endpoint, access lwa.Secret) (*http.Request, error) {
	fail := func(kind lwa.Kind, parameter string) error {
		return &lwa.Error{Kind: kind, Parameter: parameter, Request: Request, At: time.Now().Round(0)}
	}
	base := c.BaseURL
	if (base == "" || strings.Contains(base, "{host}")) && !slices.Contains(lwa.Regions(), at.Region) {
		return nil, fail(lwa.KindWrongRegion, "region")
	}
	if base == "" {
		base = at.URL()
	}
	base = strings.ReplaceAll(base, "{host}", at.Host())
	token := access.Reveal()
	switch {
	case token == "":
		return nil, fail(lwa.KindMissingParameter, "access_token")
	case strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' }):
		return nil, fail(lwa.KindAccessTokenBad, "access_token")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+path, nil)
	if err != nil {
		return nil, fail(lwa.KindMalformedRequest, "base_url")
	}
	req.Header.Set("x-amz-access-token", token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.userAgent())
	return req, nil
}

// userAgent has the form that Amazon asks for
// (https://developer-docs.amazon.com/sp-api/docs/include-a-user-agent-header-in-all-requests).
func (c *Client) userAgent() string {
	version := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune(`/()\;=`, r) {
			return -1
		}
		return r
	}, c.Version)
	if version == "" {
		version = "dev"
	}
	return "SellerKey/" + version[:min(len(version), 64)] + " (Language=Go; Platform=" + runtime.GOOS + "/" + runtime.GOARCH + ")"
}

// read understands a response. A success is described in sellers.json in
// amzn/selling-partner-api-models; unknown fields are ignored.
func read(r lwa.Response, access lwa.Secret) ([]Participation, *lwa.Error) {
	var first lwa.ErrorResponse
	if all := r.ErrorResponses(); len(all) > 0 {
		first = all[0]
	}
	fail := func(kind lwa.Kind) ([]Participation, *lwa.Error) {
		e := r.NewError(kind, first, access)
		e.Request = Request
		if e.RetryAfter == 0 && kind == lwa.KindThrottled {
			e.RetryAfter = interval(r.Header)
		}
		return nil, e
	}
	fields, whole := r.Fields()
	switch {
	case r.Status/100 != 2, fields["payload"] == nil && first != lwa.ErrorResponse{}:
		return fail(refusalKind(r, first))
	case r.IsWebPage():
		return fail(lwa.KindNotAmazon)
	case !whole:
		return fail(lwa.KindUnparseable)
	}
	var payload []struct {
		Marketplace struct {
			ID                  string `json:"id"`
			CountryCode         string `json:"countryCode"`
			Name                string `json:"name"`
			DefaultCurrencyCode string `json:"defaultCurrencyCode"`
			DefaultLanguageCode string `json:"defaultLanguageCode"`
			DomainName          string `json:"domainName"`
		} `json:"marketplace"`
		StoreName     string `json:"storeName"`
		Participation struct {
			IsParticipating      bool `json:"isParticipating"`
			HasSuspendedListings bool `json:"hasSuspendedListings"`
		} `json:"participation"`
	}
	if raw := fields["payload"]; raw == nil || string(raw) == "null" || json.Unmarshal(raw, &payload) != nil {
		return fail(lwa.KindMalformedSuccess)
	}
	list := make([]Participation, 0, len(payload))
	for _, p := range payload {
		list = append(list, Participation{
			MarketplaceID: p.Marketplace.ID, CountryCode: p.Marketplace.CountryCode, Name: p.Marketplace.Name,
			CurrencyCode: p.Marketplace.DefaultCurrencyCode, LanguageCode: p.Marketplace.DefaultLanguageCode,
			DomainName: p.Marketplace.DomainName, StoreName: p.StoreName,
			Participating:        p.Participation.IsParticipating,
			HasSuspendedListings: p.Participation.HasSuspendedListings,
		})
	}
	return list, nil
}

// refusalKind says what an error response means
// (https://developer-docs.amazon.com/sp-api/docs/resolve-common-http-and-authorization-error-codes).
func refusalKind(r lwa.Response, e lwa.ErrorResponse) lwa.Kind {
	for _, kind := range []lwa.Kind{codeKind(e.Code), r.StatusKind(), descriptionKind(e.Description)} {
		if kind != "" {
			return kind
		}
	}
	switch r.Status {
	case http.StatusUnauthorized:
		return lwa.KindAccessTokenBad
	case http.StatusForbidden:
		return lwa.KindForbidden
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		if e == (lwa.ErrorResponse{}) {
			return lwa.KindNotAmazon // the call exists
		}
	case http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		return lwa.KindMalformedRequest
	}
	if strings.EqualFold(e.Code, "Unauthorized") || strings.EqualFold(e.Code, "AccessDenied") {
		return lwa.KindForbidden
	}
	return lwa.KindRefused
}

// codeKind is the kind of an error code. Nearly all errors have the code
// "Unauthorized", which tells nothing.
func codeKind(code string) lwa.Kind {
	switch strings.ToLower(code) {
	case "quotaexceeded", "throttled", "throttlingexception", "toomanyrequestsexception":
		return lwa.KindThrottled
	case "missingauthenticationtoken", "missingauthenticationtokenexception":
		return lwa.KindHeaderMissing
	case "internalfailure", "internalerror":
		return lwa.KindServer
	case "serviceunavailable":
		return lwa.KindUnavailable
	}
	return ""
}

// descriptionKind goes by the words of the description.
func descriptionKind(description string) lwa.Kind {
	description = strings.ToLower(description)
	for _, c := range []struct {
		one, other string
		kind       lwa.Kind
	}{
		{"secret", "expired", lwa.KindSecretExpired},
		{"token", "expired", lwa.KindAccessTokenExpired},
		{"missing", "token", lwa.KindHeaderMissing},
		{"missing", "header", lwa.KindHeaderMissing},
		{"token", "revoked", lwa.KindAccessTokenBad},
		{"token", "malformed", lwa.KindAccessTokenBad},
		{"token", "invalid", lwa.KindAccessTokenBad},
		{"region", "", lwa.KindWrongRegion},
	} {
		if strings.Contains(description, c.one) && strings.Contains(description, c.other) {
			return c.kind
		}
	}
	return ""
}

// interval is the pause that a rate limit means: 0.016 per second is one a minute
// (https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits).
func interval(header http.Header) time.Duration {
	perSecond, err := strconv.ParseFloat(header.Get("X-Amzn-Ratelimit-Limit"), 64)
	if err != nil || !(perSecond > 1.0/3600) {
		return 0
	}
	return time.Duration(float64(time.Second) / perSecond).Round(time.Second)
}
