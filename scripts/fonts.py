"""Cut Noto Sans CJK JP down to what Japanese text needs. Called by scripts/fonts.

Only Japanese: Latin and digits stay with the font that Fyne bundles, so that they look the same in
every language. No layout features and no hinting: Fyne uses neither for these glyphs.

Arrows, ticks and the like come along because Fyne's text font has none: its symbol font has arrows
but no blank to follow them, and no tick at all, which would then be taken from the system's fonts.
"""

import hashlib
import os
import sys

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCES = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
]
BLANKS = {0x20, 0xA0}
SYMBOLS = {ord(c) for c in "←↑→↓⇒⇔■□▲△▼▽◆◇○◎●★☆※✓"}
BLANK_WIDTH = 260  # of 1000, as in the Latin font that Fyne bundles
FAMILY = "SellerKey JP"  # a changed font should not go under the name of the one it was cut from


def wanted():
    """Runes of JIS X 0208 from U+2E80 up, all kana, CJK punctuation and full-width forms; symbols; blanks.

    Fyne stays with the font of the character before when it meets a blank, and draws a box if that
    font has none.
    """
    runes = set(range(0x3000, 0x3100)) | set(range(0xFF00, 0xFFF0)) | BLANKS | SYMBOLS
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                text = bytes([row, cell]).decode("euc_jp")
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and ord(text) >= 0x2E80:
                runes.add(ord(text))
    return runes


def source(weight):
    for folder in SOURCES:
        path = os.path.join(folder, f"NotoSansCJK-{weight}.ttc")
        if os.path.exists(path):
            return path
    sys.exit(f"NotoSansCJK-{weight}.ttc not found: install fonts-noto-cjk (looked in {', '.join(SOURCES)})")


def rename(font, weight):
    ps = f"SellerKeyJP-{weight}"
    full = FAMILY if weight == "Regular" else f"{FAMILY} {weight}"
    for record in font["name"].names:
        new = {1: FAMILY, 3: f"{str(record)};{ps}", 4: full, 6: ps}.get(record.nameID)
        if new is not None:
            record.string = new
    cff = font["CFF "].cff
    cff.fontNames[0] = ps
    top = cff.topDictIndex[0]
    for field, value in (("FamilyName", FAMILY), ("FullName", full)):
        if hasattr(top, field):
            setattr(top, field, value)


def cut(weight, out):
    path = source(weight)
    options = subset.Options()
    options.font_number = 0  # Japanese is the first face of the collection
    options.layout_features = []
    options.hinting = False
    options.recalc_timestamp = False  # upstream's own date: the same bytes every time
    options.name_languages = [0x409]
    options.name_IDs = ["*"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "GPOS", "GSUB"]
    font = subset.load_font(path, options)
    version = str(font["name"].getDebugName(5))
    # The shapes that only a variation selector asks for: an eighth of the glyphs, for a few names. Such a
    # character is drawn in its common shape.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    for rune in BLANKS:
        font["hmtx"][font.getBestCmap()[rune]] = (BLANK_WIDTH, 0)
    rename(font, weight)
    name = f"SellerKeyJP-{weight}.otf"
    subset.save_font(font, os.path.join(out, name), options)

    glyphs = len(TTFont(os.path.join(out, name)).getGlyphOrder())
    with open(path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    return f"{name}: {glyphs} glyphs, from {os.path.basename(path)} (face 0, {version.split(';')[0]})\n  sha256 of the source {digest}\n"


def main():
    out = sys.argv[1]
    lines = [
        "Made by scripts/fonts out of Noto Sans CJK JP (https://github.com/notofonts/noto-cjk),\n",
        "Debian package fonts-noto-cjk; SIL Open Font License 1.1, see OFL.txt. Do not edit by hand.\n",
        f"fonttools {fontTools.version}\n\n",
    ]
    lines += [cut(weight, out) for weight in ("Regular", "Bold")]
    with open(os.path.join(out, "SOURCE.txt"), "w", encoding="utf-8") as f:
        f.writelines(lines)


main()
