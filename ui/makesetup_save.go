package ui

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// saving is the end of the form: whether the file is good, and where it goes.
func (s *makeForm) saving() []fyne.CanvasObject {
	a, m, t := s.a, s.m, s.a.Words.T
	var choose fyne.CanvasObject
	s.path, choose = a.files.pathField(m.place(), t("setup_make.path"), func(text string) { m.path = text })
	s.inputs["path"] = s.path
	look := kit.NewButton(a.Keys, kit.Secondary, t("setup_make.look"), s.look)
	s.inputs["look"] = look
	blocks := []fyne.CanvasObject{kit.Flow(look), kit.Field(t("setup_make.path"), choose), s.whole}
	switch {
	case m.err != nil:
		s.news = newErrorCard(t("setup_make.failed_title"), t("setup_make.failed_todo"), "")
	case m.saved != "":
		s.news = kit.Banner(kit.Success, t("setup_make.saved", "Path", m.saved),
			kit.NewButton(a.Keys, kit.Secondary, t("open.folder"), func() { a.OpenFolder(filepath.Dir(m.saved)) }),
			kit.NewButton(a.Keys, kit.Secondary, t("setup_make.as_seller"), func() { a.OpenSetup(m.saved) }))
	}
	if s.news != nil {
		blocks = append(blocks, s.news)
	}
	if m.started() || m.saved != "" {
		blocks = append(blocks, kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("setup_make.empty"), s.empty)))
	}
	return blocks
}

// save writes the file, after asking when there is one of that name.
func (s *makeForm) save(overwrite bool) {
	m, t := s.m, s.a.Words.T
	m.tried = true
	data, err := m.form.Encode()
	if err != nil {
		m.at = s.firstWrong(err)
		m.err, m.saved = nil, ""
		s.a.Redraw()
		return
	}
	path := m.place()
	err = setupfile.Save(path, data, overwrite)
	if errors.Is(err, fs.ErrExist) && !overwrite {
		s.a.Ask(t("export.there.title"), t("export.there.replace_text"), t("export.there.replace"), func() { s.save(true) })
		return
	}
	m.err, m.saved, m.at = err, "", "look"
	if err == nil {
		m.saved, m.tried = path, false
	} else {
		s.a.Log.Error("saving a setup file", "err", err)
	}
	s.a.Redraw()
}

// firstWrong is the control of the first problem.
func (s *makeForm) firstWrong(err error) string {
	var refused *setupfile.Error
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			for key := p.Key; key != ""; key = key[:max(strings.LastIndexAny(key, ".["), 0)] {
				if _, ok := s.inputs[key]; ok {
					return key
				}
			}
		}
	}
	return "add"
}

// look shows what the seller would be shown.
func (s *makeForm) look() {
	s.m.at = "look"
	o := &opened{file: s.m.form.File(), preview: true, back: s.a.WayBack()}
	s.a.show(o.screen)
}

func (s *makeForm) empty() {
	fill := func() {
		*s.m = making{form: setupfile.NewForm(), back: s.m.back}
		s.a.Redraw()
	}
	if !s.m.started() {
		fill()
		return
	}
	t := s.a.Words.T
	s.a.Ask(t("setup_make.other_title"), t("setup_make.other_text"), t("setup_make.empty"), fill)
}
