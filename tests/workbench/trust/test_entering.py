"""A locked window is entered by the passphrase or the recovery code; wrong ones count, and the register says by which way."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from db.record import audit
from tests.books import PASSPHRASE
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.trust import attempts, entering

NEW = "quiet river 88 lamp"


def logins(workbench: Workbench) -> list[object]:
    """How the book was entered, the newest last."""
    with workbench.book.read() as conn:
        facts = conn.execute(select(audit.c.facts).where(audit.c.action == "login")).scalars()
        return [json.loads(one)["way"] for one in facts]


def test_the_way_is_registered(workbench: Workbench) -> None:
    code = workbench.vault.new_recovery().text
    assert entering.again(workbench.book, PASSPHRASE)
    assert entering.again(workbench.book, code)
    entering.again_by_code(workbench.book, code, NEW)
    assert logins(workbench)[-3:] == ["passphrase", "recovery", "recovery"]
    assert entering.again(workbench.book, NEW)
    assert not entering.again(workbench.book, PASSPHRASE)


def test_what_the_key_ring_kept_waits_for_nobody_and_goes_when_it_is_stale(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, gone = workbench.book.path, list[Path]()
    monkeypatch.setattr("workbench.base.keys.forget", gone.append)
    text = workbench.vault.for_key_ring()
    workbench.close()
    for _time in range(3):
        with pytest.raises(WorkbenchError):
            Workbench.open(path, "wrong 2026")
    with pytest.raises(WorkbenchError) as refused:
        Workbench.open(path, "stale 2026", kept=True)
    assert refused.value.code == "stale_ring"
    assert gone == [path]
    with Workbench.open(path, text, kept=True) as again:
        assert logins(again)[-1] == "ring"
    assert len(gone) == 1


def test_a_code_of_another_book_counts_as_wrong_and_one_copied_wrongly_does_not(
    workbench: Workbench,
) -> None:
    older = workbench.vault.new_recovery().text
    code = workbench.vault.new_recovery().text
    path = workbench.book.path
    with pytest.raises(WorkbenchError, match="组抄错了"):
        entering.again_by_code(workbench.book, code[:-1] + ("0" if code[-1] != "0" else "1"), NEW)
    assert attempts.opened(path) == ()
    with pytest.raises(WorkbenchError, match="不是这个账本的"):
        entering.again_by_code(workbench.book, older, NEW)
    assert len(attempts.opened(path)) == 1
    with pytest.raises(WorkbenchError) as refused:
        entering.again_by_code(workbench.book, code, "123456")
    assert refused.value.code == "weak_passphrase"
    assert entering.again(workbench.book, PASSPHRASE)
