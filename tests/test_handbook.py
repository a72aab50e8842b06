"""The method handbook answers every citation in the code, and states the thresholds that the program has (issue 11)."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from workbench.base.errors import WorkbenchError
from workbench.base.handbook import Section, part, sections
from workbench.insight.churn.fusion import fuse, light_of, weights
from workbench.insight.genes.disc import scored
from workbench.intake.cells.idcard import wrong_check_digits
from workbench.rules.parameters import Rules, presets
from workbench.rules.thresholds import Param
from workbench.rules.tiers import deposit_today

ROOT = Path(__file__).parents[1]
ANCHORS = [anchor for section in sections() for anchor in section.anchors]
KNOWN = set(ANCHORS)
TEXT = "\n".join(line for section in sections() for line in section.lines)
PARAMS = {param.key: param for param in Rules.load().params()}

# -- citations -----------------------------------------------------------------------------------------------------

_NUMBER = r"\d+(?:\.\d+)?(?: [ab]\b)?(?:-\d+(?![.\d]))?"
_JOINED = r"(?:, | and | to |-|; )"
_CITED = re.compile(
    rf"\bdomain\s+(?:# ?|#: ?)?({_NUMBER}(?:{_JOINED}{_NUMBER})*)|\bgolden (?:tests? )?(\d+(?: and \d+)*)",
    re.IGNORECASE,
)
#: "domain" where it is no citation: gettext's word, and the handbook as a whole
_OTHERWISE = re.compile(r"domain(=|\.md\b|'s dates tell)")
_WRITTEN_IN = {".py", ".toml", ".md", ".lark", ".typ", ".csv"}
#: what cites nothing: the handbook itself, and what was made
_ASIDE = {"docs/domain.md", "tests/test_handbook.py"}


def sources() -> list[Path]:
    """Every text of the repository that may cite."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    named = (name for name in listed.stdout.splitlines() if name not in _ASIDE)
    return [path for path in map(ROOT.joinpath, named) if path.suffix in _WRITTEN_IN and path.is_file()]


def cited(text: str) -> Iterator[tuple[int, str]]:
    """(line, anchor) of every citation in a text; what stands after "domain" and is no number comes as it is."""
    for found in _CITED.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found[2]:
            yield from ((line, f"20-{number}") for number in re.findall(r"\d+", found[2]))
        else:
            yield from ((line, number) for number in re.findall(_NUMBER, found[1]))


def unread(text: str) -> Iterator[tuple[int, str]]:
    """(line, words) where "domain" stands and no number follows that could be looked up."""
    for found in re.finditer(r"\bdomain\b", text, re.IGNORECASE):
        if not _CITED.match(text, found.start()) and not _OTHERWISE.match(text, found.start()):
            yield text.count("\n", 0, found.start()) + 1, text[found.start() : found.start() + 30]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sources()}


def test_every_citation_is_answered(texts: dict[str, str]) -> None:
    missing = [
        f"{name}:{line} {anchor}"
        for name, text in texts.items()
        for line, anchor in cited(text)
        if anchor not in KNOWN
    ]
    assert missing == []


def test_no_citation_is_written_in_a_form_that_cannot_be_looked_up(texts: dict[str, str]) -> None:
    assert [f"{name}:{line} {words}" for name, text in texts.items() for line, words in unread(text)] == []


