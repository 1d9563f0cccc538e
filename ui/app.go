// Package ui is SellerKey's screens. They draw what package walk knows and pass
// presses on. Rules about tokens and steps are in walk.
//
//   - app.go is the program behind the screens, with what outlives them; program.go
//     starts it, practice.go takes it into practice mode, leaving.go asks before
//     something is lost;
//   - start.go, accounts.go are the first screens;
//   - wizard.go frames the steps, one file each (step_*.go), turns.go leads from one to
//     another;
//   - tokens.go shows the tokens of a session (session.go), account.go those of a
//     saved account;
//   - help.go is what the help panel says, drawing.go draws browser pages.
//
// The window around them is package shell, the widgets are package kit.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
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

// step is a screen without the wizard's frame.
type step struct {
	shell.Screen
	// next is the primary button; nil for none.
	next *kit.Button
	// status is a strip above the page; nil for none.
	status fyne.CanvasObject
	// counts: the page shows how long the code lives.
	counts bool
}

// journey is a walk in the window: the walk itself, and what only the window knows
// about it. It outlives the screens that draw it.
type journey struct {
	walk *walk.Walk
	// tried: the primary button was pressed while something was missing, so the step
	// says what.
	tried bool
	// mend: Amazon refused the credentials, so the seller looks at them again.
	mend bool
	// others: the seller types other credentials than those of a saved account.
	// knownErr is why those can't be read. taking cancels reading them; nil when
	// nothing is being read.
	others   bool
	knownErr error
	taking   context.CancelFunc
	// more: the rarely needed fields are open.
	more bool
	// opened: Amazon's page was opened from here; a browser has the focus.
	opened bool
	// linkCopied: its link was copied, to be opened elsewhere.
	linkCopied bool
	// offer is an address that was seen on the clipboard.
	offer string
	// ticked are the boxes of the registration screen that were copied; true for
	// the one that is on the clipboard.
	ticked map[string]bool
	// asked: all is copied, and the step asks whether the provider has accepted it.
	// notYet: the answer was no, not yet.
	asked, notYet bool
	// remembered is the account saved for an accepted authorization, rememberErr why
	// it couldn't be saved.
	remembered  account.Account
	rememberErr error
	// session has the tokens, or the error in their place.
	session *session
}

// session is an account with its secrets in memory: after a walk, or opened
// from the list. It outlives the screens that draw it.
type session struct {
	a   *App
	env *Environment
	// journey is the walk that brought the tokens; nil for an opened account.
	journey *journey

	account account.Account
	cred    lwa.Credentials
	token   lwa.Token

	// stop cancels what is under way; nil when nothing is. doing says what.
	stop  context.CancelFunc
	doing string
	// renewedAt is when "Renew access token" last got a token; zero before that.
	renewedAt time.Time
	// turn shows this session; nil once it shows. Until then the previous page stays,
	// because what is under way may end before anybody could read a page about it.
	turn func()
	// err is how the last request to Amazon failed; nil if it didn't.
	err error
	// openErr is why the secrets could not be read.
	openErr error
	// refreshChanged: Amazon replaced the refresh token.
	refreshChanged bool

	saving    bool
	saved     bool
	saveErr   error
	unsaved   account.Secrets
	onlyToday bool // the person chose to go on without saving

	checked checked
	// revealed has the values that aren't masked, and since when; turned is the one whose
	// Show or Hide was just pressed, where the focus stays.
	revealed map[value.ID]time.Time
	turned   value.ID
	copied   map[value.ID]bool
}

// checked is the last check with Amazon.
type checked struct {
	at time.Time
	check.Result
	// chosen is the store that was picked to correct the account's marketplace.
	chosen int
}

// making is a setup file that a tool provider is making. It belongs to the
// window: leaving the screen loses nothing.
type making struct {
	form setupfile.Form
	back func()
	// path is where to save, as typed; "" for the name that is suggested.
	path string
	// more: the rarely needed fields are open. tried: Save was pressed while
	// something was missing, so what is missing is said.
	more, tried bool
	// at names the control that has the keyboard after a redraw; "" for the first one.
	at    string
	saved string
	err   error
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
