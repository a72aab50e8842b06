"""`workbench office-return`: the template once, then the list and the days; nothing is written without a place for it."""

from pathlib import Path

import openpyxl
import pytest

from db.tables import customers
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, TODAY, Run
from tests.workbench.sheets.office_return.forms import office_form

pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "支行.book"
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with new_workbench(path, PASSPHRASE) as made:
        with made.book.write("import", "customers") as writer:
            writer.insert(
                customers, [{"customer_no": one, "name": "林建国"} for one in ("10000001", "10000002")]
            )
        made.outreach.log_touch("10000001", channel="call", result="considering", date="2026-11-02")
        made.outreach.log_touch("10000002", channel="call", result="no_answer", date="2026-11-01")
    return path


def test_a_template_is_dropped_once_and_filled_by_its_name(run: Run, book: Path, tmp_path: Path) -> None:
    office_form(tmp_path / "反馈表.xlsx")
    listed = office_form(tmp_path / "名单.xlsx", [("10000001", "林建国"), ("10000002", "林建国")])
    told = run(
        "office-return",
        "--template",
        tmp_path / "反馈表.xlsx",
        "--map",
        "达成率=remark",
        "--json",
        "--book",
        book,
    )
    assert told.status == 0, told.err
    assert {one["letter"]: one["what"] for one in told.json["columns"]}["M"] == "remark"
    assert [one["name"] for one in run("office-return", "--json", "--book", book).json["templates"]] == [
        "反馈表"
    ]
    target = tmp_path / "回报.xlsx"
    words = ("office-return", "--template", "反馈表", "--list", listed, "--word", "G:接通考虑=有意向")
    shown = run(*words, "--book", book)
    assert shown.status == 0, shown.err
    assert "2 户:联系过 2 户,联系上 1 户" in shown.out
    assert not target.exists()
    refused = run(*words, "-o", target, "--book", book)
    assert (refused.status, "用途" in refused.err) == (2, True)
    done = run(*words, "-o", target, "--purpose", "月度回报", "--json", "--book", book)
    assert done.status == 0, done.err
    body = done.json
    assert (body["since"], body["until"], body["count"]) == ("2026-11-01", TODAY, 2)
    assert [(one["customer_no"], one["reached"], one["result"]) for one in body["returned"]] == [
        ("10000001", True, "considering"),
        ("10000002", False, "no_answer"),
    ]
    assert body["returned"][0]["name"] == "林**"
    assert openpyxl.load_workbook(target)["回报表"]["G6"].value == "有意向"
    assert run("office-return", "--forget", "反馈表", "--book", book).status == 0
    assert run("office-return", "--json", "--book", book).json["templates"] == []


def test_a_mistake_is_refused_in_one_sentence(run: Run, book: Path, tmp_path: Path) -> None:
    listed = office_form(tmp_path / "名单.xlsx", [("10000001", "林建国")])
    mistakes = {
        ("--list", "3"): "no_template",
        ("--template", "没有的"): "no_such_template",
        ("--list", listed, "--map", "没有这列=note"): "no_such_column",
        ("--list", listed, "--map", "B="): "no_number_column",
        ("--list", listed, "--since", "2026-12-01"): "days_reversed",
        ("--list", listed, "--sheet", "没有"): "no_sheet",
        ("--template", listed, "--list", listed): "template_listed",
    }
    for words, code in mistakes.items():
        done = run("office-return", *words, "--json", "--book", book)
        assert (done.status, done.json["error"]["code"]) == (2, code)
    assert len(run("office-return", "--json", "--book", book).json["templates"]) == 0
