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
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/lwa"
)

func (c *program) backup() *cobra.Command {
	var file string
	var plain, yes bool
	cmd := &cobra.Command{
		Use: "backup -o FILE [ACCOUNT …]", Short: c.help("cli.backup.short"), Long: c.help("cli.backup.long"),
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
			if plain {
				if err := c.confirm(c.t("backup.csv_text")+"\n"+c.t("cli.backup.csv_question"), yes); err != nil {
					return err
				}
			}
			if err := c.unlock(cmd.Context(), s); err != nil {
				return err
			}
			b, err := backup.Gather(cmd.Context(), s, accounts, c.Now())
			if unreadable := new(backup.UnreadableError); errors.As(err, &unreadable) {
				c.say("%s\n", c.t("cli.backup.unreadable", "Name", unreadable.Account.Title()))
			}
			if err != nil {
				return err
			}
			if plain {
				if err := backup.WriteCSV(file, b); err != nil {
					return err
				}
				c.say("%s\n", c.t("backup.csv_done", "File", file))
				return nil
			}
			passphrase, err := c.newPassphrase()
			if err != nil {
				return err
			}
			if err := backup.Write(file, b, passphrase); err != nil {
				return err
			}
			c.say("%s\n", c.words().N("backup.done", len(b.Items), "File", file))
			return nil
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", c.help("cli.flag.backup_file"))
	cmd.Flags().BoolVar(&plain, "csv", false, c.help("cli.flag.csv"))
	cmd.Flags().BoolVar(&yes, "yes", false, c.help("cli.flag.yes"))
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
	suggested := backup.SuggestPassphrase()
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
		Use: "restore FILE", Short: c.help("cli.restore.short"), Long: c.help("cli.restore.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if err := one("cli.usage.no_backup", args); err != nil {
				return err
			}
			if !check && !yes && !c.Interactive {
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
			c.say("%s\n", c.words().N("restore.holds", len(b.Items), "Date", c.words().Date(b.MadeAt.Local())))
			for _, i := range b.Items {
				c.say("  %s\n", i.Account.Title())
			}
			if check {
				return nil
			}
			if err := c.confirm(c.t("cli.restore.question"), yes); err != nil {
				return err
			}
			return c.addAll(cmd.Context(), b, passphrase, replace, !yes && c.Interactive)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, c.help("cli.flag.check"))
	cmd.Flags().BoolVar(&replace, "replace", false, c.help("cli.flag.replace"))
	cmd.Flags().BoolVar(&yes, "yes", false, c.help("cli.flag.yes"))
	return cmd
}

// addAll adds the accounts of a backup to those here and prints their IDs; see
// decide for replace and ask.
func (c *program) addAll(ctx context.Context, b backup.Backup, passphrase lwa.Secret, replace, ask bool) error {
	s, err := c.open()
	if err == nil {
		err = c.unlock(ctx, s)
	}
	if err != nil {
		return err
	}
	all, err := backup.Compare(ctx, s, b)
	if err != nil {
		return err
	}
	if err := c.decide(all, replace, ask); err != nil {
		return err
	}
	replaced, saved, err := backup.Restore(ctx, s, all, passphrase, c.Now())
	if noted := rotate.New(s, c.Now).Recheck(ctx, saved); err == nil {
		err = noted
	}
	if replaced != "" {
		c.say("%s\n", c.t("restore.replaced", "File", replaced))
	}
	for _, a := range saved {
		if err := c.print("%s\n", a.ID); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	c.say("%s\n", c.words().N("restore.done", len(saved)))
	return nil
}

// decide says for each account with other secrets here whether the backup's replace
// them. ask: a person can say so.
func (c *program) decide(all []backup.Merging, replace, ask bool) error {
	for i := range all {
		m := &all[i]
		if !m.Conflict {
			continue
		}
		m.Replace = replace
		if ask && !replace {
			day := func(a account.Account) string {
				if a.AuthorizedAt.IsZero() {
					return c.t("restore.no_date")
				}
				return c.words().Date(a.AuthorizedAt.Time())
			}
			err := c.confirm(c.t("cli.restore.conflict", "Name", m.Here.Title(), "Here", day(m.Here), "Backup", day(m.Account)), false)
			if no := new(problem); err != nil && !errors.As(err, &no) {
				return err
			}
			m.Replace = err == nil
		}
		if !m.Replace {
			c.say("%s\n", c.t("cli.restore.kept", "Name", m.Here.Title()))
		}
	}
	return nil
}
