package ui

import (
	"testing"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// TestVariationSelectors: a name that asks for another shape of a character is
// drawn in the common one, with nothing after it.
func TestVariationSelectors(t *testing.T) {
	newHarness(t, "ja")
	for _, look := range []kit.Style{kit.Body, kit.Heading} {
		plain, selected := kit.Line("葛飾", look), kit.Line("葛\U000e0100飾", look)
		if got, want := selected.MinSize(), plain.MinSize(); got != want {
			t.Errorf("it takes %v, not %v", got, want)
		}
	}
}
