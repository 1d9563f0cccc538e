package practice

import (
	"encoding/binary"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// The usage plan of the call, from sellers.json in
// amzn/selling-partner-api-models, and that of all calls at the sandbox
// (https://developer-docs.amazon.com/sp-api/docs/sp-api-sandbox).
const (
	ratePerSecond = 0.016
	sandboxRate   = 5.0
	burst         = 15
)

// bucket is the token bucket of one app and one seller.
type bucket struct {
	left float64
	at   time.Time
}

type spError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Details string `json:"details"`
}

// sellersAt is the call at an endpoint. Without a region it's the one of the seller
// whose token it is.
func (s *Server) sellersAt(at lwa.Endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { s.askSellers(w, r, at) }
}

func (s *Server) askSellers(w http.ResponseWriter, r *http.Request, at lwa.Endpoint) {
	h := w.Header()
	h.Set("x-amzn-RequestId", newUUID())
	fail := func(status int, code, message, details string) {
		writeJSON(w, status, map[string][]spError{"errors": {{code, message, details}}})
	}
	denied := func(details string) {
		fail(http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", details)
	}
	if !strings.HasSuffix(r.URL.Path, sellersPath) || r.Method != http.MethodGet {
		if at.Sandbox {
			denied("")
			return
		}
		// The response of the gateway in front of the API for an unknown path.
		fail(http.StatusForbidden, "MissingAuthenticationToken", "Missing Authentication Token", "")
		return
	}
	token := r.Header.Get("x-amz-access-token")
	if token == "" {
		denied("Access token is missing in the request header.")
		return
	}
	if strings.HasPrefix(token, "Atc|") {
		// A grantless token belongs to no seller.
		denied("")
		return
	}
	p := unseal(accessPrefix, token, accessSize)
	if p == nil {
		denied("The access token you provided is revoked, malformed or invalid.")
		return
	}
	if end := int64(binary.BigEndian.Uint64(p[refreshSize:])); s.now().Unix() >= end {
		denied("The access token you provided has expired.")
		return
	}
	nonce := [nonceLen]byte(p[1:refreshSize])
	one := s.sellerNumbered(sellerOf(nonce))
	switch troubleOf(nonce) {
	case CaseSecretExpired:
		// The token endpoint goes on answering (models#4489).
		denied("The LWA secret token you provided has expired.")
		return
	case CaseRoleMissing:
		denied("")
		return
	}
	if at.Region != "" && at.Region != one.region() || at.Sandbox != s.isSandbox(p[0]) {
		denied("") // as for any other reason (docs#196, #173)
		return
	}
	rate := ratePerSecond
	if at.Sandbox {
		rate = sandboxRate
	}
	h.Set("x-amzn-RateLimit-Limit", strconv.FormatFloat(rate, 'f', -1, 64))
	if !s.take(string(p[:1])+one.id, rate) {
		fail(http.StatusTooManyRequests, "QuotaExceeded", "You exceeded your quota for the requested resource.", "")
		return
	}
	payload := s.participations(one)
	if at.Sandbox {
		payload = sandboxStore()
	}
	writeJSON(w, http.StatusOK, map[string]any{"payload": payload})
}

// isSandbox reports whether the app with a number is the sandbox app.
func (s *Server) isSandbox(number byte) bool {
	return slices.ContainsFunc(s.apps, func(a app) bool { return a.number == number && a.sandbox })
}

// sandboxStore is what the sandbox gives everybody, from sellers.json in
// amzn/selling-partner-api-models.
func sandboxStore() []participation {
	p := participation{
		Marketplace: marketplace{"ATVPDKIKX0DER", "US", "Amazon.com", "USD", "en_US", "www.amazon.com"},
		StoreName:   "BestSellerStore",
	}
	p.Participation.IsParticipating = true
	return []participation{p}
}

// take takes one call out of a bucket that fills at a rate per second, if one is left.
func (s *Server) take(key string, rate float64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	b, known := s.buckets[key]
	if !known {
		b = bucket{burst, now}
	}
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.left = min(burst, b.left+passed*rate)
	}
	b.at = now
	ok := b.left >= 1
	if ok {
		b.left--
	}
	s.buckets[key] = b
	return ok
}

type marketplace struct {
	ID           string `json:"id"`
	CountryCode  string `json:"countryCode"`
	Name         string `json:"name"`
	Currency     string `json:"defaultCurrencyCode"`
	LanguageCode string `json:"defaultLanguageCode"`
	DomainName   string `json:"domainName"`
}

type participation struct {
	Marketplace   marketplace `json:"marketplace"`
	StoreName     string      `json:"storeName,omitempty"`
	Participation struct {
		IsParticipating      bool `json:"isParticipating"`
		HasSuspendedListings bool `json:"hasSuspendedListings"`
	} `json:"participation"`
}
