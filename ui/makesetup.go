package ui

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

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

// started reports whether the form holds something that is saved nowhere.
func (m *making) started() bool {
	if m.saved != "" {
		return false
	}
	f := m.form.File()
	return f.Provider != "" || f.ApplicationID != "" || f.RegistrationPage != "" || f.Support != ""
}

// makeForm is the form as it shows.
type makeForm struct {
	a *App
	m *making
	// notes are the lines under the fields, by the key that the reader of setup
	// files names a problem with. whole is about the file.
	notes  map[string]kit.Note
	whole  kit.Note
	path   *kit.Entry
	inputs map[string]fyne.Focusable
	// markets and rare are filled again while a link is being typed, because it sets
	// what is in them.
	markets, rare *fyne.Container
	// news is what was said last and must be seen.
	news fyne.CanvasObject
}

func newMakeScreen(a *App) shell.Screen {
	m := a.making
	s := &makeForm{a: a, m: m, notes: map[string]kit.Note{}, whole: kit.NewNote(), inputs: map[string]fyne.Focusable{}, markets: kit.Column(kit.GapTiny + 2), rare: kit.Column(kit.Gap + 2)}
	t := a.Words.T
	s.fillMarkets()
	s.fillRare()
	blocks := []fyne.CanvasObject{
		kit.Headed(t("setup_make.title"), t("setup_make.lead")),
		s.field("provider", t("setup_make.provider"), "", &s.m.form.Provider),
		s.field("support", t("setup_make.support"), t("setup_make.support_placeholder"), &s.m.form.Support),
		s.app(),
		s.markets,
		s.field("registration_page", t("setup_make.page"), t("app_step.redirect_placeholder"), &s.m.form.RegistrationPage),
	}
	blocks = append(blocks, s.returnPage())
	blocks = append(blocks, s.boxes()...)
	blocks = append(blocks, s.rare)
	blocks = append(blocks, s.saving()...)
	main := kit.NewButton(a.Keys, kit.Primary, t("setup_make.save"), func() { s.save(false) })
	body := a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap+2, blocks...),
		a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), m.leave), main))
	s.show()
	focus, ok := s.inputs[m.at]
	if !ok {
		focus = s.inputs["provider"]
	}
	return shell.Screen{
		About: m, Title: t("setup_make.title"), Body: body, Focus: focus,
		OnEnter: main.Press, OnEscape: m.leave, ScrollTo: s.news,
		Help: func() (string, []fyne.CanvasObject) { return helpSetup(a) },
	}
}

// note is the line for the problems of a key.
func (s *makeForm) note(key string) kit.Note {
	n := kit.NewNote()
	s.notes[key] = n
	return n
}

// field is a text of the form with its line for problems.
func (s *makeForm) field(key, label, placeholder string, held *string, below ...fyne.CanvasObject) fyne.CanvasObject {
	e := kit.NewEntry(s.a.Keys, *held, placeholder, func(text string) {
		*held = text
		s.changed()
	})
	s.inputs[key] = e
	return kit.Field(label, e, append([]fyne.CanvasObject{s.note(key)}, below...)...)
}

// changed is called for every change: the file that was saved is out of date.
func (s *makeForm) changed() {
	s.m.saved, s.m.err = "", nil
	s.show()
}

// rebuild draws the form again, with the keyboard at a control.
func (s *makeForm) rebuild(at string) {
	s.m.at, s.m.saved, s.m.err = at, "", nil
	s.a.Redraw()
}

func (s *makeForm) app() fyne.CanvasObject {
	t, f := s.a.Words.T, &s.m.form
	draft := kit.NewCheck(s.a.Keys, t("app_step.draft"), f.Draft, func(on bool) {
		f.Draft = on
		s.changed()
	})
	app := kit.NewArea(s.a.Keys, 2, f.App, t("app_step.placeholder"), func(text string) {
		if f.ReadApp(text) {
			draft.SetChecked(f.Draft)
			s.fillMarkets()
			s.fillRare()
			s.a.RefreshFrame()
		}
		s.changed()
	}).Grows()
	s.inputs["application_id"] = app
	return kit.Column(kit.Gap,
		kit.Field(t("setup_make.app"), app, s.note("application_id"), kit.Text(t("setup_make.app_help"), kit.Small)),
		kit.Column(2, draft, kit.Text(t("setup_make.draft_help"), kit.Small)))
}

