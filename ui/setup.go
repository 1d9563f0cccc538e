package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
)

// setupScreen shows what a provider's setup file would set, before any of it
// is used.
type setupScreen struct {
	a    *App
	file setupfile.File
	o    *opened
	body fyne.CanvasObject
	main *button
}

// opened is how a setup file came to be shown, and what it was shown over.
type opened struct {
	back func()
	// walk is the one under way, hold the tokens that were on the screen; nil
	// without.
	walk *journey
	hold *holding
	// made: it comes from the form, where it can be changed. preview: it is not
	// even a file yet.
	made, preview bool
}

// OpenSetup reads a setup file and shows what it would set, or why it is
// refused. What was on the screen is kept: that is where "Do not use it" leads
// back to. It belongs to the window's goroutine.
func (a *App) OpenSetup(path string) {
	o := a.setupOver()
	// A question that was open was about what is no longer on the screen.
	overlays := a.win.Canvas().Overlays()
	for _, over := range overlays.List() {
		overlays.Remove(over)
	}
	file, err := setupfile.Rules{Local: a.practising()}.ReadFile(path)
	if err != nil {
		a.show(func(a *App) screen { return newSetupRefusedScreen(a, err, o) })
		return
	}
	a.show(func(a *App) screen { return newSetupScreen(a, file, o) })
}

// setupOver is what a setup file that is opened now is shown over. A second
// one takes the place of the first.
func (a *App) setupOver() *opened {
	switch s := a.now.(type) {
	case *setupScreen:
		if !s.o.preview {
			return s.o
		}
	case *setupRefusedScreen:
		return s.o
	}
	before := a.make
	o := &opened{back: func() { a.show(before) }}
	switch s := a.now.(type) {
	case *wizard:
		o.walk, o.hold = s.j, s.j.hold
	case *makeScreen:
		o.made = true
	case interface{ shows() *holding }:
		o.hold = s.shows()
	}
	return o
}

// pickSetup lets the person choose the file.
func (a *App) pickSetup() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if r == nil || err != nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		a.OpenSetup(path)
	}, a.win)
	d.SetTitleText(a.words.T("setup_file.open"))
	d.SetFilter(storage.NewExtensionFileFilter([]string{setupfile.Extension, ".toml"}))
	if folder, err := storage.ListerForURI(storage.NewFileURI(downloads())); err == nil {
		d.SetLocation(folder)
	}
	d.Show()
	d.SetView(dialog.ListView) // names are longer than what fits under an icon
	size := a.win.Canvas().Size()
	d.Resize(fyne.NewSize(size.Width*0.9, size.Height*0.9))
}

func newSetupScreen(a *App, f setupfile.File, o *opened) screen {
	s := &setupScreen{a: a, file: f, o: o}
	t := a.words.T
	var lines []fyne.CanvasObject
	line := func(id, value string) {
		if value != "" {
			lines = append(lines, newColumn(1, newText(t(id), styleSmall()), newText(value, styleBody())))
		}
	}
	app := f.ApplicationID
	if app == "" {
		app = t("setup_file.own_app")
	}
	line("setup_file.app", app)
	var markets []string
	for _, code := range f.Marketplaces {
		markets = append(markets, t("market."+code))
	}
	if markets == nil {
		markets = []string{t("setup_file.any_marketplace")}
	}
	line("setup_file.marketplaces", strings.Join(markets, " · "))
	line("setup_file.host", f.ConsentHost)
	if f.Vendor {
		line("setup_file.vendor", t("setup_file.vendor_yes"))
	}
	if f.Draft {
		line("setup_file.draft", t("setup_file.draft_yes"))
	}
	line("setup_file.state", f.State)
	line("setup_file.redirect_uri", f.RedirectURI)
	line("setup_file.page", f.RegistrationPage)
	var boxes []string
	for _, b := range f.Boxes {
		boxes = append(boxes, a.boxLabel(b))
	}
	line("setup_file.boxes", strings.Join(boxes, "\n"))
	line("setup_file.support", f.Support)
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("setup_file.title"), styleTitle()),
			newText(t("setup_file.from", "Provider", f.Provider), styleMuted())),
	}
	if o.walk != nil && o.walk.walk.Entered() && (o.hold == nil || !o.hold.saved) {
		m, id := calm, "setup_file.walk_goes_on"
		if !o.walk.walk.Takes(f) {
			m, id = soon, "setup_file.walk_ends"
		}
		blocks = append(blocks, newBanner(m, t(id)))
	}
	for _, r := range f.Remarks() {
		m := soon
		if r == setupfile.RemarkProviderSecret {
			m = wrong
		}
		blocks = append(blocks, newBanner(m, t("setup_file_remark."+string(r))))
	}
	blocks = append(blocks, newCard(lines...), newText(t("setup_file.trust", "Provider", f.Provider), styleSmall()))
	if o.preview {
		blocks = append([]fyne.CanvasObject{newBanner(calm, t("setup_make.look_banner"))}, blocks...)
		s.main = newButton(a.keys, primary, t("setup_make.look_back"), o.back)
		s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...), a.newFoot(nil, s.main))
		return s
	}
	if !o.made {
		blocks = append(blocks, newFlow(newButton(a.keys, plain, t("setup_make.change"), func() { a.changeSetup(f) })))
	}
	s.main = newButton(a.keys, primary, t("setup_file.use"), s.use)
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...),
		a.newFoot(newButton(a.keys, secondary, t("setup_file.dont"), o.back), s.main))
	return s
}

