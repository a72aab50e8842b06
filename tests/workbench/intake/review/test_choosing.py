"""What a person decides of a sheet holds until the commit, changes what follows from it, and is refused where it makes
no sense."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from db.engine import Book
from db.record import batches
from db.tables import customers, snapshots
from tests.workbench.intake.conftest import HEADER, ROWS, Make
from tests.workbench.intake.conftest import customers as customers_sheet
from workbench.base.errors import WorkbenchError
from workbench.intake.report import Kind, SheetReport
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake
from workbench.rules.parameters import Rules

SHEET = "客户清单"


def first(session: ImportSession) -> SheetReport:
    return session.report().sheets[0]


def stored(book: Book, *columns: Any) -> list[tuple[Any, ...]]:
    with book.read() as conn:
        return [tuple(row) for row in conn.execute(select(*columns).order_by(columns[0].table.c.id))]


# -- the form of the sheet ---------------------------------------------------------------------------------


def test_a_header_pointed_at_names_the_columns_and_is_remembered_next_month(
    intake: Intake, xlsx: Make
) -> None:
    unknown = ["户", "称", "级", "余", "均"]
    rows = [["十月"], ["单位:元"], unknown, *ROWS]
    session = intake.read(xlsx(rows), as_of="2026-10")
    assert first(session).kind == "none"
    session.point_header(SHEET, 3)
    session.set_kind(SHEET, "customers")
    session.choose(SHEET, 0, "customer_no")
    session.choose(SHEET, 3, "aum_balance")
    session.choose(SHEET, 4, None)
    assert (first(session).header_row, first(session).new) == (3, 3)
    session.commit()
    moved = intake.read(xlsx([["十一月"], [], ["说明"], unknown, *ROWS], name="下月.xlsx"), as_of="2026-11")
    sheet = first(moved)
    assert (sheet.header_row, sheet.kind) == (4, "customers")
    assert [match.field for match in sheet.mapping][:4:3] == ["customer_no", "aum_balance"]


def test_a_header_that_cannot_be_is_refused(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers_sheet()))
    for row, depth in ((0, 1), (99, 1), (2, 3), (2, 0)):
        with pytest.raises(WorkbenchError) as caught:
            session.point_header(SHEET, row, depth)
        assert caught.value.code == "no_row"


def test_a_new_recognition_keeps_the_date_and_the_unit_that_a_person_chose(
    intake: Intake, xlsx: Make
) -> None:
    session = intake.read(xlsx(customers_sheet()))
    session.set_as_of(SHEET, "2026-09-30")
    session.set_unit(SHEET, "万元")
    session.point_header(SHEET, 3)
    assert (first(session).as_of, first(session).unit) == ("2026-09-30", "万元")


def test_a_kind_chosen_by_a_person_decides_what_columns_may_feed(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers_sheet()))
    assert ("holdings" in dict(session.kinds()), "none" in dict(session.kinds())) == (True, False)
    session.set_kind(SHEET, "holdings")
    assert first(session).kind == "holdings"
    with pytest.raises(WorkbenchError) as caught:
        session.choose(SHEET, 4, "aum_daily_average")
    assert caught.value.code == "no_field"
    assert "aum_daily_average" in dict(session.fields("customers"))
    assert "aum_daily_average" not in dict(session.fields("holdings"))


def test_a_unit_is_one_of_those_for_money_and_leaves_headings_with_their_own(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    header = ["客户号", "姓名", "AUM余额", "存款余额(千元)"]
    session = intake.read(xlsx(customers_sheet([["01", "甲", 14.5, 3.0]], header=header, unit="元")))
    with pytest.raises(WorkbenchError) as caught:
        session.set_unit(SHEET, "美元")
    assert caught.value.code == "bad_unit"
    session.set_unit(SHEET, "万元")
    session.commit()
    assert stored(book, snapshots.c.aum_balance, snapshots.c.deposit_balance) == [(14_500_000, 300_000)]


# -- rows and cells ----------------------------------------------------------------------------------------


def test_a_cell_typed_over_enters_the_book_and_the_history_and_its_own_text_takes_it_back(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    session = intake.read(xlsx(customers_sheet()))
    session.edit(SHEET, 4, 1, "林芳")
    session.edit(SHEET, 5, 1, "孙兰")
    session.edit(SHEET, 5, 1, "孙兰超")
    session.commit()
    assert [name for (name,) in stored(book, customers.c.name)] == ["林芳", "孙兰超", "徐英静"]
    ((edits,),) = stored(book, batches.c.edits)
    assert json.loads(edits) == [{"row": 4, "column": "客户名称", "text": "林芳"}]


def test_only_cells_of_the_sheet_can_be_typed_over(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers_sheet()))
    for row, index, code in ((0, 1, "no_row"), (7, 1, "no_row"), (4, 5, "no_column"), (4, -1, "no_column")):
        with pytest.raises(WorkbenchError) as caught:
            session.edit(SHEET, row, index, "x")
        assert caught.value.code == code


NAMELESS = [["代发工资 2026年10月"], ["姓名", "手机号", "代发日期", "代发金额"]]


@pytest.fixture
def phones(intake: Intake, book: Book, xlsx: Make) -> Intake:
    """Two customers with telephones; a list of wages names them without a number."""
    header = [*HEADER, "手机号"]
    rows = [[*ROWS[0], "13812341234"], [*ROWS[1], "13900001111"]]
    intake.read(xlsx(customers_sheet(rows, header=header))).commit()
    return intake


def _wages(xlsx: Make, *rows: Sequence[Any]) -> Path:
    return xlsx([*NAMELESS, *rows], name="代发.xlsx", sheet="代发")


def test_rows_without_a_number_enter_once_a_person_says_whose_they_are(phones: Intake, xlsx: Make) -> None:
    row = ["林芳英", "13812341234", "2026-10-10", 9000.0]
    session = phones.read(_wages(xlsx, row, ["无名氏", "13000000000", "2026-10-10", 1.0]))
    assert [(one.row, one.customer_no) for one in first(session).candidates] == [(3, "0000000001")]
    assert (first(session).new, first(session).refused) == (0, 2)
    session.identify("代发", 3, "0000000001")
    assert (first(session).new, first(session).candidates[0].confirmed) == (1, True)
    session.identify("代发", 3, None)
    assert (first(session).new, first(session).candidates[0].confirmed) == (0, False)


def test_only_candidates_that_are_sure_are_confirmed_together(
    phones: Intake, xlsx: Make, rules: Rules
) -> None:
    sure = ["林芳英", "13812341234", "2026-10-10", 9000.0]
    unsure = ["", "13900001111", "2026-10-10", 5.0]
    session = phones.read(_wages(xlsx, sure, unsure))
    assert [one.score for one in first(session).candidates] == [0.9, 0.6]
    assert rules.number("intake.identity_sure") == 0.9
    assert session.identify_sure("代发") == 1
    assert [one.confirmed for one in first(session).candidates] == [True, False]


# -- similar columns, causes, re-issues --------------------------------------------------------------------


def test_every_similar_column_can_be_confirmed_at_once(intake: Intake, xlsx: Make) -> None:
    header = ["客户编号", "客户名称", "风险承受能力等阶", "金融资产余额(元)"]
    rows = [[row[0], row[1], "C3", row[3]] for row in ROWS]
    session = intake.read(xlsx(customers_sheet(rows, header=header)))
    assert [match.how for match in first(session).mapping if match.header == "风险承受能力等阶"] == [
        "similar"
    ]
    session.confirm_similar()
    assert [match.how for match in first(session).mapping if match.header == "风险承受能力等阶"] == ["chosen"]


def test_a_cause_that_a_person_chose_is_kept_with_the_month(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(customers_sheet(date="2026年9月30日"))).commit()
    session = intake.read(xlsx(customers_sheet(ROWS[:2]), name="十月.xlsx"))
    (gone,) = first(session).movements
    assert (gone.customer_no, gone.chosen) == (ROWS[2][0], False)
    with pytest.raises(WorkbenchError) as caught:
        session.set_cause(SHEET, gone.customer_no, "没有")
    assert caught.value.code == "no_cause"
    session.set_cause(SHEET, gone.customer_no, "closed")
    (gone,) = first(session).movements
    assert (gone.cause, gone.chosen) == ("closed", True)
    session.set_unit(SHEET, "元")  # all is computed anew
    (gone,) = first(session).movements
    assert (gone.cause, gone.chosen) == ("closed", True)


def test_a_second_file_of_the_month_replaces_the_first_unless_it_is_to_add(
    intake: Intake, xlsx: Make
) -> None:
    rows = [[f"{n:010}", f"客{n}", "金卡", 100.0 + n, 100.0] for n in range(1, 11)]
    intake.read(xlsx(customers_sheet(rows))).commit()
    session = intake.read(xlsx(customers_sheet(rows[:9]), name="重发.xlsx"))
    assert first(session).replaces == 1
    session.set_reissue(SHEET, False)
    assert first(session).replaces is None
    session.set_reissue(SHEET, True)
    assert first(session).replaces == 1


# -- what makes no sense -----------------------------------------------------------------------------------


NONSENSE: dict[str, list[Callable[[ImportSession], None]]] = {
    "no_sheet": [lambda session: session.skip("没有")],
    "no_kind": [lambda session: session.set_kind(SHEET, cast("Kind", "没有"))],
    "bad_as_of": [lambda session: session.set_as_of(SHEET, "昨天")],
    "no_column": [
        lambda session: session.choose(SHEET, 99, None),
        lambda session: session.make_custom(SHEET, 99),
    ],
    "no_custom_kind": [lambda session: session.make_custom(SHEET, 2, "图片")],
    "no_fix": [lambda session: session.apply(SHEET, "zeros")],
    "no_reason": [lambda session: session.confirm(SHEET, "data_guard", "  ")],
    "no_row": [lambda session: session.identify(SHEET, 99, "1")],
}


def test_what_makes_no_sense_is_refused_and_changes_nothing(intake: Intake, book: Book, xlsx: Make) -> None:
    session = intake.read(xlsx(customers_sheet()))
    before, kept = first(session).as_json(), book.fingerprint()
    for code, choices in NONSENSE.items():
        for choice in choices:
            with pytest.raises(WorkbenchError) as caught:
                choice(session)
            assert caught.value.code == code
    assert (first(session).as_json(), book.fingerprint()) == (before, kept)


def test_a_sheet_without_a_header_has_no_kind_to_choose(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx([["只有一句话"]]))
    with pytest.raises(WorkbenchError) as caught:
        session.set_kind(SHEET, "customers")
    assert caught.value.code == "no_header"
