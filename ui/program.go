package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// NewApp makes the window; [shell.Window.Run] shows it.
func NewApp(d Deps) (*App, error) {
	a := &App{deps: d, real: d.Real, hideReturnNote: func() {}, screens: screens{
		start: newStartScreen, accounts: newAccountsScreen, making: newMakeScreen,
		steps: map[walk.Step]func(*App, *journey) step{
			walk.StepApp:         newAppStep,
			walk.StepConsent:     newConsentStep,
			walk.StepPaste:       newPasteStep,
			walk.StepCredentials: newCredentialsStep,
			walk.StepRegister:    newRegisterStep,
			walk.StepTokens:      newTokensStep,
		},
	}}
	d.Menu, d.Dropped, d.BeforeClose = a.menuItems, a.OpenSetup, a.beforeLeaving
	d.Cleared = func() {
		if s := a.session(); s != nil && s.copied != nil {
			s.copied = nil
			a.Redraw()
		}
	}
	w, err := shell.New(d.Config)
	if err != nil {
		return nil, err
	}
	a.Window = w
	a.files = fileChooser{w: w, system: d.ChooseFile}
	a.enter(d.Real)
	a.showHome()
	return a, nil
}

// StartedAgain handles a later start of the program: the window comes to the front
// and opens that start's argument, "" for none; see [App.OpenArgument]. For what it
// reports, and where it may be called from, see [shell.Window.ComeForward].
func (a *App) StartedAgain(arg string) bool {
	return a.ComeForward(func() {
		if arg != "" {
			a.OpenArgument(arg)
		}
	})
}

// StartPractice begins in practice mode.
func (a *App) StartPractice() {
	if a.enterPractice() {
		a.showHome()
	}
}

// menuItems are the entries of the menu.
func (a *App) menuItems() []*fyne.MenuItem {
	t := a.Words.T
	items := []*fyne.MenuItem{fyne.NewMenuItem(t("menu.home"), a.leaveHome), fyne.NewMenuItemSeparator()}
	items = append(append(items, a.SettingsItems()...), fyne.NewMenuItemSeparator())
	if a.practising() {
		items = append(items, fyne.NewMenuItem(t("practice.leave"), func() { a.beforeLeaving(a.leavePractice) }))
	}
	if a.env.InFile {
		items = append(items, fyne.NewMenuItem(t("menu.vault_file"), a.showVaultFile))
	}
	if !a.practising() {
		items = append(items, fyne.NewMenuItem(t("menu.backup"), a.showBackup))
	}
	if a.deps.LogDir != "" {
		items = append(items, fyne.NewMenuItem(t("menu.log"), func() {
			a.OpenFolder(a.deps.LogDir)
		}))
	}
	if links := a.deps.Links; links != nil {
		item := fyne.NewMenuItem(t("menu.links"), func() { setLinks(a, !links.Open()) })
		item.Checked = links.Open()
		items = append(items, item)
	}
	return append(items,
		fyne.NewMenuItem(t("menu.doctor"), a.showDoctor),
		fyne.NewMenuItem(t("menu.make_setup"), a.makeSetup),
		fyne.NewMenuItem(t("menu.about"), func() { showAbout(a) }),
		fyne.NewMenuItem(t("menu.quit"), a.AskClose))
}

func showAbout(a *App) {
	t := a.Words.T
	text := t("about.text") + "\n\n" + t("about.newer", "Address", version.Releases) + "\n\n" + t("about.report", "Address", version.Issues)
	if build := version.Build(); build != "" {
		text += "\n\n" + t("about.build", "Build", build)
	}
	a.Offer(t("about.title", "Version", a.deps.Version), text, t("button.ok"),
		shell.Choice{Label: t("about.open"), Do: func() { a.Open(version.Releases) }},
		shell.Choice{Label: t("about.open_report"), Do: func() { a.Open(version.Issues) }})
}