// returnPage tells of the page for the redirect URI, and saves it.
func (s *makeForm) returnPage() fyne.CanvasObject {
	a, t, f := s.a, s.a.Words.T, &s.m.form
	check := kit.NewCheck(a.Keys, t("setup_make.return_page"), f.ReturnPage, func(on bool) {
		f.ReturnPage = on
		s.changed()
	})
	save := kit.NewButton(a.Keys, kit.Secondary, t("setup_make.save_return_page"), func() { saveReturnPage(a) })
	s.inputs["return_page"] = check
	return kit.Column(kit.GapTiny, check, kit.Text(t("setup_make.return_page_help"), kit.Small), kit.Flow(save))
}

func (s *makeForm) fillMarkets() {
	t, f := s.a.Words.T, &s.m.form
	var codes, names []string
	for _, m := range lwa.Marketplaces() {
		codes = append(codes, m.Code)
		names = append(names, marketName(s.a.Words, m))
	}
	var chips []fyne.CanvasObject
	for _, code := range f.Marketplaces {
		name := code
		if _, ok := lwa.FindMarketplace(code); ok {
			name = t("market." + code)
		}
		chip := kit.NewButton(s.a.Keys, kit.Secondary, name, func() {
			f.RemoveMarketplace(code)
			s.rebuild("marketplaces")
		})
		chip.SetLabel("×", name)
		chips = append(chips, chip)
	}
	add := kit.NewSelect(s.a.Keys, names, -1, func(i int) {
		if i >= 0 {
			f.AddMarketplace(codes[i])
			s.rebuild("marketplaces")
		}
	})
	add.PlaceHolder = t("setup_make.add_marketplace")
	s.inputs["marketplaces"] = add
	help := t("setup_make.marketplaces_help")
	if len(chips) > 0 {
		help = t("setup_make.marketplaces_take")
	}
	blocks := []fyne.CanvasObject{kit.Text(t("setup_file.marketplaces"), kit.Label)}
	if len(chips) > 0 {
		blocks = append(blocks, kit.Flow(chips...))
	}
	s.markets.Objects = append(blocks, add, s.note("marketplaces"), kit.Text(help, kit.Small))
}

func (s *makeForm) boxes() []fyne.CanvasObject {
	t, f := s.a.Words.T, &s.m.form
	var names []string
	for _, v := range value.All() {
		names = append(names, t("value."+string(v)))
	}
	blocks := []fyne.CanvasObject{
		kit.Column(kit.GapTiny, kit.Text(t("setup_make.boxes"), kit.Heading), kit.Text(t("setup_make.boxes_help"), kit.Small), s.note("boxes")),
	}
	for i := range f.Boxes {
		key := "boxes[" + strconv.Itoa(i+1) + "]"
		box := &f.Boxes[i]
		at := -1
		for n, v := range value.All() {
			if v == box.Value {
				at = n
			}
		}
		pick := kit.NewSelect(s.a.Keys, names, at, func(n int) {
			if n >= 0 {
				box.Value = value.All()[n]
				s.changed()
			}
		})
		s.inputs[key] = pick
		button := func(name, label string, do func()) fyne.CanvasObject {
			b := kit.NewButton(s.a.Keys, kit.Secondary, t(label), do)
			s.inputs[key+name] = b
			return b
		}
		move := func(by int, name string) func() {
			return func() {
				to := f.MoveBox(i, by)
				s.rebuild("boxes[" + strconv.Itoa(to+1) + "]" + name)
			}
		}
		var actions []fyne.CanvasObject
		if i > 0 {
			actions = append(actions, button("up", "setup_make.up", move(-1, "up")))
		}
		if i+1 < len(f.Boxes) {
			actions = append(actions, button("down", "setup_make.down", move(1, "down")))
		}
		actions = append(actions, button("remove", "setup_make.remove", func() {
			f.RemoveBox(i)
			s.rebuild("add")
		}))
		labels := make([]fyne.CanvasObject, 0, len(i18n.Languages()))
		for _, l := range i18n.Languages() {
			if box.Label == nil {
				box.Label = map[string]string{}
			}
			label := kit.NewEntry(s.a.Keys, box.Label[l.Tag], "", func(text string) {
				box.Label[l.Tag] = text
				s.changed()
			})
			s.inputs[key+".label."+l.Tag] = label
			notes := []fyne.CanvasObject{s.note(key + ".label." + l.Tag)}
			if l.Tag == s.a.Words.Lang() { // a missing one is said where the person writes it first
				s.inputs[key+".label"] = label
				notes = append(notes, s.note(key+".label"))
			}
			labels = append(labels, kit.Field(t("setup_make.label", "Language", l.Name), label, notes...))
		}
		blocks = append(blocks, kit.Card(
			kit.Field(t("setup_make.value", "Number", s.a.Words.Number(i+1)), pick, s.note(key+".value")),
			kit.Column(8, labels...), kit.Flow(actions...)))
	}
	if len(f.Boxes) < len(value.All()) {
		add := kit.NewButton(s.a.Keys, kit.Secondary, t("setup_make.add_box"), func() {
			f.AddBox()
			s.rebuild("boxes[" + strconv.Itoa(len(f.Boxes)) + "]")
		})
		s.inputs["add"] = add
		blocks = append(blocks, kit.Flow(add))
	}
	return blocks
}

