"""The report of the manager's own style: golden test 8, ties, no secondary, balanced, the retest (domain 2.2 a)."""

import json

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.genes.data import pairings
from workbench.insight.genes.disc import scored
from workbench.insight.genes.style_report import StyleReport, style_report
from workbench.insight.genes.styles import StyleTest
from workbench.insight.measures.cues import LETTERS
from workbench.rules.parameters import Rules

RULES = Rules.load()


def filled_in(
    most: tuple[int, ...], least: tuple[int, ...], at: str = "2026-11-20", doubts: tuple[str, ...] = ()
) -> StyleTest:
    result = scored(dict(zip(LETTERS, most, strict=True)), dict(zip(LETTERS, least, strict=True)), RULES)
    return StyleTest(1, at, 1, 240, result, doubts)


def report(most: tuple[int, ...], least: tuple[int, ...]) -> StyleReport:
    return style_report([filled_in(most, least)], RULES)


def test_golden_8_stands_on_the_report() -> None:
    made = report((10, 6, 5, 3), (2, 5, 7, 10))
    newest = made.as_json()["newest"]
    assert newest["difference"] == {"D": 8, "I": 1, "S": -2, "C": -7}
    assert newest["index"] == {"D": 66.7, "I": 52.1, "S": 45.8, "C": 35.4}
    assert (newest["primary"], newest["secondary"], newest["pattern"]) == (["D"], None, "D")
    assert newest["words"] == "主要是 D 控制-老虎,没有明显的次要风格。"
    assert json.dumps(made.as_json(), ensure_ascii=False)


def test_each_style_of_customers_has_the_hint_for_this_manager() -> None:
    made = report((10, 6, 5, 3), (2, 5, 7, 10))
    assert [pair.letter for pair in made.pairs] == ["D", "I", "S", "C"]
    assert [pair.hints for pair in made.pairs] == [(pairings()["D" + one],) for one in LETTERS]
    assert made.general == ""
    assert len(made.watch) == 3


def test_who_ties_gets_both_hints_and_is_told_which_is_whose() -> None:
    made = report((8, 4, 4, 8), (4, 8, 8, 4))
    assert made.newest.result.words == "D 控制-老虎、C 谨慎-猫头鹰 一样突出。"
    assert [len(pair.hints) for pair in made.pairs] == [2, 2, 2, 2]
    assert made.pairs[2].hints[1] == f"{pairings()['CS']}(您偏 C 的时候)"
    assert len(made.watch) == 4


def test_who_is_balanced_follows_the_customer() -> None:
    made = report((7, 6, 6, 5), (4, 6, 6, 8))
    assert made.newest.result.balanced
    assert [pair.hints for pair in made.pairs] == [()] * 4
    assert "先看客户是哪一种" in made.general
    assert made.newest.result.words.startswith("均衡")


def test_another_face_under_pressure_is_said() -> None:
    assert "都是 D 控制-老虎" in report((10, 6, 5, 3), (2, 5, 7, 10)).under_pressure
    other = report((10, 6, 5, 3), (5, 2, 7, 10)).under_pressure
    assert "工作里最突出的是 D 控制-老虎,压力下最突出的是 I 影响-孔雀" in other


def test_another_test_waits_for_at_least_ninety_days() -> None:
    assert RULES.whole("disc.retest") >= 90
    assert report((10, 6, 5, 3), (2, 5, 7, 10)).retest == "2027-02-18"


def test_the_notes_and_the_earlier_ones_are_told() -> None:
    tests = [
        filled_in((10, 6, 5, 3), (2, 5, 7, 10)),
        filled_in((7, 6, 6, 5), (4, 6, 6, 8), "2026-06-01", ("作答过快",)),
    ]
    made = style_report(tests, RULES)
    assert any("自比式" in note for note in made.notes)
    assert any("稳健-考拉" in note for note in made.notes)
    (earlier,) = made.as_json()["history"]
    assert (earlier["at"], earlier["doubts"], earlier["balanced"]) == ("2026-06-01", ["作答过快"], True)


def test_without_a_test_there_is_no_report() -> None:
    with pytest.raises(WorkbenchError, match="还没有做过"):
        style_report([], RULES)
