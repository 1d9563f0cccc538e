package ui

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/ui/kit"
)

const railWidth float32 = 240

// The width of the rail where there is no room for its words.
const compactWidth, compactInset float32 = 60, 8

// newBrand is the mark and the name.
func (a *App) newBrand() fyne.CanvasObject {
	return kit.Row(-1, kit.NewLogo(24), kit.Line(a.words.T("app.name"), kit.Heading))
}

// newCorner holds what every screen offers in a corner: the language and the menu.
func (a *App) newCorner() (language, menu *kit.Button) {
	for _, l := range i18n.Languages() {
		if l.Tag == a.words.Lang() {
			short, _, _ := strings.Cut(l.Name, " (") // the rail is narrow
			language = kit.NewButton(a.keys, kit.Plain, short, nil).Opens()
		}
	}
	language.OnPress = func() {
		var items []*fyne.MenuItem
		for _, l := range i18n.Languages() {
			item := fyne.NewMenuItem(l.Name, func() { a.setLanguage(l.Tag) })
			item.Checked = l.Tag == a.words.Lang()
			items = append(items, item)
		}
		a.popUp(language, items...)
	}
	menu = kit.NewButton(a.keys, kit.Plain, a.words.T("menu.open"), nil).Opens()
	menu.OnPress = func() { a.popUp(menu, a.menuItems()...) }
	language.Fixed, menu.Fixed = true, true
	a.keys.OnMenu = menu.Press
	return language, menu
}

// popUp opens a menu above or below the button that was pressed.
func (a *App) popUp(at *kit.Button, items ...*fyne.MenuItem) {
	canvas := a.win.Canvas()
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at)
	size := pop.MinSize()
	y := pos.Y + at.Size().Height + 4
	if y+size.Height > canvas.Size().Height {
		y = pos.Y - size.Height - 4
	}
	x := min(pos.X, canvas.Size().Width-size.Width-8)
	pop.ShowAtPosition(fyne.NewPos(max(8, x), max(8, y)))
	a.putOver(&overlay{keys: &kit.Keys{OnEscape: pop.Hide}})
	canvas.Focus(pop)
}

func (a *App) menuItems() []*fyne.MenuItem {
	t := a.words.T
	appearance := fyne.NewMenuItem(t("menu.appearance"), nil)
	appearance.ChildMenu = fyne.NewMenu("",
		a.lookItem(t("menu.appearance_system"), kit.FollowSystem, a.settings.TextSize),
		a.lookItem(t("menu.appearance_light"), kit.Light, a.settings.TextSize),
		a.lookItem(t("menu.appearance_dark"), kit.Dark, a.settings.TextSize))
	size := fyne.NewMenuItem(t("menu.text_size"), nil)
	size.ChildMenu = fyne.NewMenu("",
		a.lookItem(t("menu.text_small"), a.settings.Appearance, kit.TextSmall),
		a.lookItem(t("menu.text_normal"), a.settings.Appearance, kit.TextNormal),
		a.lookItem(t("menu.text_large"), a.settings.Appearance, kit.TextLarge))
	motion := fyne.NewMenuItem(t("menu.motion"), nil)
	motion.ChildMenu = fyne.NewMenu("",
		a.motionItem(t("menu.motion_system"), MotionSystem),
		a.motionItem(t("menu.motion_less"), MotionLess),
		a.motionItem(t("menu.motion_full"), MotionFull))
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(t("menu.home"), a.showHome),
		fyne.NewMenuItemSeparator(),
		appearance, size, motion,
		fyne.NewMenuItemSeparator(),
	}
	if a.practising() {
		items = append(items, fyne.NewMenuItem(t("practice.leave"), a.leavePractice))
	}
	if a.inFile() {
		items = append(items, fyne.NewMenuItem(t("menu.vault_file"), a.showVaultFile))
	}
	if a.deps.LogDir != "" {
		items = append(items, fyne.NewMenuItem(t("menu.log"), func() {
			a.openFolder(a.deps.LogDir)
		}))
	}
	return append(items,
		fyne.NewMenuItem(t("menu.make_setup"), a.makeSetup),
		fyne.NewMenuItem(t("menu.about"), a.showAbout),
		fyne.NewMenuItem(t("menu.quit"), a.askClose))
}

