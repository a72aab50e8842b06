"""The method handbook answers every citation in the code, each of its anchors once (issue 11)."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from workbench.base.errors import WorkbenchError
from workbench.base.handbook import HandbookSection, part, sections

ROOT = Path(__file__).parents[1]
ANCHORS = [anchor for section in sections() for anchor in section.anchors]
KNOWN = set(ANCHORS)
TEXT = "\n".join(line for section in sections() for line in section.lines)

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
_ASIDE = {"docs/domain.md", "tests/test_handbook.py", "tests/test_handbook_figures.py"}


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


def test_a_section_that_nobody_wrote_is_refused_by_name() -> None:
    with pytest.raises(WorkbenchError, match=r"99\.9"):
        part("99.9")


def test_a_section_is_number_title_and_text() -> None:
    found = next(one for one in sections() if one.number == "4.4")
    assert isinstance(found, HandbookSection)
    assert (found.name, found.level) == ("4.4 合成、灯与硬规则", 3)
    assert any("风险分 = 100" in line for line in found.lines)
