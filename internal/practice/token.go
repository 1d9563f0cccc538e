package practice

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// refusal is an error response of the token endpoint. The descriptions are
// Amazon's, letter for letter, because programs compare them.
type refusal struct {
	status            int
	code, description string
}

func badGrant(parameter string) *refusal {
	return &refusal{http.StatusBadRequest, "invalid_grant", "The request has an invalid grant parameter : " + parameter}
}

func badParameter(parameter string) *refusal {
	return &refusal{http.StatusBadRequest, "invalid_request", "The request has an invalid parameter : " + parameter}
}

func missing(parameter string) *refusal {
	return &refusal{http.StatusBadRequest, "invalid_request", "The request is missing a required parameter : " + parameter}
}

func malformed() *refusal {
	return &refusal{http.StatusBadRequest, "invalid_request", "Malformed request"}
}

func badClient() *refusal {
	return &refusal{http.StatusUnauthorized, "invalid_client", "Client authentication failed"}
}

func otherClient() *refusal {
	return &refusal{http.StatusBadRequest, "unauthorized_client", "Not authorized for requested operation"}
}

func unknownGrantType() *refusal {
	return &refusal{http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server"}
}

// tokens is a successful response, in Amazon's order.
type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Scope        string `json:"scope,omitempty"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int    `json:"expires_in"`
}

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	requestID := newUUID()
	h := w.Header()
	h.Set("Pragma", "no-cache")
	h.Set("x-amzn-RequestId", requestID)
	if r.Method != http.MethodPost {
		h.Set("Allow", http.MethodPost)
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	fields, refused := tokenFields(r)
	var t tokens
	if refused == nil {
		t, refused = s.grantTokens(fields)
	}
	if refused != nil {
		writeJSON(w, refused.status, struct {
			Error       string `json:"error"`
			Description string `json:"error_description"`
			RequestID   string `json:"request_id"`
		}{refused.code, refused.description, requestID})
		return
	}
	writeJSON(w, http.StatusOK, t)
}

// tokenFields reads the body. Parameters in the URL don't count: they would end
// up in logs.
func tokenFields(r *http.Request) (url.Values, *refusal) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, &refusal{http.StatusRequestEntityTooLarge, "invalid_request", "Malformed request"}
		}
		return nil, malformed()
	}
	form, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || len(bytes.TrimSpace(body)) == 0:
		return nil, unknownGrantType()
	case form == "application/x-www-form-urlencoded":
		fields, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, malformed()
		}
		for _, values := range fields {
			if len(values) > 1 {
				return nil, malformed()
			}
		}
		return fields, nil
	case form == "application/json":
		var object map[string]any
		if json.Unmarshal(body, &object) != nil {
			return nil, malformed()
		}
		fields := make(url.Values)
		for name, value := range object {
			text, ok := value.(string)
			if !ok {
				return nil, malformed()
			}
			fields.Set(name, text)
		}
		return fields, nil
	}
	return nil, unknownGrantType()
}

// grantTokens answers a request for tokens.
func (s *Server) grantTokens(f url.Values) (tokens, *refusal) {
	grants := map[string]struct {
		needs string
		grant func(app, url.Values) (tokens, *refusal)
	}{
		"authorization_code": {"code", s.grantForCode},
		"refresh_token":      {"refresh_token", s.grantForRefresh},
		"client_credentials": {"scope", s.grantForScope},
	}
	kind := f.Get("grant_type")
	asked, ok := grants[kind]
	switch {
	case kind == "":
		return tokens{}, missing("grant_type")
	case !ok:
		return tokens{}, unknownGrantType()
	}
	for _, name := range []string{"client_id", "client_secret", asked.needs} {
		if f.Get(name) == "" {
			return tokens{}, missing(name)
		}
	}
	client, ok := s.client(f.Get("client_id"), f.Get("client_secret"))
	if !ok {
		return tokens{}, badClient()
	}
	t, refused := asked.grant(client, f)
	if refused != nil {
		return tokens{}, refused
	}
	t.TokenType, t.ExpiresIn = "bearer", int(accessLife/time.Second)
	return t, nil
}

func (s *Server) grantForCode(client app, f url.Values) (t tokens, refused *refusal) {
	code := f.Get("code")
	if !isCode(code) {
		return t, badParameter("code")
	}
	granted, refused := s.spend(code, func(g *grant) *refusal {
		switch uri := f.Get("redirect_uri"); {
		case g.app.number != client.number:
			return otherClient()
		// It may be missing even if the authorization request had it.
		case uri != "" && g.redirectURI != "" && uri != g.redirectURI:
			return badGrant("redirect_uri")
		}
		return nil
	})
	if refused != nil {
		return t, refused
	}
	nonce := newNonceFor(granted.seller, granted.trouble)
	return tokens{
		AccessToken:  s.accessToken(accessPrefix, client, nonce),
		RefreshToken: s.refreshToken(client, nonce).Reveal(),
	}, nil
}

func (s *Server) grantForRefresh(client app, f url.Values) (t tokens, refused *refusal) {
	number, nonce, ok := readRefresh(f.Get("refresh_token"))
	switch {
	case number != client.number && ok:
		return t, otherClient()
	case !ok || s.isRevoked(nonce):
		// Amazon says the same of a token that never existed.
		return t, badGrant("refresh_token. User may have revoked or didn't grant the permission.")
	}
	return tokens{
		AccessToken:  s.accessToken(accessPrefix, client, nonce),
		RefreshToken: f.Get("refresh_token"),
	}, nil
}

func (s *Server) grantForScope(client app, f url.Values) (t tokens, refused *refusal) {
	scope := f.Get("scope")
	if !slices.Contains(scopes(), scope) {
		return t, &refusal{http.StatusBadRequest, "invalid_scope", "The request has an invalid parameter : scope"}
	}
	return tokens{AccessToken: s.accessToken(appOnlyPrefix, client, newNonce()), Scope: scope}, nil
}

// scopes are the ones still in use
// (https://developer-docs.amazon.com/sp-api/docs/grantless-operations).
func scopes() []string {
	return []string{"sellingpartnerapi::notifications", "sellingpartnerapi::client_credential:rotation"}
}

// client looks up a client in constant time. Hashes make the lengths equal.
func (s *Server) client(id, secret string) (app, bool) {
	var found app
	ok := false
	for _, a := range s.apps {
		if equal(a.clientID, id)&(equal(a.secret.Reveal(), secret)|isSecretOf(a, secret)) == 1 {
			found, ok = a, true
		}
	}
	return found, ok && s.isCurrent(secret)
}

func equal(a, b string) int {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:])
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	var b bytes.Buffer
	// Keep "|" and others readable: none of this ends up in a web page.
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // strings and numbers always encode
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

func newUUID() string {
	const hex = "0123456789abcdef"
	return randomText(8, hex) + "-" + randomText(4, hex) + "-4" + randomText(3, hex) + "-8" + randomText(3, hex) + "-" + randomText(12, hex)
}
