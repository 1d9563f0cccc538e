package kit

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over is a half-transparent color on another.
func over(top, below color.NRGBA) color.NRGBA {
	mix := func(t, b uint8) uint8 {
		a := float64(top.A) / 255
		return uint8(math.Round(float64(t)*a + float64(b)*(1-a)))
	}
	return color.NRGBA{mix(top.R, below.R), mix(top.G, below.G), mix(top.B, below.B), 255}
}

func TestContrastFormula(t *testing.T) {
	black, white := color.NRGBA{0, 0, 0, 255}, color.NRGBA{255, 255, 255, 255}
	if got := contrast(black, white); math.Abs(got-21) > 0.001 {
		t.Errorf("black on white is %.3f, not 21", got)
	}
	if got := contrast(color.NRGBA{0x77, 0x77, 0x77, 255}, white); math.Abs(got-4.48) > 0.01 {
		t.Errorf("#777 on white is %.2f, not 4.48", got)
	}
}

// TestDrawings: the drawings use only the colors that are swapped for the
// theme's, and look different in the dark.
func TestDrawings(t *testing.T) {
	test.NewTempApp(t)
	known := map[string]bool{}
	for _, role := range drawingRoles() {
		c, ok := palette(role, false)
		if !ok || known[hex(c)] {
			t.Errorf("%s has no light color of its own", role)
		}
		known[hex(c)] = true
	}
	painted := regexp.MustCompile(`(?:fill|stroke)="([^"]*)"`)
	files, err := drawings.ReadDir("drawings")
	if err != nil || len(files) == 0 {
		t.Fatal("no drawings", err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".svg")
		light, dark := drawingIn(NewTheme(Light, TextNormal, nil), name), drawingIn(NewTheme(Dark, TextNormal, nil), name)
		for _, found := range painted.FindAllStringSubmatch(string(light.Content()), -1) {
			if found[1] != "none" && !known[found[1]] {
				t.Errorf("%s is painted in %s", f.Name(), found[1])
			}
		}
		if light.Name() == dark.Name() || strings.Contains(string(dark.Content()), "#ffffff") {
			t.Errorf("%s is the same in the dark", f.Name())
		}
	}
}

// TestContrast: at least 4.5 to 1 for text on every background that it is on,
// and 3 to 1 for what tells a control from what is around it
// (WCAG 2.2, 1.4.3 and 1.4.11), in light and in dark.
func TestContrast(t *testing.T) {
	type pair struct {
		ink, field fyne.ThemeColorName
		least      float64
	}
	const text, control = 4.5, 3
	var pairs []pair
	add := func(least float64, ink fyne.ThemeColorName, fields ...fyne.ThemeColorName) {
		for _, f := range fields {
			pairs = append(pairs, pair{ink, f, least})
		}
	}
	add(text, ColorText, ColorWindow, ColorRail, ColorCard, ColorTint, ColorQuiet, ColorQuietHover, ColorQuietPressed, ColorSuccessField, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameSelection)
	add(text, ColorMuted, ColorWindow, ColorRail, ColorCard, ColorTint, ColorSuccessField)
	add(text, theme.ColorNamePlaceHolder, ColorCard)
	add(text, theme.ColorNameDisabled, theme.ColorNameDisabledButton, ColorCard)
	add(text, ColorOnAccent, ColorAccent, ColorAccentHover, ColorAccentPressed)
	add(text, ColorAccent, ColorWindow, ColorRail, ColorCard, ColorTint, ColorQuiet, ColorSuccessField, ColorWarningField, ColorErrorField)
	add(text, ColorOnTint, ColorTint)
	add(text, ColorSuccess, ColorSuccessField, ColorWindow, ColorCard)
	add(text, ColorWarning, ColorWarningField, ColorWindow, ColorCard)
	add(text, ColorError, ColorErrorField, ColorWindow, ColorCard, ColorQuiet, ColorQuietHover, ColorQuietPressed)
	add(control, ColorControl, ColorWindow, ColorCard, ColorRail)
	add(control, ColorAccent, ColorWindow, ColorCard, ColorRail, ColorTint)
	add(control, ColorError, ColorWindow, ColorCard)
	for _, dark := range []bool{false, true} {
		colorOf := func(n fyne.ThemeColorName) color.NRGBA {
			c, ok := palette(n, dark)
			if !ok {
				t.Fatalf("%s has no color of ours", n)
			}
			return c.(color.NRGBA)
		}
		for _, p := range pairs {
			ink, field := colorOf(p.ink), colorOf(p.field)
			if ink.A != 255 || field.A != 255 {
				t.Fatalf("%s or %s shows what is below", p.ink, p.field)
			}
			if got := contrast(ink, field); got < p.least {
				t.Errorf("%s: %s on %s has %.2f, and needs %.1f", mode(dark), p.ink, p.field, got, p.least)
			}
			// Pointing at something may not take its text away.
			if p.least == text && (p.field == ColorCard || p.field == ColorWindow || p.field == theme.ColorNameMenuBackground) {
				for _, veil := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNamePressed} {
					if got := contrast(ink, over(colorOf(veil), field)); p.ink == ColorText && got < p.least {
						t.Errorf("%s: %s on %s under %s has %.2f", mode(dark), p.ink, p.field, veil, got)
					}
				}
			}
		}
	}
}

