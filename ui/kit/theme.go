package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/ui/kit/fonts"
)

// Appearance is the person's choice between light and dark.
type Appearance string

// The appearances. The system's is the default.
const (
	FollowSystem Appearance = "system"
	Light        Appearance = "light"
	Dark         Appearance = "dark"
)

// TextSize is the person's choice of text size.
type TextSize string

// The text sizes.
const (
	TextSmall  TextSize = "small"
	TextNormal TextSize = "normal"
	TextLarge  TextSize = "large"
)

func (s TextSize) factor() float64 {
	switch s {
	case TextSmall:
		return 0.9
	case TextLarge:
		return 1.2
	default:
		return 1
	}
}

// The color roles besides Fyne's own. Everything takes its color from a role, so
// that light, dark and contrast are decided in one place.
const (
	ColorText          = theme.ColorNameForeground
	ColorMuted         = fyne.ThemeColorName("muted")
	ColorWindow        = theme.ColorNameBackground
	ColorRail          = fyne.ThemeColorName("rail")
	ColorCard          = theme.ColorNameInputBackground
	ColorLine          = theme.ColorNameSeparator
	ColorAccent        = theme.ColorNamePrimary
	ColorOnAccent      = theme.ColorNameForegroundOnPrimary
	ColorAccentHover   = fyne.ThemeColorName("accentHover")
	ColorTint          = fyne.ThemeColorName("tint")   // a quiet field in the accent's hue
	ColorOnTint        = fyne.ThemeColorName("onTint") // text on it
	ColorQuiet         = theme.ColorNameButton         // a secondary button
	ColorAccentPressed = fyne.ThemeColorName("accentPressed")
	ColorQuietPressed  = fyne.ThemeColorName("quietPressed")
	ColorQuietHover    = fyne.ThemeColorName("quietHover")
	ColorControl       = theme.ColorNameInputBorder // the outline of a control, 3:1
	ColorSuccess       = theme.ColorNameSuccess
	ColorSuccessField  = fyne.ThemeColorName("successField")
	ColorWarning       = theme.ColorNameWarning
	ColorWarningField  = fyne.ThemeColorName("warningField")
	ColorError         = theme.ColorNameError
	ColorErrorField    = fyne.ThemeColorName("errorField")
)

// The sizes by our own names.
const (
	SizeText    = theme.SizeNameText
	SizeSmall   = theme.SizeNameCaptionText
	SizeHeading = theme.SizeNameSubHeadingText // a card's heading
	SizeTitle   = theme.SizeNameHeadingText    // a screen's title
	SizeRadius  = theme.SizeNameInputRadius
	SizeCard    = theme.SizeNameCardRadius
)

// Spacing, in Fyne's device-independent pixels. It does not grow with the text.
const (
	Margin  float32 = 40 // round a screen's content
	Gap     float32 = 14 // between blocks
	GapTiny float32 = 6  // between a label and its field
	Inset   float32 = 18 // inside a card
)

// Theme is SellerKey's theme. It never changes: another choice makes another one.
type Theme struct {
	fyne.Theme // Fyne's own, for icons and what is not named here
	appearance Appearance
	text       TextSize
	keep       func(text string) map[int]bool
}

// NewTheme makes a theme; empty choices are the defaults. keep returns the byte
// offsets at which a line of text should not break although Unicode allows it;
// nil if there are none.
func NewTheme(a Appearance, t TextSize, keep func(text string) map[int]bool) *Theme {
	return &Theme{Theme: theme.DefaultTheme(), appearance: a, text: t, keep: keep}
}

func keepOf(t fyne.Theme) func(text string) map[int]bool {
	if ours, ok := t.(*Theme); ok {
		return ours.keep
	}
	return nil
}

// Font returns the bundled fonts, also for symbols, which is how running text is
// drawn (see [running]); Fyne adds its own signs to them.
func (l *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace:
		return l.Theme.Font(s)
	case s.Bold:
		return fonts.Bold()
	default:
		return fonts.Regular()
	}
}

// Icon returns Fyne's icons, but a check box with a thicker outline: Fyne's is
// hardly visible in the dark.
func (l *Theme) Icon(n fyne.ThemeIconName) fyne.Resource {
	if n == theme.IconNameCheckButton {
		return fyne.NewStaticResource("box.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+
			`<path d="M18 6v12H6V6h12m1-3H5c-1.1 0-2 .9-2 2v14c0 1.1.9 2 2 2h14c1.1 0 2-.9 2-2V5c0-1.1-.9-2-2-2z"/></svg>`))
	}
	return l.Theme.Icon(n)
}

