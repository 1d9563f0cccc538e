package i18n

import (
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// BenchmarkNew is what a start waits for.
func BenchmarkNew(b *testing.B) {
	for _, l := range Languages() {
		b.Run(l.Tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := New(l.Tag); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTOML is what it takes to read the file and do nothing with it.
func BenchmarkTOML(b *testing.B) {
	data, err := files.ReadFile("ja.toml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var words map[string]any
		if err := toml.Unmarshal(data, &words); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkText(b *testing.B, text func(*Localizer) string) {
	l, err := New("ja")
	if err != nil {
		b.Fatal(err)
	}
	if text(l) == "" {
		b.Fatal("no text")
	}
	b.ReportAllocs()
	for b.Loop() {
		text(l)
	}
}

// BenchmarkText is a text as it stands, the most usual one.
func BenchmarkText(b *testing.B) {
	benchmarkText(b, func(l *Localizer) string { return l.T("start.title") })
}

// BenchmarkTextFilledIn is a text with something to fill in, such as a
// countdown takes once a second.
func BenchmarkTextFilledIn(b *testing.B) {
	benchmarkText(b, func(l *Localizer) string { return l.T("clip.countdown", "Time", "0:59") })
}
