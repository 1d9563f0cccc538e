package ui

import (
	"testing"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// TestStartDrawings: each card of the first screen has a drawing.
func TestStartDrawings(t *testing.T) {
	h := newHarness(t, "en")
	names := map[string]bool{}
	for range 2 { // in earnest, and in practice mode
		for _, p := range h.objects() {
			if card, ok := p.object.(*kit.ChoiceCard); ok {
				res := card.Drawing.Resource()
				if res == nil {
					t.Fatalf("%s has no drawing", nameOf(card))
				}
				names[res.Name()] = true
			}
		}
		h.a.StartPractice()
		h.settle()
	}
	if len(names) != 5 {
		t.Errorf("there are %d drawings", len(names))
	}
}