// Size returns the sizes of text, corners and padding. Text is a whole number of
// pixels high: between two sizes its letters stand too far apart.
func (l *Theme) Size(n fyne.ThemeSizeName) float32 {
	text := func(size float64) float32 { return float32(math.Round(size * l.text.factor())) }
	switch n {
	case SizeText:
		return text(15)
	case SizeSmall:
		return text(14)
	case SizeHeading:
		return text(17)
	case SizeTitle:
		return text(25)
	case SizeRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius, theme.SizeNameMenuRadius, theme.SizeNamePopupRadius:
		return 9
	case SizeCard, theme.SizeNameDialogRadius:
		return 12
	case theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameInnerPadding:
		return 10
	case theme.SizeNamePadding:
		return 5
	}
	return l.Theme.Size(n)
}

// Color returns a role's color in the chosen appearance.
func (l *Theme) Color(n fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	variant := system
	switch l.appearance {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	if c, ok := palette(n, variant == theme.VariantDark); ok {
		return c
	}
	return l.Theme.Color(n, variant)
}

// palette is the whole color table, light and dark side by side; false for a
// role that is not in it.
func palette(n fyne.ThemeColorName, dark bool) (color.Color, bool) {
	pick := func(light, night uint32) (color.Color, bool) {
		v := light
		if dark {
			v = night
		}
		return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}, true
	}
	switch n {
	case ColorWindow:
		return pick(0xf6f7f9ff, 0x14181dff)
	case ColorRail:
		return pick(0xeceff3ff, 0x1b2027ff)
	case ColorCard, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		return pick(0xffffffff, 0x20262eff)
	case ColorLine:
		return pick(0xdde2e8ff, 0x323a44ff)
	case ColorControl:
		return pick(0x818a96ff, 0x77828fff)
	case ColorText:
		return pick(0x1c2430ff, 0xe8ecf1ff)
	case ColorMuted, theme.ColorNamePlaceHolder:
		return pick(0x47515fff, 0xb4bdc8ff)
	case theme.ColorNameDisabled:
		return pick(0x616b78ff, 0x8b96a4ff)
	case ColorAccent, theme.ColorNameHyperlink:
		return pick(0x1f6f78ff, 0x4fb3bdff)
	case ColorAccentHover:
		return pick(0x185a62ff, 0x6cc4cdff)
	case ColorAccentPressed:
		return pick(0x11464dff, 0x86d3dbff)
	case ColorQuietPressed:
		return pick(0xc8d0d9ff, 0x3c4551ff)
	case ColorOnAccent:
		return pick(0xffffffff, 0x0d1a1cff)
	case ColorTint:
		return pick(0xdcebedff, 0x17343aff)
	case ColorOnTint:
		return pick(0x14484eff, 0xbfe3e7ff)
	case ColorQuiet:
		return pick(0xe4e8edff, 0x2b323cff)
	case ColorQuietHover:
		return pick(0xd7dde4ff, 0x363f4aff)
	case theme.ColorNameDisabledButton:
		return pick(0xe9ecf0ff, 0x262c34ff)
	case theme.ColorNameFocus:
		return pick(0x1f6f7855, 0x4fb3bd66)
	case theme.ColorNameHover:
		return pick(0x1c243012, 0xe8ecf116)
	case theme.ColorNamePressed:
		return pick(0x1c243022, 0xe8ecf12a)
	case theme.ColorNameSelection:
		return pick(0xb9dbdfff, 0x24535aff)
	case theme.ColorNameScrollBar:
		return pick(0x56617080, 0xa3adb980)
	case theme.ColorNameShadow:
		return pick(0x1c243028, 0x00000066)
	case ColorSuccess:
		return pick(0x1d7a46ff, 0x7fd3a0ff)
	case ColorSuccessField:
		return pick(0xdef1e5ff, 0x173625ff)
	case ColorWarning:
		return pick(0x8a5a00ff, 0xf0c36dff)
	case ColorWarningField:
		return pick(0xfdf1dcff, 0x3a2c10ff)
	case ColorError:
		return pick(0xa52a2aff, 0xf19a9aff)
	case ColorErrorField:
		return pick(0xfbe4e4ff, 0x401c1cff)
	}
	return nil, false
}
