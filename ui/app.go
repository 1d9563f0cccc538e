// Package ui is SellerKey's window. It draws what package walk knows, passes
// presses on, and holds no rule of its own about tokens or steps.
//
//   - app.go is the window: which [screen] shows, language, keys, the clock tick;
//   - start.go, accounts.go are the first screens;
//   - wizard.go frames the steps, one file each (step_*.go);
//   - tokens.go shows the tokens, helper.go helps to type them elsewhere;
//   - theme.go, layout.go, text.go, button.go, keys.go, parts.go are the look.
package ui

import (
	"context"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/clip"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// World is what a walk takes place in: the real Amazon, or the practice one.
// The two share nothing: not the accounts, not the keychain items.
type World struct {
	LWA   *lwa.Client
	SPAPI *spapi.Client
	Store *account.Store
	// VaultFile is where an encrypted file can take the place of the keychain;
	// "" where that is not offered.
	VaultFile string
	// Keychain is where such a file can move to when there is one after all.
	Keychain vault.Vault
	// ConsentOrigin replaces "https://<Seller Central host>"; "" does not.
	ConsentOrigin string
	// RegistrationURL is the tool provider's registration screen where it is known.
	RegistrationURL string
	// Sample holds the values to practise with; nil in the real world.
	Sample *practice.Sample

	fresh *account.Refresher
	// file is the encrypted file once it is open.
	file *vault.File
}

// at is an address of Amazon's permission pages in this world: unchanged, or
// the same page of the practice one.
func (w *World) at(u *url.URL) string {
	origin, err := url.Parse(w.ConsentOrigin)
	if w.ConsentOrigin == "" || err != nil {
		return u.String()
	}
	moved := *u
	moved.Scheme, moved.Host = origin.Scheme, origin.Host
	return moved.String()
}

// keepFresh lets an account's access token be renewed from now on.
func (w *World) keepFresh(id string, t lwa.Token) { w.fresh.Keep(id, t) }

// Deps is what the window needs from outside. All fields must be set, but for
// Remember.
type Deps struct {
	App     fyne.App
	Log     *slog.Logger
	Version string
	// Exports writes what "Use it in…" puts into files.
	Exports export.Files
	// LogDir is the folder of the log, for the menu; "" for none.
	LogDir  string
	Now     func() time.Time
	OpenURL func(*url.URL) error
	// Clipboard is the system's clipboard; copies go through a [clip.Keeper].
	Clipboard clip.Clipboard

	// Real is the real world.
	Real *World
	// Practice starts the practice world, with a seller who sells at home; it is
	// called at most once.
	Practice func(home lwa.Marketplace, words func(lang, id string) string) (*World, error)

	// Desktop is what the operating system says of how windows should be.
	Desktop native.Desktop

	// Settings is where to begin, Remember is told of every change.
	Settings Settings
	Remember func(Settings)

	// Exit ends the program. It is called, from another goroutine, when [App.Run]
	// cannot return after the window was closed.
	Exit func()
}

// App is the running window.
type App struct {
	deps     Deps
	win      fyne.Window
	words    *i18n.Localizer
	settings Settings
	keeper   *clip.Keeper

	world           *World // the one that shows, of these two
	real, practised *World

	// make builds the screen that shows, now.
	make func(*App) screen
	now  *screen
	keys *kit.Keys
	// clicks are those on all pages, questions and windows.
	clicks *kit.Clicks
	// over are the questions and menus over the window, by what Fyne calls an
	// overlay.
	over  map[fyne.CanvasObject]*overlay
	body  *fyne.Container
	frame *fyne.Container // of the present screen, when it has one
	// helpOpen: the person asked for help. helping is what is there for the
	// present screen.
	helpOpen bool
	helping  *helpPanel
	clipBar  *clipBar
	helper   *helperWindow
	// setup is a setup file that was accepted and waits for the visitor to say
	// what they have in hand.
	setup *setupfile.File
	// making is the form for a setup file once it was opened.
	making *making

	// searched is what the list of accounts was searched for last: it stands
	// there still when one comes back from an account.
	searched string

	// clock says when to look next what has moved, see wakeIn; [App.tick] reads it.
	clock chan time.Duration
	// moving are the screen's bars that show that something is under way.
	moving []*fyne.Animation

	// running ends with the window, and with it all work in the background.
	running context.Context
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// screen is what the window shows. It is built from what is known and never
// changed: another language, another theme, an answer from Amazon make another
// one.
type screen struct {
	// about is the state that the screen draws: a [journey], a [session] and so
	// on; nil where there is none.
	about any
	title string
	body  fyne.CanvasObject
	// focus has the keyboard first; nil for nothing.
	focus         fyne.Focusable
	enter, escape func()

	// The rest is optional.

	// tick moves what changes with the time, and returns when that changes next;
	// 0 means never.
	tick func(now time.Time) (next time.Duration)
	// returned is called when the window comes to the front, left when another
	// window does: secrets in clear are masked then.
	returned, left func()
	// paste is Ctrl+V where no field has the keyboard.
	paste func()
	// help is what the help panel says about this screen.
	help func() (title string, blocks []fyne.CanvasObject)
	// steps builds the list at the left once more: beside the help there is only
	// room for its marks.
	steps func() []fyne.CanvasObject
	// scrollTo is something that must be seen.
	scrollTo fyne.CanvasObject
}

// NewApp makes the window; [App.Run] shows it.
func NewApp(d Deps) (*App, error) {
	a := &App{
		deps: d, settings: d.Settings, now: &screen{}, keys: &kit.Keys{}, clicks: &kit.Clicks{Now: d.Now},
		over: map[fyne.CanvasObject]*overlay{}, clock: make(chan time.Duration, 1),
	}
	a.running, a.stop = context.WithCancel(context.Background())
	if err := a.speak(a.settings.Lang); err != nil {
		return nil, err
	}
	a.deps.App.Settings().SetTheme(a.look())
	a.win = d.App.NewWindow(a.words.T("app.name"))
	a.win.SetMaster()
	a.win.SetPadded(false)
	a.win.Resize(a.settings.windowSize(d.Desktop.Width, d.Desktop.Height))
	a.clipBar = newClipBar(a)
	a.keeper = clip.New(d.Clipboard, clip.Options{Now: d.Now, Do: fyne.Do, Tick: a.clipBar.tick})
	a.body = container.NewStack()
	a.win.SetContent(a.body)
	a.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if k := a.topKeys(); !k.Typed(e) {
			k.Scrolls(e)
		}
	})
	a.win.Canvas().AddShortcut(&fyne.ShortcutPaste{Clipboard: d.App.Clipboard()}, func(fyne.Shortcut) { a.paste() })
	kit.AddCopyShortcut(a.win.Canvas())
	d.App.Lifecycle().SetOnEnteredForeground(func() {
		if a.now.returned != nil {
			a.now.returned()
		}
		a.Tick() // a computer that slept did not count
	})
	d.App.Lifecycle().SetOnExitedForeground(func() {
		if a.now.left != nil {
			a.now.left()
		}
	})
	a.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if len(files) > 0 {
			a.OpenSetup(files[0].Path())
		}
	})
	a.win.SetCloseIntercept(a.askClose)
	a.real = d.Real
	a.enter(d.Real)
	a.showHome()
	return a, nil
}

