"""Make one text font of two: Japanese out of Noto Sans CJK JP, Latin out of the Noto Sans that Fyne
bundles, so that it looks the same in every language. Called by scripts/fonts.

One font, because a text that has all its characters in the font it is given never makes Fyne look for
those of the system. It does for a kanji that is in few names: see kanji().

No hinting, which Fyne does not use, and of the layout features kerning and the places of accents.
Arrows, ticks and the like come from the Japanese font; Noto Sans has none.
"""

import gzip
import hashlib
import io
import os
import sys
from xml.etree import ElementTree

import cffsubr
import fontTools
from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

JAPANESE = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
]
KANJIDIC = "/usr/share/edict/kanjidic2.xml.gz"  # https://www.edrdg.org/wiki/index.php/KANJIDIC_Project
SKK = ["/usr/share/skk/SKK-JISYO.jinmei", "/usr/share/skk/SKK-JISYO.office.zipcode"]  # https://github.com/skk-dev/dict
SURNAMES = "髙﨑濵栁桒彅曻橳昻凞圡桺靑淸渊槗劒"  # none of the lists has them
GOODS = "檸檬簪絨毯琺瑪瑙翡餃饅餡饂飩蒟蒻鮨鮑鰤鰈鯣鱧鰒燻燗醪麭籐籃匣帛袱絣絽繻鞣鏝鑢鑿鋏鉤鉈筅笄梳棕櫚橄欖芍茴薺蓴梟鴉鴦鶺鴒驢狆蜥蜴蝙蝠蜻蛉鼈玻盒霙雹霖"  # level 2, in words that shops use
SYMBOLS = {ord(c) for c in "←↑→↓⇒⇔■□▲△▼▽◆◇○◎●★☆※✓"}
# Latin with the accents of Europe, and the punctuation, currencies and signs that come with it. Anything
# else in a name is drawn with a font of the system: each hundred glyphs more are 30 kB.
OTHER = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x304), (0x306, 0x30C),
    (0x326, 0x328), (0x1E9E, 0x1E9E), (0x2010, 0x2027), (0x202F, 0x2033), (0x2039, 0x203A), (0x203E, 0x203E), (0x2044, 0x2044),
    (0x2060, 0x2060), (0x20A9, 0x20A9), (0x20AC, 0x20AC), (0x20B9, 0x20B9), (0x2116, 0x2116), (0x2122, 0x2122), (0xFFFD, 0xFFFD),
]  # fmt: skip
FAMILY = "SellerKey"  # a changed font should not go under the name of those it was cut from


def japanese():
    """Kana, CJK punctuation, full-width forms, symbols and kanji."""
    return set(range(0x3000, 0x3100)) | set(range(0xFF00, 0xFFA0)) | set(range(0xFFE0, 0xFFF0)) | SYMBOLS | kanji()


def kanji():
    """3,982 kanji: 3,823 of JIS X 0208's 6,355, and 159 others. TestNoBoxes checks that our texts are covered.

    Any other kanji is drawn with a system font, never bold. Fyne then reads its index of those fonts: a
    tenth of a second, and 20 to 30 MB.
    """
    # Level 1 of JIS X 0208, and kanji in its rows of signs.
    text = "".join(bytes([row, cell]).decode("euc_jp", "ignore") for row in range(0xA1, 0xD0) for cell in range(0xA1, 0xFF))
    # Kanji taught at school, allowed in given names, or with a reading that only names have.
    with gzip.open(KANJIDIC) as f:
        for c in ElementTree.parse(f).iter("character"):
            if c.find("misc/grade") is not None or c.find(".//nanori") is not None:
                text += c.findtext("literal")
    # Kanji in names of people, and of companies that have a postal code of their own.
    for path in SKK:
        with open(path, encoding="euc_jp", errors="ignore") as f:
            text += "".join(line for line in f if not line.startswith(";"))
    return {ord(c) for c in text + SURNAMES + GOODS if 0x4E00 <= ord(c) <= 0xFAFF}


def source(weight):
    for folder in JAPANESE:
        path = os.path.join(folder, f"NotoSansCJK-{weight}.ttc")
        if os.path.exists(path):
            return path
    sys.exit(f"NotoSansCJK-{weight}.ttc not found: install fonts-noto-cjk (looked in {', '.join(JAPANESE)})")


def rename(font, weight):
    ps = f"{FAMILY}-{weight}"
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


