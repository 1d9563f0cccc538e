package practice

import (
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// Sample are the values that a seller enters in practice mode. They look like
// real ones, say that they aren't, and never change, so that a saved practice
// account still works at the next start.
type Sample struct {
	ApplicationID, ClientID    string
	ClientSecret, RefreshToken lwa.Secret
	SellerID, ConsentLink      string
}

// app is registered with the pretend Amazon.
type app struct {
	// number goes into tokens, so it never changes.
	number       byte
	name         string
	id, clientID string
	secret       lwa.Secret
	// Draft apps need version=beta; published ones must not have it.
	draft bool
	// sandbox: nobody can authorize it, and its tokens work only at the sandbox.
	sandbox bool
}

// apps are a draft, as in the guides, a published and a sandbox app. Their values
// are mostly zeros so that nothing looks like a leaked secret.
func apps() []app {
	zeros := func(n int, end string) string { return strings.Repeat("0", n-len(end)) + end }
	make := func(number byte, name, end string, draft bool) app {
		return app{
			number:   number,
			name:     name,
			id:       "amzn1.sp.solution.00000000-0000-0000-0000-" + zeros(12, end),
			clientID: "amzn1.application-oa2-client." + zeros(32, end),
			secret:   lwa.NewSecret("amzn1.oa2-cs.v1." + zeros(64, end)),
			draft:    draft,
		}
	}
	sandbox := make(3, "Practice Sandbox App", "ac71ce03", false)
	sandbox.sandbox = true
	return []app{
		make(1, "Practice Tool", "ac71ce", true),
		make(2, "Practice Tool Pro", "ac71ce02", false),
		sandbox,
	}
}

func (s *Server) sampleOf(a app) Sample {
	version := ""
	if a.draft {
		version = "&version=beta"
	}
	return Sample{
		ApplicationID: a.id,
		ClientID:      a.clientID,
		ClientSecret:  a.secret,
		RefreshToken:  s.refreshToken(a, [nonceLen]byte{}),
		SellerID:      sellerID,
		ConsentLink:   "https://" + s.home.SellerHost + "/apps/authorize/consent?application_id=" + a.id + version + "&state=practice-guide",
	}
}

// Sample returns the values of the draft app, the kind that the guides describe.
func (s *Server) Sample() Sample { return s.sampleOf(s.apps[0]) }

// Published returns the values of the published app. The authorization page
// refuses it with version=beta, and it can't use codes and refresh tokens of the
// draft app.
func (s *Server) Published() Sample { return s.sampleOf(s.apps[1]) }

// Sandbox returns the values of the sandbox app, whose refresh token was made in the
// developer console. The authorization page doesn't know the app.
func (s *Server) Sandbox() Sample {
	sample := s.sampleOf(s.apps[2])
	sample.ConsentLink = ""
	return sample
}
