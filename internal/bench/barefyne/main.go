// Command barefyne is a window of the toolkit and nothing else: what Fyne
// itself costs, for comparison with SellerKey.
//
// The flags add one thing each, to show which costs come with Fyne in any
// program.
package main

import (
	"flag"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	clock := flag.Bool("clock", false, "a label that changes once a second")
	focus := flag.Bool("focus", false, "the entry has the cursor")
	busy := flag.Bool("busy", false, "an endless progress bar")
	styles := flag.Bool("styles", false, "a bold and a monospaced label")
	form := flag.Bool("form", false, "three screens with as much Japanese text as SellerKey's: four buttons, three fields, two results")
	flag.Parse()

	w := app.New().NewWindow("bare Fyne window")
	label, entry := widget.NewLabel("A label"), widget.NewEntry()
	content := container.NewVBox(label, entry, widget.NewButton("A button", func() {}))
	if *busy {
		content.Add(widget.NewProgressBarInfinite())
	}
	if *styles {
		content.Add(widget.NewLabelWithStyle("A bold label", fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		content.Add(widget.NewLabelWithStyle("A monospaced label", fyne.TextAlignLeading, fyne.TextStyle{Monospace: true}))
	}
	w.SetContent(content)
	w.Resize(fyne.NewSize(960, 680)) // SellerKey's, before anybody changes it
	if *focus {
		w.Canvas().Focus(entry)
	}
	if *clock {
		go func() {
			for now := range time.Tick(time.Second) {
				fyne.Do(func() { label.SetText(now.Format(time.TimeOnly)) })
			}
		}()
	}
	if *form {
		showForm(w)
	}
	w.ShowAndRun()
}

// showForm shows the buttons, whose second one leads to the fields, whose last
// one leads to the results. The title says which screen it is.
func showForm(w fyne.Window) {
	show := func(title string, text int, controls ...fyne.CanvasObject) {
		screen := container.NewGridWithColumns(2)
		for i := range labels {
			screen.Add(widget.NewLabel(verse(text + i)))
		}
		w.SetTitle(title)
		w.SetContent(container.NewVBox(append(controls, screen)...))
	}
	fields := func() {
		id, secret, token := widget.NewEntry(), widget.NewEntry(), widget.NewEntry()
		token.OnSubmitted = func(text string) {
			first, second := widget.NewEntry(), widget.NewEntry()
			first.SetText(text)
			second.SetText(text)
			show("results", 2*labels, first, second, widget.NewButton("OK", func() {}))
		}
		show("fields", labels, id, secret, token, widget.NewButton("OK", func() {}))
		w.Canvas().Focus(id)
	}
	var choices []fyne.CanvasObject
	for range 4 {
		c := &choice{Button: widget.Button{Text: "OK", OnTapped: fields}}
		c.ExtendBaseWidget(c)
		choices = append(choices, c)
	}
	show("choices", 0, choices...)
	w.Canvas().Focus(choices[0].(fyne.Focusable))
}

// choice is a button that Enter presses as well.
type choice struct{ widget.Button }

func (c *choice) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn {
		c.OnTapped()
	}
}

// labels on each screen, of so many characters: what SellerKey's screens have.
const labels, characters = 24, 14

// verse is a different piece of a poem for every number.
func verse(n int) string {
	poem := []rune("色は匂へど散りぬるを我が世誰ぞ常ならむ有為の奥山今日越えて浅き夢見じ酔ひもせず")
	text := make([]rune, characters)
	for i := range text {
		text[i] = poem[(n*(n/len(poem)+1)+i)%len(poem)]
	}
	return string(text)
}
