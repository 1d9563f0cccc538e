package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// stepState is the state of a step in the list at the left.
type stepState int

const (
	stepAhead stepState = iota
	stepHere
	stepDone
)

// stepItem is one step in the list at the left. A step that is done differs in
// shape (a filled disc with a tick in place of an outlined one with a number)
// as well as in color. Pressing it goes there if that is possible.
type stepItem struct {
	button
	number int
	name   string
	state  stepState
	// compact shows the disc only: there is no room for the name.
	compact bool
}

func newStepItem(k *keys, number int, name string, state stepState, press func()) *stepItem {
	s := &stepItem{button: button{press: press, keys: k, disabled: press == nil}, number: number, name: name, state: state}
	s.ExtendBaseWidget(s)
	return s
}

// HeightAt is the height of the name, not that of a button's label.
func (s *stepItem) HeightAt(float32) float32 { return s.MinSize().Height }

// FocusGained scrolls nothing: the list is always in sight.
func (s *stepItem) FocusGained() {
	s.focused = true
	s.Refresh()
}

const (
	discSize    float32 = 26
	stepInset   float32 = 10
	compactSide float32 = 44
	guessStep   float32 = 204 // the width until the first layout
)

func (s *stepItem) CreateRenderer() fyne.WidgetRenderer {
	field, disc := canvas.NewRectangle(nil), canvas.NewCircle(nil)
	sign, name := newLine("", styleSmall().strong().centred()), newText(s.name, styleBody())
	nameWidth := func(width float32) float32 { return max(40, width-2*stepInset-discSize-12) }
	lay := func(size fyne.Size) {
		field.Resize(size)
		x, y := stepInset, (size.Height-discSize)/2
		if s.compact {
			x = (size.Width - discSize) / 2
		}
		disc.Move(fyne.NewPos(x, y))
		disc.Resize(fyne.NewSize(discSize, discSize))
		h := sign.MinSize().Height
		sign.Move(fyne.NewPos(x, (size.Height-h)/2))
		sign.Resize(fyne.NewSize(discSize, h))
		w := nameWidth(size.Width)
		nh := name.HeightAt(w)
		name.Move(fyne.NewPos(stepInset+discSize+12, (size.Height-nh)/2))
		name.Resize(fyne.NewSize(w, nh))
	}
	least := func() fyne.Size {
		if s.compact {
			return fyne.NewSquareSize(compactSide)
		}
		width := s.Size().Width
		if width == 0 {
			width = guessStep
		}
		return fyne.NewSize(120, max(44, name.HeightAt(nameWidth(width))+16))
	}
	objects := []fyne.CanvasObject{field, disc, sign}
	if !s.compact {
		objects = append(objects, name)
	}
	return newRenderer(lay, least, func() {
		field.CornerRadius = s.Theme().Size(sizeRadius)
		s.paint(field, disc, sign)
		name.style = s.nameStyle()
		name.Refresh()
		lay(s.Size())
		field.Refresh()
		disc.Refresh()
		sign.Refresh()
	}, objects...)
}

func (s *stepItem) nameStyle() style {
	look := styleMuted()
	look.lead = 1.35
	if s.state == stepHere {
		return look.strong().in(colorText)
	}
	return look
}

// paint gives the parts the colors of the step's state.
func (s *stepItem) paint(field *canvas.Rectangle, disc *canvas.Circle, sign *paragraph) {
	field.FillColor, field.StrokeColor, field.StrokeWidth = nil, nil, 0
	disc.FillColor, disc.StrokeColor, disc.StrokeWidth = nil, nil, 0
	sign.text = strconv.Itoa(s.number)
	switch s.state {
	case stepHere:
		field.FillColor = themeColor(s, colorCard)
		disc.FillColor = themeColor(s, colorAccent)
		sign.style.color = colorOnAccent
	case stepDone:
		disc.FillColor = themeColor(s, colorTint)
		sign.text, sign.style.color = "✓", colorOnTint
	default:
		disc.StrokeColor, disc.StrokeWidth = themeColor(s, colorControl), 1
		sign.style.color = colorMuted
	}
	if s.hovered && !s.disabled && s.state != stepHere {
		field.FillColor = themeColor(s, colorQuiet)
	}
	if s.focused {
		field.StrokeColor, field.StrokeWidth = themeColor(s, colorAccent), 2
	}
}