// comesSoon is how long a window may take to answer before another start believes
// that it will come.
const comesSoon = 400 * time.Millisecond

// StartedAgain is told of a later start of the program: the window comes to the
// front and shows the setup file that was opened, "" for none. It reports
// whether the seller will see that: false once the window is closing. A busy
// window is believed to come. It may be called from any goroutine but that of
// the window.
func (a *App) StartedAgain(file string) bool {
	seen := make(chan bool, 1)
	fyne.Do(func() {
		if a.running.Err() != nil {
			seen <- false
			return
		}
		if w, ok := a.win.(driver.NativeWindow); ok {
			w.RunNative(func(context any) {
				if c, ok := context.(driver.WindowsWindowContext); ok {
					native.Restore(c.HWND)
				}
			})
		}
		a.win.RequestFocus()
		if file != "" {
			a.OpenSetup(file)
		}
		seen <- true
	})
	select {
	case ok := <-seen:
		return ok
	case <-a.running.Done():
		// The window may have answered just before.
		select {
		case ok := <-seen:
			return ok
		default:
			return false
		}
	case <-time.After(comesSoon):
		return true
	}
}

// StartPractice begins in practice mode.
func (a *App) StartPractice() {
	if a.enterPractice() {
		a.showHome()
	}
}

// Run shows the window and returns when it is closed.
func (a *App) Run() {
	go a.tick(a.running)
	ended := make(chan struct{})
	go a.watchEnd(ended)
	a.win.ShowAndRun()
	close(ended)
	a.stop()
	// What was being saved is saved to its end; requests break off.
	a.work.Wait()
}

