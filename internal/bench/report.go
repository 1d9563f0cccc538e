package bench

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
)

// Row is a line of the table: a thing, what stands beside it, and how far the
// two may be apart.
type Row struct {
	What, Yardstick string
	Ours, Theirs    Series
	Unit            string // of both
	// Figure is what the target is for; Limit is the most that it may be.
	Figure, Limit float64
	// As prints Figure and Limit: "%.2f×".
	As string
}

// Ratio is a row whose target is so many times the yardstick.
func Ratio(what, yardstick, unit string, ours, theirs Series, limit float64) Row {
	return Row{
		What: what, Yardstick: yardstick, Unit: unit, Ours: ours, Theirs: theirs,
		Figure: ours.Median() / theirs.Median(), Limit: limit, As: "%.2f×",
	}
}

// More is a row whose target is so much more than the yardstick.
func More(what, yardstick, unit string, ours, theirs Series, limit float64) Row {
	return Row{
		What: what, Yardstick: yardstick, Unit: unit, Ours: ours, Theirs: theirs,
		Figure: ours.Median() - theirs.Median(), Limit: limit, As: "%+.1f " + unit,
	}
}

// Most is a row with a target of its own.
func Most(what, yardstick, unit string, ours, theirs Series, limit float64) Row {
	return Row{
		What: what, Yardstick: yardstick, Unit: unit, Ours: ours, Theirs: theirs,
		Figure: ours.Median(), Limit: limit, As: strings.TrimSpace("%.3g " + unit),
	}
}

// Met tells whether the target is met. What could not be measured is not.
func (r Row) Met() bool { return r.Figure <= r.Limit }

func (r Row) cells() []string {
	verdict := "met"
	if !r.Met() {
		verdict = "FALLS SHORT"
	}
	return []string{
		r.What, spread(r.Ours, r.Unit), r.Yardstick, spread(r.Theirs, r.Unit),
		fmt.Sprintf(r.As, r.Figure), "≤ " + fmt.Sprintf(r.As, r.Limit), verdict,
	}
}

func heads() []string {
	return []string{"what", "SellerKey", "yardstick", "its figure", "result", "target", ""}
}

// spread prints a median and, where there is more than one value, the quartiles.
func spread(s Series, unit string) string {
	switch len(s) {
	case 0:
		return "–"
	case 1:
		return strings.TrimSpace(number(s[0]) + " " + unit)
	}
	low, high := s.Quartiles()
	return fmt.Sprintf("%s (%s–%s)", strings.TrimSpace(number(s.Median())+" "+unit), number(low), number(high))
}

// number prints three digits, or all of them in front of the point.
func number(v float64) string {
	switch a := math.Abs(v); {
	case a >= 100:
		return fmt.Sprintf("%.0f", v)
	case a >= 10:
		return fmt.Sprintf("%.1f", v)
	default:
		return fmt.Sprintf("%.2f", v)
	}
}

// Text is the table for a terminal.
func Text(rows []Row) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(heads(), "\t"))
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r.cells(), "\t"))
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}

// Markdown is the table for a document.
func Markdown(rows []Row) string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(heads())
	line(strings.Split(strings.Repeat("---,", len(heads())-1)+"---", ","))
	for _, r := range rows {
		line(r.cells())
	}
	return b.String()
}

// Insert puts a text between the two comments of a document that name a section:
// "<!-- begin table -->" and "<!-- end table -->".
func Insert(document, section, text string) (string, error) {
	begin, end := "<!-- begin "+section+" -->\n", "<!-- end "+section+" -->"
	before, rest, ok := strings.Cut(document, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("the document has no place for %q", section)
	}
	return before + begin + strings.TrimRight(text, "\n") + "\n" + end + after, nil
}
