package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/sellerkey/sellerkey/setupfile"
	"github.com/sellerkey/sellerkey/walk"
)

// setupScreen shows what a provider's setup file would set, before any of it
// is used.
type setupScreen struct {
	a    *App
	file setupfile.File
	body fyne.CanvasObject
	main *button
	back func()
}

// OpenSetup reads a setup file and shows what it would set, or why it is
// refused. It belongs to the window's goroutine.
func (a *App) OpenSetup(path string) {
	before := a.make
	back := func() { a.show(before) }
	file, err := setupfile.Rules{Local: a.practising()}.ReadFile(path)
	if err != nil {
		a.show(func(a *App) screen { return newSetupRefusedScreen(a, err, back) })
		return
	}
	a.show(func(a *App) screen { return newSetupScreen(a, file, back) })
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
	d.SetFilter(storage.NewExtensionFileFilter([]string{".sellerkey", ".toml"}))
	d.Show()
}

func newSetupScreen(a *App, f setupfile.File, back func()) screen {
	s := &setupScreen{a: a, file: f, back: back}
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
		boxes = append(boxes, t("setup_file.box", "Label", b.Text(a.words.Lang()), "Value", t("value."+string(b.Value))))
	}
	line("setup_file.boxes", strings.Join(boxes, "\n"))
	line("setup_file.support", f.Support)
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("setup_file.title"), styleTitle()),
			newText(t("setup_file.from", "Provider", f.Provider), styleMuted())),
	}
	for _, r := range f.Remarks() {
		m := soon
		if r == setupfile.RemarkProviderSecret {
			m = wrong
		}
		blocks = append(blocks, newBanner(m, t("setup_file_remark."+string(r))))
	}
	blocks = append(blocks, newCard(lines...), newText(t("setup_file.trust", "Provider", f.Provider), styleSmall()))
	s.main = newButton(a.keys, primary, t("setup_file.use"), s.use)
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...),
		a.newFoot(newButton(a.keys, secondary, t("setup_file.dont"), back), s.main))
	return s
}

// use starts the walk that the file is for. Whoever has an app of their own
// says first what they have in hand.
func (s *setupScreen) use() {
	s.a.setup = &s.file
	if s.file.ApplicationID != "" {
		s.a.begin(walk.Guide)
		return
	}
	s.a.showStart()
}

func (s *setupScreen) Title() string                { return s.a.words.T("setup_file.title") }
func (s *setupScreen) Body() fyne.CanvasObject      { return s.body }
func (s *setupScreen) Focus() fyne.Focusable        { return s.main }
func (s *setupScreen) Keys() (enter, escape func()) { return s.main.Press, s.back }

// setupRefusedScreen says all that is wrong with a setup file, and where.
type setupRefusedScreen struct {
	a    *App
	back *button
	body fyne.CanvasObject
}

func newSetupRefusedScreen(a *App, err error, back func()) screen {
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
	s := &setupRefusedScreen{a: a, back: newButton(a.keys, secondary, t("button.back"), back)}
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...), a.newFoot(s.back, nil))
	return s
}

func (s *setupRefusedScreen) Title() string                { return s.a.words.T("setup_file.refused_title") }
func (s *setupRefusedScreen) Body() fyne.CanvasObject      { return s.body }
func (s *setupRefusedScreen) Focus() fyne.Focusable        { return s.back }
func (s *setupRefusedScreen) Keys() (enter, escape func()) { return s.back.Press, s.back.Press }
