"""The report of the manager's style on paper: two A4 pages whatever the result, the figures of golden test 8 (domain 2.2 a)."""

import pytest

from tests.workbench.insight.genes.test_style_report import filled_in
from tests.workbench.sheets.reading import overlaps, shapes, texts
from workbench.insight.genes.data import pairings
from workbench.insight.genes.style_report import style_report
from workbench.insight.genes.styles import StyleTest
from workbench.rules.parameters import Rules
from workbench.sheets.content import typeset
from workbench.sheets.style_sheet import style_content, style_pdf

RULES = Rules.load()
GOLDEN = filled_in((10, 6, 5, 3), (2, 5, 7, 10))
DOUBTFUL = filled_in(
    (8, 4, 4, 8),
    (4, 8, 8, 4),
    doubts=("作答过快:只用了 80 秒,结果仅供参考。", "疑似随意:有 20 次选在屏幕的同一个位置。"),
)
BALANCED = filled_in((7, 6, 6, 5), (4, 6, 6, 8))
EXTREME = filled_in((24, 0, 0, 0), (0, 0, 0, 24))
EARLIER = [
    filled_in((10, 6, 5, 3), (2, 5, 7, 10), f"2025-{month:02d}-01", DOUBTFUL.doubts)
    for month in range(12, 2, -1)
]


@pytest.mark.parametrize(
    "tests",
    [[GOLDEN], [DOUBTFUL, *EARLIER], [BALANCED, *EARLIER], [EXTREME]],
    ids=["golden", "doubtful", "balanced", "extreme"],
)
def test_it_is_two_a4_pages_whatever_is_told(tests: list[StyleTest]) -> None:
    printed = style_pdf(style_report(tests, RULES), printed_by="王经理", branch="样本支行")
    assert shapes(printed) == [(595, 842)] * 2
    assert overlaps(printed) == 0


def test_golden_8_on_paper() -> None:
    first, second = texts(style_pdf(style_report([GOLDEN], RULES)))
    for figure in ("66.7", "52.1", "45.8", "35.4", "+8", "+1", "−2", "−7", "开拓者"):
        assert figure in first
    assert "2027-02-18" in second
    assert typeset(pairings()["DS"]) in second


def test_the_strongest_bar_of_each_graph_is_marked() -> None:
    made = style_content(style_report([GOLDEN], RULES), printed_by="", branch="")
    strong = [[bar["letter"] for bar in graph["bars"] if bar["strong"]] for graph in made["graphs"]]
    assert strong == [["D"], ["D"], ["D"]]
    assert [(graph["low"], graph["high"]) for graph in made["graphs"]] == [(0, 12), (0, 12), (-12, 12)]


def test_older_tests_than_there_is_room_for_are_counted() -> None:
    made = style_content(style_report([GOLDEN, *EARLIER], RULES), printed_by="", branch="")
    assert len(made["earlier"]) == 6
    assert "还有更早的 4 次" in made["more"]
