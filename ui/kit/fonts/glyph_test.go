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
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"github.com/pelletier/go-toml/v2"
)

func parse(t *testing.T, r fyne.Resource) *font.Face {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(r.Content()))
	if err != nil {
		t.Fatalf("%s: %v", r.Name(), err)
	}
	return face
}

// names are kanji of names and shops that schools don't teach: the many ways to
// write common family names, given names of today, and goods.
const names = "齋齊邊邉濱濵澤嶋嶌﨑嵜髙廣櫻國圓惠榮會實寳龍瀧眞萬來彌禮冨峯舘舩渕塚栁桒彅曻橳德瀨靑黑鷗辻祇葛堺槇埜簗" +
	"翔蓮湊凛颯煌琉晧昊絆琥珀瑠璃玲稀莉茉菫楓椛槻橙凰麒麟" +
	"珈琲薔薇檸檬葡萄鮨饅頭餃饂飩醤麹糀鰻鮑簪櫛鞄釦箪笥暖簾縮緬絨毯琺瑯瑪瑙珊瑚翡翠筅籐梟"

func TestJapanese(t *testing.T) {
	for _, r := range []fyne.Resource{Regular(), Bold()} {
		t.Run(r.Name(), func(t *testing.T) {
			face := parse(t, r)
			for _, c := range "あアぱパヴゎ漢熙、。「」『』・ー～％：（）！？〒〆々〇仝￥→✓※" + names {
				gid, ok := face.NominalGlyph(c)
				if !ok {
					t.Errorf("no glyph for %q", c)
					continue
				}
				if outline, ok := face.GlyphData(gid).(font.GlyphOutline); !ok || len(outline.Segments) == 0 {
					t.Errorf("the glyph for %q is empty", c)
				}
			}
			if d := face.Describe(); !strings.HasPrefix(strings.ToLower(d.Family), "sellerkey") {
				t.Errorf("the font still goes by %q", d.Family)
			}
		})
	}
}

// TestLatin: Latin is that of the font that Fyne bundles, kerning included, so
// that what Fyne draws by itself looks no different.
func TestLatin(t *testing.T) {
	for _, r := range []struct{ ours, fynes fyne.Resource }{
		{Regular(), theme.DefaultTextFont()},
		{Bold(), theme.DefaultTextBoldFont()},
	} {
		t.Run(r.ours.Name(), func(t *testing.T) {
			ours, fynes := parse(t, r.ours), parse(t, r.fynes)
			for _, c := range "Aa0 \u00a0çãéõÇñßŁőșẞ€–—“”•…" {
				got, want := advance(ours, string(c)), advance(fynes, string(c))
				if !has(ours, c) || got != want {
					t.Errorf("%q is %v wide, not %v", c, got, want)
				}
			}
			if got, want := advance(ours, "AVATo."), advance(fynes, "AVATo."); got != want {
				t.Errorf("a line with kerning is %v wide, not %v", got, want)
			}
			got, _ := ours.FontHExtents()
			want, _ := fynes.FontHExtents()
			if got != want {
				t.Errorf("a line goes from %v to %v, not from %v to %v", got.Ascender, got.Descender, want.Ascender, want.Descender)
			}
		})
	}
}

// advance is the width of a line, in the font's units.
func advance(face *font.Face, line string) int {
	var shaper shaping.HarfbuzzShaper
	text := []rune(line)
	return int(shaper.Shape(shaping.Input{Text: text, RunEnd: len(text), Face: face, Size: 1000 << 6}).Advance >> 6)
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
	files, err := filepath.Glob("../../../i18n/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no words found in i18n: %v", err)
	}
	chain := func(rs ...fyne.Resource) (faces []*font.Face) {
		for _, r := range rs {
			faces = append(faces, parse(t, r))
		}
		return faces
	}
	// Running text has Fyne's symbols behind it, bold text nothing.
	regular, bold := chain(Regular(), theme.DefaultSymbolFont()), chain(Bold())
	check := func(t *testing.T, where, text string) {
		checkChain(t, regular, where, text)
		if text != "⌘" { // never bold
			checkChain(t, bold, where, text)
		}
	}
	t.Run("ui", func(t *testing.T) {
		for _, folder := range []string{"../", "../../"} {
			for text, where := range literals(t, folder+"*.go") {
				check(t, where, text)
			}
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
