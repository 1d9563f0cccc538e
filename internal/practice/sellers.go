package practice

import (
	"encoding/binary"
	"net/http"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// The usage plan of the call, from sellers.json in
// amzn/selling-partner-api-models.
const (
	ratePerSecond = 0.016
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

func (s *Server) sellers(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("x-amzn-RequestId", newUUID())
	fail := func(status int, code, message, details string) {
		writeJSON(w, status, map[string][]spError{"errors": {{code, message, details}}})
	}
	denied := func(details string) {
		fail(http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", details)
	}
	if r.URL.Path != sellersPath || r.Method != http.MethodGet {
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
	switch troubleOf(p[1:refreshSize]) {
	case CaseSecretExpired:
		// The token endpoint goes on answering (models#4489).
		denied("The LWA secret token you provided has expired.")
		return
	case CaseRoleMissing, CaseSandbox:
		denied("")
		return
	}
	h.Set("x-amzn-RateLimit-Limit", "0.016")
	if !s.take(string(p[:1]) + sellerID) {
		fail(http.StatusTooManyRequests, "QuotaExceeded", "You exceeded your quota for the requested resource.", "")
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"payload": s.participations()})
}

// take takes one call out of a bucket, if one is left.
func (s *Server) take(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	b, known := s.buckets[key]
	if !known {
		b = bucket{burst, now}
	}
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.left = min(burst, b.left+passed*ratePerSecond)
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

// storesOf are the stores that Amazon lists for a seller of a country, or none
// where the pretend seller can't sell.
func storesOf(country string) []marketplace {
	switch country {
	case "JP":
		return []marketplace{
			{"", "JP", "Amazon.co.jp", "JPY", "ja_JP", "www.amazon.co.jp"},
			{"", "AU", "Amazon.com.au", "AUD", "en_AU", "www.amazon.com.au"},
			{"", "SG", "Amazon.sg", "SGD", "en_SG", "www.amazon.sg"},
		}
	case "BR", "US":
		return []marketplace{
			{"", "US", "Amazon.com", "USD", "en_US", "www.amazon.com"},
			{"", "CA", "Amazon.ca", "CAD", "en_CA", "www.amazon.ca"},
			{"", "MX", "Amazon.com.mx", "MXN", "es_MX", "www.amazon.com.mx"},
			{"", "BR", "Amazon.com.br", "BRL", "pt_BR", "www.amazon.com.br"},
		}
	}
	return nil
}

type participation struct {
	Marketplace   marketplace `json:"marketplace"`
	StoreName     string      `json:"storeName,omitempty"`
	Participation struct {
		IsParticipating      bool `json:"isParticipating"`
		HasSuspendedListings bool `json:"hasSuspendedListings"`
	} `json:"participation"`
}

// participations lists the stores of the region. The seller participates only in
// the home store.
func (s *Server) participations() []participation {
	var all []participation
	for _, m := range storesOf(s.home.Code) {
		known, _ := lwa.FindMarketplace(m.CountryCode)
		m.ID = known.ID
		p := participation{Marketplace: m}
		if m.CountryCode == s.home.Code {
			p.StoreName = storeName
			p.Participation.IsParticipating = true
		}
		all = append(all, p)
	}
	return all
}
