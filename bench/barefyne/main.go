// Command barefyne is a window of the toolkit and nothing else: what Fyne
// itself costs. The benchmark measures SellerKey beside it.
//
// The flags add one thing each, to show which costs come with Fyne, whoever
// draws the window.
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
	focus := flag.Bool("focus", false, "the cursor stands in the entry")
	busy := flag.Bool("busy", false, "an endless progress bar")
	styles := flag.Bool("styles", false, "a bold and a monospaced label")
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
	w.ShowAndRun()
}
