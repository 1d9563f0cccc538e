package ui

import "testing"

// TestVariationSelectors: a name that asks for another shape of a character is
// drawn in the common one, with nothing after it.
func TestVariationSelectors(t *testing.T) {
	newHarness(t, "ja")
	for _, look := range []style{styleBody(), styleHead()} {
		plain, selected := newLine("葛飾", look), newLine("葛\U000e0100飾", look)
		if got, want := selected.MinSize(), plain.MinSize(); got != want {
			t.Errorf("it takes %v, not %v", got, want)
		}
	}
}
