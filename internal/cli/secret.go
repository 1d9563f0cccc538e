package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/calendar"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/lwa"
)

// newSecret is one run of the command secret.
type newSecret struct {
	*program
	store   *account.Store
	book    *rotate.Book
	account account.Account

	from, calendar       string
	yes, noFiles, edited bool
	asJSON               bool
}

// secret renews the client secret of an account's app.
func (c *program) secret() *cobra.Command {
	n := newSecret{program: c}
	var secretMade string
	cmd := &cobra.Command{
		Use: "secret ACCOUNT [--from FILE]", Short: c.help("cli.secret.short"), Long: c.help("cli.secret.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) error {
			made, err := c.secretMade(secretMade)
			if err != nil {
				return err
			}
			if n.store, n.account, err = c.keys(args[0]); err != nil {
				return err
			}
			n.book = rotate.New(n.store, c.Now)
			return n.run(cmd.Context(), made)
		},
	}
	cmd.Flags().StringVar(&n.from, "from", "", c.help("cli.flag.secret_from"))
	cmd.Flags().StringVar(&secretMade, "secret-made", "", c.help("cli.flag.secret_made"))
	cmd.Flags().BoolVar(&n.yes, "yes", false, c.help("cli.flag.secret_yes"))
	cmd.Flags().BoolVar(&n.noFiles, "no-files", false, c.help("cli.flag.no_files"))
	cmd.Flags().BoolVar(&n.edited, "edited", false, c.help("cli.flag.edited"))
	cmd.Flags().StringVar(&n.calendar, "calendar", "", c.help("cli.flag.calendar"))
	cmd.Flags().BoolVar(&n.asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}

func (n *newSecret) run(ctx context.Context, made date.Date) error {
	id := n.account.ClientID
	before, err := n.book.Before(id)
	if err != nil {
		return err
	}
	if !n.Interactive && !n.yes && !n.noFiles && rotate.Count(before, rotate.Ready) > 0 {
		return &usageError{"cli.usage.wants_files", ""}
	}
	secret, err := n.read()
	if err == nil {
		err = n.unlock(ctx, n.store)
	}
	if err != nil {
		return err
	}
	saved, err := n.save(ctx, secret, made)
	if err != nil {
		return err
	}
	n.say("%s\n", n.t("cli.secret.saved", "Accounts", n.titles(saved)))
	items, err := n.book.Items(id)
	if err == nil && !n.noFiles {
		items, err = n.write(ctx, items)
	}
	if err != nil {
		return err
	}
	if err := n.writeCalendar(saved); err != nil {
		return err
	}
	return n.printPlaces(n.store, n.book, id, items, n.asJSON)
}

// save tries the new secret with Amazon and saves it for every account of the app.
func (n *newSecret) save(ctx context.Context, secret lwa.Secret, made date.Date) ([]account.Account, error) {
	id := n.account.ClientID
	tried, err := n.book.Try(ctx, n.client(), account.NewRefresher(n.store, n.client().Refresh, nil), id, secret)
	if unsaved := (*account.UnsavedError)(nil); errors.As(err, &unsaved) {
		// It exists only here; without this line it would be lost.
		n.say("%s\n", n.t("cli.authorize.not_saved"))
		return nil, errors.Join(n.print("%s\n", tried.Renewal.Token.Refresh.Reveal()), err)
	}
	if err != nil {
		return nil, err
	}
	n.say("%s\n", n.t("cli.secret.accepted"))
	saved, err := n.book.Save(ctx, id, secret, made)
	if part := (*rotate.PartError)(nil); errors.As(err, &part) && len(part.Done) > 0 {
		n.say("%s\n", n.t("cli.secret.part", "Done", n.titles(part.Done), "Left", n.titles(part.Left)))
	}
	return saved, err
}

// read asks for the new secret on a terminal, or reads the text that has it.
func (n *newSecret) read() (lwa.Secret, error) {
	if n.from != "" || !n.Interactive {
		from := n.from
		if from == "" {
			from = "-"
		}
		text, err := n.input(from)
		if err != nil {
			return lwa.Secret{}, err
		}
		return rotate.Read(n.account.ClientID, text)
	}
	n.say("%s ", n.t("cli.secret.prompt", "App", n.account.App()))
	text, err := n.ReadPassword()
	n.say("\n")
	if err != nil {
		return lwa.Secret{}, &problem{id: "cli.canceled", code: exitFailed}
	}
	return rotate.Read(n.account.ClientID, text)
}

// write writes the secret into the files that are as they were written, and, if that
// is wanted, into those that somebody has changed since.
func (n *newSecret) write(ctx context.Context, items []rotate.Item) ([]rotate.Item, error) {
	chosen := map[string]bool{}
	for _, x := range []struct {
		state    rotate.State
		question string
		yes      bool
	}{
		{rotate.Ready, n.t("cli.secret.question"), n.yes},
		{rotate.Edited, n.t("cli.secret.question_edited"), n.edited},
	} {
		var paths []string
		for _, i := range items {
			if i.State == x.state {
				paths = append(paths, i.Path)
			}
		}
		if len(paths) == 0 || !x.yes && !n.Interactive {
			continue
		}
		n.say("  %s\n", strings.Join(paths, "\n  "))
		if n.confirm(x.question, x.yes) != nil {
			continue
		}
		for _, path := range paths {
			chosen[path] = true
		}
	}
	var writing []rotate.Item
	var places []int // in items
	for i, item := range items {
		if chosen[item.Path] {
			writing, places = append(writing, item), append(places, i)
		}
	}
	written, err := n.book.Write(ctx, export.Files{Dir: n.dataDir}, n.account.ClientID, writing)
	for i, item := range written {
		items[places[i]] = item
	}
	if done := rotate.Count(written, rotate.Done); done > 0 {
		n.say("%s\n", n.words().N("cli.secret.written", done))
	}
	return items, err
}

func (c *program) titles(list []account.Account) string {
	var titles []string
	for _, a := range list {
		titles = append(titles, a.Title())
	}
	return check.List(c.words().T, titles)
}

// writeCalendar writes the new date of each account, and that of its authorization.
func (n *newSecret) writeCalendar(saved []account.Account) error {
	if n.calendar == "" {
		return nil
	}
	events := calendar.Reminders(n.t, saved...)
	if err := disk.Write(n.calendar, calendar.Encode(n.Now(), n.words().Lang(), events...), 0o600); err != nil {
		return &problem{id: "cli.secret.no_calendar", data: []any{"File", n.calendar}, code: exitFailed}
	}
	return nil
}

// remember notes where the client secret of an account was put.
func (c *program) remember(s *account.Store, p rotate.Place, secret lwa.Secret) {
	book := rotate.New(s, c.Now)
	note := book.Remember
	if p.Path == "" {
		note = book.Copied
	}
	if note(p, secret) != nil {
		c.say("%s\n", c.t("cli.places.not_remembered"))
	}
}