// boxLabel names a box of a provider's registration screen: the provider's word
// for it, and ours, which the provider cannot choose, unless they are the same.
func (a *App) boxLabel(b setupfile.Box) string {
	label, value := b.Text(a.words.Lang()), a.words.T("value."+string(b.Value))
	if label == "" || label == value {
		return value
	}
	return a.words.T("setup_file.box", "Label", label, "Value", value)
}

// use takes the file into the walk under way if nothing is lost by it, and
// starts the walk that it is for otherwise.
func (s *setupScreen) use() {
	a, o := s.a, s.o
	if o.walk != nil && o.walk.walk.Takes(s.file) {
		o.walk.walk.Use(s.file)
		o.walk.ticked = nil
		o.walk.turn(a)
		return
	}
	if h := o.hold; h != nil && h.unkept() {
		t := a.words.T
		a.ask(t("tokens.leave_title"), t("tokens.leave_text"), t("tokens.leave_anyway"), s.begin)
		return
	}
	s.begin()
}

// begin starts a walk with the file. Whoever has an app of their own says first
// what they have in hand.
func (s *setupScreen) begin() {
	s.a.setup = &s.file
	if v, ok := walk.VisitorOf(s.file); ok {
		s.a.begin(v)
		return
	}
	s.a.showStart()
}

func (s *setupScreen) Title() string                { return s.a.words.T("setup_file.title") }
func (s *setupScreen) Body() fyne.CanvasObject      { return s.body }
func (s *setupScreen) Focus() fyne.Focusable        { return s.main }
func (s *setupScreen) Keys() (enter, escape func()) { return s.main.Press, s.o.back }

// setupRefusedScreen says all that is wrong with a setup file, and where.
type setupRefusedScreen struct {
	a    *App
	o    *opened
	back *button
	body fyne.CanvasObject
}

func newSetupRefusedScreen(a *App, err error, o *opened) screen {
	t := a.words.T
	problems := []setupfile.Problem{{Kind: setupfile.KindFailed}}
	var e *setupfile.Error
	if errors.As(err, &e) {
		problems = e.Problems
	}
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("setup_file.refused_title"), styleTitle()), newText(t("setup_file.refused_lead"), styleMuted())),
	}
	for _, p := range problems {
		where := ""
		switch {
		case p.Key != "" && p.Line > 0:
			where = t("setup_file.at", "Key", p.Key, "Line", a.words.Number(p.Line))
		case p.Key != "":
			where = t("setup_file.entry", "Key", p.Key)
		case p.Line > 0:
			where = t("setup_file.line", "Line", a.words.Number(p.Line))
		}
		id := "setup_file_error." + string(p.Kind)
		blocks = append(blocks, newErrorCard(t(id+".title"), t(id+".todo"), where))
	}
	s := &setupRefusedScreen{a: a, o: o, back: newButton(a.keys, secondary, t("button.back"), o.back)}
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...), a.newFoot(s.back, nil))
	return s
}

func (s *setupRefusedScreen) Title() string                { return s.a.words.T("setup_file.refused_title") }
func (s *setupRefusedScreen) Body() fyne.CanvasObject      { return s.body }
func (s *setupRefusedScreen) Focus() fyne.Focusable        { return s.back }
func (s *setupRefusedScreen) Keys() (enter, escape func()) { return s.back.Press, s.back.Press }
