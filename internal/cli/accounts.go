package cli

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// open opens the list of accounts. Their secrets stay out of reach until
// unlock.
func (c *program) open() (*account.Store, error) {
	if err := disk.MakePrivate(c.dataDir, "accounts.json", "instance.lock"); err != nil {
		return nil, err
	}
	return account.Open(c.dataDir, nil, c.Now)
}

// unlock gives a store its vault: the encrypted file if the data folder has
// one, whose passphrase is asked for, or else the keychain.
func (c *program) unlock(ctx context.Context, s *account.Store) error {
	path := filepath.Join(c.dataDir, vault.FileName)
	if !vault.FileAt(path) {
		s.SetVault(c.Keychain)
		return nil
	}
	if !c.Interactive {
		return &problem{id: "cli.passphrase.no_terminal", code: exitKeychain}
	}
	c.say("%s ", c.t("cli.passphrase.prompt"))
	passphrase, err := c.ReadPassword()
	c.say("\n")
	if err != nil {
		return &problem{id: "cli.canceled", code: exitFailed}
	}
	file, err := vault.OpenFile(ctx, path, lwa.NewSecret(passphrase))
	if err != nil {
		return err
	}
	s.SetVault(file)
	return nil
}

// account opens the store and finds the account that an argument names.
func (c *program) account(name string) (*account.Store, account.Account, error) {
	s, err := c.open()
	if err != nil {
		return nil, account.Account{}, err
	}
	found, err := find(s, name)
	return s, found, err
}

// keys is account for a command that needs the account's keys. A reminder of an
// authorization for a provider's app has none.
func (c *program) keys(name string) (*account.Store, account.Account, error) {
	s, a, err := c.account(name)
	if err == nil && a.ProviderApp {
		err = &problem{id: "cli.account.provider", data: []any{"Name", a.Title()}, code: exitPerson}
	}
	return s, a, err
}

// find returns the account with an ID, a title, or a seller ID; or the only one
// that has all the words of name somewhere in it.
func find(s *account.Store, name string) (account.Account, error) {
	if a, ok := s.Find(name); ok {
		return a, nil
	}
	all := s.List()
	for _, same := range []func(account.Account) bool{
		func(a account.Account) bool { return strings.EqualFold(a.Title(), name) },
		func(a account.Account) bool { return strings.EqualFold(a.SellerID, name) },
	} {
		if hits := slices.DeleteFunc(slices.Clone(all), func(a account.Account) bool { return !same(a) }); len(hits) == 1 {
			return hits[0], nil
		}
	}
	hits := s.Search(name)
	switch {
	case strings.TrimSpace(name) == "" || len(hits) == 0:
		return account.Account{}, &problem{id: "cli.account.none", data: []any{"Name", name}, code: exitAccount}
	case len(hits) == 1:
		return hits[0], nil
	}
	titles := make([]string, 0, len(hits))
	for _, a := range hits {
		titles = append(titles, a.Title()+" ("+a.ID+")")
	}
	return account.Account{}, &problem{
		id: "cli.account.several", data: []any{"Name", name, "Accounts", strings.Join(titles, ", ")}, code: exitAccount,
	}
}

// accountJSON is an account as --json shows it: docs/command-line.md.
type accountJSON struct {
	ID            string        `json:"id"`
	Name          string        `json:"name"`
	SellerID      string        `json:"seller_id,omitempty"`
	Marketplace   string        `json:"marketplace,omitempty"`
	MarketplaceID string        `json:"marketplace_id,omitempty"`
	Region        lwa.Region    `json:"region,omitempty"`
	ClientID      string        `json:"client_id,omitempty"`
	ApplicationID string        `json:"application_id,omitempty"`
	Sandbox       bool          `json:"sandbox,omitempty"`
	State         account.Level `json:"state"`
	Reasons       []reasonJSON  `json:"reasons"`
}

type reasonJSON struct {
	ID   string     `json:"id"`
	Date *date.Date `json:"date,omitempty"`
	Text string     `json:"text"`
}