def test_there_are_citations_in_every_floor(texts: dict[str, str]) -> None:
    by_floor = Counter(name.split("/")[0] for name, text in texts.items() for _one in cited(text))
    assert {
        floor for floor in ("workbench", "ui", "db", "resources", "tests") if by_floor[floor] < 5
    } == set()
    assert sum(by_floor.values()) >= 350


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("domain 4.5-9, 16.5-12)", ["4.5-9", "16.5-12"]),
        ("domain 6.1-6.3).", ["6.1", "6.3"]),
        ("Domain 16.5-7, 16.5-19 to 16.5-22)", ["16.5-7", "16.5-19", "16.5-22"]),
        ("domain 6.5, 9, 17; golden 16 and 17)", ["6.5", "9", "17", "20-16", "20-17"]),
        ("domain 2.2 a, golden test 8)", ["2.2 a", "20-8"]),
        ("(domain\n# 4.4) once", ["4.4"]),
        ("domain 1, L0", ["1"]),
        ("domain 99.1", ["99.1"]),
    ],
)
def test_a_citation_is_read_in_each_of_its_forms(text: str, anchors: list[str]) -> None:
    assert [anchor for _line, anchor in cited(text)] == anchors


# -- the document --------------------------------------------------------------------------------------------------


def test_every_anchor_is_unique() -> None:
    assert [anchor for anchor, times in Counter(ANCHORS).items() if times > 1] == []


def test_numbered_items_run_from_one_without_a_gap() -> None:
    wrong = []
    for section in sections():
        items = [int(anchor.rpartition("-")[2]) for anchor in section.anchors[1:]]
        if items != list(range(1, len(items) + 1)):
            wrong.append(section.name)
    assert wrong == []


def test_no_section_is_empty() -> None:
    """Words of its own, or sections of its own below it."""
    empty = [
        one.name
        for one in sections()
        if not any(line.strip() for line in one.lines) and (not one.number or len(part(one.number)) == 1)
    ]
    assert empty == []


def test_what_is_below_a_section_belongs_to_it() -> None:
    assert [one.number for one in part("2.2")] == ["2.2", "2.2 a", "2.2 b"]
    assert [one.number for one in part("6.8")] == ["6.8"]
    assert len(part("4")) == 1 + sum(one.number.startswith("4.") for one in sections())


def test_links_within_the_handbook_lead_somewhere() -> None:
    named = re.findall(r"(?<![\d.\-])(\d{1,2}(?:\.\d{1,2})?-\d{1,2})(?![\d.\-]| 天)", TEXT)
    named += re.findall(r"[((见、](\d{1,2}(?:\.\d{1,2})?(?: [ab])?)[))]", TEXT)
    assert len(named) >= 40
    assert {one for one in named if one not in KNOWN} == set()


def test_the_bundled_font_can_show_it() -> None:
    for weight in ("Regular", "Bold"):
        file = ROOT / "resources" / "fonts" / f"WorkbenchSansSC-{weight}.otf"
        covered = TTFont(file, lazy=True).getBestCmap()
        assert {one for one in TEXT if ord(one) not in covered and one != "\n"} == set()


# -- thresholds ----------------------------------------------------------------------------------------------------

_MARK = re.compile(r"(?:\*\*([^*\n]+)\*\*)?〔([^〔〕\n]*)〕")
#: words that may follow the figures of a unit
_UNITS = {
    "yuan": "元", "day": "天", "days": "天", "天": "天", "month": "个月", "ratio": "% 倍", "score": "分", "point": "分",
    "times": "倍", "year": "岁 年", "count": "个 次 笔 户 条 项 位 类 件", "visits": "次 户", "calls": "通", "minutes": "分钟",
    "minute": "分钟", "seconds": "秒", "second": "秒", "customers": "户", "product": "个", "item": "项", "methods": "个",
    "cycles": "个", "次": "次", "行": "行", "psi": "", "weekday": "", "column unit": "",
}  # fmt: skip
_FIGURE = re.compile(r"^(-?[\d,]+(?:\.\d+)?) ?(万)?(.*)$")


def marks() -> list[tuple[str | None, str]]:
    """(value as written or None, what stands in the brackets) of every mark."""
    return [(found[1], found[2]) for found in _MARK.finditer(TEXT)]


