"""A referrals list is told apart row by row: circles with the book too, oneself; the rows stay, and the book knows afterwards."""

from pathlib import Path

import pytest

from db.engine import Book
from db.tables import customers, referrals
from tests.workbench.intake.conftest import Make
from workbench.intake.report import SheetReport
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

HEADER = ["转介单号", "转介人客户号", "转介日期", "被转介人", "被转介人电话", "被转介人客户号"]
PEOPLE = [("001", "王芳", "13612340001"), ("002", "李雷", "13612340002"), ("003", "赵敏", "13612340003")]


@pytest.fixture
def known(book: Book) -> Book:
    with book.write("import", "people") as writer:
        ids = writer.insert(
            customers,
            [{"customer_no": no, "no_reversed": no[::-1], "name": name, "phone": phone, "phone_reversed": phone[::-1]}
             for no, name, phone in PEOPLE],
        )  # fmt: skip
        writer.insert(
            referrals, [{"customer_id": ids[0], "date": "2026-09-01", "referred_phone": "13612340002"}]
        )
    return book


def read(intake: Intake, path: Path) -> tuple[ImportSession, SheetReport]:
    session = intake.read(path)
    return session, session.report().sheets[0]


def told_of(sheet: SheetReport) -> list[tuple[int | None, str, str]]:
    return [(one.row, one.code, one.level) for one in sheet.problems if one.code.startswith("referral_")]


def test_a_circle_of_three_across_file_and_book_is_flagged_and_kept(
    intake: Intake, known: Book, rules: Rules, xlsx: Make
) -> None:
    rows = [
        ["R1", "002", "2026-10-05", "赵女士", "13612340003", ""],
        ["R2", "003", "2026-10-06", "王女士", "13612340001", ""],
        ["R3", "003", "2026-10-07", "赵敏", "13612340003", ""],
        ["R4", "003", "2026-10-08", "孙先生", "13912345678", ""],
    ]
    session, sheet = read(intake, xlsx([HEADER, *rows], "转介.xlsx", "转介"))
    assert sheet.kind == "referrals"
    assert told_of(sheet) == [
        (2, "referral_circle", "warning"),
        (3, "referral_circle", "warning"),
        (4, "referral_self", "warning"),
    ]
    (circle, *_rest) = (one.message for one in sheet.problems if one.code == "referral_circle")
    assert circle == "转介绕了一圈又回到起点:王* 1 → 李* 2 → 赵* 3 → 王* 1。"
    report = session.commit()
    assert (report.sheets[0].new, report.sheets[0].refused) == (4, 0)
    with known.read() as conn:
        findings = flagged(conn, rules)
    assert {ref: [one.code for one in ones] for ref, ones in findings.items()} == {
        1: ["circle"], 2: ["circle"], 3: ["circle"], 4: ["self"],
    }  # fmt: skip
    assert session.undo_id is not None
    known.reverse(session.undo_id, forward=False, keep_later=True)
    with known.read() as conn:
        assert flagged(conn, rules) == {}


def test_a_line_that_the_book_has_is_not_told_again(intake: Intake, known: Book, xlsx: Make) -> None:
    path = xlsx([HEADER, ["R1", "001", "2026-10-05", "王芳", "13612340001", ""]], "转介.xlsx", "转介")
    session, sheet = read(intake, path)
    assert [code for _row, code, _level in told_of(sheet)] == ["referral_self"]
    session.commit()
    assert told_of(read(intake, path)[1]) == []


def test_a_column_that_is_empty_for_once_is_not_lost_and_a_day_ahead_is_said(
    known: Book, intake: Intake, xlsx: Make
) -> None:
    rows = [HEADER, ["Z1", "001", "2026-10-01", "赵敏", "13612340003", "003"]]
    intake.read(xlsx(rows, "转介清单1.xlsx", "转介清单")).commit()
    rows = [HEADER, ["Z2", "002", "2099-11-02", "钱先生", "13612340009", ""]]
    session, sheet = read(intake, xlsx(rows, "转介清单2.xlsx", "转介清单"))
    assert not [one for one in sheet.questions if one.code == "lost_columns"]
    assert [one.row for one in sheet.problems if one.code == "future_date"] == [2]
    session.commit()