func (c *program) describe(a account.Account) accountJSON {
	m, _ := lwa.FindMarketplace(a.Marketplace)
	state := a.State(c.Now())
	out := accountJSON{
		ID: a.ID, Name: a.Title(), SellerID: a.SellerID, Marketplace: a.Marketplace, MarketplaceID: m.ID, Region: a.Region(),
		ClientID: a.ClientID, ApplicationID: a.ApplicationID, Sandbox: a.Sandbox, State: state.Level, Reasons: []reasonJSON{},
	}
	for _, r := range state.Reasons {
		j := reasonJSON{ID: string(r.ID), Text: c.words().T("reason."+string(r.ID), "Date", c.words().Date(r.Date.Time()))}
		if !r.Date.IsZero() {
			j.Date = &r.Date
		}
		out.Reasons = append(out.Reasons, j)
	}
	return out
}

func (c *program) list() *cobra.Command {
	return c.listing("list", c.help("cli.list.short"), func(_ *account.Store, list []accountJSON) error {
		w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
		for _, a := range list {
			line := a.ID + "\t" + a.Name + "\t" + a.SellerID + "\t" + a.Marketplace
			if a.Sandbox {
				line += "\t" + c.t("sandbox.word")
			}
			_, _ = w.Write([]byte(line + "\n"))
		}
		return w.Flush()
	})
}

func (c *program) status() *cobra.Command {
	return c.listing("status", c.help("cli.status.short"), func(s *account.Store, list []accountJSON) error {
		for _, a := range list {
			name := a.Name
			if a.Sandbox {
				name = c.t("check.store", "Marketplace", name, "Store", c.t("sandbox.word"))
			}
			if err := c.print("%s: %s\n", name, c.words().T("state."+string(a.State))); err != nil {
				return err
			}
			for _, r := range a.Reasons {
				if err := c.print("  %s\n", r.Text); err != nil {
					return err
				}
			}
		}
		return c.sayRotations(s)
	})
}

// listing is a command that shows all accounts, without a secret or a request.
func (c *program) listing(name, short string, show func(*account.Store, []accountJSON) error) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: name, Short: short, Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			s, err := c.open()
			if err != nil {
				return err
			}
			list := []accountJSON{}
			for _, a := range s.List() {
				list = append(list, c.describe(a))
			}
			switch {
			case asJSON:
				return c.json(map[string]any{"accounts": list})
			case len(list) == 0:
				c.say("%s\n", c.t("cli.account.empty"))
				return nil
			}
			return show(s, list)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}

func (c *program) json(v any) error {
	e := json.NewEncoder(c.Stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// set corrects what somebody picked for an account.
func (c *program) set() *cobra.Command {
	var marketplace string
	var sandbox bool
	cmd := &cobra.Command{
		Use: "set ACCOUNT [--marketplace CODE] [--sandbox[=false]]", Short: c.help("cli.set.short"), Long: c.help("cli.set.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := cmd.Flags().Changed("sandbox")
			m, ok := lwa.FindMarketplace(marketplace)
			if !ok && (!kind || marketplace != "") {
				return &usageError{"cli.usage.no_marketplace", marketplace}
			}
			s, a, err := c.account(args[0])
			if err != nil {
				return err
			}
			if ok {
				if a, err = s.Update(a.ID, func(a *account.Account) { a.Marketplace = m.Code }); err != nil {
					return err
				}
				c.say("%s\n", c.t("cli.set.done", "Name", a.Title(), "Market", c.t("market."+m.Code)))
			}
			if kind {
				if a, err = s.Update(a.ID, func(a *account.Account) { a.Sandbox = sandbox }); err != nil {
					return err
				}
				said := c.t("cli.set.production", "Name", a.Title())
				if sandbox {
					said = c.t("cli.set.sandbox", "Name", a.Title())
				}
				c.say("%s\n", said)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&sandbox, "sandbox", false, c.help("cli.flag.sandbox"))
	cmd.Flags().StringVar(&marketplace, "marketplace", "", c.help("cli.flag.marketplace"))
	return cmd
}

func (c *program) forget() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "forget ACCOUNT", Short: c.help("cli.forget.short"), Long: c.help("cli.forget.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, a, err := c.account(args[0])
			if err != nil {
				return err
			}
			if err := c.confirm(c.t("cli.forget.question", "Name", a.Title()), yes); err != nil {
				return err
			}
			if err := c.unlock(cmd.Context(), s); err != nil {
				return err
			}
			if err := s.Forget(cmd.Context(), a.ID); err != nil {
				return err
			}
			if err := rotate.New(s, c.Now).Forget(a.ID); err != nil {
				return err
			}
			c.say("%s\n", c.t("cli.forget.done", "Name", a.Title()))
			return nil
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, c.help("cli.flag.yes"))
	return cmd
}
