package ui

import (
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// leaveHome goes home, after [App.beforeLeaving].
func (a *App) leaveHome() { a.beforeLeaving(a.showHome) }

// beforeLeaving goes on, after asking when that would lose tokens, or a code
// that is still good or on its way to Amazon.
func (a *App) beforeLeaving(goOn func()) {
	j := a.walking
	leave := func() {
		a.walking = nil
		goOn()
	}
	switch {
	case j != nil && j.exchanging():
		a.askBeforeBreakingOff(leave)
	case j != nil && j.walk.CodeLive() && (j.session == nil || j.session.token.Access.IsEmpty()):
		left, _ := j.walk.CodeLeft()
		t := a.Words.T
		a.Message(t("code.leave_title"), t("code.leave_text", "Time", a.Words.Clock(shell.Calmly(left))), t("button.stay"), t("code.leave_anyway"), leave)
	default:
		a.session().beforeLeaving(goOn)
	}
}

// askBeforeBreakingOff asks before canceling a request that carries the code.
func (a *App) askBeforeBreakingOff(do func()) {
	t := a.Words.T
	a.Message(t("code.sent_title"), t("code.sent_text"), t("button.stay"), t("code.break_off"), do)
}

// change changes the walk and goes on, after asking when that would cost a code
// that is still good. action is on the question's button.
func (j *journey) change(a *App, action string, change func(*walk.Walk), goOn func()) {
	do := func() {
		change(j.walk)
		goOn()
	}
	if !j.walk.Loses(change) {
		do()
		return
	}
	left, _ := j.walk.CodeLeft()
	t := a.Words.T
	a.Message(t("code.lose_title"), t("code.lose_text", "Time", a.Words.Clock(shell.Calmly(left))), t("button.stay"), action, do)
}

// beforeLeaving goes on, after asking when that would lose tokens. A nil session
// loses none.
func (h *session) beforeLeaving(goOn func()) {
	if h == nil || !h.unkept() {
		goOn()
		return
	}
	t := h.a.Words.T
	h.a.Message(t("tokens.leave_title"), t("tokens.leave_text"), t("button.stay"), t("tokens.leave_anyway"), goOn)
}

// unkept reports whether leaving would lose tokens.
func (h *session) unkept() bool {
	return !h.saved && !h.onlyToday && !h.token.Refresh.IsEmpty()
}
