package ui

import (
	"embed"
	"fmt"
	"image/color"
	"runtime"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The drawings show beforehand what a browser will show. They are made of the
// same parts as the screens: their words are texts that wrap, their colours are
// roles, so that they fit every language, light and dark.

// What the values in the drawings look like.
const (
	drawnSellerCentral = "sellercentral.amazon…"
	drawnConsentLink   = "https://sellercentral.amazon…/apps/authorize/consent?"
	drawnAppParam      = "application_id=" + drawnAppID
	drawnRedirect      = "https://…?spapi_oauth_code=…&selling_partner_id=…"
	drawnAppID         = "amzn1.sp.solution.…"
	drawnAccess        = "Atza|…"
	drawnSellerID      = "A0EXAMPLE…"
	drawnCode          = "AN••••••"
)

// newSheetOf is the paper that a drawing is on.
func newSheetOf(blocks ...fyne.CanvasObject) fyne.CanvasObject {
	return newPadded(14, 13, newColumn(10, blocks...), newPanel(colorCard, colorLine))
}

// newBrowser draws a browser window: an address bar, and a page below it.
func newBrowser(address fyne.CanvasObject, page ...fyne.CanvasObject) fyne.CanvasObject {
	dot := func() fyne.CanvasObject {
		return newSized(newPanel(colorControl, ""), fyne.NewSize(7, 7))
	}
	dots := newRow(-1, dot(), dot(), dot())
	dots.Layout.(*row).gap = 5
	bar := newPadded(12, 8, newRow(1, dots, address))
	body := newPadded(14, 13, newColumn(10, page...))
	return newPadded(1, 1, newColumn(0, bar, newRule(), body), newPanel(colorCard, colorControl))
}

// newAddress is what stands in the address bar of a drawing.
func newAddress(text string) fyne.CanvasObject {
	return newPadded(9, 2, newText(text, styleDrawn().in(colorMuted)), newPanel(colorWindow, colorLine))
}

// newMarked puts what a drawing is about into a frame.
func newMarked(o fyne.CanvasObject) fyne.CanvasObject {
	frame := newPanel("", colorAccent)
	frame.thick, frame.radius = 2, sizeRadius
	return newPadded(8, 5, o, frame)
}

// styleDrawn is the writing in a drawing.
func styleDrawn() style { return style{size: sizeSmall, color: colorText, lead: 1.4} }

// newNumber is a numbered disc: the order in which to do things.
func newNumber(n int) fyne.CanvasObject {
	return newDisc(strconv.Itoa(n))
}

// newNumbered is a numbered line of text.
func newNumbered(n int, text string) fyne.CanvasObject {
	return newTopRow(1, newNumber(n), newText(text, styleBody()))
}

// newStub stands for a line of text that does not matter.
func newStub(width float32) fyne.CanvasObject {
	p := newPanel(colorLine, "")
	p.radius = sizeRadius
	return newFlow(newSized(p, fyne.NewSize(width, 7)))
}

// newDrawnBox is a check box, ticked or not.
func newDrawnBox(ticked bool) fyne.CanvasObject {
	if !ticked {
		box := newPanel("", colorControl)
		box.radius = ""
		return newSized(box, fyne.NewSize(16, 16))
	}
	box := newPanel(colorAccent, "")
	box.radius = ""
	tick := newIcon(theme.IconNameConfirm, colorOnAccent, 16)
	return newSized(newPadded(0, 0, tick, box), fyne.NewSize(16, 16))
}

// newDrawnButton is a button in a drawing; nobody can press it.
func newDrawnButton(label string, lit bool) fyne.CanvasObject {
	fill, ink := colorQuiet, colorText
	if lit {
		fill, ink = colorAccent, colorOnAccent
	}
	p := newPanel(fill, "")
	p.radius = sizeRadius
	return newPadded(12, 3, newLine(label, styleDrawn().strong().in(ink)), p)
}

// newDrawnField is an input of a page, with its label above it.
func newDrawnField(label, value string, lit bool) fyne.CanvasObject {
	line := colorControl
	if lit {
		line = colorAccent
	}
	p := newPanel(colorWindow, line)
	p.radius = sizeRadius
	if lit {
		p.thick = 2
	}
	return newColumn(3, newText(label, styleDrawn().in(colorMuted)),
		newPadded(9, 4, newText(value, styleDrawn().mono()), p))
}

// newKeycaps are keys to press together: those of Windows and Linux, or a Mac's.
func newKeycaps(key fyne.KeyName) fyne.CanvasObject {
	hold := "Ctrl"
	if runtime.GOOS == "darwin" {
		hold = "⌘"
	}
	keycap := func(s string) fyne.CanvasObject {
		p := newPanel(colorQuiet, colorControl)
		p.radius = sizeRadius
		return newPadded(8, 1, newLine(s, styleDrawn()), p) // bold has no ⌘
	}
	caps := newRow(-1, keycap(hold), keycap(string(key)))
	caps.Layout.(*row).gap = 4
	return caps
}

// icon is one of the theme's pictures in the colour of a role.
type icon struct {
	widget.BaseWidget
	name fyne.ThemeIconName
	ink  fyne.ThemeColorName
	side float32
}

func newIcon(name fyne.ThemeIconName, ink fyne.ThemeColorName, side float32) *icon {
	i := &icon{name: name, ink: ink, side: side}
	i.ExtendBaseWidget(i)
	return i
}

func (i *icon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{i: i, picture: canvas.NewImageFromResource(nil)}
	r.picture.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type iconRenderer struct {
	i       *icon
	picture *canvas.Image
}

func (r *iconRenderer) Layout(size fyne.Size) { r.picture.Resize(size) }
func (r *iconRenderer) MinSize() fyne.Size    { return fyne.NewSquareSize(r.i.side) }
func (r *iconRenderer) Refresh() {
	r.picture.Resource = theme.NewColoredResource(r.i.Theme().Icon(r.i.name), r.i.ink)
	r.picture.Refresh()
}
func (r *iconRenderer) Destroy()                     {}
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.picture} }