func (a *App) lookItem(label string, appearance kit.Appearance, size kit.TextSize) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() { a.setLook(appearance, size) })
	current := a.settings
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

func (a *App) motionItem(label string, m Motion) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, func() { a.setMotion(m) })
	item.Checked = m == a.settings.Motion || m == MotionSystem && a.settings.Motion == ""
	return item
}

// openFolder shows a folder in the system's file manager.
func (a *App) openFolder(path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if err := a.deps.OpenURL(u); err != nil {
		a.alert(a.words.T("open.folder_title"), a.words.T("open.folder_text", "Path", path))
	}
}

// releasesPage is where newer versions are. SellerKey never looks there by itself.
const releasesPage = "https://github.com/sellerkey/sellerkey/releases"

func (a *App) showAbout() {
	t := a.words.T
	text := t("about.text") + "\n\n" + t("about.newer", "Address", releasesPage)
	a.message(t("about.title", "Version", a.deps.Version), text, t("button.ok"), t("about.open"),
		func() { a.open(releasesPage) })
}

// newRail is the column at the left: the brand, what the screen puts there,
// and the corner at its foot.
func (a *App) newRail(middle ...fyne.CanvasObject) fyne.CanvasObject {
	language, menu := a.newCorner()
	return a.newRailOf(kit.Flow(language, menu), middle...)
}

// newHelpfulRail is the rail of a screen that has help.
func (a *App) newHelpfulRail(middle ...fyne.CanvasObject) fyne.CanvasObject {
	language, menu := a.newCorner()
	help := a.newHelpButton()
	help.Kind, help.Raised = kit.Secondary, true
	return a.newRailOf(kit.Column(kit.Gap, kit.Padded(8, 0, kit.Flow(help)), kit.Flow(language, menu)), middle...)
}

func (a *App) newRailOf(foot fyne.CanvasObject, middle ...fyne.CanvasObject) fyne.CanvasObject {
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	inside := kit.Spread(22, railHang, a.newBrand(), kit.Column(4, middle...), foot)
	return kit.Padded(18, 22, inside, bg)
}

// newCompactRail shows where one is, and nothing else, while the help takes the
// room of the whole rail.
func newCompactRail(steps []fyne.CanvasObject) fyne.CanvasObject {
	for _, s := range steps {
		s.(*kit.StepItem).Compact = true
	}
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	const logoSide = 24
	logo := kit.Padded((compactWidth-2*compactInset-logoSide)/2, 0, kit.NewLogo(logoSide))
	return kit.Padded(compactInset, 22, kit.Column(22, logo, kit.Column(4, steps...)), bg)
}

// railHang is how far the foot of the rail hangs out, so that the labels of its
// buttons line up with what is above.
const railHang = kit.PlainInset

// newFrame lays a screen out; banner is what stands above the page over its
// whole width, nil for nothing.
func (a *App) newFrame(rail, banner, content, foot fyne.CanvasObject) fyne.CanvasObject {
	return a.newFrameOf(rail, banner, kit.NewPage(kit.Padded(kit.Margin, 30, kit.Limited(720, content))), foot)
}

// newFrameOf is the same with a page of its own kind; rail and foot may be nil.
func (a *App) newFrameOf(rail, banner fyne.CanvasObject, p *kit.Page, foot fyne.CanvasObject) fyne.CanvasObject {
	a.keys.Reveal, a.keys.Scroll = p.Reveal, p.Scroll
	l := &frameLayout{rail: rail, banner: banner, page: p, foot: foot}
	a.frame = container.New(l)
	// The Tab key goes in this order.
	for _, o := range []fyne.CanvasObject{rail, banner, p, foot} {
		if o != nil {
			a.frame.Add(o)
		}
	}
	return a.frame
}