func mode(dark bool) string {
	if dark {
		return "dark"
	}
	return "light"
}

// TestAppearance: the choice decides, and without one the system does.
func TestAppearance(t *testing.T) {
	light, _ := palette(ColorWindow, false)
	dark, _ := palette(ColorWindow, true)
	for _, c := range []struct {
		choice Appearance
		system fyne.ThemeVariant
		want   color.Color
	}{
		{FollowSystem, theme.VariantLight, light},
		{FollowSystem, theme.VariantDark, dark},
		{"", theme.VariantDark, dark},
		{Light, theme.VariantDark, light},
		{Dark, theme.VariantLight, dark},
	} {
		if got := NewTheme(c.choice, TextNormal, nil).Color(ColorWindow, c.system); got != c.want {
			t.Errorf("%q on a system of variant %d is %v", c.choice, c.system, got)
		}
	}
}

// TestTextSizes: all text grows, spacing does not, and every role has a size.
func TestTextSizes(t *testing.T) {
	small, normal, large := NewTheme(Light, TextSmall, nil), NewTheme(Light, TextNormal, nil), NewTheme(Light, TextLarge, nil)
	for _, n := range []fyne.ThemeSizeName{SizeText, SizeSmall, SizeHeading, SizeTitle} {
		if s, m, l := small.Size(n), normal.Size(n), large.Size(n); !(s < m && m < l) || s < 12 {
			t.Errorf("%s is %v, %v, %v", n, s, m, l)
		}
	}
	for _, n := range []fyne.ThemeSizeName{SizeRadius, SizeCard, theme.SizeNamePadding} {
		if small.Size(n) != large.Size(n) {
			t.Errorf("%s grows with the text", n)
		}
	}
	if got, want := NewTheme(Light, "", nil).Size(SizeText), normal.Size(SizeText); got != want {
		t.Errorf("without a choice the text is %v, not %v", got, want)
	}
}

// TestEveryRoleHasAColor: no role falls through to Fyne's own colors.
func TestEveryRoleHasAColor(t *testing.T) {
	for _, n := range []fyne.ThemeColorName{
		ColorText, ColorMuted, ColorWindow, ColorRail, ColorCard, ColorLine, ColorAccent, ColorOnAccent, ColorAccentHover, ColorTint, ColorOnTint,
		ColorAccentPressed, ColorQuiet, ColorQuietHover, ColorQuietPressed, ColorControl, ColorSuccess, ColorSuccessField, ColorWarning, ColorWarningField, ColorError, ColorErrorField,
	} {
		l, ok1 := palette(n, false)
		d, ok2 := palette(n, true)
		if !ok1 || !ok2 {
			t.Errorf("%s has no color", n)
		} else if fmt.Sprint(l) == fmt.Sprint(d) {
			t.Errorf("%s is the same in light and dark", n)
		}
	}
}
