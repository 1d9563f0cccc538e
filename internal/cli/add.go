package cli

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// maxInput is the size limit of what add and authorize read, in bytes. A file of
// credentials has a few hundred.
const maxInput = 1 << 20

func (c *program) add() *cobra.Command {
	var from, marketplace, name, secretMade string
	var vendor, sandbox bool
	cmd := &cobra.Command{
		Use: "add [--from FILE]", Short: c.help("cli.add.short"), Long: c.help("cli.add.long"), Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := c.secretMade(secretMade)
			if err != nil {
				return err
			}
			text, err := c.input(from)
			if err != nil {
				return err
			}
			found, err := paste.FindCredentials(text)
			if err != nil {
				return err
			}
			accounts, err := fromFound(found, marketplace)
			if err != nil {
				return err
			}
			s, err := c.open()
			if err == nil {
				err = c.unlock(cmd.Context(), s)
			}
			if err != nil {
				return err
			}
			var all []account.Account
			for _, n := range accounts {
				n.account.SecretMadeAt = made
				n.account.Vendor, n.account.Sandbox = vendor, sandbox || found.Sandbox
				if len(accounts) == 1 {
					n.account.Name = name
				}
				saved, err := s.Save(cmd.Context(), n.account, n.secrets)
				if err != nil {
					return err
				}
				c.say("%s\n", c.t("cli.add.done", "Name", saved.Title()))
				if err := c.print("%s\n", saved.ID); err != nil {
					return err
				}
				all = append(all, saved)
			}
			return c.dateSecret(s, all...)
		},
	}
	cmd.Flags().StringVar(&from, "from", "-", c.help("cli.flag.from"))
	cmd.Flags().StringVar(&marketplace, "marketplace", "", c.help("cli.flag.marketplace"))
	cmd.Flags().StringVar(&name, "name", "", c.help("cli.flag.account_name"))
	cmd.Flags().StringVar(&secretMade, "secret-made", "", c.help("cli.flag.secret_made"))
	cmd.Flags().BoolVar(&vendor, "vendor", false, c.help("cli.flag.vendor"))
	cmd.Flags().BoolVar(&sandbox, "sandbox", false, c.help("cli.flag.sandbox"))
	return cmd
}

// input reads a file, or standard input for "-".
func (c *program) input(from string) (string, error) {
	in := io.Reader(c.in)
	if from != "-" {
		f, err := os.Open(from)
		if err != nil {
			return "", &problem{id: "cli.add.no_file", data: []any{"File", from}, code: exitFailed}
		}
		defer f.Close()
		in = f
	} else if c.Interactive {
		c.say("%s\n", c.t("cli.add.paste"))
	}
	data, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	switch {
	case err != nil:
		return "", &problem{id: "cli.add.no_file", data: []any{"File", from}, code: exitFailed}
	case len(data) > maxInput:
		return "", &problem{id: "cli.add.too_large", code: exitFailed}
	}
	return string(data), nil
}

// valuesError says what is wrong with some values in a text.
type valuesError struct {
	id     string
	values []value.ID
}

func (e *valuesError) Error() string { return "cli: " + e.id }

// newAccount is an account that was found in a text.
type newAccount struct {
	account account.Account
	secrets account.Secrets
}

// fromFound makes an account of each refresh token that was found. A text with
// several tokens has one per region; each then goes to the home marketplace of
// its region, unless the text or the flag names one there.
func fromFound(found paste.Found, marketplace string) ([]newAccount, error) {
	var missing []value.ID
	for _, v := range []struct {
		name value.ID
		has  bool
	}{
		{value.ClientID, found.ClientID != ""},
		{value.ClientSecret, !found.ClientSecret.IsEmpty()},
		{value.RefreshToken, len(found.Refresh) > 0},
	} {
		if !v.has {
			missing = append(missing, v.name)
		}
	}
	switch {
	case len(found.Several) > 0:
		return nil, &valuesError{"cli.add.several", found.Several}
	case len(missing) > 0:
		return nil, &valuesError{"cli.add.missing", missing}
	}
	if marketplace == "" {
		marketplace = found.MarketplaceID
	}
	named, known := lwa.FindMarketplace(marketplace)
	if marketplace != "" && !known {
		return nil, &usageError{"cli.usage.no_marketplace", marketplace}
	}
	var all []newAccount
	for _, r := range found.Refresh {
		region := lwa.Region(r.Region)
		if region == "" && len(found.Refresh) > 1 {
			return nil, &valuesError{"cli.add.several", []value.ID{value.RefreshToken}}
		}
		m := named
		if !known || region != "" && m.Region != region {
			if m = region.Home(); m.Code == "" {
				return nil, &usageError{"cli.usage.which_marketplace", ""}
			}
		}
		all = append(all, newAccount{
			account.Account{ClientID: found.ClientID, SellerID: found.SellerID, Marketplace: m.Code, SelfAuthorized: true},
			account.Secrets{ClientSecret: found.ClientSecret, RefreshToken: r.Token},
		})
	}
	return all, nil
}