def stated(words: str) -> tuple[list[float], str]:
    """The figures of a value as written, and the word of its unit: '0、1 万、5 万元' -> [0, 10000, 50000], '元'."""
    pieces = [_FIGURE.match(one.strip()) for one in words.split("、")]
    assert all(pieces), words
    figures = [
        float(piece[1].replace(",", "")) * (10_000 if piece[2] else 1) / (100 if "%" in piece[3] else 1)
        for piece in pieces
        if piece
    ]
    last = pieces[-1]
    return figures, last[3].strip() if last else ""


def fault(words: str | None, name: str) -> str | None:
    """What is wrong with one mark; None when it says what the program has."""
    pieces = name.split(" ")
    if len(pieces) != 2:
        return f"{name}: no name with a source"
    preset, _colon, key = pieces[0].rpartition(":")
    param = PARAMS.get(key)
    by_name = {shown: code for code, shown in presets().items()}
    if param is None or (preset and preset not in by_name):
        return f"{name}: nothing is called so"
    if pieces[1] != param.mark:
        return f"{name}: its source is {param.mark}"
    value = Rules.load(by_name[preset])[key] if preset else param.default
    return None if words is None else _difference(words, param, value)


def _difference(words: str, param: Param, value: object) -> str | None:
    values = list(value) if isinstance(value, list | tuple) else [value]
    if isinstance(value, bool):
        return None if words == ("是" if value else "否") else f"{param.key}: {words} is not {value}"
    if all(isinstance(one, str) for one in values):
        return None if words.split("、") == values else f"{param.key}: {words} is not {values}"
    figures, unit = stated(words)
    if figures != pytest.approx(values):
        return f"{param.key}: {words} is not {values}"
    allowed = _UNITS.get(param.unit, "").split() if param.unit else None
    if allowed is not None and unit not in allowed and not (unit == "" and param.unit in _BARE):
        return f"{param.key}: {words} has another unit than {param.unit}"
    return None


#: what judges nobody: it orders those whom no signal names, bins values for a chart, or limits what is shown
_ONLY_SHOWS = {
    "grade.calm", "towers.gap_rows", "picking.suggestions", "suit.term_words_days", "pivot.bands.money",
    "pivot.bands.ratio", "pivot.bands.age", "tags.bins.money", "tags.bins.ratio", "tags.bins.count", "tags.bins.number",
}  # fmt: skip
#: units whose figures may stand without a word
_BARE = {"ratio", "psi", "weekday", "column unit", "month"}


def test_every_threshold_is_the_programs() -> None:
    assert [one for one in (fault(words, name) for words, name in marks()) if one] == []
    assert len(marks()) >= 300


def test_bold_figures_have_their_mark() -> None:
    """So that no threshold is stated that nothing holds against the program."""
    assert re.findall(r"\*\*\d[^*\n]*\*\*(?!〔)[^\n]{0,10}", TEXT) == []


@pytest.mark.parametrize(
    ("words", "name", "right"),
    [
        ("25、45、65 分", "lights P", True),
        ("25、45、66 分", "lights P", False),
        ("25、45、65 天", "lights P", False),
        ("25、45、65 分", "lights S", False),
        ("5 万元", "light.lowest_line P", True),
        ("5 元", "light.lowest_line P", False),
        ("30 万元", "农商行:genes.big P", True),
        ("50 万元", "农商行:genes.big P", False),
        ("15%、30%、50%", "S3.drop P", True),
        ("否", "S3.net_of_peers P", True),
        ("是", "S3.net_of_peers P", False),
        ("3 天", "no.such P", False),
    ],
)
def test_a_wrong_figure_unit_or_source_is_found(words: str, name: str, right: bool) -> None:
    assert (fault(words, name) is None) is right