def cut(path, runes, features, drop):
    """The runes of a font, as a font of its own."""
    options = subset.Options()
    options.font_number = 0  # Japanese is the first face of the collection
    options.layout_features = features
    options.hinting = False
    options.recalc_timestamp = False  # upstream's own date: the same bytes every time
    options.name_languages = [0x409]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 14]  # the licence: 14 is its address
    options.drop_tables += drop
    font = subset.load_font(path, options)
    # The shapes that only a variation selector asks for: an eighth of the glyphs, for a few names. Such a
    # character is drawn in its common shape.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=runes)
    cutter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    file.seek(0)
    return TTFont(file, recalcTimestamp=False)


def add(font, other):
    """Put the glyphs of other, which has TrueType outlines, into font, which has CFF ones by number."""
    top = font["CFF "].cff.topDictIndex[0]
    strings, private = top.CharStrings, top.FDArray[0].Private
    free = (n for n in (f"cid{i:05d}" for i in range(1, 65536)) if n not in strings)
    # Renamed before its tables are read, all of which name glyphs then as font will.
    other.setGlyphOrder([".notdef"] + [next(free) for _ in other.getGlyphOrder()[1:]])
    shapes, order = other.getGlyphSet(), font.getGlyphOrder()
    for name in other.getGlyphOrder()[1:]:
        pen = T2CharStringPen(shapes[name].width - private.nominalWidthX, shapes)
        shapes[name].draw(pen)
        shape = pen.getCharString(private=private, globalSubrs=strings.globalSubrs)
        strings.charStrings[name] = len(strings.charStringsIndex)
        strings.charStringsIndex.append(shape)
        top.FDSelect.gidArray.append(0)
        font["hmtx"].metrics[name] = other["hmtx"].metrics[name]
        order.append(name)
    font.setGlyphOrder(order)
    top.charset = order
    font["maxp"].numGlyphs = len(order)
    # All of it is in the Basic Multilingual Plane, for which one table is enough.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4 and t.platformID == 3]
    for rune, name in other.getBestCmap().items():
        font["cmap"].tables[0].cmap.setdefault(rune, name)
    for name in ("GDEF", "GPOS"):
        other[name].table  # read with its names, before it changes hands
        font[name] = other[name]
    # Kanji fit into the height of a Latin line, which is what fields and buttons are made for.
    for field in ("ascent", "descent", "lineGap"):
        setattr(font["hhea"], field, getattr(other["hhea"], field))
    for field in ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent", "sxHeight", "sCapHeight"):
        setattr(font["OS/2"], field, getattr(other["OS/2"], field))


def digest(path):
    with open(path, "rb") as f:
        return f"  sha256 of {os.path.basename(path)} {hashlib.sha256(f.read()).hexdigest()}\n"


def make(weight, latin, out):
    path, other = source(weight), os.path.join(latin, f"NotoSans-{weight}.ttf")
    drop = ["vhea", "vmtx", "VORG", "BASE", "GDEF", "GPOS", "GSUB"]
    font = cut(path, japanese(), [], drop)
    version = str(font["name"].getDebugName(5)).split(";")[0]
    runes = {r for first, last in OTHER for r in range(first, last + 1)} - SYMBOLS
    add(font, cut(other, runes, ["kern", "mark", "mkmk"], ["GSUB", "TTFA"]))
    cffsubr.subroutinize(font, keep_glyph_names=False)  # what shapes have in common is stored once: 8 % less
    rename(font, weight)
    name = f"{FAMILY}-{weight}.otf"
    font.save(os.path.join(out, name))

    glyphs = len(TTFont(os.path.join(out, name)).getGlyphOrder())
    return f"{name}: {glyphs} glyphs, from face 0, {version}\n" + digest(path) + digest(other)


def main():
    latin, out = sys.argv[1:]
    lines = [
        "Made by scripts/fonts out of Noto Sans CJK JP (https://github.com/notofonts/noto-cjk),\n",
        "Debian package fonts-noto-cjk, and the Noto Sans that Fyne bundles\n",
        "(https://github.com/notofonts/latin-greek-cyrillic); SIL Open Font License 1.1, see OFL.txt.\n",
        "Debian packages kanjidic-xml and skkdic-extra say which kanji are in names.\n",
        f"Do not edit by hand. fonttools {fontTools.version}, cffsubr {cffsubr.__version__}\n\n",
        *map(digest, [KANJIDIC, *SKK]),
    ]
    lines += [make(weight, latin, out) for weight in ("Regular", "Bold")]
    with open(os.path.join(out, "SOURCE.txt"), "w", encoding="utf-8") as f:
        f.writelines(lines)


main()
