package ui

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// makeForm is the form for a setup file as it shows: its fields, and what is wrong in
// them. makesetup.go fills it, makesetup_save.go ends it.
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

// started reports whether the form holds something that is saved nowhere.
func (m *making) started() bool {
	if m.saved != "" {
		return false
	}
	f := m.form.File()
	return f.Provider != "" || f.ApplicationID != "" || f.RegistrationPage != "" || f.Support != ""
}

// place is where the file would be saved.
func (m *making) place() string {
	if m.path == "" {
		return filepath.Join(downloads(), m.form.File().FileName())
	}
	switch strings.ToLower(filepath.Ext(m.path)) {
	case setupfile.Extension, ".toml":
		return m.path
	}
	return m.path + setupfile.Extension
}
