package shell

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newCorner holds what every screen offers in a corner: the language and the menu.
func (w *Window) newCorner() (language, menu *kit.Button) {
	for _, l := range i18n.Languages() {
		if l.Tag == w.Words.Lang() {
			short, _, _ := strings.Cut(l.Name, " (") // the rail is narrow
			language = kit.NewButton(w.Keys, kit.Plain, short, nil).Opens()
		}
	}
	language.OnPress = func() {
		var items []*fyne.MenuItem
		for _, l := range i18n.Languages() {
			item := fyne.NewMenuItem(l.Name, func() { w.setLanguage(l.Tag) })
			item.Checked = l.Tag == w.Words.Lang()
			items = append(items, item)
		}
		w.popUp(language, items...)
	}
	menu = kit.NewButton(w.Keys, kit.Plain, w.Words.T("menu.open"), nil).Opens()
	menu.OnPress = func() { w.popUp(menu, w.Menu()...) }
	language.Fixed, menu.Fixed = true, true
	w.Keys.OnMenu = menu.Press
	return language, menu
}

// popUp opens a menu above or below the button that was pressed.
func (w *Window) popUp(at *kit.Button, items ...*fyne.MenuItem) {
	canvas := w.Win.Canvas()
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at)
	size := pop.MinSize()
	y := pos.Y + at.Size().Height + 4
	if y+size.Height > canvas.Size().Height {
		y = pos.Y - size.Height - 4
	}
	x := min(pos.X, canvas.Size().Width-size.Width-8)
	pop.ShowAtPosition(fyne.NewPos(max(8, x), max(8, y)))
	w.putOver(&overlay{keys: &kit.Keys{OnEscape: pop.Hide}})
	canvas.Focus(pop)
}

// SettingsItems are the menu entries of the settings: light and dark, text size,
// motion.
func (w *Window) SettingsItems() []*fyne.MenuItem {
	t := w.Words.T
	appearance := fyne.NewMenuItem(t("menu.appearance"), nil)
	appearance.ChildMenu = fyne.NewMenu("",
		w.lookItem(t("menu.appearance_system"), kit.FollowSystem, w.Settings.TextSize),
		w.lookItem(t("menu.appearance_light"), kit.Light, w.Settings.TextSize),
		w.lookItem(t("menu.appearance_dark"), kit.Dark, w.Settings.TextSize))
	size := fyne.NewMenuItem(t("menu.text_size"), nil)
	size.ChildMenu = fyne.NewMenu("",
		w.lookItem(t("menu.text_small"), w.Settings.Appearance, kit.TextSmall),
		w.lookItem(t("menu.text_normal"), w.Settings.Appearance, kit.TextNormal),
		w.lookItem(t("menu.text_large"), w.Settings.Appearance, kit.TextLarge))
	motion := fyne.NewMenuItem(t("menu.motion"), nil)
	motion.ChildMenu = fyne.NewMenu("",
		w.motionItem(t("menu.motion_system"), MotionSystem),
		w.motionItem(t("menu.motion_less"), MotionLess),
		w.motionItem(t("menu.motion_full"), MotionFull))
	return []*fyne.MenuItem{appearance, size, motion}
}

func (w *Window) lookItem(label string, appearance kit.Appearance, size kit.TextSize) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() { w.SetLook(appearance, size) })
	current := w.Settings
	if current.Appearance == "" {
		current.Appearance = kit.FollowSystem
	}
	if current.TextSize == "" {
		current.TextSize = kit.TextNormal
	}
	if appearance == "" {
		appearance = kit.FollowSystem
	}
	if size == "" {
		size = kit.TextNormal
	}
	item.Checked = appearance == current.Appearance && size == current.TextSize
	return item
}

func (w *Window) motionItem(label string, m Motion) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() { w.setMotion(m) })
	item.Checked = m == w.Settings.Motion || m == MotionSystem && w.Settings.Motion == ""
	return item
}

// OpenFolder shows a folder in the system's file manager.
func (w *Window) OpenFolder(path string) {
	if w.openPath(path) != nil {
		w.Alert(w.Words.T("open.folder_title"), w.Words.T("open.folder_text", "Path", path))
	}
}

// OpenFile opens a file with the program that the system has for it.
func (w *Window) OpenFile(path string) {
	if w.openPath(path) != nil {
		w.Alert(w.Words.T("open.file_title"), w.Words.T("open.file_text", "Path", path))
	}
}

func (w *Window) openPath(path string) error {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive of Windows
	}
	return w.OpenURL(&url.URL{Scheme: "file", Path: path})
}

// FileChoices are what can be done with a file that was just written.
func (w *Window) FileChoices(path string) []Choice {
	return []Choice{
		{Label: w.Words.T("open.file"), Do: func() { w.OpenFile(path) }},
		{Label: w.Words.T("open.folder"), Do: func() { w.OpenFolder(filepath.Dir(path)) }},
	}
}

// FileButtons are [Window.FileChoices] as buttons.
func (w *Window) FileButtons(path string) (buttons []fyne.CanvasObject) {
	for _, c := range w.FileChoices(path) {
		buttons = append(buttons, kit.NewButton(w.Keys, kit.Secondary, c.Label, c.Do))
	}
	return buttons
}

// Open opens an address in the system's browser. Whether that worked cannot be
// known everywhere, so no screen relies on it: each shows the address as well.
func (w *Window) Open(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		w.Log.Error("opening the browser: the address cannot be read")
		return
	}
	if err := w.OpenURL(u); err != nil {
		// The error of the operating system may quote the whole address.
		w.Log.Error("opening the browser failed", "host", u.Host)
		w.Alert(w.Words.T("open.failed_title"), w.Words.T("open.failed_text"))
	}
}
