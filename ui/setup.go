package ui

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// opened is a setup file that is shown before any of it is used, and what was on the
// screen before.
type opened struct {
	file setupfile.File
	// err is why the file is refused; nil if it isn't.
	err  error
	back func()
	// walk is the one under way, session the tokens that were on the screen; nil for
	// none.
	walk    *journey
	session *session
	// made: it comes from the form, where it can be changed. preview: it isn't saved
	// yet.
	made, preview bool
}

// OpenSetup reads a setup file and shows what it would set, or why it is
// refused; a backup goes to [App.openBackup]. "Don't use it" leads back to what was
// on the screen. It belongs to the window's goroutine.
func (a *App) OpenSetup(path string) {
	if backup.Looks(path) {
		a.openBackup(path)
		return
	}
	o := setupOver(a)
	// An open question is about a screen that is going.
	a.ClearOverlays()
	o.file, o.err = setupfile.Rules{Local: a.practising()}.ReadFile(path)
	a.show(o.screen)
}

// setupOver makes the value for a setup file that is opened over the present screen.
// A second file replaces the first.
func setupOver(a *App) *opened {
	o := &opened{back: a.WayBack()}
	switch about := a.Screen().About.(type) {
	case *opened:
		if !about.preview {
			return about
		}
	case *journey:
		o.walk, o.session = about, about.session
	case *making:
		o.made = true
	case *session:
		o.session = about
	}
	return o
}

// pickSetup lets the person choose the file.
func (a *App) pickSetup() {
	t := a.Words.T
	a.files.choose(native.FileQuestion{
		Title: t("setup_file.open"), Kind: t("setup_file.kind"), Extensions: []string{setupfile.Extension, ".toml"},
	}, a.OpenSetup)
}

func (o *opened) screen(a *App) shell.Screen {
	if o.err != nil {
		return o.refused(a)
	}
	t, f := a.Words.T, o.file
	blocks := []fyne.CanvasObject{
		kit.Headed(t("setup_file.title"), t("setup_file.from", "Provider", f.Provider)),
	}
	careful := slices.ContainsFunc(f.Remarks(), setupfile.Remark.IsWarning)
	if o.walk != nil && o.walk.walk.Entered() && (o.session == nil || !o.session.saved) {
		m, id := kit.Info, "setup_file.walk_goes_on"
		if !o.walk.walk.Takes(f) {
			m, id, careful = kit.Warning, "setup_file.walk_ends", true
		}
		blocks = append(blocks, kit.Banner(m, t(id)))
	}
	for _, r := range f.Remarks() {
		m := kit.Warning
		if r == setupfile.RemarkProviderSecret {
			m = kit.Error
		}
		blocks = append(blocks, kit.Banner(m, t("setup_file_remark."+string(r))))
	}
	blocks = append(blocks, newSettings(a.Words, f), kit.Text(t("setup_file.trust", "Provider", f.Provider), kit.Small))
	if o.preview {
		blocks = append([]fyne.CanvasObject{kit.Banner(kit.Info, t("setup_make.look_banner"))}, blocks...)
		return o.screenOf(a, "setup_file.title", blocks, nil, kit.NewButton(a.Keys, kit.Primary, t("setup_make.look_back"), o.back))
	}
	if !o.made {
		blocks = append(blocks, kit.Flow(kit.NewButton(a.Keys, kit.Plain, t("setup_make.change"), func() { changeSetup(a, f) })))
	}
	dont := kit.NewButton(a.Keys, kit.Secondary, t("setup_file.dont"), o.back)
	s := o.screenOf(a, "setup_file.title", blocks, dont, kit.NewButton(a.Keys, kit.Primary, t("setup_file.use"), func() { o.use(a) }))
	if careful {
		s.Focus, s.OnEnter = dont, dont.Press // as in a question
	}
	return s
}

