package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/lwa"
)

// tokenJSON is what token --json prints: docs/command-line.md.
type tokenJSON struct {
	AccessToken  string            `json:"access_token"`
	TokenType    string            `json:"token_type"`
	ExpiresAt    time.Time         `json:"expires_at"`
	Endpoint     string            `json:"endpoint"`
	Marketplaces []marketplaceJSON `json:"marketplaces"`
}

type marketplaceJSON struct {
	ID      string `json:"id"`
	Country string `json:"country"`
}

func (c *program) token() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "token ACCOUNT", Short: c.help("cli.token.short"), Long: c.help("cli.token.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, a, err := c.keys(args[0])
			if err != nil {
				return err
			}
			token, err := c.fresh(cmd.Context(), s, a)
			switch {
			case err != nil:
				return err
			case !asJSON:
				return c.print("%s\n", token.Access.Reveal())
			}
			out := tokenJSON{
				AccessToken: token.Access.Reveal(), TokenType: token.Type, ExpiresAt: token.Expiry.UTC().Truncate(time.Second),
				Endpoint: a.Endpoint().URL(), Marketplaces: []marketplaceJSON{},
			}
			if m, ok := lwa.FindMarketplace(a.Marketplace); ok {
				out.Marketplaces = append(out.Marketplaces, marketplaceJSON{m.ID, m.Code})
			}
			return c.json(out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}

// fresh returns an access token that is valid for at least a few more minutes.
// However many programs ask for one, Amazon gets one request: see
// [account.Refresher.Token].
func (c *program) fresh(ctx context.Context, s *account.Store, a account.Account) (lwa.Token, error) {
	if err := c.unlock(ctx, s); err != nil {
		return lwa.Token{}, err
	}
	renewal, err := account.NewRefresher(s, c.client().Refresh, nil).Token(ctx, a.ID)
	return renewal.Token, err
}

func (c *program) check() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "check ACCOUNT", Short: c.help("cli.check.short"), Long: c.help("cli.check.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, a, err := c.keys(args[0])
			if err != nil {
				return err
			}
			if a.Vendor { // no token is needed to say so
				return check.Question{Account: a, Now: c.Now()}.Ask(cmd.Context()).Err
			}
			token, err := c.fresh(cmd.Context(), s, a)
			if err != nil {
				return err
			}
			q := check.Question{API: c.spapi(), Account: a, Access: token.Access, Now: c.Now()}
			result := q.Ask(cmd.Context())
			err = result.Record(s, a.ID)
			switch {
			case result.Reason != nil:
				return &refused{a, result}
			case result.Err != nil:
				return result.Err
			case err != nil:
				return err
			}
			stores, missing := []marketplaceJSON{}, []marketplaceJSON{}
			for _, m := range result.Stores() {
				if m.Selling {
					stores = append(stores, marketplaceJSON{m.ID, m.Code})
				}
			}
			for _, m := range result.Missing() {
				missing = append(missing, marketplaceJSON{m.ID, m.Code})
			}
			switch {
			case asJSON:
				return c.json(map[string]any{"marketplaces": stores, "not_covered": missing, "sandbox": a.Sandbox})
			case a.Sandbox:
				c.say("%s\n", c.t("sandbox.works"))
				return nil
			}
			c.say("%s\n", c.t("cli.check.works"))
			for _, m := range stores {
				if err := c.print("%s  %s\n", m.Country, m.ID); err != nil {
					return err
				}
			}
			if len(missing) > 0 {
				c.say("%s\n", c.t("check.missing", "Stores", check.Markets(c.words().T, result.Missing())))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}
