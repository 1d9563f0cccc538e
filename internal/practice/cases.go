package practice

import (
	"net/http"
	"slices"
)

// Case is what goes wrong after Confirm: an error code, spelled as Amazon's page or
// a seller spells it, or one of the cases below. The seller chooses it on the
// permission page; "" is the usual.
type Case string

const (
	// Pages of Amazon without an error code.
	CasePrimaryUser  Case = "primary_user"
	CaseNoPermission Case = "no_permission"
	CaseCodeless     Case = "codeless"
	CaseMWS          Case = "mws"
	CaseLogIn        Case = "log_in"
	// CaseLWA is an error page of Login with Amazon itself, as Amazon Ads has it.
	CaseLWA Case = "lwa"
	// CaseDone and CaseToken are tool providers that finish by themselves, and that
	// hand out the refresh token.
	CaseDone  Case = "done"
	CaseToken Case = "token"
	// With these the tokens arrive, and the SP-API answers 403.
	CaseSecretExpired Case = "secret_expired"
	CaseRoleMissing   Case = "role_missing"
)

// Cases returns all cases but the usual, in the order of the page.
func Cases() []Case {
	return append([]Case{
		CaseSecretExpired, CaseRoleMissing, CaseDone, CaseToken,
		CasePrimaryUser, CaseNoPermission, CaseCodeless, CaseMWS, CaseLogIn, CaseLWA,
	}, errorCodes()...)
}

// errorCodes are the codes that Amazon's authorization page shows, some with the blank or
// colon that sellers report (docs#1276, amazon-sp-api#174).
func errorCodes() []Case {
	return []Case{
		"MD0000", "MD1000", "MD4010", "MD4100", "MD: 5100", "MD5101", "MD5110", "MD5200", "MD9000", "MD 9001",
		"MD9010", "MD9100", "MD9999", "SPDC8143", "SPSA0404", "SPSA2043", "CONSENT_LIMIT_REACHED",
	}
}

// troubles are the cases that show only at the SP-API. Their place in the list goes
// into tokens, so it never changes.
func troubles() []Case { return []Case{CaseSecretExpired, CaseRoleMissing} }

// lwaError is the page of Login with Amazon, which speaks English
// (PipedreamHQ/pipedream#21852).
const lwaError = "400 Bad Request. The redirect URI you provided has not been whitelisted for your application. lwa-invalid-parameter-bad-redirect-uri-vendor"

// choice is an option of the list on the permission page.
type choice struct{ Value, Text string }

func choices(words map[string]string) []choice {
	list := []choice{{"", words["case_usual"]}}
	for _, c := range Cases() {
		text := words["case_"+string(c)]
		if text == "" {
			text = string(c)
		}
		list = append(list, choice{string(c), text})
	}
	return list
}

// meet shows the page for a case and reports whether it has one. The other cases
// send the seller back with a code.
func (s *Server) meet(w http.ResponseWriter, r *http.Request, c Case, a asked, known app) bool {
	if slices.Contains(errorCodes(), c) {
		s.refuse(w, r, string(c))
		return true
	}
	p := s.newPage(r, "stop", "practice_page.error_title")
	p.App = known.name
	p.Text = p.WithApp(p.T["page_"+string(c)])
	switch c {
	case CasePrimaryUser, CaseNoPermission, CaseCodeless, CaseMWS:
	case CaseLWA:
		p.Text = lwaError
	case CaseLogIn:
		p.Onward = loginPath + "?" + s.newHop(a, known).String()
	case CaseToken:
		p.Amazon, p.Title, p.Code = false, p.T["finished"], s.refreshToken(known, newNonceFor(s.sellerSigned(a), "")).Reveal()
	case CaseDone:
		p.Amazon, p.Title = false, p.T["finished"]
	default:
		return false
	}
	s.show(w, http.StatusOK, p)
	return true
}

// troubleMark begins the nonce of a grant whose tokens SP-API refuses.
const troubleMark = "TRB"

// newNonceFor is a nonce that carries a seller and a trouble, if c is one.
func newNonceFor(one seller, c Case) [nonceLen]byte {
	n := newNonce()
	if i := slices.Index(troubles(), c); i >= 0 {
		copy(n[:], troubleMark)
		n[len(troubleMark)] = byte(i)
	}
	n[nonceLen-1] = one.number
	return n
}

// sellerOf is the number of the seller that a nonce carries, for
// [Server.sellerNumbered].
func sellerOf(nonce [nonceLen]byte) byte { return nonce[nonceLen-1] }

// troubleOf is the trouble that a nonce carries, "" for none.
func troubleOf(nonce [nonceLen]byte) Case {
	if i := int(nonce[len(troubleMark)]); string(nonce[:len(troubleMark)]) == troubleMark && i < len(troubles()) {
		return troubles()[i]
	}
	return ""
}
