package ui

import (
	"context"

	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/lwa"
)

// forget removes every trace of an account after asking.
func (h *session) forget() {
	a := h.a
	t := a.Words.T
	a.Ask(t("account.forget_title", "Name", h.account.Title()), t("account.forget_text", "Keychain", a.env.keeperName(a.Words)), t("account.forget"), func() {
		var err error
		h.doing = "forgetting"
		h.stop = a.Background(func(ctx context.Context) {
			if err = h.env.Store.Forget(ctx, h.account.ID); err != nil {
				return
			}
			if err := rotate.New(h.env.Store, a.Now).Forget(h.account.ID); err != nil {
				a.Log.Error("forgetting where the client secret is", "err", err)
			}
		}, func() {
			h.stop = nil
			if err != nil {
				h.openErr = err
				h.token = lwa.Token{}
				h.changed()
				return
			}
			h.env.fresh.Drop(h.account.ID)
			a.showHome()
		})
		h.changed()
	})
}
