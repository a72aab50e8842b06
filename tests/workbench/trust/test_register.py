"""The one door out of the book: what leaves is registered, masked unless told for what, and nothing else leaves (17)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.record import audit
from workbench.base.errors import WorkbenchError
from workbench.trust.register import FIELDS, Outgoing, Register

PEOPLE = {"results": [{"customer_no": "0000100001", "name": "欧阳修远", "reason": "欧阳修远近90天没有联系"}]}


def entries(book: Book) -> list[tuple[str, str, dict[str, Any]]]:
    """(action, subject, facts) of everything that was registered beside the making of the book."""
    with book.read() as conn:
        entered = audit.c.action.not_in(["login", "created"])
        query = select(audit.c.action, audit.c.subject, audit.c.facts).where(entered)
        rows = conn.execute(query.order_by(audit.c.id)).all()
    return [
        (row[0], row[1], json.loads(row[2] or "{}"))
        for row in rows
        if row[0] in ("export", "print", "unmask", "backup")
    ]


@pytest.fixture
def register(book: Book) -> Register:
    return Register(book)


def test_a_document_leaves_masked_and_says_so(book: Book, register: Register) -> None:
    body = register.hand_over(Outgoing("check_json", 1), PEOPLE)
    assert body == {
        "results": [{"customer_no": "0000100001", "name": "欧**", "reason": "欧**近90天没有联系"}],
    }
    ((action, subject, facts),) = entries(book)
    assert (action, subject, facts["rows"]) == ("export", "check_json", 1)
    assert facts["fields"] == ["name_masked", "customer_no", "aum", "risk", "reason"]
    assert "full" not in facts


def test_in_full_it_leaves_as_it_is_with_its_purpose(book: Book, register: Register) -> None:
    body = register.hand_over(Outgoing("check_json", 1, in_full="对账"), PEOPLE)
    assert body is PEOPLE
    ((_action, _subject, facts),) = entries(book)
    assert (facts["full"], facts["purpose"]) == (True, "对账")
    assert "name" in facts["fields"]
    assert "name_masked" not in facts["fields"]


def test_what_nobody_described_does_not_leave(book: Book, register: Register, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="unheard_json"):
        register.hand_over(Outgoing("unheard_json", 1), PEOPLE)
    with pytest.raises(LookupError, match="unheard"):
        register.save(Outgoing("unheard", None), b"x", tmp_path / "x.bin")
    assert entries(book) == []
    assert not (tmp_path / "x.bin").exists()
    assert register.hand_over(Outgoing("unheard_json", 0, ("totals",)), []) == []


def test_a_file_is_registered_with_its_place_and_size(book: Book, register: Register, tmp_path: Path) -> None:
    target = tmp_path / "退回.xlsx"
    what = Outgoing("refused_xlsx", 3, facts={"number": "L-7", "expires": "2026-12-31"})
    assert register.save(what, b"content", target) == target
    assert target.read_bytes() == b"content"
    ((_action, subject, facts),) = entries(book)
    assert subject == "refused_xlsx"
    assert facts == {
        "rows": 3, "fields": ["cells"], "path": str(target), "bytes": 7, "number": "L-7", "expires": "2026-12-31",
    }  # fmt: skip


def test_another_file_goes_only_when_asked_and_a_book_never(
    book: Book, register: Register, tmp_path: Path
) -> None:
    target = tmp_path / "名单.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(WorkbenchError) as refused:
        register.save(Outgoing("dialects", None), b"after", target)
    assert refused.value.code == "file_exists"
    assert target.read_bytes() == b"before"
    register.save(Outgoing("dialects", None), b"after", target, replace=True)
    assert target.read_bytes() == b"after"
    with pytest.raises(WorkbenchError) as over:
        register.save(Outgoing("dialects", None), b"x", book.path, replace=True)
    assert over.value.code == "over_book"
    assert len(entries(book)) == 1


def test_what_cannot_be_registered_does_not_leave(
    book: Book, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_facts: object) -> None:
        raise OSError("no more")

    monkeypatch.setattr(book, "record", fails)
    with pytest.raises((WorkbenchError, OSError)):
        register.save(Outgoing("dialects", None), b"x", tmp_path / "口径.json")
    assert list(tmp_path.glob("口径*")) == []
    with pytest.raises((WorkbenchError, OSError)):
        register.hand_over(Outgoing("check_json", 1), PEOPLE)


def test_places_are_refused_before_anything_is_made_for_them(register: Register, tmp_path: Path) -> None:
    (tmp_path / "there.pdf").write_bytes(b"x")
    register.check_free(None, tmp_path / "new.pdf")
    register.check_free(tmp_path / "there.pdf", replace=True)
    for place, code in (("there.pdf", "file_exists"), ("nowhere/new.pdf", "no_folder"), ("", "not_a_file")):
        with pytest.raises(WorkbenchError) as refused:
            register.check_free(None, tmp_path / place)
        assert refused.value.code == code, place


def test_prints_and_looks_at_unmasked_values_are_registered_without_any_value(
    book: Book, register: Register
) -> None:
    register.printed(Outgoing("pivot_json", 12, ("tier",), {"purpose": "晨会"}), pages=2, copies=3)
    register.unmasked("0001", "回电核对")
    printed, looked = entries(book)
    assert printed == (
        "print", "pivot_json", {"rows": 12, "fields": ["totals", "tier"], "pages": 2, "copies": 3, "purpose": "晨会"},
    )  # fmt: skip
    assert looked == ("unmask", "0001", {"reason": "回电核对"})


def test_a_backup_is_a_book_and_is_registered(
    book: Book, register: Register, tmp_path: Path, passphrase: str
) -> None:
    target = tmp_path / "备份.book"
    register.back_up(target)
    ((action, _subject, facts),) = entries(book)
    assert (action, facts["path"]) == ("backup", str(target))
    with Book.open(target, passphrase) as copy:
        assert copy.revision() == book.revision()
    with pytest.raises(WorkbenchError) as refused:
        register.back_up(target)
    assert refused.value.code in ("file_exists", "over_book")


def test_every_kind_says_what_it_tells_and_masks_whom_it_names() -> None:
    for kind, fields in FIELDS.items():
        assert kind.islower()
        assert len(set(fields)) == len(fields)
    assert not {"phone", "id_no"} & {
        field
        for kind, fields in FIELDS.items()
        if kind not in ("portrait_json", "today_json", "prospects_json", "person_json")
        for field in fields
    }


def test_above_five_hundred_rows_a_supervisor_confirms_once(
    book: Book, register: Register, tmp_path: Path
) -> None:
    many = Outgoing("list_xlsx", 501, ("name_masked",))
    leaving: tuple[Callable[[], object], ...] = (
        lambda: register.save(many, b"x", tmp_path / "a.xlsx"),
        lambda: register.printed(many, 9, 1),
        lambda: register.copied(Outgoing("copied_rows", 501)),
        lambda: register.hand_over(Outgoing("plan_json", 501, in_full="核对"), {}),
    )
    for leave in leaving:
        with pytest.raises(WorkbenchError, match="超过 500 行,要主管确认"):
            leave()
    assert entries(book) == []
    with pytest.raises(WorkbenchError, match="姓名和理由"):
        register.approve("王主管", " ")
    register.approve("王主管", "分行检查")
    register.save(many, b"x", tmp_path / "a.xlsx")
    ((_action, _kind, facts),) = entries(book)
    assert (facts["approved_by"], facts["approval_reason"]) == ("王主管", "分行检查")
    with pytest.raises(WorkbenchError, match="要主管确认"):
        register.save(many, b"x", tmp_path / "b.xlsx")
    register.save(Outgoing("list_xlsx", 500, ("name_masked",)), b"x", tmp_path / "c.xlsx")


def test_a_lock_is_for_its_file_and_never_forgotten_silently(
    book: Book, register: Register, tmp_path: Path
) -> None:
    what = Outgoing("plan_pdf", 3, ("name_masked",))
    register.lock(tmp_path / "a.pdf", "Shu7-hai-88")
    with pytest.raises(WorkbenchError, match="没有写出"):
        register.save(what, b"x", tmp_path / "b.pdf")
    register.lock(tmp_path / "a.pdf", "Shu7-hai-88")
    assert register.save(what, b"x", tmp_path / "a.pdf") == tmp_path / "a.pdf.zip"
    assert register.save(what, b"x", tmp_path / "b.pdf") == tmp_path / "b.pdf"
    assert [facts.get("locked") for _action, _kind, facts in entries(book)] == [True, None]