// drawings are the small pictures of the first screen, one a file, named after
// the ways to start. They are painted in the light colours of the palette, so
// that any program shows them; here each colour becomes that of its role.
//
//go:embed drawings/*.svg
var drawings embed.FS

// drawingRoles are the roles whose light colours a drawing may be painted in.
func drawingRoles() []fyne.ThemeColorName {
	return []fyne.ThemeColorName{colorAccent, colorTint, colorCard, colorLine, colorControl}
}

// drawing is one of those pictures. It is one picture to paint, however many
// shapes it has.
type drawing struct {
	widget.BaseWidget
	name string
}

func newDrawing(name string) *drawing {
	d := &drawing{name: name}
	d.ExtendBaseWidget(d)
	return d
}

// The size of a drawing. It does not grow with the text, which needs the room.
const drawingWidth, drawingHeight float32 = 96, 72

// resource is the picture in the colours of the present theme.
func (d *drawing) resource() fyne.Resource {
	svg, err := drawings.ReadFile("drawings/" + d.name + ".svg")
	if err != nil {
		return nil // TestDrawings holds that there is one for every name
	}
	var swap []string
	name := d.name
	for _, role := range drawingRoles() {
		light, _ := palette(role, false)
		now := hex(themeColor(d, role))
		swap = append(swap, hex(light), now)
		name += now // the toolkit keeps pictures by their names
	}
	return fyne.NewStaticResource(name+".svg", []byte(strings.NewReplacer(swap...).Replace(string(svg))))
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

func (d *drawing) CreateRenderer() fyne.WidgetRenderer {
	r := &drawingRenderer{d: d, picture: canvas.NewImageFromResource(nil)}
	r.picture.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type drawingRenderer struct {
	d       *drawing
	picture *canvas.Image
}

func (r *drawingRenderer) Layout(size fyne.Size) { r.picture.Resize(size) }
func (r *drawingRenderer) MinSize() fyne.Size    { return fyne.NewSize(drawingWidth, drawingHeight) }

func (r *drawingRenderer) Refresh() {
	r.picture.Resource = r.d.resource()
	r.picture.Refresh()
}
func (r *drawingRenderer) Destroy()                     {}
func (r *drawingRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.picture} }

// disc is a round sign in the accent's colour.
type disc struct {
	widget.BaseWidget
	sign string
}

func newDisc(sign string) *disc {
	d := &disc{sign: sign}
	d.ExtendBaseWidget(d)
	return d
}

func (d *disc) CreateRenderer() fyne.WidgetRenderer {
	r := &discRenderer{d: d, face: canvas.NewCircle(nil), text: newLine(d.sign, styleSmall().strong().in(colorOnAccent).centred())}
	r.Refresh()
	return r
}

type discRenderer struct {
	d    *disc
	face *canvas.Circle
	text *paragraph
}

func (r *discRenderer) side() float32 { return r.d.Theme().Size(sizeSmall) * 1.65 }

func (r *discRenderer) Layout(fyne.Size) {
	side := r.side()
	r.face.Resize(fyne.NewSquareSize(side))
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(0, (side-h)/2))
	r.text.Resize(fyne.NewSize(side, h))
}
func (r *discRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.side()) }
func (r *discRenderer) Refresh() {
	r.face.FillColor = themeColor(r.d, colorAccent)
	r.Layout(r.d.Size())
	r.face.Refresh()
	r.text.Refresh()
}
func (r *discRenderer) Destroy()                     {}
func (r *discRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.face, r.text} }
