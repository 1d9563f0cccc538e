package cli

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/vault"
)

func (c *program) run() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use: "run ACCOUNT [--as NAME] -- PROGRAM [ARGUMENT…]", Short: c.help("cli.run.short"), Long: c.help("cli.run.long"),
		Args: func(cmd *cobra.Command, args []string) error {
			switch dash := cmd.ArgsLenAtDash(); {
			case as == "list":
				return nil
			case len(args) == 0 || dash == 0:
				return &usageError{"cli.usage.no_account", ""}
			case dash < 0 || dash == len(args):
				return &usageError{"cli.usage.no_program", ""}
			case dash > 1:
				return &usageError{"cli.usage.too_many", args[1]}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if as == "list" {
				return c.listEnvironments()
			}
			names, ok := export.FindEnvironment(as)
			if !ok {
				return &usageError{"cli.usage.no_environment", as}
			}
			s, a, err := c.keys(args[0])
			if err != nil {
				return err
			}
			program, err := exec.LookPath(args[1])
			if err != nil {
				return &problem{id: "cli.run.cannot_start", data: []any{"Program", args[1]}, code: exitFailed}
			}
			values, err := c.values(cmd.Context(), s, a, "")
			if err != nil {
				return err
			}
			env, err := names.Set(values)
			if err != nil {
				return err
			}
			inherited := os.Environ()
			if sandbox := names.SandboxSettings(); !values.Sandbox {
				inherited = slices.DeleteFunc(inherited, func(v string) bool { return slices.Contains(sandbox, v) })
			}
			return c.start(program, args[1:], withEnvironment(inherited, env))
		},
	}
	cmd.Flags().StringVar(&as, "as", "dotenv", c.help("cli.flag.as"))
	return cmd
}

// listEnvironments prints the names that --as takes, with the variables that
// each sets.
func (c *program) listEnvironments() error {
	for _, e := range export.Environments() {
		if err := c.print("%s\t%s\n", e.Name, strings.Join(e.Variables(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// values are the credentials of an account.
func (c *program) values(ctx context.Context, s *account.Store, a account.Account, name string) (export.Values, error) {
	if err := c.unlock(ctx, s); err != nil {
		return export.Values{}, err
	}
	secrets, err := s.Secrets(ctx, a.ID)
	if err == nil && (secrets.RefreshToken.IsEmpty() || secrets.ClientSecret.IsEmpty()) {
		err = &vault.Error{Op: "get", Kind: vault.NotFound}
	}
	return export.Values{
		AccountName: name, ClientID: a.ClientID, ClientSecret: secrets.ClientSecret, RefreshToken: secrets.RefreshToken,
		SellerID: a.SellerID, Marketplace: a.Marketplace, Region: a.Region(), Sandbox: a.Sandbox,
	}, err
}

// withEnvironment sets variables, and removes others of the same name: which of
// two a program would read depends on the program.
func withEnvironment(env, set []string) []string {
	return append(slices.DeleteFunc(slices.Clone(env), func(old string) bool {
		return slices.ContainsFunc(set, func(v string) bool {
			name, _, _ := strings.Cut(v, "=")
			return strings.HasPrefix(old, name+"=")
		})
	}), set...)
}
