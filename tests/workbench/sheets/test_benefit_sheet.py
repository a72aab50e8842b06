"""The list of unused benefits on paper: masked, what runs out first on top (domain 8.4, 17)."""

import pytest

from tests.workbench.sheets.reading import texts
from workbench.outreach.benefits.benefit import BenefitBoard, BenefitPerson
from workbench.rules.parameters import Rules
from workbench.sheets.benefit_sheet import benefits_pdf
from workbench.sheets.content import Imprint

IMPRINT = Imprint("周敏", "2026-11-16 09:00:00", None)


def person(number: int, state: str, until: str, days: int, benefit: str = "a") -> BenefitPerson:
    return BenefitPerson(
        number, number, f"90000{number:07d}", "林建国", benefit, "体检" if benefit == "a" else "贵宾出行", state,  # type: ignore[arg-type]
        "2026", "2026-10-01", until, None, 100, "", days, "L5",
    )  # fmt: skip


def test_who_has_something_left_is_listed_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    unused = (person(1, "soon", "2026-11-20", 4), person(2, "issued", "2027-03-01", 105, "b"))
    board = BenefitBoard("2026-10-31", (), (), unused)
    printed = benefits_pdf(board, Rules.load(), IMPRINT)
    (page,) = texts(printed)
    assert printed.rows == 2
    assert "建国" not in page
    assert "共2份没有用" in page
    assert page.index("2026-11-20") < page.index("2027-03-01")
    one = benefits_pdf(board, Rules.load(), IMPRINT, "b")
    assert one.rows == 1
    assert "体检" not in texts(one)[0]


def test_nobody_left_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    printed = benefits_pdf(BenefitBoard(None, (), (), ()), Rules.load(), IMPRINT)
    assert "没有未用的权益" in texts(printed)[0]
