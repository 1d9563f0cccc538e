package cli

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
)

// secretMade reads the date that --secret-made gives; "" is the zero date.
func (c *program) secretMade(text string) (date.Date, error) {
	if strings.TrimSpace(text) == "" {
		return date.Date{}, nil
	}
	day, ok := c.words().ParseDate(text)
	if !ok {
		return date.Date{}, &problem{id: "details.date_unread", data: []any{"Example", c.exampleDate()}, code: exitUsage}
	}
	return date.On(day.Date()), nil
}

func (c *program) exampleDate() string {
	return c.words().Date(date.On(2026, time.November, 22).Time())
}

// dateSecret asks, on a terminal, when the client secret of accounts that were just
// saved was created, unless that is known. It comes last: while an authorization
// code lives nobody is asked for a date.
func (c *program) dateSecret(s *account.Store, saved ...account.Account) error {
	if !c.Interactive || len(saved) == 0 || !saved[0].SecretMadeAt.IsZero() {
		return nil
	}
	c.say("%s (%s): %s\n", c.t("details.secret_made"), c.exampleDate(), c.t("details.secret_made_help"))
	for {
		text, err := c.in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		made, wrong := c.secretMade(text)
		switch {
		case wrong != nil && err == nil:
			said, _ := c.explain(wrong)
			c.say("%s\n", said)
			continue
		case made.IsZero():
			return nil
		}
		for _, a := range saved {
			if _, err := s.Update(a.ID, func(x *account.Account) { x.SecretMadeAt = made }); err != nil {
				return err
			}
		}
		return nil
	}
}
