package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

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

func (m *making) leave() {
	m.at = ""
	m.back()
}
