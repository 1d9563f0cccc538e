package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Fyne asks an object for its minimum size before it tells it its width, and a
// paragraph cannot answer that. Screens are therefore laid out from the width
// down: widgets that know their height for a width are fluid, and the layouts
// in this file pass the question on to what they hold.
type Fluid interface {
	// HeightAt is the height needed at a width.
	HeightAt(width float32) float32
}

// HeightAt asks any object for its height at a width.
func HeightAt(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case Fluid:
		return o.HeightAt(width)
	case *fyne.Container:
		if l, ok := o.Layout.(*layout); ok {
			return l.heightAt(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// guessWidth is used for the width until the first layout.
const guessWidth float32 = 560

// layout is the layout of all our containers.
type layout struct {
	// place puts every object somewhere and returns the height that they need at
	// the width of size. The height of size is what is there, 0 while measuring.
	place func(objects []fyne.CanvasObject, size fyne.Size, put put) (height float32)
	// least is the minimum width; nil for that of the widest object.
	least func(objects []fyne.CanvasObject) float32

	width float32 // of the last layout
}

// put places one object.
type put func(o fyne.CanvasObject, x, y, w, h float32)

func (l *layout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, fyne.NewSize(width, 0), func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

// Layout places the objects.
func (l *layout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

// MinSize is the minimum width, and the height at the width of the last layout.
func (l *layout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := widest
	if l.least != nil {
		least = l.least
	}
	width := l.width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(least(objects), l.heightAt(objects, width))
}

func widest(objects []fyne.CanvasObject) float32 {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return w
}

// Column stacks objects over the full width.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&layout{place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		var y float32
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			if y > 0 {
				y += gap
			}
			h := HeightAt(o, size.Width)
			put(o, 0, y, size.Width, h)
			y += h
		}
		return y
	}}, objects...)
}

// Row puts objects beside one another, middles aligned. The object at index
// grow takes the width that is left; -1 leaves it empty at the end. A plain button
// at the end hangs out at the right, as one does at the left of a flow.
func Row(grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row(10, grow, false), objects...)
}

// TopRow is a row with the tops aligned.
func TopRow(grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row(12, grow, true), objects...)
}

// TightRow is a row with another gap, and empty at the end.
func TightRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row(gap, -1, false), objects...)
}

func row(gap float32, grow int, top bool) *layout {
	// used is the width of the gaps and of the objects that do not grow.
	used := func(objects []fyne.CanvasObject) (width float32) {
		gaps := float32(-gap)
		for i, o := range objects {
			if !o.Visible() {
				continue
			}
			gaps += gap
			if i != grow {
				width += o.MinSize().Width
			}
		}
		return width + max(gaps, 0)
	}
	place := func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		if last := len(objects) - 1; grow >= 0 && grow < last {
			size.Width += hangOf(objects[last])
		}
		width := func(i int) float32 {
			if i == grow {
				return max(size.Width-used(objects), 0)
			}
			return objects[i].MinSize().Width
		}
		var high float32
		for i, o := range objects {
			if o.Visible() {
				high = max(high, HeightAt(o, width(i)))
			}
		}
		room := max(high, size.Height)
		var x float32
		for i, o := range objects {
			if !o.Visible() {
				continue
			}
			w := width(i)
			h := HeightAt(o, w)
			y := (room - h) / 2
			if top {
				y = 0
			}
			put(o, x, y, w, h)
			x += w + gap
		}
		return high
	}
	least := func(objects []fyne.CanvasObject) float32 {
		w := used(objects)
		if grow >= 0 && grow < len(objects) && objects[grow].Visible() {
			w += objects[grow].MinSize().Width
		}
		return w
	}
	return &layout{place: place, least: least}
}

// Flow puts objects beside one another at their own widths, middles aligned,
// and starts a new line when one does not fit. A line that begins with a plain
// button hangs out at the left, so that the label, not the invisible face, lines
// up with what is above.
func Flow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow(), objects...)
}

// hangOf is how far an object hangs out of a line that it begins or ends.
func hangOf(o fyne.CanvasObject) float32 {
	if b, ok := o.(interface{ hang() float32 }); ok {
		return b.hang()
	}
	return 0
}

