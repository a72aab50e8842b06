"""Rebuild the bundled Chinese fonts from the Noto Sans CJK collections, byte for byte the same each time.

Usage: python resources/fonts/build.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc
"""

from __future__ import annotations

import argparse
import string
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
SOURCE_FAMILY = "Noto Sans CJK SC"
FAMILY = "Workbench Sans SC"
POSTSCRIPT_FAMILY = "WorkbenchSansSC"

PINYIN = "āáǎàēéěèêīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɑɡ"
SYMBOLS = (
    "□■▢▣▪▫●○◎◉◦•△▲▽▼▷▶◁◀◇◆☆★✓←↑→↓↔↕↖↗↘↙⇒⇔⚠☎"
    "½⅓⅔¼¾①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿"
    "¥￥€£‰%‱·…‥—–‐‑“”‘’「」『』〈〉《》【】〔〕≥≤≧≦≈≠≡×÷±−∞∑√∆∂°′″℃№§¶†‡※〇〃々"
)
RANGES = (
    (0x00A0, 0x00FF),  # Latin-1
    (0x2010, 0x2027),  # dashes, quotes, bullets, ellipses
    (0x2030, 0x203B),  # per mille, primes, reference mark
    (0x2190, 0x2199),  # arrows
    (0x2460, 0x249B),  # circled, parenthesised and full-stop numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x2595),  # blocks, for bars made of text
    (0x25A0, 0x25FF),  # geometric shapes
    (0x3000, 0x303F),  # CJK punctuation
    (0x3220, 0x3229),  # parenthesised ideographic numbers
    (0xFF01, 0xFF60),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width currency
)
BASIC_HANZI = range(0x4E00, 0x9FF0)  # the 20,902 characters of GBK and the few added since
RARE_HANZI = range(0x3400, 0x4DB6)  # extension A, which GB 18030 asks of every system that writes names


def double_byte(encoding: str, first: range) -> Iterator[str]:
    """Yield every character that a Chinese double-byte encoding can write."""
    for lead in first:
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                yield text


def wanted() -> set[int]:
    """Return the code points a weight shall cover, as far as the source has them."""
    listed = "".join((HERE / "tgh8105.txt").read_text(encoding="utf-8").split())
    points = {ord(c) for c in string.printable if c.isprintable()}
    points |= {ord(c) for c in listed + PINYIN + SYMBOLS}
    points |= {ord(c) for c in double_byte("gb2312", range(0xA1, 0xF8))}
    for low, high in RANGES:
        points |= set(range(low, high + 1))
    return points | {*BASIC_HANZI, *RARE_HANZI}


def source_face(collection: Path) -> TTFont:
    """Pick the simplified Chinese face out of a collection; raise ValueError if it has none."""
    for face in TTCollection(collection).fonts:
        if face["name"].getDebugName(1) == SOURCE_FAMILY:
            return face
    raise ValueError(f"{collection.name} holds no face named {SOURCE_FAMILY}")


def rename(font: TTFont, weight: str) -> None:
    """Give the face our family name; copyright, trademark, version and licence records stay."""
    postscript = f"{POSTSCRIPT_FAMILY}-{weight}"
    version = font["name"].getDebugName(5)
    full = FAMILY if weight == "Regular" else f"{FAMILY} {weight}"
    names = {1: FAMILY, 2: weight, 3: f"{version};{postscript}", 4: full, 6: postscript}
    table = font["name"]
    table.names = [n for n in table.names if n.langID == 0x409 and n.nameID not in {16, 17, 18, 21, 22}]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FullName = full
    cff.topDictIndex[0].FamilyName = FAMILY


def build(collection: Path, weight: str) -> Path:
    """Write one subset weight beside this script and return its path."""
    font = source_face(collection)
    options = subset.Options(
        hinting=False,
        layout_features=["kern"],
        drop_tables=[*subset.Options().drop_tables, "vhea", "vmtx", "VORG", "BASE", "GDEF"],
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        glyph_names=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    rename(font, weight)
    font.recalcTimestamp = False
    target = HERE / f"{POSTSCRIPT_FAMILY}-{weight}.otf"
    font.save(target)
    return target


def main() -> None:
    """Build both weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("regular", type=Path, help="NotoSansCJK-Regular.ttc")
    parser.add_argument("bold", type=Path, help="NotoSansCJK-Bold.ttc")
    given = parser.parse_args()
    build(given.regular, "Regular")
    build(given.bold, "Bold")


if __name__ == "__main__":
    main()