@pytest.mark.parametrize(
    "area",
    [
        "insight_behaviour", "insight_critical", "insight_flows", "insight_genes", "insight_journey",
        "insight_matrix", "insight_picking", "insight_portrait", "insight_signals", "insight_tag_values",
        "insight_tags", "insight_tiers", "insight_towers", "outreach", "people_consent", "window",
    ],
)  # fmt: skip
def test_no_number_that_judges_a_customer_goes_unstated(area: str) -> None:
    written = tomllib.loads((ROOT / "resources" / "rules" / f"{area}.toml").read_text("utf-8"))["params"]
    said = {name.split(" ")[0] for words, name in marks() if words}
    figures = [key for key, raw in written.items() if "unit" in raw and _numeric(raw["value"])]
    assert [key for key in figures if key not in said | _ONLY_SHOWS] == []


def _numeric(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return bool(values) and not any(isinstance(one, str) for one in values)


# -- worked examples (chapter 20) ----------------------------------------------------------------------------------

EXAMPLES = next(one for one in sections() if one.number == "20")


def test_every_example_names_a_test_that_there_is_or_says_that_it_is_not_built() -> None:
    wrong = []
    for line in EXAMPLES.lines:
        if not re.match(r"^\d+\. ", line):
            continue
        named = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", line)
        built = all(f"def {test}(" in (ROOT / file).read_text("utf-8") for file, test in named)
        if not (named and built) and "尚未提供" not in line:
            wrong.append(line[:60])
    assert wrong == []


def test_the_table_of_fusion_is_what_the_program_reckons() -> None:
    rules = Rules.load()
    anchors, lights = rules.numbers("grade.anchors"), {"yellow": "黄", "orange": "橙", "red": "红"}
    rows = [line.strip("| ").split(" | ") for line in EXAMPLES.lines if line.startswith("| S")]
    assert len(rows) == 8
    for hits, risk, light in rows:
        grades = {hit[:2]: anchors[int(hit[3]) - 1] for hit in hits.split()}
        fused = fuse(grades, weights(rules))
        assert fused == pytest.approx(float(risk), abs=0.051)
        assert lights.get(light_of(fused, rules.numbers("lights")) or "") == light


def _example(number: int) -> str:
    return next(line for line in EXAMPLES.lines if line.startswith(f"{number}. "))


def test_the_deposit_of_today_is_what_the_program_reckons() -> None:
    line, average, balance, answer = (
        float(one) for one in re.findall(r"门槛 (\d+) 万.*日均 (\d+) 万、现余额 (\d+) 万.* = ([\d.]+) 万元", _example(2))[0]
    )  # fmt: skip
    wan = 1_000_000
    asked = deposit_today(round(line * wan), round(average * wan), round(balance * wan), days=30, left=10)
    assert asked == round(answer * wan)


def test_the_indices_of_style_are_what_the_program_reckons() -> None:
    most, least = (dict(zip("DISC", map(int, one.split(", ")), strict=True))
                   for one in re.findall(r"[ML] =\(([\d, ]+)\)", _example(8)))  # fmt: skip
    found = scored(most, least, Rules.load())
    told = re.findall(r"指数 ([\d.、]+),", _example(8))[0].split("、")
    assert [f"{found.index[letter]:.1f}" for letter in "DISC"] == told
    assert (found.primary, found.secondary) == (("D",), "")


def test_the_identity_number_and_the_serial_are_right() -> None:
    number = re.findall(r"\d{17}[\dX]", _example(10))[0]
    assert wrong_check_digits([number]) == []
    serial, year, month, day = map(int, re.findall(r"(\d+) 是 (\d+) 年 (\d+) 月 (\d+) 日", _example(13))[0])
    assert dt.date(1899, 12, 30) + dt.timedelta(days=serial) == dt.date(year, month, day)


def test_a_section_that_nobody_wrote_is_refused_by_name() -> None:
    with pytest.raises(WorkbenchError, match=r"99\.9"):
        part("99.9")


def test_a_section_is_number_title_and_text() -> None:
    found = next(one for one in sections() if one.number == "4.4")
    assert isinstance(found, Section)
    assert (found.name, found.level) == ("4.4 合成、灯与硬规则", 3)
    assert any("风险分 = 100" in line for line in found.lines)
