package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

func (c *program) backup() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "backup -o FILE [ACCOUNT …]", Short: c.t("cli.backup.short"), Long: c.t("cli.backup.long"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return &usageError{"cli.usage.no_output", ""}
			}
			s, err := c.open()
			if err != nil {
				return err
			}
			accounts, err := chosen(s, args)
			if err != nil {
				return err
			}
			if len(accounts) == 0 {
				return &problem{id: "cli.backup.empty", code: exitAccount}
			}
			if err := c.unlock(cmd.Context(), s); err != nil {
				return err
			}
			b := backup.Backup{MadeAt: c.Now()}
			for _, a := range accounts {
				secrets, err := s.Secrets(cmd.Context(), a.ID)
				if err != nil {
					c.say("%s\n", c.t("cli.backup.unreadable", "Name", a.Title()))
					return err
				}
				b.Items = append(b.Items, backup.Item{Account: a, Secrets: secrets})
			}
			passphrase, err := c.newPassphrase()
			if err != nil {
				return err
			}
			if err := backup.Write(file, b, passphrase); err != nil {
				return err
			}
			c.say("%s\n", c.words.N("cli.backup.done", len(b.Items), "File", file))
			return nil
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", c.t("cli.flag.backup_file"))
	return cmd
}

// chosen are the accounts that the arguments name, each once; all without
// arguments.
func chosen(s *account.Store, names []string) ([]account.Account, error) {
	if len(names) == 0 {
		return s.List(), nil
	}
	var list []account.Account
	taken := map[string]bool{}
	for _, name := range names {
		a, err := find(s, name)
		if err != nil {
			return nil, err
		}
		if !taken[a.ID] {
			list = append(list, a)
		}
		taken[a.ID] = true
	}
	return list, nil
}

// newPassphrase asks for the passphrase of a new backup, with a suggestion.
func (c *program) newPassphrase() (lwa.Secret, error) {
	if !c.Interactive {
		return c.passphrase("")
	}
	suggested, err := backup.SuggestPassphrase()
	if err != nil {
		return lwa.Secret{}, err
	}
	c.say("%s\n  %s\n", c.t("cli.backup.suggestion"), suggested.Reveal())
	first, err := c.passphrase(c.t("cli.backup.prompt"))
	if err != nil || first.IsEmpty() {
		return suggested, err
	}
	second, err := c.passphrase(c.t("cli.backup.again"))
	if err == nil && !first.Equal(second) {
		err = &problem{id: "cli.backup.unequal", code: exitFailed}
	}
	return first, err
}

// passphrase asks for the passphrase of a backup, or reads the first line of
// standard input where there is no terminal.
func (c *program) passphrase(prompt string) (lwa.Secret, error) {
	if c.Interactive {
		c.say("%s ", prompt)
		typed, err := c.ReadPassword()
		c.say("\n")
		if err != nil {
			return lwa.Secret{}, &problem{id: "cli.canceled", code: exitFailed}
		}
		return lwa.NewSecret(typed), nil
	}
	line, err := bufio.NewReader(io.LimitReader(c.in, maxInput)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return lwa.Secret{}, err
	}
	return lwa.NewSecret(strings.TrimRight(line, "\r\n")), nil
}

func (c *program) restore() *cobra.Command {
	var check, replace, yes bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: c.t("cli.restore.short"), Long: c.t("cli.restore.long"),
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return &usageError{"cli.usage.no_backup", ""}
			case len(args) > 1:
				return &usageError{"cli.usage.too_many", args[1]}
			case !check && !yes && !c.Interactive:
				return &usageError{"cli.usage.wants_yes", ""}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			passphrase, err := c.passphrase(c.t("cli.backup.open"))
			if err != nil {
				return err
			}
			b, err := backup.Read(args[0], passphrase)
			if err != nil {
				return err
			}
			c.say("%s\n", c.words.N("cli.restore.holds", len(b.Items), "Date", c.words.Date(b.MadeAt.Local())))
			for _, i := range b.Items {
				c.say("  %s\n", i.Account.Title())
			}
			if check {
				return nil
			}
			if err := c.confirm(c.t("cli.restore.question"), yes); err != nil {
				return err
			}
			s, err := c.open()
			if err == nil {
				err = c.unlock(cmd.Context(), s)
			}
			if err != nil {
				return err
			}
			r := restoring{c, s, passphrase, replace, !yes && c.Interactive}
			return r.all(cmd.Context(), b.Items)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, c.t("cli.flag.check"))
	cmd.Flags().BoolVar(&replace, "replace", false, c.t("cli.flag.replace"))
	cmd.Flags().BoolVar(&yes, "yes", false, c.t("cli.flag.yes"))
	return cmd
}

// restoring is one run of restore.
type restoring struct {
	*program
	store      *account.Store
	passphrase lwa.Secret
	// replace: the backup's secrets take the place of others. ask: a person can say
	// so for each account.
	replace, ask bool
}

// all restores accounts. It asks everything before it changes anything, and puts
// what will be replaced into a backup of its own.
func (r restoring) all(ctx context.Context, items []backup.Item) error {
	replace := make([]bool, len(items))
	before := backup.Backup{MadeAt: r.Now()}
	for i, item := range items {
		found, has, ok, err := r.store.Match(ctx, item.Account, item.Secrets)
		if err != nil {
			return err
		}
		if !ok || !item.Secrets.Conflicts(has) {
			continue
		}
		if replace[i], err = r.prefersBackup(found, item.Account); err != nil {
			return err
		}
		if replace[i] {
			before.Items = append(before.Items, backup.Item{Account: found, Secrets: has})
		} else {
			r.say("%s\n", r.t("cli.restore.kept", "Name", found.Title()))
		}
	}
	if len(before.Items) > 0 {
		path := disk.AsideName(account.ReplacedBackup(r.dataDir), account.ReplacedMark, r.Now())
		if err := backup.Write(path, before, r.passphrase); err != nil {
			return err
		}
		r.say("%s\n", r.t("cli.restore.replaced", "File", path))
	}
	for i, item := range items {
		saved, err := r.store.Restore(ctx, item.Account, item.Secrets, replace[i])
		if err != nil {
			return err
		}
		if err := r.print("%s\n", saved.ID); err != nil {
			return err
		}
	}
	r.say("%s\n", r.words.N("cli.restore.done", len(items)))
	return nil
}

// prefersBackup asks whose keys are the newer ones.
func (r restoring) prefersBackup(here, saved account.Account) (bool, error) {
	if r.replace || !r.ask {
		return r.replace, nil
	}
	day := func(a account.Account) string {
		if a.AuthorizedAt.IsZero() {
			return r.t("cli.restore.no_date")
		}
		return r.words.Date(a.AuthorizedAt.Time())
	}
	err := r.confirm(r.t("cli.restore.conflict", "Name", here.Title(), "Here", day(here), "Backup", day(saved)), false)
	var no *problem
	if errors.As(err, &no) {
		return false, nil
	}
	return err == nil, err
}
