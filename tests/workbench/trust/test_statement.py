"""本行授权使用: what is suggested, when it is wanted, what is refused, and that it is kept with its row of the register."""

import getpass
import platform

import pytest
from sqlalchemy import select

from db import audit as chain
from db.record import audit
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.settings import SAMPLE, Statement, book_settings
from workbench.trust import statement
from workbench.trust.ledger import LedgerFilter

FILLED: Statement = {"approver": " 王主管 ", "date": "2026-11-16", "device": "PC-7", "account": "li"}


def stated(workbench: Workbench) -> list[str]:
    """The actions in the register that speak of the statement."""
    with workbench.book.read() as conn:
        return list(conn.execute(select(audit.c.action).where(audit.c.action == "statement")).scalars())


def test_all_but_the_approver_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "li")
    monkeypatch.setattr(platform, "node", lambda: "PC-7")
    assert statement.suggested("2026-11-16") == {**FILLED, "approver": ""}

    def nameless() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert statement.suggested("2026-11-16")["account"] == ""


def test_it_is_wanted_until_it_is_stated_and_never_of_the_sample_branch(workbench: Workbench) -> None:
    assert statement.wanted(workbench.book)
    workbench.set(SAMPLE, True)
    assert not statement.wanted(workbench.book)
    workbench.set(SAMPLE, False)
    statement.state(workbench.book, FILLED)
    assert not statement.wanted(workbench.book)


def test_it_is_kept_without_blanks_around_it_and_registered_once(workbench: Workbench) -> None:
    first = statement.state(workbench.book, FILLED)
    assert book_settings(workbench.book)["statement"] == {**FILLED, "approver": "王主管"}
    assert stated(workbench) == ["statement"]
    assert not statement.state(workbench.book, FILLED).count  # the same again is no second statement
    assert stated(workbench) == ["statement"]
    assert first.undo_id is not None
    assert workbench.change_words(first.undo_id) == "填写本行授权"
    (line,) = [one for one in workbench.ledger.lines(LedgerFilter()) if one.code == "statement"]
    assert line.action == "填写本行授权"
    assert "王主管" not in line.words


def test_what_cannot_be_registered_is_not_kept(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_row: object, **_facts: object) -> None:
        raise RuntimeError("no room for the row")

    with monkeypatch.context() as patch:
        patch.setattr(chain, "append", full)
        with pytest.raises(RuntimeError):
            statement.state(workbench.book, FILLED)
    assert statement.wanted(workbench.book)
    assert stated(workbench) == []


@pytest.mark.parametrize("field", ["approver", "date", "device", "account"])
def test_an_empty_field_is_refused(workbench: Workbench, field: str) -> None:
    given: Statement = {**FILLED, field: "  "}  # type: ignore[misc, typeddict-item]
    with pytest.raises(WorkbenchError, match="都要填") as refused:
        statement.state(workbench.book, given)
    assert refused.value.code == "statement_incomplete"
    assert statement.wanted(workbench.book)


def test_a_day_that_is_none_is_refused_with_an_example(workbench: Workbench) -> None:
    with pytest.raises(WorkbenchError, match="不是一个日期") as refused:
        statement.state(workbench.book, {**FILLED, "date": "2026-11-31"})
    assert "2026-11-16" in refused.value.sentence()
    assert refused.value.code == "statement_date"
    assert statement.wanted(workbench.book)
