package walk

import (
	"slices"
	"testing"

	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestSandboxWalk is the walk of a sandbox app without a window: chosen on the first
// step or read from a paste, without Amazon's page, up to what is remembered and to
// the host where its token works.
func TestSandboxWalk(t *testing.T) {
	r := newRig(t)
	s := r.Sandbox()
	for how, begin := range map[string]func(*Walk){
		"chosen": func(w *Walk) {
			w.UseSandbox(true)
			w.ClientID, w.ClientSecret, w.RefreshToken = s.ClientID, s.ClientSecret, s.RefreshToken
		},
		"pasted": func(w *Walk) {
			if !w.TakeOver("AWS_ENV=SANDBOX\nLWA_APP_ID=" + s.ClientID + "\nLWA_CLIENT_SECRET=" + s.ClientSecret.Reveal() + "\nSP_API_REFRESH_TOKEN=" + s.RefreshToken.Reveal()) {
				t.Error("not taken over")
			}
		},
	} {
		w := New(OwnApp, market(t, "JP"), r.clock.Now)
		begin(w)
		if w.Step() != StepCredentials || !slices.Equal(w.Visitor.Steps(), []Step{StepCredentials, StepTokens}) {
			t.Fatalf("%s: at %s of %v", how, w.Step(), w.Visitor.Steps())
		}
		if !w.Next() {
			t.Fatalf("%s: %v", how, w.Problems(StepCredentials))
		}
		if err := r.run(w); err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		a := w.Account()
		if !a.Sandbox || !a.SelfAuthorized || !a.AuthorizedAt.IsZero() || !a.AuthorizationDue().IsZero() || a.ClientID != s.ClientID {
			t.Errorf("%s: remembered is %+v", how, a)
		}
		api := &spapi.Client{BaseURL: r.RegionsURL()}
		if _, err := api.MarketplaceParticipations(t.Context(), a.Endpoint(), w.Token.Access); err != nil {
			t.Errorf("%s: at the sandbox: %v", how, err)
		}
		_, err := api.MarketplaceParticipations(t.Context(), lwa.Endpoint{Region: a.Region()}, w.Token.Access)
		kindIs(t, err, lwa.KindForbidden)
	}
}

// TestSandboxAndCode: a code comes from an authorization, which no sandbox app has. A
// paste beside it doesn't cost the code, and the choice asks first.
func TestSandboxAndCode(t *testing.T) {
	s := newRig(t).Sandbox()
	w, _ := atPaste(t)
	pasteIn(t, w, answer(t, w, code1))
	if !w.TakeOver("AWS_ENV=SANDBOX\nLWA_APP_ID="+s.ClientID+"\nLWA_CLIENT_SECRET="+s.ClientSecret.Reveal()) || w.Sandbox || w.Visitor != OwnApp || !w.CodeLive() {
		t.Errorf("sandbox %v, visitor %s, a code: %v", w.Sandbox, w.Visitor, w.CodeLive())
	}
	if !w.Loses(func(w *Walk) { w.UseSandbox(true) }) || w.Sandbox {
		t.Error("the choice costs the code without a question")
	}
	w.UseSandbox(true)
	if w.CodeLive() || w.Step() != StepCredentials {
		t.Errorf("at %s with a code", w.Step())
	}
}
