"""The commands `needs` and `meeting`: by class and of one customer, masked; the sheet of a meeting and its record."""

from pathlib import Path

import pytest

from db import book_key
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers
from workbench.outreach.family_goals.room import NewFamilyGoal
from workbench.outreach.needs.need import NewNeed

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("needs") / "需求.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        with new_workbench(place, PASSPHRASE) as workbench:
            put_customers(workbench.book, [1, 2])
            workbench.outreach.needs.record(
                NUMBER, NewNeed("还欧阳小满的房贷", consequence="high", deadline="2026-12-20")
            )
            workbench.outreach.family_goals.record(NUMBER, NewFamilyGoal("school", "欧阳小满学费", "30万"))
    return place


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def test_needs_are_listed_by_class_with_their_conversion(run: Run, path: Path) -> None:
    told = run("needs", "--json", "--book", path)
    assert told.status == 0, told.err
    (one,) = told.json["needs"]
    assert (one["customer_no"], one["class"], one["next_step"]["code"]) == (NUMBER, "rigid", "now")
    assert {by["class"]: by["open"] for by in told.json["conversion"]}["rigid"] == 1
    assert "欧阳小满" not in told.out
    assert "刚性" in run("needs", "--book", path).out


def test_a_record_that_is_not_there_is_not_printed(run: Run, path: Path, tmp_path: Path) -> None:
    refused = run("meeting", NUMBER, "--held", "--pdf", tmp_path / "后.pdf", "--json", "--book", path)
    assert (refused.status, refused.json["error"]["code"]) == (2, "no_meeting")
    assert not (tmp_path / "后.pdf").exists()
