package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// newStartScreen asks what the person has in hand.
func newStartScreen(a *App) shell.Screen {
	t := a.Words.T
	card := func(id string, v walk.Visitor) *kit.ChoiceCard {
		return kit.NewChoiceCard(a.Keys, t("start."+id+"_title"), t("start."+id+"_text"), id, false, func() { a.begin(v) })
	}
	first := card("guide", walk.Guide)
	cards := []fyne.CanvasObject{first, card("own_app", walk.OwnApp), card("has_token", walk.HasToken)}
	if a.practising() {
		cards = append(cards, kit.NewChoiceCard(a.Keys, t("start.leave_title"), t("start.leave_text"), "leave", true, a.leavePractice))
	} else {
		cards = append(cards, kit.NewChoiceCard(a.Keys, t("start.practice_title"), t("start.practice_text"), "practice", true, func() {
			if a.enterPractice() {
				a.show(newStartScreen)
			}
		}))
	}
	title, lead := t("start.title"), t("start.lead")
	if a.practising() {
		title, lead = t("start.practice_which"), t("start.practice_lead")
	}
	blocks := []fyne.CanvasObject{
		kit.Headed(title, lead),
		kit.Pair(16, 260, cards...),
	}
	if !a.practising() { // where nothing is a secret
		blocks = append(blocks, kit.Text(t("start.promise"), kit.Small))
	}
	if a.setup != nil {
		blocks = append(blocks[:1], append([]fyne.CanvasObject{
			kit.Banner(kit.Info, t("setup_file.own_app_text", "Provider", a.setup.Provider)),
		}, blocks[1:]...)...)
	}
	blocks = append(blocks, newNotices(a)...)
	var foot []fyne.CanvasObject
	add := func(id string, do func()) {
		b := kit.NewButton(a.Keys, kit.Secondary, t(id), do)
		b.Fixed = true
		foot = append(foot, b)
	}
	if len(a.env.Store.List()) > 0 {
		add("start.to_accounts", func() { a.show(newAccountsScreen) })
	}
	add("setup_file.open", a.pickSetup)
	if len(a.env.Store.List()) == 0 && !a.practising() {
		add("backup.open", a.pickBackup) // a new computer
	}
	return shell.Screen{
		Title: t("start.window"),
		Body:  a.NewWideFrame(a.practiceBanner(), kit.Column(18, blocks...), kit.Flow(foot...)),
		Focus: first,
		OnEscape: func() {
			if len(a.env.Store.List()) > 0 {
				a.show(newAccountsScreen)
			}
		},
		Help: func() (string, []fyne.CanvasObject) { return helpStart(a) },
	}
}
