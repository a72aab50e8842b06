"""The import of a file from end to end: what is recognised, what is told, what is refused, what is written."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import record, tables
from db.engine import Book
from tests.workbench.intake.conftest import HEADER, ROWS, Make, answered, customers
from workbench.base.change import Cancelled
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.intake.report import SheetReport
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake


def _first(intake: Intake, path: Path, **options: Any) -> SheetReport:
    return intake.read(path, **options).commit().sheets[0]


def _rows(book: Book, table: Any, *columns: str) -> list[tuple[Any, ...]]:
    with book.read() as conn:
        return [
            tuple(row) for row in conn.execute(select(*(table.c[c] for c in columns)).order_by(table.c.id))
        ]


def _codes(sheet: SheetReport) -> list[str]:
    return [problem.code for problem in sheet.problems]


def _problem(sheet: SheetReport, code: str) -> RowProblem:
    return next(problem for problem in sheet.problems if problem.code == code)


def _adds_up(sheet: SheetReport) -> bool:
    return sheet.rows == sheet.new + sheet.changed + sheet.unchanged + sheet.refused


# -- the usual month -----------------------------------------------------------------------------------------


def test_a_head_office_list_enters_the_book(intake: Intake, book: Book, xlsx: Make) -> None:
    sheet = _first(intake, xlsx(customers(total=["合计", "3户", "", 657196.25, 638037.5])))
    assert (sheet.kind, sheet.header_row, sheet.as_of, sheet.unit) == ("customers", 3, "2026-10-31", "元")
    assert (sheet.rows, sheet.new, sheet.refused, sheet.committed) == (3, 3, 0, True)
    assert sheet.not_data == {"title": 2, "header": 1, "total": 1}
    assert [(total.column, total.matches) for total in sheet.totals] == [
        ("金融资产余额(元)", True), ("金融资产月日均(元)", True), ("户数", True)
    ]  # fmt: skip
    assert _rows(book, tables.customers, "customer_no", "name", "name_initials", "no_reversed", "source_row")[0] == (
        "0000000001", "林芳英", "lfy", "1000000000", 4
    )  # fmt: skip
    assert _rows(book, tables.snapshots, "month", "aum_balance", "aum_daily_average", "bank_level")[0] == (
        "2026-10", 14_587_100, 14_500_050, "白金"
    )  # fmt: skip


def test_rows_are_numbered_as_excel_shows_them(intake: Intake, book: Book, xlsx: Make) -> None:
    rows = customers([*ROWS, ["", "无号", "金卡", 1.0, 1.0]])
    sheet = _first(intake, xlsx(rows, at=(5, 3)))
    assert sheet.header_row == 8
    assert _rows(book, tables.snapshots, "source_row") == [(9,), (10,), (11,)]
    assert _problem(sheet, "missing_customer_number").row == 12


def test_units_of_header_and_note(intake: Intake, book: Book, xlsx: Make) -> None:
    header = ["客户号", "姓名", "AUM余额", "存款余额(千元)"]
    rows = customers([["01", "甲", 14.5871, 3.0]], header=header, unit="万元")
    _first(intake, xlsx(rows))
    assert _rows(book, tables.snapshots, "aum_balance", "deposit_balance") == [(14_587_100, 300_000)]


@pytest.mark.parametrize(
    ("title", "sheet", "name", "as_of"),
    [
        ("个人客户资产月报(2026年9月)", "清单", "月报.xlsx", "2026-09-30"),
        ("个人客户资产月报", "202608", "月报.xlsx", "2026-08-31"),
        ("个人客户资产月报", "清单", "月报_20260715.xlsx", "2026-07-15"),
    ],
)
def test_the_date_is_recognised_in_title_sheet_name_or_file_name(
    intake: Intake, xlsx: Make, title: str, sheet: str, name: str, as_of: str
) -> None:
    assert intake.read(xlsx([[title], HEADER, *ROWS], name, sheet)).report().sheets[0].as_of == as_of


def test_a_date_given_by_hand_wins(intake: Intake, xlsx: Make) -> None:
    assert _first(intake, xlsx(customers()), as_of="2026-08").as_of == "2026-08-31"


def test_a_date_column_dates_the_sheet_and_refuses_rows_of_another_month(intake: Intake, xlsx: Make) -> None:
    header = [*HEADER, "数据日期"]
    rows = [[*ROWS[0], "20260930"], [*ROWS[1], "20260930"], [*ROWS[2], "20260831"]]
    sheet = _first(intake, xlsx([header, *rows]))
    assert (sheet.as_of, sheet.new, sheet.refused) == ("2026-09-30", 2, 1)
    assert _problem(sheet, "other_month").level == "refuse"


def test_without_any_date_the_file_is_refused(intake: Intake, xlsx: Make) -> None:
    path = xlsx([HEADER, *ROWS])
    session = intake.read(path)
    report = session.report()
    assert (report.code, report.sheets[0].refused) == ("no_as_of", 3)
    assert "--as-of" in (report.error or "")
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "no_as_of"
    session.set_as_of("客户清单", "2026-10")
    assert session.commit().sheets[0].new == 3


def test_a_file_without_a_customer_number_is_refused_by_name(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx([["姓名", "AUM余额"], ["甲", 1.0]], sheet="客户"))
    report = session.report()
    assert report.code == "no_customer_number"
    assert "客户" in (report.error or "")
    assert (report.sheets[0].rows, report.sheets[0].refused) == (1, 1)
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "no_customer_number"


def test_a_sheet_of_notes_beside_the_list_is_named_and_left(intake: Intake, xlsx: Make) -> None:
    report = intake.read(xlsx(customers(), more=[("填表说明", [["本表由零售部编制"], ["勿外传"]])])).commit()
    assert [(sheet.sheet, sheet.kind, sheet.committed) for sheet in report.sheets] == [
        ("客户清单", "customers", True), ("填表说明", "none", False)
    ]  # fmt: skip
    assert _codes(report.sheets[1]) == ["no_customer_number"]


# -- nothing is lost, nothing is guessed ---------------------------------------------------------------------


def test_unknown_columns_are_kept_with_the_row(intake: Intake, book: Book, xlsx: Make) -> None:
    header = [*HEADER, "积分余额", "网点备注", "余额"]
    rows = [[*ROWS[0], 300.0, "VIP窗口", 5.5], [*ROWS[1], "", "", ""], [*ROWS[2], "", "常客", 1.0]]
    sheet = _first(intake, xlsx(customers(rows, header=header)))
    assert _rows(book, tables.customers, "extra") == [
        ('{"余额": "5.5", "积分余额": "300", "网点备注": "VIP窗口"}',), (None,), ('{"余额": "1", "网点备注": "常客"}',)
    ]  # fmt: skip
    assert _problem(sheet, "ambiguous_column").column == "余额"


def test_an_unreadable_cell_is_named_kept_and_not_guessed(intake: Intake, book: Book, xlsx: Make) -> None:
    rows = [[*ROWS[0][:3], "约十万", 1.0], *ROWS[1:]]
    sheet = _first(intake, xlsx(customers(rows)))
    problem = _problem(sheet, "bad_number")
    assert (problem.row, problem.column, problem.value, problem.level) == (
        4,
        "金融资产余额(元)",
        "约十万",
        "warning",
    )
    assert _rows(book, tables.snapshots, "aum_balance")[0] == (None,)
    assert _rows(book, tables.customers, "extra")[0] == ('{"金融资产余额(元)": "约十万"}',)
    assert (sheet.new, sheet.refused) == (3, 0)


def test_long_repetitions_are_cut_short_with_their_count(intake: Intake, xlsx: Make) -> None:
    rows = [[f"{n:010d}", "甲", "金卡", "?" if n <= 120 else 5.0, 1.0] for n in range(1, 181)]
    sheet = intake.read(xlsx(customers(rows))).report().sheets[0]
    assert _codes(sheet).count("bad_number") == 51
    assert any("120" in problem.message for problem in sheet.problems)


def test_similar_columns_feed_nothing_until_confirmed(intake: Intake, book: Book, xlsx: Make) -> None:
    header = [*HEADER, "风险承受能力等阶"]
    path = xlsx(customers([[*row, "C3"] for row in ROWS], header=header))
    session = intake.read(path)
    assert _problem(session.report().sheets[0], "similar_column").column == "风险承受能力等阶"
    session.confirm_similar()
    session.commit()
    assert _rows(book, tables.customers, "risk_level", "extra")[0] == ("C3", None)


def test_unconfirmed_similar_columns_are_kept_with_the_row(intake: Intake, book: Book, xlsx: Make) -> None:
    header = [*HEADER, "风险承受能力等阶"]
    answered(intake.read(xlsx(customers([[*row, "C3"] for row in ROWS], header=header)))).commit()
    assert _rows(book, tables.customers, "risk_level", "extra")[0] == (None, '{"风险承受能力等阶": "C3"}')


def test_a_column_can_be_chosen_and_dropped_by_hand(intake: Intake, book: Book, xlsx: Make) -> None:
    session = intake.read(xlsx(customers([[*row, 7.0] for row in ROWS], header=[*HEADER, "余额"])))
    session.choose("客户清单", 5, "deposit_balance")
    session.choose("客户清单", 4, None)
    sheet = session.commit().sheets[0]
    assert [(match.field, match.how) for match in sheet.mapping[4:]] == [
        (None, "chosen"),
        ("deposit_balance", "chosen"),
    ]
    assert _rows(book, tables.snapshots, "deposit_balance", "aum_daily_average")[0] == (700, None)
    assert ("deposit_balance", "存款时点余额") in session.fields("customers")


def test_choices_that_make_no_sense_are_refused(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers()))
    for call, code in (
        (lambda: session.choose("客户清单", 3, "没有"), "no_field"), (lambda: session.choose("客户清单", 99, "age"), "no_column"),
        (lambda: session.skip("别的"), "no_sheet"), (lambda: session.set_unit("客户清单", "斤"), "bad_unit"),
        (lambda: session.set_as_of("客户清单", "昨天"), "bad_as_of"),
    ):  # fmt: skip
        with pytest.raises(WorkbenchError) as caught:
            call()
        assert caught.value.code == code


def test_secrets_do_not_enter_the_book(intake: Intake, book: Book, xlsx: Make) -> None:
    sheet = _first(intake, xlsx(customers([[*row, "888888"] for row in ROWS], header=[*HEADER, "查询密码"])))
    assert _problem(sheet, "secret_column").column == "查询密码"
    assert _rows(book, tables.customers, "extra") == [(None,)] * 3


# -- refused rows --------------------------------------------------------------------------------------------


def test_two_unlike_rows_for_one_customer_stop_the_import(intake: Intake, book: Book, xlsx: Make) -> None:
    path = xlsx(customers([*ROWS, ["0000000001", "林芳英", "白金", 9.0, 9.0]]))
    session = intake.read(path)
    report = [
        problem for problem in session.report().sheets[0].problems if problem.code == "duplicate_customer"
    ]
    assert [(problem.row, problem.level) for problem in report] == [(4, "refuse"), (7, "refuse")]
    assert "4、7" in report[0].message
    before = book.fingerprint()
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "duplicate_customer"
    assert "4、7" in caught.value.message
    assert book.fingerprint() == before


def test_the_rest_is_imported_when_a_person_says_so(intake: Intake, book: Book, xlsx: Make) -> None:
    session = intake.read(xlsx(customers([*ROWS, ["0000000001", "林芳英", "白金", 9.0, 9.0]])))
    session.leave_out_conflicts()
    sheet = session.commit().sheets[0]
    assert (sheet.new, sheet.refused) == (2, 2)
    assert len(_rows(book, tables.customers, "id")) == 2


def test_two_rows_alike_count_once(intake: Intake, xlsx: Make) -> None:
    sheet = _first(intake, xlsx(customers([*ROWS, ROWS[0]])))
    assert (sheet.rows, sheet.new, sheet.unchanged, sheet.refused) == (4, 3, 1, 0)
    assert _problem(sheet, "same_row_twice").level == "info"


def test_rounded_numbers_are_refused_not_repaired(intake: Intake, xlsx: Make) -> None:
    rows = [[6.222021234567891e18, "甲", "金卡", 1.0, 1.0], ["6.22E+18", "乙", "金卡", 1.0, 1.0], *ROWS]
    sheet = _first(intake, xlsx(customers(rows)))
    assert _codes(sheet).count("number_rounded") == 2
    assert (sheet.new, sheet.refused) == (3, 2)


def test_lost_leading_zeros_are_pointed_out(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    sheet = intake.read(xlsx(customers([[123.0, "孙兰超", "金卡", 1.0, 1.0]]), "另.xlsx")).report().sheets[0]
    assert _problem(sheet, "leading_zeros_lost").value == "123"


@pytest.mark.parametrize("lost_first", [True, False])
def test_numbers_with_and_without_their_zeros_are_the_same_customers(
    intake: Intake, book: Book, xlsx: Make, lost_first: bool
) -> None:
    whole = [[f"0000123{n:03d}", *row[1:]] for n, row in enumerate(ROWS)]
    lost = [[float(row[0]), *row[1:]] for row in whole]
    first, second = (lost, whole) if lost_first else (whole, lost)
    _first(intake, xlsx(customers(first, date="2026-09-30")))
    session = intake.read(xlsx(customers(second), "二.xlsx"))
    sheet = session.report().sheets[0]
    assert "zeros_lost" not in [question.code for question in sheet.questions]
    assert _problem(sheet, "zeros_differ").level == "info"
    sheet = session.commit().sheets[0]
    assert (sheet.new, sheet.unchanged, sheet.vanished) == (0, 3, 0)
    assert len(_rows(book, tables.customers, "id")) == 3


def test_two_files_read_before_either_was_written_make_no_second_customers(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    whole = [[f"0000123{n:03d}", *row[1:]] for n, row in enumerate(ROWS)]
    lost = [[float(row[0]), *row[1:]] for row in whole]
    sessions = [
        intake.read(xlsx(customers(lost, date="2026-09-30"), "一.xlsx")), intake.read(xlsx(customers(whole), "二.xlsx")),
    ]  # fmt: skip
    assert [one.report().sheets[0].new for one in sessions] == [3, 3]
    for one in sessions:
        one.commit()
    assert len(_rows(book, tables.customers, "id")) == 3


def test_two_sheets_of_one_file_make_no_second_customers(intake: Intake, book: Book, xlsx: Make) -> None:
    whole = [[f"0000123{n:03d}", *row[1:]] for n, row in enumerate(ROWS)]
    lost = [[float(row[0]), *row[1:]] for row in whole]
    session = intake.read(
        xlsx(customers(whole), "两月.xlsx", "十月", more=[("九月", customers(lost, date="2026年9月30日"))])
    )
    assert [one.new for one in session.report().sheets] == [0, 3]
    session.commit()
    assert [number for (number,) in _rows(book, tables.customers, "customer_no")] == [
        "123000",
        "123001",
        "123002",
    ]


def test_some_numbers_of_a_column_that_lost_their_zeros_are_asked_once(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    def mixed(start: int, date: str) -> list[list[Any]]:
        people = [[f"00100000{start + n:02d}", f"客{n}", "金卡", 1.0, 1.0] for n in range(20)]
        return customers(
            [[float(row[0]), *row[1:]] if n < 12 else row for n, row in enumerate(people)], date=date
        )

    session = intake.read(xlsx(mixed(0, "2026-09-30")))
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "zeros_lost"
    session.apply("客户清单", "zeros")
    assert session.commit().sheets[0].new == 20
    # next month others of the same dialect: the answer is remembered
    session = intake.read(xlsx(mixed(40, "2026-10-31"), "二.xlsx"))
    assert [one.applied for one in session.report().sheets[0].fixes if one.key == "zeros"] == [True]
    assert all(one.reason for one in session.report().sheets[0].questions if one.code == "zeros_lost")
    numbers = {number for (number,) in _rows(book, tables.customers, "customer_no")}
    assert {len(number) for number in numbers} == {10}


def test_a_refused_customer_has_not_left_the_list(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers(date="2026-09-30")))
    twice = [*ROWS, [*ROWS[0][:3], 1.0, 1.0]]
    session = intake.read(xlsx(customers(twice), "二.xlsx"))
    session.leave_out_conflicts()
    sheet = session.report().sheets[0]
    assert (sheet.refused, sheet.vanished) == (2, 0)


def test_a_customer_number_without_a_digit_is_refused(intake: Intake, xlsx: Make) -> None:
    sheet = _first(intake, xlsx(customers([*ROWS, ["张三", "张三", "金卡", 1.0, 1.0]])))
    assert "bad_customer_number" in _codes(sheet)
    assert _adds_up(sheet)


def test_a_wrong_total_is_confirmed_with_a_reason_or_stops_the_import(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    session = intake.read(xlsx(customers(total=["合计", "4户", "", 657196.25, 1.0])))
    sheet = session.report().sheets[0]
    assert [total.matches for total in sheet.totals] == [True, False, False]
    assert {problem.column for problem in sheet.problems if problem.code == "total_mismatch"} == {
        "金融资产月日均(元)", "户数"
    }  # fmt: skip
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "total_mismatch"
    with pytest.raises(WorkbenchError) as caught:
        session.confirm("客户清单", "total_mismatch", " ")
    assert caught.value.code == "no_reason"
    session.confirm("客户清单", "total_mismatch", "总行合计含已销户")
    assert session.commit().committed
    assert intake.history()[0].reasons == {"total_mismatch": "总行合计含已销户"}


# -- the second time -----------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(intake: Intake, book: Book, xlsx: Make) -> None:
    path = xlsx(customers([[*row, "VIP"] for row in ROWS], header=[*HEADER, "网点备注"]))
    _first(intake, path)
    before = book.fingerprint()
    session = intake.read(path)
    sheet = session.commit().sheets[0]
    assert (sheet.unchanged, sheet.batch, sheet.committed, session.undo_id) == (3, None, True, None)
    assert book.fingerprint() == before
    assert len(intake.history()) == 1


def test_a_new_month_tells_who_is_new_changed_and_gone(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers(date="2026年9月30日")))
    rows = [ROWS[0], [*ROWS[1][:3], 230000.0, ROWS[1][4]], ["0000000020", "新客", "普通", 300000.0, 300000.0]]
    sheet = _first(intake, xlsx(customers(rows), "二.xlsx"))
    assert (sheet.new, sheet.changed, sheet.unchanged, sheet.vanished) == (1, 1, 1, 1)
    change = sheet.changes[0]
    assert (change.customer_no, change.field, change.old, change.new) == (
        "0000000005", "aum_balance", "229,191.00", "230,000.00"
    )  # fmt: skip
    assert {(one.direction, one.customer_no, one.name) for one in sheet.movements} == {
        ("new", "0000000020", "新客"), ("vanished", "0000000009", "徐英静")
    }  # fmt: skip


def test_a_reissue_of_the_month_updates_its_snapshots(intake: Intake, book: Book, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    rows = [[*ROWS[0][:3], 150000.0, ROWS[0][4]], *ROWS[1:]]
    sheet = _first(intake, xlsx(customers(rows), "重发.xlsx"))
    assert (sheet.new, sheet.changed, sheet.unchanged) == (0, 1, 2)
    assert _rows(book, tables.snapshots, "aum_balance")[0] == (15_000_000,)
    assert len(_rows(book, tables.snapshots, "id")) == 3


def test_a_blank_never_overwrites(intake: Intake, book: Book, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    before = book.fingerprint()
    sheet = _first(intake, xlsx(customers([[row[0], "", "-", "", "NULL"] for row in ROWS]), "空.xlsx"))
    assert sheet.unchanged == 3
    assert book.fingerprint() == before


def test_a_masked_phone_never_overwrites_the_full_one(intake: Intake, book: Book, xlsx: Make) -> None:
    header = ["客户号", "姓名", "手机号", "AUM余额"]
    _first(intake, xlsx(customers([["01", "张三", "13812341234", 1.0]], header=header)))
    sheet = _first(intake, xlsx(customers([["01", "张*", "138****1234", 1.0]], header=header), "掩.xlsx"))
    assert sheet.unchanged == 1
    assert _rows(book, tables.customers, "name", "phone", "phone_reversed") == [
        ("张三", "13812341234", "43214321831")
    ]


def test_an_older_month_does_not_touch_todays_attributes(intake: Intake, book: Book, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    rows = [[ROWS[0][0], "林芳英", "普通", 1.0, 1.0]]
    _first(intake, xlsx(customers(rows, date="2026-09-30"), "旧.xlsx"))
    assert _rows(book, tables.customers, "bank_level")[0] == ("白金",)
    assert _rows(book, tables.snapshots, "month", "bank_level")[-1] == ("2026-09", "普通")


def test_a_new_name_brings_new_search_keys(intake: Intake, book: Book, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    _first(intake, xlsx(customers([["0000000001", "单芳", "白金", 145871.0, 145000.5]]), "改.xlsx"))
    assert _rows(book, tables.customers, "name", "name_pinyin", "name_initials")[0] == (
        "单芳",
        "shanfang",
        "sf",
    )


# -- the data guard ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [10_000, 1 / 10_000])
def test_golden_18_a_total_ten_thousand_times_last_months_is_blocked(
    intake: Intake, book: Book, xlsx: Make, times: float
) -> None:
    _first(intake, xlsx(customers(date="2026年9月30日")))
    before = book.fingerprint()
    rows = [[*row[:3], row[3] * times, row[4] * times] for row in ROWS]
    header = ["客户编号", "客户名称", "客户层级", "金融资产余额", "金融资产月日均"]
    session = intake.read(xlsx(customers(rows, header=header), "错.xlsx"))
    assert "unit_suspect" in _codes(session.report().sheets[0])
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "unit_suspect"
    assert "657,196.25" in caught.value.message
    assert "--unit" in caught.value.hint
    assert book.fingerprint() == before
    if times < 1:
        session.set_unit("客户清单", "万元")
        assert session.commit().sheets[0].unchanged == 3


def _guarded(intake: Intake, path: Path) -> ImportSession:
    session = intake.read(path)
    question = session.report().sheets[0].questions[0]
    assert (question.code, question.reason) == ("data_guard", "")
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "data_guard"
    return session


def test_a_total_that_moves_too_much_stops_the_import_until_confirmed(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers(date="2026年9月30日")))
    moved = customers([[*row[:3], row[3] * 1.3, row[4]] for row in ROWS])
    session = _guarded(intake, xlsx(moved, "二.xlsx"))
    session.confirm("客户清单", "data_guard", "名单范围扩大")
    sheet = session.commit().sheets[0]
    assert _problem(sheet, "data_guard").level == "warning"
    assert "+30%" in (intake.history()[0].guard or "")
    assert intake.history()[0].reasons == {"data_guard": "名单范围扩大"}


def test_figures_that_a_person_vouches_for_leave_no_guard(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers(date="2026年9月30日")))
    moved = customers([[*row[:3], row[3] * 1.3, row[4]] for row in ROWS])
    session = _guarded(intake, xlsx(moved, "二.xlsx"))
    session.confirm("客户清单", "data_guard_lit", "已逐户核对")
    session.commit()
    assert intake.history()[0].guard is None


def test_too_many_customers_falling_stops_the_import(intake: Intake, xlsx: Make) -> None:
    big = [["0000000100", "大户", "私行", 9e8, 9e8]]
    _first(intake, xlsx(customers([*ROWS, *big], date="2026年9月30日")))
    fallen = customers([*([*row[:3], row[3] * 0.6, row[4]] for row in ROWS), *big])
    session = _guarded(intake, xlsx(fallen, "二.xlsx"))
    assert "4 户中有 3 户" in session.report().sheets[0].questions[0].words


def test_a_quiet_month_has_no_guard(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers(date="2026年9月30日")))
    _first(intake, xlsx(customers(), "二.xlsx"))
    assert intake.history()[0].guard is None


# -- other sheets --------------------------------------------------------------------------------------------

LINES = [
    ["0000000001", "P01", "稳健理财一号", 50000.0, "2026-11-15"],
    ["0000000001", "P02", "三年定期", 20000.0, "2027-01-01"],
    ["0000000001", "P02", "三年定期", 20000.0, "2027-01-01"],
    ["0000000005", "P01", "稳健理财一号", 10000.0, "2026-11-15"],
]
LINE_HEADER = ["客户编号", "产品代码", "产品名称", "持有金额", "到期日"]


def _lines(title: str, rows: list[list[Any]]) -> list[list[Any]]:
    return [[title], ["数据日期:2026-10-31  单位:元"], LINE_HEADER, *rows]


def test_one_file_brings_customers_products_holdings_and_maturities(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    product = [
        ["产品代码", "产品名称", "类别", "风险等级", "期限(天)", "业绩比较基准"],
        ["P01", "稳健理财一号", "理财", "R2", 90.0, "3.2%"],
    ]
    more = [
        ("到期明细", _lines("产品到期明细", LINES[:1])), ("持有明细", _lines("持有明细", LINES)),
        ("产品清单", [["数据日期:2026-10-31"], *product]),
    ]  # fmt: skip
    report = intake.read(xlsx(customers(), more=more)).commit()
    assert [(sheet.kind, sheet.new, sheet.refused) for sheet in report.sheets] == [
        ("customers", 3, 0), ("maturities", 1, 0), ("holdings", 4, 0), ("products", 1, 0)
    ]  # fmt: skip
    assert _rows(book, tables.holdings, "kind", "product_code", "amount", "line") == [
        ("holding", "P01", 5_000_000, 1), ("holding", "P02", 2_000_000, 1), ("holding", "P02", 2_000_000, 2),
        ("holding", "P01", 1_000_000, 1), ("maturity", "P01", 5_000_000, 1),
    ]  # fmt: skip
    assert _rows(book, tables.products, "product_code", "product_risk", "term_days", "benchmark") == [
        ("P01", "R2", 90, 0.032)
    ]
    assert len({row.change for row in intake.history()}) == 1
    before = book.fingerprint()
    again = intake.read(xlsx(customers(), more=more)).commit()
    assert [sheet.unchanged for sheet in again.sheets] == [3, 1, 4, 1]
    assert book.fingerprint() == before


def test_holdings_of_the_month_are_replaced_line_by_line(intake: Intake, book: Book, xlsx: Make) -> None:
    intake.read(xlsx(customers(), more=[("持有明细", _lines("持有明细", LINES))])).commit()
    before = book.fingerprint()
    rows = [LINES[0], LINES[1], [*LINES[3][:3], 12000.0, LINES[3][4]], ["0000000009", "P03", "黄金", 1.0, ""]]
    sheet = _first(intake, xlsx(_lines("持有明细", rows), "二.xlsx", "持有明细"))
    assert (sheet.new, sheet.changed, sheet.unchanged, sheet.refused) == (1, 1, 2, 0)
    assert "1 行" in _problem(sheet, "removed_lines").message
    assert len(_rows(book, tables.holdings, "id")) == 4
    after = book.fingerprint()
    intake.undo()
    assert book.fingerprint() == before
    intake.redo()
    assert book.fingerprint() == after


def test_a_line_of_an_unknown_customer_is_refused(intake: Intake, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    sheet = _first(
        intake,
        xlsx(_lines("持有明细", [*LINES, ["0000009999", "P01", "稳健", 1.0, ""]]), "二.xlsx", "持有明细"),
    )
    assert (sheet.new, sheet.refused) == (4, 1)
    assert _problem(sheet, "unknown_customer").row == 8
    assert _adds_up(sheet)


# -- one transaction, and back -------------------------------------------------------------------------------


def test_cancelling_at_any_moment_changes_nothing(intake: Intake, book: Book, xlsx: Make) -> None:
    path = xlsx(customers(), more=[("持有明细", _lines("持有明细", LINES))])
    before = book.fingerprint()
    words: list[str] = []
    intake.read(path, progress=lambda _share, text: words.append(text))
    session = intake.read(path)
    steps: list[float] = []
    for stop in range(50):
        steps.clear()

        def give_up(share: float, _text: str, stop: int = stop) -> None:
            steps.append(share)
            if len(steps) > stop and share < 1:
                raise Cancelled

        try:
            session.commit(give_up)
        except Cancelled:
            assert book.fingerprint() == before
            continue
        break
    assert session.undo_id is not None
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    assert words


def test_a_committed_session_is_closed(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers()))
    report = session.commit()
    assert session.commit() is report
    with pytest.raises(WorkbenchError) as caught:
        session.skip("客户清单")
    assert caught.value.code == "committed"


def test_a_skipped_sheet_stays_out(intake: Intake, book: Book, xlsx: Make) -> None:
    session = intake.read(xlsx(customers(), more=[("持有明细", _lines("持有明细", LINES))]))
    session.skip("持有明细", True)
    report = session.commit()
    assert [sheet.committed for sheet in report.sheets] == [True, False]
    assert _rows(book, tables.holdings, "id") == []


def test_a_report_follows_the_book(intake: Intake, xlsx: Make) -> None:
    path = xlsx(customers())
    waiting = intake.read(path)
    assert waiting.report().sheets[0].new == 3
    _first(intake, path)
    assert waiting.report().sheets[0].unchanged == 3
    assert waiting.commit().sheets[0].batch is None


def test_history_tells_every_import_and_undo_takes_any_back(intake: Intake, book: Book, xlsx: Make) -> None:
    empty = book.fingerprint()
    _first(intake, xlsx(customers(date="2026-09-30")))
    first = book.fingerprint()
    sheet = _first(intake, xlsx(customers([[*row[:3], row[3] + 1, row[4]] for row in ROWS]), "二.xlsx"))
    history = intake.history()
    assert [(row.file, row.as_of, row.new, row.changed, row.state) for row in history] == [
        ("二.xlsx", "2026-10-31", 0, 3, "done"), ("月报.xlsx", "2026-09-30", 3, 0, "done")
    ]  # fmt: skip
    assert intake.history(limit=1) == history[:1]
    assert sheet.batch is not None
    intake.undo(sheet.batch)
    assert book.fingerprint() == first
    intake.undo()
    assert book.fingerprint() == empty
    assert {row.state for row in intake.history()} == {"undone"}
    with pytest.raises(WorkbenchError) as caught:
        intake.undo()
    assert caught.value.code == "nothing_to_undo"
    intake.redo()
    assert book.fingerprint() == first
    with pytest.raises(WorkbenchError) as caught:
        intake.undo(99)
    assert caught.value.code == "no_such_batch"


def test_a_month_under_later_ones_is_undone_and_what_they_stand_on_is_kept(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    empty = book.fingerprint()
    first = _first(intake, xlsx(customers(date="2026-09-30")))
    later = _first(intake, xlsx(customers(), "二.xlsx"))
    both = book.fingerprint()
    assert first.batch is not None
    foreseen = intake.what_undo_keeps(first.batch)
    undone = intake.undo(first.batch)
    assert undone.kept == foreseen
    assert {cell.customer_no for cell in undone.kept} == {row[0] for row in ROWS}
    assert {cell.batch for cell in undone.kept} == {later.batch}
    assert _rows(book, tables.snapshots, "month") == [("2026-10",)] * 3
    assert len(_rows(book, tables.customers, "id")) == 3
    intake.redo(first.batch)
    assert book.fingerprint() == both
    intake.undo(first.batch)
    intake.undo(later.batch)
    assert book.fingerprint() == empty


def test_a_reissue_stands_alone_when_what_it_replaced_is_undone(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    empty = book.fingerprint()
    first = _first(intake, xlsx(customers()))
    rows = [[*ROWS[0][:3], 150000.0, ROWS[0][4]], *ROWS[1:]]
    again = _first(intake, xlsx(customers(rows), "重发.xlsx"))
    assert again.replaces == first.batch
    both = book.fingerprint()
    figures = _rows(book, tables.snapshots, "aum_balance", "aum_daily_average")
    intake.undo(first.batch)
    assert _rows(book, tables.snapshots, "aum_balance", "aum_daily_average") == figures
    intake.undo(again.batch)
    assert book.fingerprint() == empty
    intake.redo(again.batch)
    assert _rows(book, tables.snapshots, "aum_balance", "aum_daily_average") == figures
    intake.redo(first.batch)
    assert book.fingerprint() == both


def test_the_audit_names_no_customer(intake: Intake, book: Book, xlsx: Make) -> None:
    _first(intake, xlsx(customers()))
    words = " ".join(str(row) for row in _rows(book, record.audit, "action", "subject", "facts"))
    assert "import" in words
    assert "林芳英" not in words
    assert "0000000001" not in words
    assert book.verify() == []
