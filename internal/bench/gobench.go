package bench

import (
	"regexp"
	"strconv"
	"strings"
)

// Measured are the figures of Go's own benchmarks, by name and unit: one value
// for every time that a benchmark ran.
type Measured map[string]map[string]Series

// ReadBenchmarks reads the output of go test -bench. The names are without
// "Benchmark" and without the number of processors.
func ReadBenchmarks(output string) Measured {
	m := Measured{}
	processors := regexp.MustCompile(`-\d+$`)
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := processors.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
		if m[name] == nil {
			m[name] = map[string]Series{}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				m[name][fields[i+1]] = append(m[name][fields[i+1]], v)
			}
		}
	}
	return m
}

// In is a benchmark's figures in a unit, multiplied to become another.
func (m Measured) In(name, unit string, times float64) Series {
	var s Series
	for _, v := range m[name][unit] {
		s = append(s, v*times)
	}
	return s
}
