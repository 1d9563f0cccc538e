package fonts

import (
	"bytes"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/BurntSushi/toml"
	"github.com/go-text/typesetting/font"
)

func parse(t *testing.T, r fyne.Resource) *font.Face {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(r.Content()))
	if err != nil {
		t.Fatalf("%s: %v", r.Name(), err)
	}
	return face
}

func TestJapanese(t *testing.T) {
	for _, r := range []fyne.Resource{Regular(), Bold()} {
		t.Run(r.Name(), func(t *testing.T) {
			face := parse(t, r)
			for _, c := range "あアぱパヴゎ漢熙、。「」『』・ー～％：（）！？〒〆々〇￥→✓※" {
				gid, ok := face.NominalGlyph(c)
				if !ok {
					t.Errorf("no glyph for %q", c)
					continue
				}
				if outline, ok := face.GlyphData(gid).(font.GlyphOutline); !ok || len(outline.Segments) == 0 {
					t.Errorf("the glyph for %q is empty", c)
				}
			}
			// Latin must be left to Fyne's font, which the fonts stand in front of.
			for _, c := range "Aaçã09•…–“" {
				if _, ok := face.NominalGlyph(c); ok {
					t.Errorf("%q is in the Japanese font: Latin would change with the language", c)
				}
			}
			if d := face.Describe(); !strings.HasPrefix(d.Family, "sellerkey") && !strings.HasPrefix(d.Family, "SellerKey") {
				t.Errorf("the font still goes by %q", d.Family)
			}
		})
	}
}

// TestWeights sees to it that bold is bold: the same character, more ink.
func TestWeights(t *testing.T) {
	if bytes.Equal(regular, bold) {
		t.Fatal("regular and bold are the same file")
	}
	regularFace, boldFace := parse(t, Regular()), parse(t, Bold())
	if w := regularFace.Describe().Aspect.Weight; w != font.WeightNormal {
		t.Errorf("regular has weight %v", w)
	}
	if w := boldFace.Describe().Aspect.Weight; w != font.WeightBold {
		t.Errorf("bold has weight %v", w)
	}
}

func TestLicenceTravelsAlong(t *testing.T) {
	for _, want := range []string{"Copyright 2014-2021 Adobe", "SIL OPEN FONT LICENSE Version 1.1"} {
		if !strings.Contains(Licence(), want) {
			t.Errorf("OFL.txt does not say %q", want)
		}
	}
}

// TestNoBoxes: whatever the program can say in any language has a glyph in the
// fonts that come with it, so that nobody's system decides how it looks.
func TestNoBoxes(t *testing.T) {
	files, err := filepath.Glob("../../i18n/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no words found in i18n: %v", err)
	}
	chain := func(rs ...fyne.Resource) (faces []*font.Face) {
		for _, r := range rs {
			faces = append(faces, parse(t, r))
		}
		return faces
	}
	// Fyne asks the theme's font first, then its own of the same style, then its symbols.
	regular := chain(Regular(), theme.DefaultTextFont(), theme.DefaultSymbolFont())
	bold := map[fyne.Resource]*font.Face{
		Bold(): parse(t, Bold()), theme.DefaultTextBoldFont(): parse(t, theme.DefaultTextBoldFont()),
	}
	check := func(t *testing.T, where, text string) {
		checkChain(t, regular, where, text)
		if text == "⌘" {
			return // never bold
		}
		for _, piece := range Split(text, Bold(), theme.DefaultTextBoldFont()) {
			checkChain(t, []*font.Face{bold[piece.Font]}, where, piece.Text)
		}
	}
	t.Run("ui", func(t *testing.T) {
		for text, where := range literals(t, "../*.go") {
			check(t, where, text)
		}
	})
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var words map[string]any
			if err := toml.Unmarshal(data, &words); err != nil {
				t.Fatal(err)
			}
			eachString(words, "", func(key, text string) { check(t, key, text) })
		})
	}
}

// checkChain looks every rune up as Fyne does: in the first font that has it. A
// space is drawn in the font of what stands before it, wherever that is.
func checkChain(t *testing.T, faces []*font.Face, where, text string) {
	t.Helper()
	var before *font.Face
	for _, c := range text {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			continue
		}
		if before != nil && (c == ' ' || c == '\u00a0') {
			if !has(before, c) {
				t.Errorf("%s: a space in a font without one: %q", where, text)
			}
			continue
		}
		i := slices.IndexFunc(faces, func(f *font.Face) bool { return has(f, c) })
		if i < 0 {
			t.Errorf("%s: no glyph for %q (U+%04X): %q", where, c, c, text)
			continue
		}
		before = faces[i]
	}
}

// TestSplit: a text keeps every byte, and each piece has the font that knows it.
func TestSplit(t *testing.T) {
	ja, other := Bold(), theme.DefaultTextBoldFont()
	for _, c := range []struct {
		line string
		want []string // in turns: other, Japanese, other …
	}{
		{"", []string{""}},
		{"Tokens obtidos", []string{"Tokens obtidos"}},
		{"承認する", []string{"", "承認する"}},
		{"Amazonで 承認する (v2)", []string{"Amazon", "で 承認する ", "(v2)"}},
		{" ✓ Feito → São", []string{" ", "✓ ", "Feito ", "→ ", "São"}},
		{"か\u3099e\u0301", []string{"", "か\u3099", "e\u0301"}},
		{"광주 \xff店", []string{"", "광주 \xff店"}},
	} {
		var got []string
		for i, piece := range Split(c.line, ja, other) {
			if i == 0 && piece.Font == fyne.Resource(ja) {
				got = append(got, "")
			}
			if want := []fyne.Resource{other, ja}[len(got)%2]; piece.Font != want {
				t.Errorf("%q: %q has the font %s", c.line, piece.Text, piece.Font.Name())
			}
			got = append(got, piece.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, not %q", c.line, got, c.want)
		}
	}
	// Whatever is in the Japanese fonts is drawn with them.
	for _, r := range []fyne.Resource{Regular(), Bold()} {
		for cmap := parse(t, r).Cmap.Iter(); cmap.Next(); {
			if c, _ := cmap.Char(); !isJapanese(c) && c != ' ' && c != '\u00a0' {
				t.Errorf("%s: nothing is drawn with its %q", r.Name(), c)
			}
		}
	}
}

// literals are the strings that are written in the code itself.
func literals(t *testing.T, pattern string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		var s scanner.Scanner
		s.Init(fset.AddFile(file, -1, len(src)), src, nil, 0)
		for {
			pos, tok, lit := s.Scan()
			if tok == token.EOF {
				break
			}
			if tok != token.STRING {
				continue
			}
			if text, err := strconv.Unquote(lit); err == nil {
				found[text] = fset.Position(pos).String()
			}
		}
	}
	return found
}

func has(f *font.Face, c rune) bool {
	_, ok := f.NominalGlyph(c)
	return ok
}

func eachString(v any, key string, do func(key, text string)) {
	switch v := v.(type) {
	case string:
		do(strings.TrimPrefix(key, "."), v)
	case map[string]any:
		for k, inner := range v {
			eachString(inner, key+"."+k, do)
		}
	case []any:
		for i, inner := range v {
			eachString(inner, fmt.Sprintf("%s[%d]", key, i), do)
		}
	}
}
