"""`log` takes need, amount and promise and names a day off; `contacts` counts a week, and writes files only for a purpose."""

from pathlib import Path

import pytest

from db import book_key
from tests.books import new_workbench
from tests.workbench.commands.conftest import Run
from tests.workbench.outreach.made import put_customers

NO = "900000000001"
SECRET = "春风化雨 2026"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(book_key, "COST", 16)
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", SECRET)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-18")
    path = tmp_path / "支行.book"
    with new_workbench(path, SECRET) as workbench:
        put_customers(workbench.book, range(1, 3))
    return str(path)


def test_a_contact_with_all_it_may_have_is_logged_and_counted(run: Run, book: str, tmp_path: Path) -> None:
    at = ["--book", book]
    logged = run(
        *at, "log", NO, "--channel", "电话", "--result", "接通有意向", "--next", "2026-11-21", "--need", "养老",
        "--amount", "5万", "--promise", "送对账单", "--json",
    )  # fmt: skip
    assert logged.status == 0
    assert logged.json["next_workday"] == "2026-11-23"  # the 21st is a Saturday
    assert run(*at, "contacts", "--json").json["contacts"][0]["need"] == "养**"
    week = run(*at, "contacts", "--json", "--full", "--purpose", "核对").json
    assert (week["statistics"]["contacts"], week["statistics"]["rate"]) == (1, 1.0)
    (contact,) = week["contacts"]
    assert (contact["customer_no"], contact["result"], contact["need"], contact["amount"], contact["promise"]) == (
        NO, "interested", "养老", 50_000.0, "送对账单",
    )  # fmt: skip
    assert run(*at, "contacts", "--week", "2026-W40", "--json").json["statistics"]["rate"] is None
    file = tmp_path / "log.xlsx"
    refused = run(*at, "contacts", "--xlsx", str(file))
    assert refused.status == 2
    assert not file.exists()
    assert run(*at, "contacts", "--xlsx", str(file), "--purpose", "周会").status == 0
    assert file.exists()


def test_a_note_of_more_than_two_hundred_characters_is_refused(run: Run, book: str) -> None:
    refused = run(
        "--book", book, "log", NO, "--channel", "call", "--result", "reached", "--note", "字" * 201, "--json"
    )
    assert (refused.status, refused.json["error"]["code"]) == (2, "too_long")


def test_contacts_of_a_number_that_the_book_does_not_have_are_refused(run: Run, book: str) -> None:
    refused = run("--book", book, "contacts", "--customer", "900000000009", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (2, "no_such_customer")
    assert run("--book", book, "contacts", "--customer", f" {NO}", "--json").status == 0
