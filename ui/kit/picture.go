package kit

import (
	"embed"
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Picture is an image in the colors of the current theme.
type Picture struct {
	widget.BaseWidget
	Resource func() fyne.Resource // the image in the current theme
	size     fyne.Size
}

func newPicture(size fyne.Size) *Picture {
	p := &Picture{size: size}
	p.ExtendBaseWidget(p)
	return p
}

// Icon is one of the theme's icons in the color of a role.
func Icon(name fyne.ThemeIconName, ink fyne.ThemeColorName, side float32) fyne.CanvasObject {
	p := newPicture(fyne.NewSquareSize(side))
	p.Resource = func() fyne.Resource { return theme.NewColoredResource(p.Theme().Icon(name), ink) }
	return p
}

func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	image := canvas.NewImageFromResource(nil)
	image.FillMode = canvas.ImageFillContain
	return newRenderer(image.Resize, func() fyne.Size { return p.size }, func() {
		image.Resource = p.Resource()
		image.Refresh()
	}, image)
}

// drawings are the small pictures of the first screen, named after the ways to
// start. The files use the palette's light colors, so that any program shows
// them; here each color becomes that of its role. A drawing is a single image
// to paint, however many shapes it has.
//
//go:embed drawings/*.svg
var drawings embed.FS

// drawingRoles are the roles whose light colors a drawing may use.
func drawingRoles() []fyne.ThemeColorName {
	return []fyne.ThemeColorName{ColorAccent, ColorTint, ColorCard, ColorLine, ColorControl}
}

// The size of a drawing. It does not grow with the text, which needs the room.
const drawingWidth, drawingHeight float32 = 96, 72

func newDrawing(name string) *Picture {
	p := newPicture(fyne.NewSize(drawingWidth, drawingHeight))
	p.Resource = func() fyne.Resource { return drawingIn(p.Theme(), name) }
	return p
}

// drawingIn is a drawing in the colors of a theme.
func drawingIn(look fyne.Theme, name string) fyne.Resource {
	svg, err := drawings.ReadFile("drawings/" + name + ".svg")
	if err != nil {
		return nil // TestDrawings proves that there is one for every name
	}
	var swap []string
	for _, role := range drawingRoles() {
		light, _ := palette(role, false)
		now := hex(look.Color(role, fyne.CurrentApp().Settings().ThemeVariant()))
		swap = append(swap, hex(light), now)
		name += now // Fyne caches images by name
	}
	return fyne.NewStaticResource(name+".svg", []byte(strings.NewReplacer(swap...).Replace(string(svg))))
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
