package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// authorize is the whole walk of the window in a terminal. It asks for one thing
// at a time on standard error and reads the answers from standard input, so it
// works with a screen reader and from a script.
func (c *program) authorize() *cobra.Command {
	var setup, marketplace, name, secretMade string
	var guide bool
	cmd := &cobra.Command{
		Use: "authorize [--setup FILE]", Short: c.help("cli.authorize.short"), Long: c.help("cli.authorize.long"), Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := c.secretMade(secretMade)
			if err != nil {
				return err
			}
			w, err := c.newWalk(setup, marketplace, guide)
			if err == nil && w.Visitor != walk.Guide {
				_, err = c.open() // a list that can't be saved would be bad news after the walk
			}
			if err != nil {
				return err
			}
			if err := c.consent(w); err != nil {
				return err
			}
			if w.Visitor == walk.Guide {
				return c.handOver(w)
			}
			w.SecretMadeAt = made
			return c.getTokens(cmd.Context(), w, name)
		},
	}
	cmd.Flags().StringVar(&setup, "setup", "", c.help("cli.flag.setup"))
	cmd.Flags().BoolVar(&guide, "guide", false, c.help("cli.flag.guide"))
	cmd.Flags().StringVar(&marketplace, "marketplace", "", c.help("cli.flag.marketplace"))
	cmd.Flags().StringVar(&name, "name", "", c.help("cli.flag.account_name"))
	cmd.Flags().StringVar(&secretMade, "secret-made", "", c.help("cli.flag.secret_made"))
	return cmd
}

// newWalk starts a walk with what the flags say.
func (c *program) newWalk(setup, marketplace string, guide bool) (*walk.Walk, error) {
	lang, _ := i18n.Find(c.words().Lang())
	market, _ := lwa.FindMarketplace(lang.Home)
	if marketplace != "" {
		var ok bool
		if market, ok = lwa.FindMarketplace(marketplace); !ok {
			return nil, &usageError{"cli.usage.no_marketplace", marketplace}
		}
	}
	visitor := walk.OwnApp
	if guide {
		visitor = walk.Guide
	}
	if setup == "" {
		return walk.New(visitor, market, c.Now), nil
	}
	file, err := setupfile.Rules{}.ReadFile(setup)
	if err != nil {
		return nil, &problem{id: "cli.authorize.setup_refused", data: []any{"File", setup}, code: exitFailed}
	}
	if named, ok := walk.VisitorOf(file); ok && !guide {
		visitor = named
	}
	w := walk.New(visitor, market, c.Now)
	w.Use(file)
	return w, nil
}

// consent gets the app and then, by Amazon's page, the authorization code.
func (c *program) consent(w *walk.Walk) error {
	for w.Problems(walk.StepApp) != nil {
		text, err := c.ask("cli.authorize.app")
		if err != nil {
			return err
		}
		if err := w.ReadApp(text); err != nil {
			if err := c.again(c.appProblem(err)); err != nil {
				return err
			}
		}
	}
	link, err := w.Link()
	if err != nil {
		return err
	}
	address := link.URL()
	if c.consentOrigin != "" {
		address = link.URLAt(c.consentOrigin)
	}
	w.HandedOut()
	c.say("%s\n\n%s\n\n", c.t("cli.authorize.open"), address)
	for {
		text, err := c.ask("cli.authorize.paste")
		if err != nil {
			return err
		}
		err = w.ReadPaste(text)
		if err == nil {
			left, _ := w.CodeLeft()
			c.say("%s\n", c.t("cli.authorize.read", "Left", c.words().Clock(left)))
			return nil
		}
		problem, _ := c.explain(err)
		if next, urlErr := w.ContinueURL(); urlErr == nil {
			problem = c.t("cli.authorize.continue") + "\n\n" + next.String() + "\n"
		}
		if err := c.again(problem); err != nil {
			return err
		}
	}
}

func (c *program) appProblem(err error) string {
	var e *paste.Error
	if errors.As(err, &e) {
		return c.words().T("app_field." + string(e.Kind))
	}
	text, _ := c.explain(err)
	return text
}

// handOver prints what the registration screen of a provider asks for.
func (c *program) handOver(w *walk.Walk) error {
	c.say("%s\n", c.t("cli.authorize.register"))
	redirect, _ := w.Redirect()
	return c.print("seller_id\t%s\ncode\t%s\n", w.SellerID(), redirect.Code.Reveal())
}

// getTokens asks for the LWA credentials, exchanges the code and saves the
// account.
func (c *program) getTokens(ctx context.Context, w *walk.Walk, name string) error {
	for w.Problems(walk.StepCredentials) != nil {
		var err error
		if w.ClientID, err = c.ask("cli.authorize.client_id"); err != nil {
			return err
		}
		secret, err := c.askSecret("cli.authorize.client_secret")
		if err != nil {
			return err
		}
		w.ClientSecret = lwa.NewSecret(secret)
		for _, p := range w.Problems(walk.StepCredentials) {
			c.say("%s\n", c.credentialProblem(p))
		}
		if w.Problems(walk.StepCredentials) != nil {
			if err := c.again(""); err != nil {
				return err
			}
		}
	}
	s, err := c.open()
	if err == nil {
		err = c.unlock(ctx, s) // a passphrase takes time; the code has not been sent yet
	}
	if err != nil {
		return err
	}
	order := w.Order()
	token, err := order.Run(ctx, c.client())
	w.Finish(order, token, err)
	if w.Token.Refresh.IsEmpty() {
		return err
	}
	a := w.Account()
	a.Name = name
	saved, err := s.Save(ctx, a, w.Secrets())
	if err != nil {
		// It exists only here; without this line it would be lost.
		c.say("%s\n", c.t("cli.authorize.not_saved"))
		return errors.Join(c.print("%s\n", w.Token.Refresh.Reveal()), err)
	}
	c.say("%s\n", c.t("cli.add.done", "Name", saved.Title()))
	return errors.Join(c.print("%s\n", saved.ID), c.dateSecret(s, saved))
}

func (c *program) credentialProblem(p walk.Problem) string {
	if hint := "hint." + p.ID; c.words().Has(hint) {
		return c.words().T("value."+string(p.Field)) + ": " + c.words().T(hint)
	}
	return c.t("cli.authorize.check", "Value", c.words().T("value."+string(p.Field)))
}

// ask asks for something that people paste: it may have several lines and ends
// at an empty one.
func (c *program) ask(id string) (string, error) {
	c.say("%s\n", c.t(id))
	var text strings.Builder
	for {
		line, err := c.in.ReadString('\n')
		blank := strings.TrimSpace(line) == ""
		if !blank {
			text.WriteString(line)
		}
		switch {
		case text.Len() > maxInput:
			return "", &problem{id: "cli.add.too_large", code: exitFailed}
		case text.Len() > 0 && (blank || err != nil):
			return text.String(), nil
		case errors.Is(err, io.EOF):
			return "", &problem{id: "cli.authorize.ended", code: exitFailed}
		case err != nil:
			return "", err
		}
	}
}

// askSecret asks for a secret: on a terminal it is not shown.
func (c *program) askSecret(id string) (string, error) {
	if !c.Interactive {
		return c.ask(id)
	}
	c.say("%s ", c.t(id))
	text, err := c.ReadPassword()
	c.say("\n")
	if err != nil {
		return "", &problem{id: "cli.canceled", code: exitFailed}
	}
	return text, nil
}

// again says what is wrong with an answer. A script does not get another try.
func (c *program) again(text string) error {
	if text != "" {
		c.say("%s\n", text)
	}
	if !c.Interactive {
		return &exitError{exitFailed}
	}
	return nil
}
