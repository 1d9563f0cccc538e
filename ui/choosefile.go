package ui

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// chooseFile asks for a file in the system's window, or in the toolkit's where
// the system has none, and goes on with the path that was chosen. A second press
// while the window is open does nothing.
func (a *App) chooseFile(q native.FileQuestion, then func(path string)) {
	if a.choosing {
		return
	}
	if q.Folder == "" || !isDir(q.Folder) {
		q.Folder = downloads()
	}
	if a.deps.ChooseFile == nil {
		a.chooseHere(q, then)
		return
	}
	q.Parent = a.Handle()
	a.choosing = true
	var path string
	var err error
	a.Background(func(ctx context.Context) {
		path, err = a.deps.ChooseFile(ctx, q)
	}, func() {
		a.choosing = false
		switch {
		case errors.Is(err, native.ErrNoFileWindow):
			a.chooseHere(q, then)
		case err == nil && path != "":
			then(path)
		}
	})
}

// chooseHere asks in the toolkit's window. For a file to save it asks for the
// folder only: the toolkit's window for that empties a file that is there.
func (a *App) chooseHere(q native.FileQuestion, then func(path string)) {
	folder, err := storage.ListerForURI(storage.NewFileURI(q.Folder))
	show := func(d *dialog.FileDialog) {
		d.SetTitleText(q.Title)
		if err == nil {
			d.SetLocation(folder)
		}
		d.Show()
		a.EscapeHides(d.Hide)
		d.SetView(dialog.ListView) // names are longer than what fits under an icon
		size := a.Win.Canvas().Size()
		d.Resize(fyne.NewSize(size.Width*0.9, size.Height*0.9))
	}
	if q.Save {
		show(dialog.NewFolderOpen(func(chosen fyne.ListableURI, err error) {
			if chosen != nil && err == nil {
				then(filepath.Join(chosen.Path(), q.Name))
			}
		}, a.Win))
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if r == nil || err != nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		then(path)
	}, a.Win)
	d.SetFilter(storage.NewExtensionFileFilter(q.Extensions))
	show(d)
}

// pathField is the field for the path of a file to write, and a button that
// chooses one.
func (a *App) pathField(path, title string, changed func(path string)) (*kit.Entry, fyne.CanvasObject) {
	e := kit.NewEntry(a.Keys, path, "", changed)
	browse := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("button.browse"), func() {
		q := native.FileQuestion{Title: title, Save: true, Folder: filepath.Dir(e.Text), Name: filepath.Base(e.Text)}
		a.chooseFile(q, func(path string) {
			changed(path)
			a.Redraw()
		})
	})
	return e, kit.Row(0, e, browse)
}
