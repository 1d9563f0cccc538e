// Command serve runs the pretend Amazon of package practice for tests that
// drive the program from outside. It prints one line of JSON, the addresses and
// the values to type, and serves until it is ended.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "loopback address to serve on")
	hop := flag.Bool("hop", false, "send Confirm by way of the tool provider's sign-in page")
	flag.Parse()
	if err := run(*addr, *hop); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(addr string, hop bool) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	words, err := wordsOf()
	if err != nil {
		return err
	}
	s := practice.New(practice.Options{Words: words})
	s.SetLoginHop(hop)
	if err := s.Start(addr); err != nil {
		return err
	}
	// Only here are the made-up secrets printed, for tests that enter them.
	type values struct {
		ApplicationID string `json:"application_id"`
		ClientID      string `json:"client_id"`
		ClientSecret  string `json:"client_secret"`
		RefreshToken  string `json:"refresh_token"`
		SellerID      string `json:"seller_id"`
		ConsentLink   string `json:"consent_link"`
	}
	reveal := func(v practice.Sample) values {
		return values{v.ApplicationID, v.ClientID, v.ClientSecret.Reveal(), v.RefreshToken.Reveal(), v.SellerID, v.ConsentLink}
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"origin":           s.Origin(),
		"token_url":        s.TokenURL(),
		"sp_api_url":       s.SPAPIURL(),
		"registration_url": s.RegistrationURL(),
		"sample":           reveal(s.Sample()),
		"published":        reveal(s.Published()),
	})
	if err != nil {
		return err
	}
	<-ctx.Done()
	return s.Close()
}

// wordsOf loads the texts of every language once.
func wordsOf() (func(lang, id string) string, error) {
	localizers := make(map[string]*i18n.Localizer)
	for _, l := range i18n.Languages() {
		localizer, err := i18n.New(l.Tag)
		if err != nil {
			return nil, err
		}
		localizers[l.Tag] = localizer
	}
	return func(lang, id string) string {
		l := localizers[lang]
		if l == nil {
			return id
		}
		return l.T(id)
	}, nil
}