func flow() *layout {
	const gap float32 = 10
	return &layout{place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		width := size.Width
		var line []fyne.CanvasObject
		var x, y, high float32
		wide := func(o fyne.CanvasObject) float32 { return min(o.MinSize().Width, width) }
		end := func() {
			if len(line) == 0 {
				return
			}
			x := -hangOf(line[0])
			for _, o := range line {
				w := wide(o)
				h := HeightAt(o, w)
				put(o, x, y+(high-h)/2, w, h)
				x += w + gap
			}
		}
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			w := wide(o)
			if len(line) > 0 && x+w > width {
				end()
				line, y, high = nil, y+high+gap, 0
			}
			if len(line) == 0 {
				x = -hangOf(o)
			}
			line = append(line, o)
			x += w + gap
			high = max(high, HeightAt(o, w))
		}
		end()
		return y + high
	}}
}

// Pair lays objects out in two columns of equal width, or in one if a column
// would be narrower than least. Objects on one line get the same height.
func Pair(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&layout{place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		perLine := 2
		if (size.Width-gap)/2 < least {
			perLine = 1
		}
		w := (size.Width - gap*float32(perLine-1)) / float32(perLine)
		var y float32
		for i := 0; i < len(objects); i += perLine {
			line := objects[i:min(i+perLine, len(objects))]
			var h float32
			for _, o := range line {
				h = max(h, HeightAt(o, w))
			}
			for j, o := range line {
				put(o, float32(j)*(w+gap), y, w, h)
			}
			y += h + gap
		}
		return max(0, y-gap)
	}}, objects...)
}

// Padded puts content on backgrounds that fill the whole area, x from both
// sides and y from top and bottom.
func Padded(x, y float32, content fyne.CanvasObject, backgrounds ...fyne.CanvasObject) *fyne.Container {
	return container.New(&layout{
		place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
			last := len(objects) - 1
			for _, o := range objects[:last] {
				put(o, 0, 0, size.Width, size.Height)
			}
			w := max(0, size.Width-2*x)
			put(objects[last], x, y, w, max(0, size.Height-2*y))
			return HeightAt(objects[last], w) + 2*y
		},
		least: func(objects []fyne.CanvasObject) float32 { return objects[len(objects)-1].MinSize().Width + 2*x },
	}, append(backgrounds, content)...)
}

// Limited keeps content in the middle and no wider than most, so that lines of
// text stay readable in a wide window.
func Limited(most float32, o fyne.CanvasObject) *fyne.Container {
	return LimitedTo(func() float32 { return most }, o)
}

// LimitedTo is Limited to what most returns when it is laid out.
func LimitedTo(most func() float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&layout{place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		w := min(size.Width, most())
		put(objects[0], (size.Width-w)/2, 0, w, size.Height)
		return HeightAt(objects[0], w)
	}}, o)
}

// FixedWidth gives a fluid object a fixed width and the height that it then needs.
func FixedWidth(o fyne.CanvasObject, width float32) *fyne.Container {
	return container.New(&layout{
		place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
			put(objects[0], 0, 0, width, size.Height)
			return HeightAt(objects[0], width)
		},
		least: func([]fyne.CanvasObject) float32 { return width },
	}, o)
}

// Topped puts top above content, which fills the rest. The minimum size of
// both is least.
func Topped(least fyne.Size, top, content fyne.CanvasObject) *fyne.Container {
	return container.New(&layout{
		place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
			h := HeightAt(objects[0], size.Width)
			put(objects[0], 0, 0, size.Width, h)
			put(objects[1], 0, h, size.Width, size.Height-h)
			return least.Height
		},
		least: func([]fyne.CanvasObject) float32 { return least.Width },
	}, top, content)
}

// Sized gives an object a minimum size of its own.
func Sized(o fyne.CanvasObject, least fyne.Size) *fyne.Container {
	return container.New(&layout{
		place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
			put(objects[0], 0, 0, size.Width, size.Height)
			return least.Height
		},
		least: func([]fyne.CanvasObject) float32 { return least.Width },
	}, o)
}
