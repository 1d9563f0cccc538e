package practice

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// TestRotateSecret: the new secret works at once, and after a restart; the old one for
// seven days, and never another app's.
func TestRotateSecret(t *testing.T) {
	now := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	s := New(Options{Now: func() time.Time { return now }})
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	sample := s.Sample()
	works := func(s *Server, secret lwa.Secret) bool {
		t.Helper()
		client := lwa.Client{TokenURL: s.TokenURL()}
		_, err := client.Refresh(context.Background(), lwa.Credentials{ClientID: sample.ClientID, ClientSecret: secret}, sample.RefreshToken)
		var e *lwa.Error
		if err != nil && (!errors.As(err, &e) || e.Kind != lwa.KindClientAuth) {
			t.Fatal(err)
		}
		return err == nil
	}
	first, ok := s.RotateSecret(sample.ClientID)
	if !ok || first.Equal(sample.ClientSecret) || len(first.Reveal()) != len(sample.ClientSecret.Reveal()) {
		t.Fatal("no new secret")
	}
	if !works(s, sample.ClientSecret) || !works(s, first) {
		t.Error("refused within seven days")
	}
	now = now.Add(oldSecretLife - time.Second)
	second, _ := s.RotateSecret(sample.ClientID)
	if !works(s, sample.ClientSecret) || !works(s, first) || !works(s, second) {
		t.Error("refused within seven days")
	}
	now = now.Add(time.Second)
	if works(s, sample.ClientSecret) || !works(s, first) || !works(s, second) {
		t.Error("the first secret works after seven days, or a later one doesn't")
	}
	now = now.Add(oldSecretLife)
	if works(s, first) || !works(s, second) {
		t.Error("the second secret works after seven days, or the third one doesn't")
	}
	text := second.Reveal()
	for _, wrong := range []string{text[:len(text)-1], text + "0", text[:len(text)-1] + "x", secretPrefix} {
		if works(s, lwa.NewSecret(wrong)) {
			t.Error("another text works")
		}
	}
	if other, _ := s.RotateSecret(s.Published().ClientID); works(s, other) {
		t.Error("another app's secret works")
	}
	if _, ok := s.RotateSecret("amzn1.application-oa2-client.0"); ok {
		t.Error("an app that doesn't exist has a secret")
	}
	again := New(Options{Now: s.now})
	if err := again.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	if !works(again, second) {
		t.Error("refused after a restart")
	}
}
