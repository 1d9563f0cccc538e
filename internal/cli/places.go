package cli

import (
	"context"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
)

// places shows where the client secret of an account's app was put, and what is left
// to do after a new one.
func (c *program) places() *cobra.Command {
	n := newSecret{program: c}
	var write bool
	var done, undone, forget string
	cmd := &cobra.Command{
		Use: "places ACCOUNT [--write | --done N | --undone N | --forget N]", Short: c.help("cli.places.short"), Long: c.help("cli.places.long"), Args: oneAccount,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if n.store, n.account, err = c.keys(args[0]); err != nil {
				return err
			}
			n.book = rotate.New(n.store, c.Now)
			id := n.account.ClientID
			items, err := c.items(n.book, id)
			if err == nil {
				err = n.note(items, done, undone, forget)
			}
			if err == nil {
				items, err = c.items(n.book, id)
			}
			if err == nil && write {
				items, err = n.writeLeft(cmd.Context(), items)
			}
			if err != nil {
				return err
			}
			return c.printPlaces(n.store, n.book, id, items, n.asJSON)
		},
	}
	cmd.Flags().BoolVar(&write, "write", false, c.help("cli.flag.write"))
	cmd.Flags().BoolVar(&n.yes, "yes", false, c.help("cli.flag.secret_yes"))
	cmd.Flags().BoolVar(&n.edited, "edited", false, c.help("cli.flag.edited"))
	cmd.Flags().StringVar(&done, "done", "", c.help("cli.flag.done"))
	cmd.Flags().StringVar(&undone, "undone", "", c.help("cli.flag.undone"))
	cmd.Flags().StringVar(&forget, "forget", "", c.help("cli.flag.forget_place"))
	cmd.Flags().BoolVar(&n.asJSON, "json", false, c.help("cli.flag.json"))
	return cmd
}

// note checks off, unchecks and forgets the places with these numbers. "" names no place.
func (n *newSecret) note(items []rotate.Item, done, undone, forget string) error {
	id := n.account.ClientID
	for _, x := range []struct {
		number string
		do     func(rotate.Place) error
	}{
		{done, func(p rotate.Place) error { return n.book.Tick(id, p, true) }},
		{undone, func(p rotate.Place) error { return n.book.Tick(id, p, false) }},
		{forget, n.book.Clear},
	} {
		if x.number == "" {
			continue
		}
		i, err := strconv.Atoi(x.number)
		if err != nil || i < 1 || i > len(items) {
			return &usageError{"cli.usage.no_place", x.number}
		}
		if err := x.do(items[i-1].Place); err != nil {
			return err
		}
	}
	return nil
}

// writeLeft writes the secret that was saved before into the files that still have
// the old one.
func (n *newSecret) writeLeft(ctx context.Context, items []rotate.Item) ([]rotate.Item, error) {
	_, rotated, err := n.book.Rotation(n.account.ClientID)
	switch {
	case err != nil || !rotated || rotate.Count(items, rotate.Ready, rotate.Edited) == 0:
		return items, err
	case !n.Interactive && !n.yes && rotate.Count(items, rotate.Ready) > 0:
		return items, &usageError{"cli.usage.wants_yes", ""}
	}
	if err := n.unlock(ctx, n.store); err != nil {
		return items, err
	}
	return n.write(ctx, items)
}

// items are the places of an app: after a rotation, with what is left to do.
func (c *program) items(book *rotate.Book, clientID string) ([]rotate.Item, error) {
	if _, ok, err := book.Rotation(clientID); err != nil || ok {
		items, ierr := book.Items(clientID)
		if err == nil {
			err = ierr
		}
		return items, err
	}
	return book.Before(clientID)
}

// placesJSON is what secret --json and places --json print: docs/command-line.md.
type placesJSON struct {
	ClientID string `json:"client_id"`
	// OldSecretUntil is the last day of the old secret, after a rotation.
	OldSecretUntil *date.Date  `json:"old_secret_until,omitempty"`
	Behind         []string    `json:"accounts_with_old_secret"`
	Places         []placeJSON `json:"places"`
}

