package paste

import "strings"

// row is a line of a table, and the names of its columns.
type row struct {
	start, end int
	sep        string
	names      []string
	// at is the place last asked for, and column the column it's in.
	at, column int
}

// label is the name of the column that the value at i is in, "" outside a
// table. Spreadsheets put tabs between cells, CSV files commas or semicolons. The
// names are in the first of the lines above that have as many cells.
func (r *row) label(text string, i int) string {
	if i >= r.end {
		*r = rowAt(text, i)
	}
	if len(r.names) == 0 {
		return ""
	}
	r.column += strings.Count(text[r.at:i], r.sep)
	if r.at = i; r.column >= len(r.names) {
		return ""
	}
	const longest = 40
	name := strings.Trim(r.names[r.column], quotes+" ")
	if len(name) > longest || strings.ContainsAny(name, ":={}()[]") || Classify(name) != ShapeUnknown {
		return ""
	}
	return name
}

// rowAt reads the line around i.
func rowAt(text string, i int) row {
	const far = 8 << 10 // a few shops, each with its tokens
	r := row{start: strings.LastIndexByte(text[:i], '\n') + 1, end: len(text)}
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		r.end = i + n + 1
	}
	line, cells := text[r.start:r.end], 0
	for _, sep := range [...]string{"\t", ",", ";"} {
		if cells = strings.Count(line, sep); cells > 1 {
			r.sep = sep
			break
		}
	}
	if r.sep == "" {
		return r
	}
	head := ""
	for above := text[max(0, r.start-far):r.start]; above != ""; {
		above = above[:len(above)-1]
		from := strings.LastIndexByte(above, '\n') + 1
		if strings.Count(above[from:], r.sep) != cells {
			break
		}
		head, above = above[from:], above[:from]
	}
	if head != "" {
		r.names, r.at = strings.Split(head, r.sep), r.start
	}
	return r
}
