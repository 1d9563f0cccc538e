package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// StepState is the state of a step in the list at the left.
type StepState int

// The states: still to come, being shown, done.
const (
	StepAhead StepState = iota
	StepHere
	StepDone
)

// StepItem is one step in the list at the left. A step that is done differs in
// shape (a filled disc with a tick in place of an outlined one with a number)
// as well as in color. Pressing it goes there if that is possible.
type StepItem struct {
	Button
	Number int
	Name   string
	State  StepState
	// compact shows the disc only: there is no room for the name.
	Compact bool
}

// NewStepItem makes a step that cannot be pressed if press is nil.
func NewStepItem(k *Keys, number int, name string, state StepState, press func()) *StepItem {
	s := &StepItem{Button: Button{OnPress: press, Keys: k, disabled: press == nil}, Number: number, Name: name, State: state}
	s.ExtendBaseWidget(s)
	return s
}

// HeightAt is the height of the name, not that of a button's label.
func (s *StepItem) HeightAt(float32) float32 { return s.MinSize().Height }

// FocusGained scrolls nothing: the list is always in sight.
func (s *StepItem) FocusGained() {
	s.focused = true
	s.Refresh()
}

const (
	discSize    float32 = 26
	stepInset   float32 = 10
	compactSide float32 = 44
	guessStep   float32 = 204 // the width until the first layout
)

func (s *StepItem) CreateRenderer() fyne.WidgetRenderer {
	field, disc := canvas.NewRectangle(nil), canvas.NewCircle(nil)
	sign, name := Line("", Small.Bold().Centered()), Text(s.Name, Body)
	nameWidth := func(width float32) float32 { return max(40, width-2*stepInset-discSize-12) }
	lay := func(size fyne.Size) {
		field.Resize(size)
		x, y := stepInset, (size.Height-discSize)/2
		if s.Compact {
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
		if s.Compact {
			return fyne.NewSquareSize(compactSide)
		}
		width := s.Size().Width
		if width == 0 {
			width = guessStep
		}
		return fyne.NewSize(120, max(44, name.HeightAt(nameWidth(width))+16))
	}
	objects := []fyne.CanvasObject{field, disc, sign}
	if !s.Compact {
		objects = append(objects, name)
	}
	return newRenderer(lay, least, func() {
		field.CornerRadius = s.Theme().Size(SizeRadius)
		s.paint(field, disc, sign)
		name.style = s.nameStyle()
		name.Refresh()
		lay(s.Size())
		field.Refresh()
		disc.Refresh()
		sign.Refresh()
	}, objects...)
}

func (s *StepItem) nameStyle() Style {
	look := Muted
	look.Lead = 1.35
	if s.State == StepHere {
		return look.Bold().In(ColorText)
	}
	return look
}

// paint gives the parts the colors of the step's state.
func (s *StepItem) paint(field *canvas.Rectangle, disc *canvas.Circle, sign *Paragraph) {
	field.FillColor, field.StrokeColor, field.StrokeWidth = nil, nil, 0
	disc.FillColor, disc.StrokeColor, disc.StrokeWidth = nil, nil, 0
	sign.Text = strconv.Itoa(s.Number)
	switch s.State {
	case StepHere:
		field.FillColor = themeColor(s, ColorCard)
		disc.FillColor = themeColor(s, ColorAccent)
		sign.style.Color = ColorOnAccent
	case StepDone:
		disc.FillColor = themeColor(s, ColorTint)
		sign.Text, sign.style.Color = "✓", ColorOnTint
	default:
		disc.StrokeColor, disc.StrokeWidth = themeColor(s, ColorControl), 1
		sign.style.Color = ColorMuted
	}
	if s.hovered && !s.disabled && s.State != StepHere {
		field.FillColor = themeColor(s, ColorQuiet)
	}
	if s.focused {
		field.StrokeColor, field.StrokeWidth = themeColor(s, ColorAccent), 2
	}
}
