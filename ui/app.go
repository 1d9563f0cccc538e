// Package ui is SellerKey's screens. They draw what package walk knows and pass
// presses on. Rules about tokens and steps are in walk.
//
//   - app.go is the program behind the screens; program.go starts it, practice.go
//     takes it into practice mode, leaving.go asks before something is lost;
//   - start.go, accounts.go are the first screens;
//   - wizard.go frames the steps, one file each (step_*.go);
//   - tokens.go shows the tokens of a session (session.go), account.go those of a
//     saved account;
//   - help.go is what the help panel says, drawing.go draws browser pages.
//
// The window around them is package shell, the widgets are package kit.
package ui

import (
	"context"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// Deps is what the program needs from outside. The window's own needs are in
// [shell.Config], of which [NewApp] sets Menu, Dropped and BeforeClose.
type Deps struct {
	shell.Config
	Version string
	// Exports writes what "Use it in…" puts into files.
	Exports export.Files
	// ChooseFile shows the system's file window; see [native.ChooseFile]. Nil for the
	// toolkit's.
	ChooseFile func(context.Context, native.FileQuestion) (path string, err error)
	// CLI is how other programs start sellerkey-cli for the same data folder, see
	// [export.CLI].
	CLI []string
	// Doctor checks this computer; it is called off the window's goroutine.
	Doctor func(context.Context) []doctor.Line
	// LogDir is the folder of the log, for the menu; "" for none.
	LogDir string

	// ReturnPage is docs/return.html.
	ReturnPage []byte
	// Links is the choice whether browsers open this program by the return page's
	// links; nil where the system or an installer has made it.
	Links Links

	// Real is the real environment.
	Real *Environment
	// Practice starts the practice environment, with a seller who sells at home;
	// it is called at most once.
	Practice func(home lwa.Marketplace, words func(lang, id string) string) (*Environment, error)
}

// Links is a choice that the system keeps; see [native.Links].
type Links interface {
	Open() bool
	SetOpen(bool) error
}

// App is the program behind the screens of its window.
type App struct {
	*shell.Window
	deps Deps

	screens screens

	env             *Environment // the one that shows, of these two
	real, practised *Environment

	// setup is a setup file that was accepted and waits for the visitor to say
	// what they have in hand.
	setup *setupfile.File
	// walking is the walk that was shown last. While its code is good, leaving asks.
	walking *journey
	// hideReturnNote takes away what was last said about a link of the return page.
	hideReturnNote func()
	// making is the form for a setup file; nil until it is opened.
	making *making
	filter accountFilter
	files  fileChooser
}

// screens are the ones that others lead to without knowing them.
type screens struct {
	start, accounts, making func(*App) shell.Screen
	// steps are those of the walk.
	steps map[walk.Step]func(*App, *journey) step
}

// show replaces the screen.
func (a *App) show(build func(*App) shell.Screen) {
	a.Show(func() shell.Screen { return build(a) })
}

// practising reports whether nothing goes to Amazon.
func (a *App) practising() bool { return a.env.Sample != nil }

// showHome shows the list of accounts or, without one, the first question.
func (a *App) showHome() {
	if len(a.env.Store.List()) > 0 {
		a.show(a.screens.accounts)
		return
	}
	a.showStart()
}

// showStart asks the first question, also when there are accounts.
func (a *App) showStart() { a.show(a.screens.start) }

// home is the marketplace where most speakers of the window's language sell.
func (a *App) home() lwa.Marketplace {
	l, _ := i18n.Find(a.Words.Lang())
	m, _ := lwa.FindMarketplace(l.Home)
	return m
}