// frameLayout keeps the rail at the left, the foot below, and the help at the
// right. Where there is no room for all, the rail goes away while the help is
// open, or leaves its compact form there; in a narrow window the help takes the
// page's place.
type frameLayout struct {
	rail, banner, page, foot fyne.CanvasObject
	help, compact            fyne.CanvasObject // nil without
}

// The width of the help, and the least that a page beside it must have.
const (
	helpWidth float32 = 380
	pageLeast float32 = 520
)

// widths divides the window; a page of no width is not shown.
func (l *frameLayout) widths(width float32) (rail, page, help float32) {
	if l.rail != nil {
		rail = railWidth
	}
	var least float32
	if l.compact != nil {
		least = compactWidth
	}
	switch {
	case l.help == nil:
		return rail, width - rail, 0
	case width >= rail+pageLeast+helpWidth:
		return rail, width - rail - helpWidth, helpWidth
	case width >= least+pageLeast+helpWidth:
		return least, width - least - helpWidth, helpWidth
	default:
		return rail, 0, width - rail
	}
}

func (l *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	rail, page, help := l.widths(size.Width)
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o == nil {
			return
		}
		if (w > 0) != o.Visible() {
			if w > 0 {
				o.Show()
			} else {
				o.Hide()
			}
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	// What is below and above the page goes with it, or with what is in its place.
	w := max(page, size.Width-rail-help)
	if page == 0 {
		w = help
	}
	top, bottom := float32(0), float32(0)
	if l.banner != nil {
		top = kit.HeightAt(l.banner, w)
	}
	if l.foot != nil {
		bottom = kit.HeightAt(l.foot, w)
	}
	if compact := l.compact != nil && rail == compactWidth; compact {
		place(l.rail, 0, 0, 0, size.Height)
		place(l.compact, 0, 0, rail, size.Height)
	} else {
		place(l.rail, 0, 0, rail, size.Height)
		place(l.compact, 0, 0, 0, size.Height)
	}
	place(l.banner, rail, 0, w, top)
	place(l.page, rail, top, page, size.Height-top-bottom)
	place(l.foot, rail, size.Height-bottom, w, bottom)
	if page == 0 {
		place(l.help, rail, top, help, size.Height-top-bottom)
	} else {
		place(l.help, rail+page, 0, help, size.Height)
	}
}

func (*frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastWidth, leastHeight)
}

// newFoot is the bar at the bottom: what goes back at the left, what goes on
// at the right.
func (a *App) newFoot(left, right *kit.Button) fyne.CanvasObject {
	for _, b := range []*kit.Button{left, right} {
		if b != nil {
			b.Fixed = true
		}
	}
	space := kit.Text("", kit.Body)
	var items []fyne.CanvasObject
	grow := 0
	if left != nil {
		items = append(items, left)
		grow = 1
	}
	items = append(items, space)
	if right != nil {
		items = append(items, right)
	}
	return a.newFootOf(kit.Margin, kit.Row(grow, items...))
}

// newFootOf is the same for what a screen puts there, with room at the sides.
func (a *App) newFootOf(sides float32, row fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(0, kit.Rule(), a.clipBar.object, kit.Padded(sides, 14, row))
}

// practiceBanner says that nothing goes to Amazon; nil in the real world.
func (a *App) practiceBanner() fyne.CanvasObject {
	if !a.practising() {
		return nil
	}
	leave := kit.NewButton(a.keys, kit.Plain, a.words.T("practice.leave"), a.leavePractice)
	leave.Fixed = true
	bg := kit.NewPanel(kit.ColorWarningField, "")
	bg.Radius = ""
	text := kit.Text(a.words.T("practice.banner"), kit.Small.Bold().In(kit.ColorWarning))
	return kit.Padded(kit.Margin, 5, kit.Row(0, text, leave), bg)
}