// newSettings lists what a setup file sets.
func newSettings(words *i18n.Localizer, f setupfile.File) fyne.CanvasObject {
	t := words.T
	var lines []fyne.CanvasObject
	line := func(id, value string) {
		if value != "" {
			lines = append(lines, kit.Column(1, kit.Text(t(id), kit.Small), kit.Text(value, kit.Body)))
		}
	}
	set := func(on bool, id string, args ...any) string {
		if !on {
			return ""
		}
		return t(id, args...)
	}
	var markets []string
	for _, code := range f.Marketplaces {
		markets = append(markets, t("market."+code))
	}
	var boxes []string
	for _, b := range f.Boxes {
		boxes = append(boxes, boxLabel(words, b))
	}
	line("setup_file.app", cmp.Or(f.ApplicationID, t("setup_file.own_app")))
	line("setup_file.marketplaces", cmp.Or(strings.Join(markets, " · "), t("setup_file.any_marketplace")))
	line("setup_file.host", f.ConsentHost)
	line("setup_file.vendor", set(f.Vendor, "setup_file.vendor_yes"))
	line("setup_file.draft", set(f.Draft, "setup_file.draft_yes"))
	line("setup_file.state", f.State)
	line("setup_file.redirect_uri", f.RedirectURI)
	line("setup_file.return_page", set(f.ReturnPage, "setup_file.return_page_yes", "Back", t("return_page.back")))
	line("setup_file.page", f.RegistrationPage)
	line("setup_file.boxes", strings.Join(boxes, "\n"))
	line("setup_file.support", f.Support)
	return kit.Card(lines...)
}

// screenOf frames blocks, with buttons that go back and on, one of which may be nil.
func (o *opened) screenOf(a *App, title string, blocks []fyne.CanvasObject, back, next *kit.Button) shell.Screen {
	main := next
	if main == nil {
		main = back
	}
	return shell.Screen{
		About: o, Title: a.Words.T(title), Focus: main, OnEnter: main.Press, OnEscape: o.back,
		Body: a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(back, next)),
		Help: func() (string, []fyne.CanvasObject) { return helpSetup(a) },
	}
}

// boxLabel names a box of a provider's registration screen: our word for the
// value, which the provider cannot choose, and theirs in quotation marks.
func boxLabel(words *i18n.Localizer, b setupfile.Box) string {
	label, value := b.Text(words.Lang()), words.T("value."+string(b.Value))
	if label == "" || label == value {
		return value
	}
	return words.T("setup_file.box", "Label", label, "Value", value)
}

// use takes the file into the walk under way if that loses nothing; otherwise it
// starts the walk that the file is for.
func (o *opened) use(a *App) {
	if o.walk != nil && o.walk.walk.Takes(o.file) {
		o.walk.change(a, a.Words.T("setup_file.use"), func(w *walk.Walk) { w.Use(o.file) }, func() {
			o.walk.ticked = nil
			o.walk.turn(a)
		})
		return
	}
	a.beforeLeaving(func() { o.session.beforeLeaving(func() { o.begin(a) }) })
}

// begin starts a walk with the file. A person with an app of their own says
// first what they have in hand.
func (o *opened) begin(a *App) {
	a.setup = &o.file
	if v, ok := walk.VisitorOf(o.file); ok {
		a.begin(v)
		return
	}
	a.showStart()
}

// makeSetup shows the form for a setup file as it was left.
func (a *App) makeSetup() {
	if a.making == nil {
		a.making = &making{form: setupfile.NewForm()}
	}
	if a.Shows(a.making) {
		return
	}
	a.making.back = a.WayBack()
	a.show(a.screens.making)
}

// changeSetup puts a file into the form, after asking when another one is in it.
func changeSetup(a *App, f setupfile.File) {
	fill := func() {
		a.making = &making{form: setupfile.FormOf(f)}
		a.makeSetup()
	}
	if a.making == nil || !a.making.started() {
		fill()
		return
	}
	t := a.Words.T
	a.Ask(t("setup_make.other_title"), t("setup_make.other_text"), t("setup_make.replace"), fill)
}

// refused says all that is wrong with a setup file, and where.
func (o *opened) refused(a *App) shell.Screen {
	t := a.Words.T
	problems := []setupfile.Problem{{Kind: setupfile.KindFailed}}
	var e *setupfile.Error
	if errors.As(o.err, &e) {
		problems = e.Problems
	}
	blocks := []fyne.CanvasObject{
		kit.Headed(t("setup_file.refused_title"), t("setup_file.refused_lead")),
	}
	for _, p := range problems {
		where := ""
		switch {
		case p.Key != "" && p.Line > 0:
			where = t("setup_file.at", "Key", p.Key, "Line", a.Words.Number(p.Line))
		case p.Key != "":
			where = t("setup_file.entry", "Key", p.Key)
		case p.Line > 0:
			where = t("setup_file.line", "Line", a.Words.Number(p.Line))
		}
		id := "setup_file_error." + string(p.Kind)
		blocks = append(blocks, newErrorCard(t(id+".title"), t(id+".todo"), where))
	}
	return o.screenOf(a, "setup_file.refused_title", blocks, kit.NewButton(a.Keys, kit.Secondary, t("button.back"), o.back), nil)
}
