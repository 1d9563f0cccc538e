package practice

import (
	"net/http"
	"strings"
)

func (s *Server) registerForm(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, s.registration(r))
}

func (s *Server) registration(r *http.Request) page {
	return s.newPage(r, "register", "practice_page.register_title")
}

// register accepts a seller ID and a code, as a tool provider does: it uses the
// code at once, so nobody can use it again.
func (s *Server) register(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
		return
	}
	seller := strings.TrimSpace(r.PostForm.Get("seller_id"))
	code := strings.TrimSpace(r.PostForm.Get("oauth_code"))
	p := s.registration(r)
	p.Seller = seller
	switch {
	case seller == "" || code == "":
		p.Wrong = p.T["register_incomplete"]
	case !s.isSeller(seller):
		p.Wrong = p.T["register_wrong_seller"]
	default:
		_, refused := s.spend(code, func(g *grant) *refusal {
			if g.seller.id != seller {
				return badGrant("code")
			}
			return nil
		})
		if refused != nil {
			p.Wrong = p.T["register_wrong_code"]
			break
		}
		done := s.newPage(r, "registered", "practice_page.registered_title")
		done.Seller = seller
		s.show(w, http.StatusOK, done)
		return
	}
	s.show(w, http.StatusBadRequest, p)
}
