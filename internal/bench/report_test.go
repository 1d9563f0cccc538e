package bench

import (
	"math"
	"strings"
	"testing"
)

func TestSeries(t *testing.T) {
	for _, c := range []struct {
		s    Series
		want [3]float64 // a quarter, the middle, three quarters
	}{
		{Series{7}, [3]float64{7, 7, 7}},
		{Series{4, 1, 3, 2}, [3]float64{1.75, 2.5, 3.25}},
		{Series{5, 1, 4, 2, 3}, [3]float64{2, 3, 4}},
	} {
		low, high := c.s.Quartiles()
		if got := [3]float64{low, c.s.Median(), high}; got != c.want {
			t.Errorf("%v: %v, not %v", c.s, got, c.want)
		}
	}
	if !math.IsNaN(Series(nil).Median()) {
		t.Error("nothing has a median")
	}
}

func TestRow(t *testing.T) {
	for _, c := range []struct {
		row  Row
		met  bool
		says string
	}{
		{Ratio("start", "bare", "ms", Series{110}, Series{100}, 1.1), true, "| start | 110 ms | bare | 100 ms | 1.10× | ≤ 1.10× | met |"},
		{Ratio("start", "bare", "ms", Series{130}, Series{100}, 1.1), false, "| 1.30× | ≤ 1.10× | FALLS SHORT |"},
		{More("press", "curl", "ms", Series{90}, Series{30}, 50), false, "| +60.0 ms | ≤ +50.0 ms | FALLS SHORT |"},
		{Most("key", "", "ms", Series{4}, nil, 16), true, "| 4 ms | ≤ 16 ms | met |"},
		{Ratio("nothing", "bare", "ms", nil, Series{1}, 2), false, "FALLS SHORT"},
	} {
		if said := Markdown([]Row{c.row}); c.row.Met() != c.met || !strings.Contains(said, c.says) {
			t.Errorf("met: %v, in\n%s", c.row.Met(), said)
		}
	}
}

func TestReadBenchmarks(t *testing.T) {
	m := ReadBenchmarks(`goos: linux
BenchmarkNetURL-2    	  200	     1000 ns/op	     512 B/op	       4 allocs/op
BenchmarkNetURL-2    	  200	     3000 ns/op	     512 B/op	       4 allocs/op
BenchmarkStore/open/10-16 	  10	   361153 ns/op
PASS
`)
	if got := m.In("NetURL", "ns/op", 1e-3).Median(); got != 2 {
		t.Errorf("%v µs", got)
	}
	if len(m) != 2 || len(m["Store/open/10"]["ns/op"]) != 1 {
		t.Errorf("read %v", m)
	}
}

func TestInsert(t *testing.T) {
	const doc = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n"
	got, err := Insert(doc, "x", "new\nlines\n\n")
	if want := "a\n<!-- begin x -->\nnew\nlines\n<!-- end x -->\nb\n"; err != nil || got != want {
		t.Errorf("%v: %q", err, got)
	}
	if _, err := Insert(doc, "y", ""); err == nil {
		t.Error("a section that is not there was written")
	}
}
