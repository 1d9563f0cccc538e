package bench

import (
	"math"
	"slices"
)

// Series is the values of one thing measured several times.
type Series []float64

// at is the value below which a part of the series lies, between neighbours
// where it must be.
func (s Series) at(part float64) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(s))
	place := part * float64(len(sorted)-1)
	low := int(place)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (sorted[high]-sorted[low])*(place-float64(low))
}

// Median is the middle value, NaN of an empty series.
func (s Series) Median() float64 { return s.at(0.5) }

// Quartiles are the values between which the middle half lies.
func (s Series) Quartiles() (low, high float64) { return s.at(0.25), s.at(0.75) }
