package kit

import "fyne.io/fyne/v2"

// renderer is the renderer of all our widgets.
type renderer struct {
	objects []fyne.CanvasObject
	layout  func(size fyne.Size)
	min     func() fyne.Size
	refresh func() // puts the widget's present state and colors into objects
}

// newRenderer makes a renderer and has it draw the widget's present state.
func newRenderer(layout func(fyne.Size), min func() fyne.Size, refresh func(), objects ...fyne.CanvasObject) *renderer {
	refresh()
	return &renderer{objects: objects, layout: layout, min: min, refresh: refresh}
}

func (r *renderer) Layout(size fyne.Size)        { r.layout(size) }
func (r *renderer) MinSize() fyne.Size           { return r.min() }
func (r *renderer) Refresh()                     { r.refresh() }
func (r *renderer) Destroy()                     {}
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
