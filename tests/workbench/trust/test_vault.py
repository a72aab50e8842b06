"""The ways into a book through the facade: one clear sentence for each refusal, each change registered, none without a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import Book
from db.errors import BookError
from tests.books import PASSPHRASE, new_workbench
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.trust import attempts
from workbench.trust.vault import RecoveryCode

NEW = "四只 青蛙 跳 进 7 井"


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with new_workbench(tmp_path / "a.book") as opened:
        yield opened


def registered(workbench: Workbench) -> list[str]:
    with workbench.book.read() as conn:
        return list(conn.execute(text("SELECT action FROM audit ORDER BY id")).scalars())


def refusal(job: object, *given: str) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        job(*given)  # type: ignore[operator]
    return caught.value


def test_a_changed_passphrase_is_registered_and_the_key_of_the_marks_stays(workbench: Workbench) -> None:
    anchor = workbench.book.anchor()
    workbench.vault.change_passphrase(PASSPHRASE, NEW)
    assert workbench.vault.fits(NEW)
    assert not workbench.vault.fits(PASSPHRASE)
    assert registered(workbench)[-1] == "passphrase_changed"
    assert not workbench.book.verify(anchor)
    assert workbench.vault.passphrase_since() is not None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("x", NEW, "wrong_passphrase"),
        (PASSPHRASE, PASSPHRASE, "same_passphrase"),
        (PASSPHRASE, "123456", "weak_passphrase"),
    ],
)
def test_what_cannot_be_changed_says_why_and_leaves_the_old_one(
    workbench: Workbench, old: str, new: str, code: str
) -> None:
    rows = registered(workbench)
    assert refusal(workbench.vault.change_passphrase, old, new).code == code
    assert workbench.vault.fits(PASSPHRASE)
    assert registered(workbench) == rows


def test_what_cannot_be_registered_is_not_changed(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_facts: object) -> None:
        raise BookError("disk_full", path="a.book")

    before = workbench.vault.new_recovery()
    monkeypatch.setattr(Book, "record", full)
    assert refusal(workbench.vault.change_passphrase, PASSPHRASE, NEW).code == "disk_full"
    assert refusal(workbench.vault.new_recovery).code == "disk_full"
    assert workbench.vault.fits(PASSPHRASE)
    assert workbench.vault.fits(before.text)
    assert not workbench.vault.fits(NEW)


def test_a_code_whose_sheet_is_not_written_leaves_the_one_before(workbench: Workbench) -> None:
    def fail(_code: RecoveryCode) -> None:
        raise WorkbenchError("file_exists", "有了")

    before = workbench.vault.new_recovery()
    assert refusal(workbench.vault.new_recovery, fail).code == "file_exists"  # type: ignore[arg-type]
    assert workbench.vault.fits(before.text)


def test_a_forgotten_passphrase_is_replaced_by_the_code(workbench: Workbench) -> None:
    assert workbench.vault.recovery_since() is None
    code = workbench.vault.new_recovery()
    assert workbench.vault.recovery_since() is not None
    wrong = ("Z" if code.text[0] != "Z" else "Y") + code.text[1:]
    assert "第 1 组" in refusal(workbench.vault.set_passphrase_by_recovery, wrong, NEW).message
    other = workbench.vault.new_recovery()
    assert refusal(workbench.vault.set_passphrase_by_recovery, code.text, NEW).code == "wrong_code"
    assert refusal(workbench.vault.set_passphrase_by_recovery, "忘了", NEW).code == "wrong_code"
    workbench.vault.set_passphrase_by_recovery(other.text.lower(), NEW)
    assert workbench.vault.fits(NEW)
    assert registered(workbench)[-3:] == ["recovery_renewed", "recovery_renewed", "passphrase_changed"]


def test_the_key_ring_keeps_a_text_of_its_own_and_never_the_passphrase(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[Path, str] = {}
    monkeypatch.setattr("workbench.base.keys.remember", lambda path, text: kept.update({path: text}) is None)
    monkeypatch.setattr("workbench.base.keys.forget", lambda path: kept.pop(path, None))
    assert workbench.vault.remember()
    (ring,) = kept.values()
    assert ring != PASSPHRASE
    assert workbench.vault.fits(ring)
    workbench.vault.forget()
    assert not kept
    assert not workbench.vault.fits(ring)
    monkeypatch.setattr("workbench.base.keys.remember", lambda _path, _text: False)
    assert not workbench.vault.remember()


def test_wrong_tries_are_registered_at_the_next_opening_and_a_code_waits_for_none(tmp_path: Path) -> None:
    path = tmp_path / "b.book"
    with new_workbench(path) as made:
        code = made.vault.new_recovery()
    miscopied = ("Z" if code.text[0] != "Z" else "Y") + code.text[1:]
    assert "第 1 组" in refusal(Workbench.open, path, miscopied).message  # type: ignore[arg-type]
    for _ in range(2):
        assert refusal(Workbench.open, path, "不对").code == "wrong_passphrase"  # type: ignore[arg-type]
    assert refusal(Workbench.open, path, PASSPHRASE).code == "wait"  # type: ignore[arg-type]
    with Workbench.open(path, code.text, face="window") as opened:
        assert registered(opened)[-2:] == ["failed_login", "login"]
        with opened.book.read() as conn:
            facts = conn.execute(text("SELECT facts FROM audit ORDER BY id DESC LIMIT 2")).scalars().all()
    assert '"recovery"' in str(facts[0])
    assert '"window"' in str(facts[0])
    assert "不对" not in str(facts)
    assert attempts.wait_for(path) == 0