type placeJSON struct {
	Number  int          `json:"number"`
	Account string       `json:"account"`
	Format  string       `json:"format"`
	File    string       `json:"file,omitempty"`
	Name    string       `json:"name,omitempty"`
	On      *date.Date   `json:"on,omitempty"`
	State   rotate.State `json:"state"`
	// Reason is an [export.Kind] where the state is blocked.
	Reason export.Kind `json:"reason,omitempty"`
}

// printPlaces prints the places of an app and says what is left.
func (c *program) printPlaces(s *account.Store, book *rotate.Book, clientID string, items []rotate.Item, asJSON bool) error {
	last, rotated, err := book.Rotation(clientID)
	if err != nil {
		return err
	}
	out := placesJSON{ClientID: clientID, Behind: []string{}, Places: []placeJSON{}}
	for _, a := range last.Behind {
		out.Behind = append(out.Behind, a.ID)
	}
	if rotated {
		out.OldSecretUntil = &last.Until
	}
	for i, item := range items {
		p := placeJSON{
			Number: i + 1, Account: item.Account, Format: item.Target, File: item.Path, Name: item.Name,
			State: item.State, Reason: export.KindOf(item.Err),
		}
		if !item.On.IsZero() {
			p.On = &item.On
		}
		out.Places = append(out.Places, p)
	}
	if asJSON {
		return c.json(out)
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, p := range out.Places {
		_, _ = w.Write([]byte(strconv.Itoa(p.Number) + "\t" + c.place(s, p) + "\n"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	switch {
	case rotated:
		c.sayLeft(s, last, len(items)-rotate.Count(items, rotate.Done))
	case len(items) == 0:
		c.say("%s\n", c.t("cli.places.none"))
	}
	return nil
}

// place describes a place in one line: account, file or format, and state.
func (c *program) place(s *account.Store, p placeJSON) string {
	a, _ := s.Find(p.Account)
	where := p.File
	switch target, _ := export.Find(p.Format); {
	case p.Format == rotate.Screen && a.Provider != "":
		where = a.Provider
	case p.Format == rotate.Screen:
		where = c.t("cli.places.screen")
	case where == "":
		where = target.Name
	}
	state := c.words().T("rotate.state." + string(p.State))
	switch {
	case p.State == rotate.Blocked && p.Reason != "":
		state = c.t("cli.places.because", "State", state, "Reason", c.words().T("export_error."+string(p.Reason)+".title"))
	case p.State == rotate.Copied && p.On != nil:
		state = c.t("cli.places.copied", "Date", c.words().Date(p.On.Time()))
	}
	return a.Title() + "\t" + where + "\t" + state
}

// sayLeft says which accounts and how many places still have the old secret.
func (c *program) sayLeft(s *account.Store, last rotate.Rotation, left int) {
	until := c.words().Date(last.Until.Time())
	accounts := rotate.Accounts(s.List(), last.ClientID)
	switch {
	case len(last.Behind) > 0:
		c.say("%s\n", c.t("cli.secret.behind", "Accounts", c.titles(last.Behind), "Date", until))
	case left == 0 || len(accounts) == 0:
		c.say("%s\n", c.t("cli.secret.complete"))
	case last.DaysLeft(c.Now()) < 0:
		c.say("%s\n", c.words().N("cli.secret.ended", left, "Date", until))
	default:
		c.say("%s\n", c.words().N("cli.secret.left", left, "Date", until, "Account", accounts[0].ID))
	}
}

// sayRotations says what is left of every secret that was replaced.
func (c *program) sayRotations(s *account.Store) error {
	open, err := rotate.New(s, c.Now).Rotations()
	for _, r := range open {
		c.say("%s: ", c.titles(rotate.Accounts(s.List(), r.ClientID)))
		c.sayLeft(s, r, r.Left)
	}
	return err
}