// toolkitEnds is how long Fyne may take to end after the window was closed.
const toolkitEnds = 3 * time.Second

// watchEnd ends the program when Fyne does not. Once in some thousand times on a
// busy machine it waits for ever, for a function that it queued for its main
// loop just after the loop had looked at the queue for the last time (v2.8.1,
// runGL and runOnMainWithWait in internal/driver/glfw/loop.go). The program
// would stay, without a window, and later starts would wait for it in vain.
func (a *App) watchEnd(ended <-chan struct{}) {
	<-a.running.Done()
	select {
	case <-ended:
		return
	case <-time.After(toolkitEnds):
	}
	a.deps.Log.Warn("the toolkit does not end after the window was closed")
	a.work.Wait()
	a.deps.Exit()
}

// enter makes a world the present one and sees to its access tokens.
func (a *App) enter(w *World) {
	a.world, a.searched = w, ""
	if w.fresh != nil {
		return
	}
	cfg := account.RefresherFor(w.Store, w.LWA.Refresh)
	cfg.Now = a.deps.Now
	cfg.Changed = func(id string, r account.Renewal, err error) {
		fyne.Do(func() { a.renewed(w, id, r, err) })
	}
	w.fresh = account.NewRefresher(cfg)
	go w.fresh.Run(a.running)
}

// renewed passes a renewal that nobody pressed for on to the account that
// shows. A renewal that was pressed for comes back to whoever pressed.
func (a *App) renewed(w *World, id string, r account.Renewal, err error) {
	if h := a.session(); h != nil && a.world == w && h.stop == nil && h.account.ID == id {
		h.renewed(r, err)
	}
}

// session is the one whose tokens show; nil for none.
func (a *App) session() *holding {
	switch about := a.now.about.(type) {
	case *holding:
		return about
	case *journey:
		if about.walk.Step() == walk.StepTokens {
			return about.hold
		}
	}
	return nil
}

// askClose closes the window, after asking when that would lose tokens.
func (a *App) askClose() {
	if h := a.session(); h != nil {
		h.beforeLeaving(a.close)
		return
	}
	a.close()
}

func (a *App) close() {
	a.keeper.ClearAtExit()
	a.settings.Width, a.settings.Height = a.win.Canvas().Size().Width, a.win.Canvas().Size().Height
	a.remember()
	if a.helper != nil {
		a.helper.close()
	}
	a.stop()
	a.win.Close()
}

// tick wakes the screen that shows when something on it moves with the time.
// Otherwise it sleeps.
func (a *App) tick(ctx context.Context) {
	t := time.NewTimer(0)
	t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case stays := <-a.clock:
			if t.Stop(); stays > 0 {
				t.Reset(stays)
			}
		case <-t.C:
			fyne.Do(a.Tick)
		}
	}
}

// setClock has the clock look at what shows now.
func (a *App) setClock() { a.wakeIn(time.Millisecond) }

// wakeIn has it look after so long, 0 for not any more. What was asked for last
// is what counts.
func (a *App) wakeIn(stays time.Duration) {
	select {
	case <-a.clock: // not read yet, and out of date
	default:
	}
	a.clock <- stays
}

// Tick moves what moves with the time, and sets the clock for the next one.
func (a *App) Tick() {
	now := a.deps.Now()
	var stays time.Duration
	screen := a.now
	if screen.tick != nil {
		stays = screen.tick(now)
	}
	if a.helper != nil {
		stays = sooner(stays, a.helper.tick())
	}
	if a.now == screen { // another one has set the clock itself
		a.wakeIn(stays)
	}
}

