package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/adrg/xdg"

	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// fileChooser asks for files in the system's window, or in the toolkit's where the
// system has none.
type fileChooser struct {
	w *shell.Window
	// system is [Deps.ChooseFile].
	system func(context.Context, native.FileQuestion) (path string, err error)
	open   bool // the system's window
}

// choose goes on with the path that was chosen. A second press while the window is
// open does nothing.
func (c *fileChooser) choose(q native.FileQuestion, then func(path string)) {
	if c.open {
		return
	}
	if q.Folder == "" || !isDir(q.Folder) {
		q.Folder = downloads()
	}
	if c.system == nil {
		c.chooseHere(q, then)
		return
	}
	q.Parent = c.w.Handle()
	c.open = true
	var path string
	var err error
	c.w.Background(func(ctx context.Context) {
		path, err = c.system(ctx, q)
	}, func() {
		c.open = false
		switch {
		case errors.Is(err, native.ErrNoFileWindow):
			c.chooseHere(q, then)
		case err == nil && path != "":
			then(path)
		}
	})
}

// chooseHere asks in the toolkit's window. For a file to save it asks for the
// folder only: the toolkit's window for that empties a file that is there.
func (c *fileChooser) chooseHere(q native.FileQuestion, then func(path string)) {
	folder, err := storage.ListerForURI(storage.NewFileURI(q.Folder))
	show := func(d *dialog.FileDialog) {
		d.SetTitleText(q.Title)
		if err == nil {
			d.SetLocation(folder)
		}
		d.Show()
		c.w.EscapeHides(d.Hide)
		d.SetView(dialog.ListView) // names are longer than what fits under an icon
		size := c.w.Win.Canvas().Size()
		d.Resize(fyne.NewSize(size.Width*0.9, size.Height*0.9))
	}
	if q.Save {
		show(dialog.NewFolderOpen(func(chosen fyne.ListableURI, err error) {
			if chosen != nil && err == nil {
				then(filepath.Join(chosen.Path(), q.Name))
			}
		}, c.w.Win))
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if r == nil || err != nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		then(path)
	}, c.w.Win)
	d.SetFilter(storage.NewExtensionFileFilter(q.Extensions))
	show(d)
}

// pathField is the field for the path of a file to write, and a button that
// chooses one.
func (c *fileChooser) pathField(path, title string, changed func(path string)) (*kit.Entry, fyne.CanvasObject) {
	e := kit.NewEntry(c.w.Keys, path, "", changed)
	browse := kit.NewButton(c.w.Keys, kit.Secondary, c.w.Words.T("button.browse"), func() {
		q := native.FileQuestion{Title: title, Save: true, Folder: filepath.Dir(e.Text), Name: filepath.Base(e.Text)}
		c.choose(q, func(path string) {
			changed(path)
			c.w.Redraw()
		})
	})
	return e, kit.Row(0, e, browse)
}

// downloads is the folder where people look for files that programs make. On Linux
// its name is in the person's language, and on Windows it can be moved.
func downloads() string {
	xdg.Reload()
	for _, dir := range []string{xdg.UserDirs.Download, xdg.Home} {
		if isDir(dir) {
			return dir
		}
	}
	return os.TempDir()
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
