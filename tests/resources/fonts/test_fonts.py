"""The bundled fonts hold every character the product writes; Typst, Qt and matplotlib can all use them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.figure import Figure
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
FAMILY = "Workbench Sans SC"
WEIGHTS = ("Regular", "Bold")
SYMBOLS = "□■●○◎△▲▼▽◆◇★☆✓→←↑↓½①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⚠¥￥‰·…—–“”‘’≥≤≈×÷±、。《》【】（），：；％＋－"
SAMPLE = "客户经理工作台：本周531计划，镕喆堃 1,234,567.89 元 ✓"


def font_file(weight: str) -> Path:
    """Return the file of a bundled weight."""
    return FONTS / f"WorkbenchSansSC-{weight}.otf"


@pytest.fixture(scope="module", params=WEIGHTS)
def weight(request: pytest.FixtureRequest) -> str:
    """Each bundled weight in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def font(weight: str) -> TTFont:
    """The opened font file of a weight."""
    return TTFont(font_file(weight), lazy=True)


@pytest.fixture(scope="module")
def levels() -> list[str]:
    """The three levels of 通用规范汉字表, in its order."""
    return (FONTS / "tgh8105.txt").read_text(encoding="utf-8").splitlines()


def test_the_table_has_8105_distinct_characters_in_levels_of_3500_3000_and_1605(levels: list[str]) -> None:
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert len(set("".join(levels))) == 8105


def test_both_weights_cover_the_whole_table(font: TTFont, levels: list[str]) -> None:
    covered = font.getBestCmap()
    assert [c for c in "".join(levels) if ord(c) not in covered] == []


def test_both_weights_cover_ascii_latin_pinyin_and_the_symbols_of_our_sheets(font: TTFont) -> None:
    covered = font.getBestCmap()
    text = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ" + SYMBOLS
    assert [c for c in text if ord(c) not in covered] == []


def test_regular_covers_gbk_and_extension_a_so_that_rare_names_are_legible() -> None:
    covered = TTFont(font_file("Regular"), lazy=True).getBestCmap()
    assert [hex(p) for p in (*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)) if p not in covered] == []


def test_digits_share_one_width_so_that_columns_of_figures_line_up(font: TTFont) -> None:
    names, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[names[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_the_face_has_its_own_family_and_keeps_copyright_and_licence(font: TTFont, weight: str) -> None:
    names = font["name"]
    assert (names.getDebugName(1), names.getDebugName(2)) == (FAMILY, weight)
    assert "Adobe" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert (FONTS / "OFL.txt").is_file()


def test_the_files_stay_small_enough_to_ship() -> None:
    assert all(font_file(weight).stat().st_size < 9_000_000 for weight in ("Regular", "Bold"))


def test_typst_embeds_both_weights_and_no_other_font() -> None:
    source = f'#set text(font: "{FAMILY}")\n{SAMPLE} *{SAMPLE}*'
    paper = typst.compile(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf")
    for each in WEIGHTS:
        assert f"+WorkbenchSansSC-{each}".encode() in paper
    assert paper.count(b"/FontName") == len(WEIGHTS)


@pytest.mark.usefixtures("qtbot")
def test_qt_takes_both_weights_from_memory() -> None:
    for each in WEIGHTS:
        number = QFontDatabase.addApplicationFontFromData(QByteArray(font_file(each).read_bytes()))
        assert QFontDatabase.applicationFontFamilies(number) == [FAMILY]
    assert set(WEIGHTS) <= set(QFontDatabase.styles(FAMILY))
    chosen = QFont(FAMILY)
    chosen.setWeight(QFont.Weight.Bold)
    assert (QFontInfo(chosen).family(), QFontInfo(chosen).weight()) == (FAMILY, QFont.Weight.Bold)


def test_matplotlib_draws_chinese_with_both_weights(recwarn: pytest.WarningsRecorder) -> None:
    for each in WEIGHTS:
        font_manager.fontManager.addfont(font_file(each))
    figure = Figure(figsize=(4, 1))
    figure.text(0.1, 0.6, SAMPLE, family=FAMILY)
    figure.text(0.1, 0.2, SAMPLE, family=FAMILY, weight="bold")
    figure.savefig(io.BytesIO(), format="png")
    assert [str(w.message) for w in recwarn if "missing from font" in str(w.message)] == []