// fillRare shows the fields that few providers need, or what opens them.
func (s *makeForm) fillRare() {
	t, f := s.a.Words.T, &s.m.form
	if !s.m.more && f.RedirectURI == "" && f.State == "" && f.ConsentHost == "" && !f.Vendor {
		open := kit.NewButton(s.a.Keys, kit.Plain, t("app_step.more"), func() {
			s.m.more = true
			s.rebuild("redirect_uri")
		}).Opens()
		s.rare.Objects = []fyne.CanvasObject{kit.Flow(open)}
		return
	}
	s.m.more = true // emptying a field closes nothing
	s.rare.Objects = []fyne.CanvasObject{
		s.field("redirect_uri", t("app_step.redirect"), t("app_step.redirect_placeholder"), &f.RedirectURI, kit.Text(t("app_step.redirect_help"), kit.Small)),
		s.field("state", t("setup_file.state"), "", &f.State, kit.Text(t("setup_make.state_help"), kit.Small)),
		s.field("consent_host", t("setup_make.host"), "", &f.ConsentHost, kit.Text(t("setup_make.host_help"), kit.Small)),
		kit.NewCheck(s.a.Keys, t("setup_make.vendor"), f.Vendor, func(on bool) {
			f.Vendor = on
			s.changed()
		}),
	}
}

// show says what is wrong, each under its field. What is only missing is said
// once Save was pressed.
func (s *makeForm) show() {
	t := s.a.Words.T
	if s.m.path == "" && s.path != nil && s.path.Text != s.m.place() {
		s.path.Text = s.m.place()
		s.path.Refresh()
	}
	said := map[string]string{}
	data, err := s.m.form.Encode()
	var refused *setupfile.Error
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			if !p.Kind.Missing() || s.m.tried {
				key := s.nearest(p.Key)
				if said[key] == "" {
					said[key] = s.problem(p.Kind)
				}
			}
		}
	}
	for key, n := range s.notes {
		n.Say(kit.Error, said[key])
	}
	switch {
	case data != nil:
		s.whole.Say(kit.Success, t("setup_make.good"))
	case said[""] != "":
		s.whole.Say(kit.Error, said[""])
	case len(said) > 0:
		s.whole.Say(kit.Error, t("setup_make.not_yet"))
	default:
		s.whole.Say(kit.Info, t("setup_make.missing_some"))
	}
}

// nearest is the line that a problem of a key belongs to: its own, or the one
// of the nearest thing around it; "" for the file's.
func (s *makeForm) nearest(key string) string {
	for key != "" {
		if _, ok := s.notes[key]; ok {
			return key
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return ""
}

// problem says what is wrong, in the words that a seller would read, except where
// the person who makes the file needs other ones.
func (s *makeForm) problem(k setupfile.Kind) string {
	t := s.a.Words.T
	switch k {
	case setupfile.KindNoApplicationID:
		return t("setup_make.needs_app")
	case setupfile.KindNoProvider, setupfile.KindLabelMissing, setupfile.KindNoBoxes:
		return t("setup_make.missing")
	case setupfile.KindClaimsAmazon:
		return t("setup_make.own_name")
	case setupfile.KindLabelMisleads:
		return t("setup_make.honest_label")
	}
	id := "setup_file_error." + string(k)
	return t("setup_make.problem", "Title", t(id+".title"), "Todo", t(id+".todo"))
}

func (m *making) leave() {
	m.at = ""
	m.back()
}