// sooner is the shorter of two times of which 0 means never.
func sooner(a, b time.Duration) time.Duration {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// show replaces the screen.
func (a *App) show(make func(*App) screen) {
	if a.helpCovers() {
		a.helpOpen = false // help in the page's place would hide the next one
	}
	a.make = make
	a.redraw()
}

// wayBack shows what is on the screen now.
func (a *App) wayBack() func() {
	before := a.make
	return func() { a.show(before) }
}

// redraw builds the screen again from what is known: after a change of
// language, or when work in the background came back.
func (a *App) redraw() {
	a.keys, a.frame = &kit.Keys{Clicks: a.clicks}, nil
	a.clipBar.speak()
	// Fyne would go on moving, and painting, what no longer shows.
	for _, m := range a.moving {
		m.Stop()
	}
	a.moving = nil
	s := a.make(a)
	a.now = &s
	a.setClock()
	a.keys.OnEnter, a.keys.OnEscape = s.enter, s.escape
	a.showHelp()
	a.body.Objects = []fyne.CanvasObject{s.body}
	a.body.Refresh()
	a.win.SetTitle(s.title + " — " + a.words.T("app.name"))
	if a.helpCovers() {
		a.win.Canvas().Focus(a.helping.close)
	} else if s.focus != nil {
		a.win.Canvas().Focus(s.focus)
	} else if a.win.Canvas().Overlays().Top() == nil { // it is the question that would lose the keyboard
		a.win.Canvas().Unfocus()
	}
	if s.scrollTo != nil && a.keys.Reveal != nil {
		a.keys.Reveal(s.scrollTo)
	}
}

// speak changes the language of our words and of Fyne's own.
func (a *App) speak(tag string) error {
	words, err := i18n.New(tag)
	if err != nil {
		return err
	}
	a.words = words
	a.settings.Lang = words.Lang()
	own, err := i18n.FyneJSON(words.Lang())
	if err != nil {
		return err
	}
	// Fyne has no way to be told a language; its words can be replaced under
	// the name of the one that it chose by itself.
	return lang.AddTranslationsForLocale(own, lang.SystemLocale())
}

func (a *App) setLanguage(tag string) {
	if err := a.speak(tag); err != nil {
		a.deps.Log.Error("changing the language", "lang", tag, "err", err)
		return
	}
	a.remember()
	a.redraw()
	if a.helper != nil {
		a.helper.redraw()
	}
}

func (a *App) setLook(appearance kit.Appearance, size kit.TextSize) {
	a.settings.Appearance, a.settings.TextSize = appearance, size
	a.deps.App.Settings().SetTheme(a.look())
	a.remember()
	a.redraw()
}

// look is the theme of the settings. A system that has no word on light and
// dark is light: the toolkit would take it for dark.
func (a *App) look() *kit.Theme {
	appearance := a.settings.Appearance
	if (appearance == "" || appearance == kit.FollowSystem) && a.deps.Desktop.NoColorScheme {
		appearance = kit.Light
	}
	return kit.NewTheme(appearance, a.settings.TextSize, func(text string) map[int]bool { return a.words.Keep(text) })
}

func (a *App) remember() {
	if a.deps.Remember != nil {
		a.deps.Remember(a.settings)
	}
}

// practising reports whether nothing goes to Amazon.
func (a *App) practising() bool { return a.world.Sample != nil }

// enterPractice changes to the practice world; it reports whether that worked.
func (a *App) enterPractice() bool {
	if a.practised == nil {
		w, err := a.deps.Practice(a.home(), a.wordIn)
		if err != nil {
			a.deps.Log.Error("starting practice mode", "err", err)
			a.alert(a.words.T("practice.failed_title"), a.words.T("practice.failed_text"))
			return false
		}
		a.practised = w
	}
	a.enter(a.practised)
	return true
}

func (a *App) leavePractice() {
	a.enter(a.real)
	a.showHome()
}

// wordIn gives a text in any language, for the pages of practice mode.
func (a *App) wordIn(tag, id string) string {
	words, err := i18n.New(i18n.Match(tag))
	if err != nil {
		return id
	}
	return words.T(id)
}

// showHome shows the list of accounts or, without one, the first question.
func (a *App) showHome() {
	if a.world.Store.Len() > 0 {
		a.show(newAccountsScreen)
		return
	}
	a.show(newStartScreen)
}

// copy puts a value on the clipboard. A secret is taken off again after a
// minute, and the strip at the window's foot says so.
func (a *App) copy(value string, secret bool) {
	a.keeper.Copy(value, secret)
}

// copyButton does what copies something, and then says so.
func (a *App) copyButton(kind kit.ButtonKind, label string, copy func()) *kit.Button {
	b := kit.NewButton(a.keys, kind, a.words.T(label), nil)
	b.OnPress = func() {
		copy()
		b.SetLabel("✓", a.words.T("button.copied"))
	}
	return b
}

// background runs work off the window's goroutine and done on it. The returned
// function cancels.
func (a *App) background(work func(context.Context), done func()) context.CancelFunc {
	ctx, cancel := context.WithCancel(a.running)
	a.work.Go(func() {
		defer cancel()
		work(ctx)
		fyne.Do(done)
	})
	return cancel
}

// alert says something that has no place on the screen.
func (a *App) alert(title, text string) {
	a.message(title, text, a.words.T("button.ok"), "", nil)
}

// ask shows a question over the window, with Cancel and one action. Every such
// question is a warning, so the focus begins on Cancel and Esc means Cancel.
func (a *App) ask(title, text, action string, do func()) {
	a.message(title, text, a.words.T("button.cancel"), action, do)
}

// paste is Ctrl+V where no field has the keyboard.
func (a *App) paste() {
	if a.now.paste != nil && a.win.Canvas().Overlays().Top() == nil {
		a.now.paste()
	}
}

// overlay is something that lies over the window.
type overlay struct {
	keys *kit.Keys
	// says is a question's words; "" for a menu.
	says string
}

// putOver notes what has just been put over the window.
func (a *App) putOver(o *overlay) {
	overlays := a.win.Canvas().Overlays()
	maps.DeleteFunc(a.over, func(gone fyne.CanvasObject, _ *overlay) bool { return !slices.Contains(overlays.List(), gone) })
	a.over[overlays.Top()] = o
}

// topKeys are the keys of what is on top. A click beside everything takes the
// keyboard from the button or menu that had it, and from then on Fyne hands the
// keys to the window, which must not work below a question.
func (a *App) topKeys() *kit.Keys {
	top := a.win.Canvas().Overlays().Top()
	if top == nil {
		return a.keys
	}
	if o := a.over[top]; o != nil {
		return o.keys
	}
	return &kit.Keys{} // one of Fyne's own
}

// message shows a text over the window, unless it is there already. The button
// that takes it away has the focus, Enter and Esc; the action, if there is one,
// is the other.
func (a *App) message(title, text, away, action string, do func()) {
	says := title + "\n" + text
	if o := a.over[a.win.Canvas().Overlays().Top()]; o != nil && o.says == says {
		return
	}
	k := &kit.Keys{Clicks: a.clicks}
	var pop *widget.PopUp
	hide := func() { pop.Hide() }
	first := kit.NewButton(k, kit.Secondary, away, hide)
	buttons := []fyne.CanvasObject{first}
	if do != nil {
		buttons = append(buttons, kit.NewButton(k, kit.Primary, action, func() {
			hide()
			do()
		}))
	}
	k.OnEnter, k.OnEscape = first.Press, hide
	content := kit.Column(kit.Gap, kit.Text(title, kit.Heading), kit.Text(text, kit.Body), kit.Flow(buttons...))
	box := kit.Padded(24, 22, kit.FixedWidth(content, 420), kit.NewPanel(kit.ColorCard, kit.ColorLine))
	pop = widget.NewModalPopUp(box, a.win.Canvas())
	pop.Show()
	a.putOver(&overlay{k, says})
	a.win.Canvas().Focus(first)
}

// clipBar is the strip above a screen's foot that says how long a copied secret
// stays on the clipboard.
type clipBar struct {
	a      *App
	text   *kit.Paragraph
	clear  *kit.Button
	object *fyne.Container
}

func newClipBar(a *App) *clipBar {
	b := &clipBar{a: a, text: kit.Text("", kit.Small.In(kit.ColorOnTint))}
	b.clear = kit.NewButton(a.keys, kit.Plain, "", func() { a.keeper.ClearNow() })
	bg := kit.NewPanel(kit.ColorTint, "")
	bg.Radius = ""
	b.object = kit.Padded(kit.Margin, 2, kit.Row(0, b.text, b.clear), bg)
	b.object.Hide()
	return b
}

// speak follows a change of language, and of what Enter and Esc do.
func (b *clipBar) speak() {
	b.clear.Keys = b.a.keys
	b.clear.SetLabel("", b.a.words.T("clip.clear_now"))
}

// tick is called by the clipboard keeper about once a second while a secret is
// on the clipboard, and with 0 when it is gone. Only the strip's text repaints,
// but for the moments in which it comes and goes.
func (b *clipBar) tick(left time.Duration) {
	shown := left > 0
	if shown {
		b.text.SetText(b.a.words.T("clip.countdown", "Time", b.a.words.Clock(calmly(left))))
	}
	if shown == b.object.Visible() {
		return
	}
	if shown {
		b.object.Show()
	} else {
		b.object.Hide()
	}
	if b.a.frame != nil {
		b.a.frame.Refresh()
	}
}
