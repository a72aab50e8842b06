"""Two months are never taken for one without a question."""

from typing import Any

import pytest

from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.review.doubts.months import CODE
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake

HEADER = ["客户号", "客户姓名", "AUM月日均"]


def _rows(amount: int, title: str, first: int = 1) -> list[list[Any]]:
    return [[title], HEADER, *[[f"{first + at:010d}", f"客户{at}", amount + at] for at in range(5)]]


def _codes(session: ImportSession) -> dict[str, list[str]]:
    """Sheet -> codes of its open questions."""
    return {
        sheet.sheet: [one.code for one in sheet.questions if not one.reason]
        for sheet in session.report().sheets
    }


def test_the_same_customers_with_other_figures_are_asked_about(intake: Intake, xlsx: Make) -> None:
    title = "2026年10月31日清单"
    session = intake.read(xlsx(_rows(1000, title), more=[("乙", _rows(2000, title))], sheet="甲"))
    assert _codes(session) == {"甲": [], "乙": [CODE]}
    with pytest.raises(WorkbenchError) as refusal:
        session.commit()
    assert refusal.value.code == CODE
    session.set_as_of("甲", "2026-09")
    assert CODE not in _codes(session)["乙"]
    session.commit()


def test_parts_of_one_month_ask_nothing(intake: Intake, xlsx: Make) -> None:
    title = "2026年10月31日清单"
    for number, second in enumerate((_rows(1000, title), _rows(2000, title, 100))):
        session = intake.read(xlsx(_rows(1000, title), f"{number}.xlsx", more=[("乙", second)], sheet="甲"))
        assert _codes(session) == {"甲": [], "乙": []}


@pytest.mark.parametrize(
    ("sheet", "title", "asked"),
    [
        ("上月", "2026年10月31日清单", True), ("本月", "2026年10月31日清单", False), ("清单", "9月客户清单", True),
        ("清单", "10月客户清单", False), ("11月到期", "客户清单", False), ("清单", "本月与上月对比", False),
    ],
)  # fmt: skip
def test_a_name_that_words_another_month_is_asked_about(
    intake: Intake, xlsx: Make, sheet: str, title: str, asked: bool
) -> None:
    session = intake.read(xlsx(_rows(1000, title), "客户_202610.xlsx", sheet))
    assert _codes(session)[sheet] == ([CODE] if asked else [])
    if asked:
        session.set_as_of(sheet, "2026-09-30")
        assert _codes(session)[sheet] == []
