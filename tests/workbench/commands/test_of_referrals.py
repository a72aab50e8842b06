"""The command `referrals`: the document masked, the sheets as files, the filled one taken in by `results`."""

from pathlib import Path

import openpyxl
import pytest

from db import book_key
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers
from tests.workbench.outreach.referrals.conftest import PHONE, zhao

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a referral that agreed, and one that was not asked."""
    place = tmp_path_factory.mktemp("referrals") / "转介.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-23")
        patch.setattr(book_key, "COST", 16)
        with new_workbench(place, PASSPHRASE) as workbench:
            put_customers(workbench.book, [1, 2])
            room = workbench.outreach.referrals
            room.enter(zhao(giver_no=NUMBER))
            room.enter(zhao(giver_no=NUMBER, name="周女士", phone="", agreed="unknown", agreed_way=""))
    return place


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")


def test_the_document_tells_all_and_names_nobody(run: Run, path: Path) -> None:
    answer = run("referrals", "--json", "--book", path)
    assert answer.status == 0, answer.err
    body = answer.json
    one = next(each for each in body["referrals"] if each["referral_no"] == "ZJ-20261120-01")
    assert (one["customer_no"], one["stage"], one["state"], one["first_contact_due"], one["late"]) == (
        NUMBER, "consented", "open", "2026-11-21 16:30", True,
    )  # fmt: skip
    assert {"moments", "funnel", "flagged", "first_contacts", "rewards"} <= body.keys()
    assert [each["line"] for each in body["first_contacts"]] == [one["line"]]
    assert "赵先生" not in answer.out
    assert PHONE not in answer.out
    full = run("referrals", "--json", "--full", "--purpose", "核对", "--open", "--book", path).json
    assert {each["referred_name"] for each in full["referrals"]} == {"赵先生", "周女士"}
    words = run("referrals", "--book", path).out
    assert "ZJ-20261120-01" in words
    assert "赵先生" not in words


def test_the_sheet_goes_out_and_comes_back_by_results(run: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert run("referrals", "--pdf", tmp_path / "a.pdf", "--xlsx", file, "--book", path).status == 2
    assert run("referrals", "--xlsx", file, "--json", "--book", path).json["referrals"] == 2
    unfilled = run("results", file, "--json", "--book", path)
    assert (unfilled.status, unfilled.json["entered"]) == (0, 0)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    row = next(n for n in (5, 6) if sheet.cell(n, heads["转介单号"]).value == "ZJ-20261120-01")
    sheet.cell(row, heads["首触结果"]).value = "接通有意向"
    sheet.cell(row, heads["首触日期"]).value = "2026-11-21"
    book.save(file)
    back = run("results", file, "--json", "--book", path)
    assert (back.status, back.json["entered"]) == (0, 1)
    assert "接通有意向" in back.json["rows"][0]["word"]
    assert "赵先生" not in back.out
    listed = run("referrals", "--book", path).out
    assert "ZJ-20261120-01 赵** 已首触" in listed
    assert run("undo", "--change", str(back.json["change"]), "--book", path).status == 0
