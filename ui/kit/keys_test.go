package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// TestPressesMeantForThePageBefore: the second Enter of a double press does
// nothing on the page that the first one opened; one after something was typed or
// pasted there does.
func TestPressesMeantForThePageBefore(t *testing.T) {
	now := time.Now()
	clicks := &Clicks{Now: func() time.Time { return now }}
	var pressed []string
	page := func(name string) *Keys {
		return &Keys{Clicks: clicks, OnEnter: func() { pressed = append(pressed, name) }}
	}
	enter := &fyne.KeyEvent{Name: fyne.KeyReturn}
	first, second, third := page("first"), page("second"), page("third")

	first.Typed(enter)
	now = now.Add(100 * time.Millisecond)
	second.Typed(enter) // of the double press
	if len(pressed) != 1 {
		t.Fatalf("pressed %v; the second Enter was meant for the first page", pressed)
	}
	second.Used() // pasted
	second.Typed(enter)
	if len(pressed) != 2 {
		t.Fatalf("pressed %v; Enter after a paste is meant for the second page", pressed)
	}
	third.Typed(&fyne.KeyEvent{Name: fyne.KeyDown})
	third.Typed(enter)
	if len(pressed) != 3 {
		t.Fatalf("pressed %v; Enter after another key is meant for the third page", pressed)
	}
	for range 20 { // held
		now = now.Add(40 * time.Millisecond)
		first.Typed(enter)
	}
	if len(pressed) != 3 {
		t.Fatalf("pressed %v by a key that is held", pressed)
	}
	now = now.Add(heldKey)
	first.Typed(enter)
	if len(pressed) != 4 {
		t.Fatalf("pressed %v; the last Enter came on its own", pressed)
	}
}
