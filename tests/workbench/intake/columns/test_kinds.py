"""Every kind of sheet is known by its columns and comes in by the same way: no line lost, none told twice."""

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import select

from db import tables
from db.engine import Book
from tests.books import new_book
from tests.laws import law
from tests.workbench.intake.conftest import Make
from tests.workbench.intake.sheets import checked, lines, seen_as, take
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.cells.code_words import word_lists
from workbench.intake.room import Intake
from workbench.outreach.codes import codes
from workbench.outreach.contacts import NewContact, log_touch
from workbench.rules.parameters import Rules

PEOPLE = [["客户号", "客户姓名", "手机号", "AUM余额"], ["00000001", "张三", "13812345678", 10.0],
          ["00000002", "李四", "13912345678", 20.0]]  # fmt: skip
TOUCHES = ["客户号", "联系日期", "联系方式", "联系结果", "下次联系日期", "联系内容", "天气"]
PAYROLL = ["客户号", "姓名", "代发单位", "代发日期", "代发金额"]
COMPLAINTS = ["投诉编号", "客户号", "投诉日期", "投诉类别", "投诉内容", "处理状态", "满意度"]
REFERRALS = [
    "转介单号",
    "转介人客户号",
    "转介人",
    "转介日期",
    "被转介人",
    "被转介人电话",
    "是否同意联系",
    "成交金额",
]


@pytest.fixture
def known(book: Book, rules: Rules) -> Book:
    """A book that knows 00000001 and 00000002."""
    take(book, PEOPLE, rules)
    return book


# -- what a sheet is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["客户号", "客户姓名", "AUM余额", "AUM月日均"], "customers"),
        (["客户号", "姓名", "管户经理"], "customers"),
        (["产品代码", "产品名称", "产品类别", "R级"], "products"),
        (["客户号", "产品代码", "持有金额", "到期日"], "holdings"),
        (TOUCHES, "touches"),
        (["日期", "客户编号", "姓名", "渠道", "结果", "备注"], "touches"),
        (
            ["客户号", "姓名", "管户经理", "归属机构", "客户等级", "拜访日期", "拜访结果", "AUM余额"],
            "touches",
        ),
        (PAYROLL, "payroll"),
        (["序号", "姓名", "身份证号", "代发单位", "发放日期", "实发金额"], "payroll"),
        (COMPLAINTS, "complaints"),
        (
            ["工单编号", "受理日期", "客户姓名", "联系电话", "客户诉求", "办理状态", "网点", "客户等级"],
            "complaints",
        ),
        (REFERRALS, "referrals"),
        (["推荐人客户号", "推荐人", "推荐日期", "被推荐人姓名", "被推荐人手机号"], "referrals"),
        (["老客户姓名", "老客户手机", "新客户姓名", "新客户手机", "转介日期"], "referrals"),
        (["客户号", "户名", "储种", "存款金额", "起息日", "到期日"], "holdings"),
        (["客户号", "基金名称", "基金份额", "基金市值"], "holdings"),
        (["客户号", "姓名", "手机号", "基金市值", "理财市值", "到期日"], "customers"),
        (["客户号", "姓名", "理财余额", "理财到期日"], "customers"),
        (["客户号", "交易日期", "借贷标志", "交易金额", "对手户名", "摘要"], "transactions"),
        (["客户号", "日期", "收入金额", "支出金额", "摘要"], "transactions"),
        (["客户号", "户名", "记账日期", "借方发生额", "贷方发生额", "余额"], "transactions"),
    ],
)
def test_a_sheet_is_known_by_its_columns(headings: list[str], kind: str, rules: Rules) -> None:
    assert seen_as([headings, ["1"] * len(headings)], rules) == kind


@pytest.mark.parametrize(
    "more",
    [
        ["上次联系日", "上次联系方式", "上次联系结果"],
        ["投诉次数", "投诉日期"],
        ["代发单位", "上月代发金额", "最近代发日", "是否代发"],
        ["代发单位", "代发日期", "代发金额"],
        ["近1月交易笔数", "交易金额", "转入金额", "转出金额", "日期"],
        ["最近定期到期日", "最近定期到期金额"],
        ["日期", "备注"],
        ["联系方式", "日期"],
    ],
)
def test_a_customers_list_that_carries_some_of_it_stays_one(more: list[str], rules: Rules) -> None:
    headings = ["客户号", "客户姓名", "客户等级", "AUM余额", "AUM月日均", *more]
    assert seen_as([headings, ["1"] * len(headings)], rules) == "customers"


@pytest.mark.parametrize(
    "more", [["日期", "结果"], ["日期", "类型"], ["日期", "金额"], ["日期", "编号", "姓名"]]
)
def test_headings_that_could_stand_anywhere_make_no_list_of_lines(more: list[str], rules: Rules) -> None:
    headings = ["客户号", *more]
    assert seen_as([headings, ["1"] * len(headings)], rules) == "customers"


def test_words_of_the_title_settle_what_the_columns_leave_open(rules: Rules) -> None:
    rows = [["客户号", "产品代码", "持有金额", "到期日"], ["1", "P", 5.0, "20261031"]]
    assert seen_as(rows, rules, "到期明细") == "maturities"
    assert seen_as([["十月产品到期清单", "", "", ""], *rows], rules) == "maturities"
    wages = [["客户号", "姓名", "代发金额"], ["1", "张三", 5.0]]
    assert seen_as(wages, rules) == "customers"
    assert seen_as(wages, rules, "代发明细") == "payroll"


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["姓名", "AUM余额"], "none"),
        (["姓名", "身份证号", "AUM余额"], "customers"),
        (["姓名", "手机号", "金融资产余额"], "customers"),
        (["姓名", "手机号"], "none"),
        (["姓名", "拜访日期", "拜访结果"], "none"),
        (["姓名", "电话", "拜访日期", "拜访结果"], "touches"),
        (["日期", "收入", "支出", "摘要"], "none"),
    ],
)
def test_without_customer_numbers_rows_must_say_whom_they_are_about(
    headings: list[str], kind: str, rules: Rules
) -> None:
    assert seen_as([headings, ["1"] * len(headings)], rules) == kind


def test_no_heading_means_two_things_on_one_kind_of_sheet() -> None:
    carried = {kind: {field.key for field in catalogue().of_kind(kind)} for kind in kinds()}
    for word, fields in catalogue().plain.items():
        for kind in kinds():
            able = [field.key for field in fields if field.key in carried[kind]]
            assert len(able) <= 1, (kind, word, able)
            if (kind, word) in catalogue().own:
                assert not able, (kind, word)


def test_every_kind_speaks_of_fields_that_its_sheets_can_carry() -> None:
    for name, kind in kinds().items():
        able = {field.key for field in catalogue().of_kind(name)}
        sets = (*kind.recognised_by, *kind.hinted_by)
        fields = {*kind.identity, *kind.required, *kind.marks, *kind.defaults, *kind.synonyms, kind.key}
        assert fields.union(*sets) <= able
        assert {kind.date, kind.number} - {""} <= able
        assert all(table in tables.metadata.tables for table in kind.tables)


def test_words_lead_to_codes_that_the_contact_log_knows(rules: Rules) -> None:
    for name, table in (("touch_channel", "channels"), ("touch_result", "results")):
        assert set(word_lists(rules, name)) == {*(code for code, _name in codes(table)), "other"}
    assert set(word_lists(rules, "touch_by")) == {"manager", "customer"}


# -- touches ---------------------------------------------------------------------------------------------------


def test_touches_enter_as_codes_and_keep_what_no_field_took(known: Book, rules: Rules) -> None:
    rows = [
        TOUCHES,
        ["00000001", "2026-09-30", "电话外呼", "未接听", "20261101", "问安", "晴"],
        ["00000002", "2026/10/2", "上门拜访", "已约见", "", "", ""],
        ["00000002", "2026年10月3日", "飞鸽", "", "", "", ""],
    ]
    taken = take(known, rows, rules, as_of=None)
    assert taken.counts == (3, 0, 0, 0)
    assert lines(
        known, "touches", "date", "channel", "result", "initiated_by", "next_date", "note", "extra"
    ) == [
        ("2026-09-30", "call", "no_answer", "manager", "2026-11-01", "问安", '{"天气": "晴"}'),
        ("2026-10-02", "visit", "appointment", "manager", None, None, None),
        ("2026-10-03", "other", "other", "manager", None, None, '{"联系方式": "飞鸽"}'),
    ]
    assert "unknown_word" in taken.codes()


def test_a_touch_without_a_date_or_of_a_stranger_is_refused(known: Book, rules: Rules) -> None:
    rows = [TOUCHES, ["00000001", "某天", "电话", "接通", "", "", ""], ["00000001", "", "电话", "接通", "", "", ""],
            ["00000009", "2026-10-02", "电话", "接通", "", "", ""]]  # fmt: skip
    taken = take(known, rows, rules)
    assert taken.counts == (0, 0, 0, 3)
    assert taken.change is None
    assert taken.codes().count("missing_field") == 2
    assert [problem.code for row in taken.checked.refusals.values() for problem in row] == [
        "missing_field"
    ] * 2


def test_the_same_touch_repeated_or_with_less_is_unchanged(known: Book, rules: Rules) -> None:
    full = ["00000001", "2026-10-02", "电话", "接通", "2026-11-02", "谈了到期", ""]
    assert take(known, [TOUCHES, full, full], rules).counts == (1, 0, 1, 0)
    bare = ["00000001", "2026-10-02", "", "接通", "", "", ""]
    assert take(known, [TOUCHES, full], rules).counts == (0, 0, 1, 0)
    assert take(known, [TOUCHES, bare], rules).counts == (0, 0, 1, 0)
    more = [*full[:3], "已约见", *full[4:]]
    taken = take(known, [TOUCHES, more], rules)
    assert taken.counts == (0, 1, 0, 0)
    change = taken.diff.changes[0]
    assert (change.name, change.field, change.old, change.new) == (
        "2026-10-02", "touch_result", "已联系", "已约"
    )  # fmt: skip


def test_a_touch_logged_by_hand_is_filled_but_never_changed(known: Book, rules: Rules) -> None:
    log_touch(known, rules, NewContact("00000001", "call", "reached", "2026-10-02"))
    same = ["00000001", "2026-10-02", "电话", "接通", "", "", ""]
    assert take(known, [TOUCHES, same], rules).counts == (0, 0, 1, 0)
    noted = ["00000001", "2026-10-02", "电话", "接通", "", "谈了到期", ""]
    assert take(known, [TOUCHES, noted], rules).counts == (0, 1, 0, 0)
    missed = ["00000001", "2026-10-02", "电话", "未接", "", "", ""]
    assert take(known, [TOUCHES, missed], rules).counts == (1, 0, 0, 0)
    assert lines(known, "touches", "result", "note", "batch_id") == [
        ("reached", "谈了到期", None), ("no_answer", None, lines(known, "touches", "batch_id")[1][0])
    ]  # fmt: skip


# -- payroll, complaints, referrals ----------------------------------------------------------------------------


def test_two_equal_wages_are_two_lines(known: Book, rules: Rules) -> None:
    wage = ["00000001", "张三", "远洋公司", "2026-10-10", 5000.0]
    assert take(known, [PAYROLL, wage, wage], rules).counts == (2, 0, 0, 0)
    assert take(known, [PAYROLL, wage, wage], rules).counts == (0, 0, 2, 0)
    assert lines(known, "payrolls", "date", "month", "employer", "amount", "line") == [
        ("2026-10-10", "2026-10", "远洋公司", 500_000, 1), ("2026-10-10", "2026-10", "远洋公司", 500_000, 2)
    ]  # fmt: skip


def test_wages_without_a_date_of_their_own_belong_to_the_date_of_the_sheet(known: Book, rules: Rules) -> None:
    rows = [["客户号", "姓名", "代发金额"], ["00000001", "张三", 5.0]]
    assert take(known, rows, rules, name="代发明细").counts == (1, 0, 0, 0)
    assert lines(known, "payrolls", "date", "month") == [("2026-10-31", "2026-10")]
    assert take(known, rows, rules, name="代发明细", as_of=None).counts == (0, 0, 0, 1)


def test_wages_of_a_month_are_dated_to_its_end(known: Book, rules: Rules) -> None:
    rows = [
        ["客户号", "姓名", "代发单位", "代发月份", "代发金额"],
        ["00000001", "张三", "远洋", "202609", 5.0],
    ]
    take(known, rows, rules)
    assert lines(known, "payrolls", "date") == [("2026-09-30",)]


def test_a_complaint_is_known_by_its_number_whatever_else_changes(known: Book, rules: Rules) -> None:
    first = ["T01", "00000001", "2026-10-02", "收费", "多收了", "处理中", ""]
    other = ["", "00000001", "2026-10-02", "系统", "打不开", "处理中", ""]
    assert take(known, [COMPLAINTS, first, other], rules).counts == (2, 0, 0, 0)
    later = ["T01", "00000001", "2026-10-03", "服务态度", "", "已办结", 5]
    assert take(known, [COMPLAINTS, later], rules).counts == (0, 1, 0, 0)
    numbered = ["T02", "00000001", "2026-10-02", "系统", "打不开", "已办结", ""]
    assert take(known, [COMPLAINTS, numbered], rules).counts == (0, 1, 0, 0)
    assert lines(
        known, "complaints", "complaint_no", "date", "category", "content", "status", "satisfaction"
    ) == [
        ("T01", "2026-10-03", "服务态度", "多收了", "已办结", 5),
        ("T02", "2026-10-02", "系统", "打不开", "已办结", None),
    ]


def test_a_referral_names_its_giver_and_keeps_whom_they_named(known: Book, rules: Rules) -> None:
    rows = [REFERRALS, ["R1", "00000002", "李四", "2026-10-05", "王五", "13712345678", "是", 1234.5]]
    assert take(known, rows, rules).counts == (1, 0, 0, 0)
    assert take(known, rows, rules).counts == (0, 0, 1, 0)
    columns = ("customer_id", "referral_no", "referred_name", "referred_phone", "consent", "deal_amount")
    assert lines(known, "referrals", *columns) == [(2, "R1", "王五", "13712345678", 1, 123_450)]


def test_a_phone_on_a_list_of_lines_stays_with_the_row(known: Book, rules: Rules) -> None:
    rows = [
        ["客户号", "投诉人电话", "投诉日期", "投诉内容"],
        ["00000001", "13612345678", "2026-10-02", "久等"],
    ]
    take(known, rows, rules)
    assert lines(known, "complaints", "extra") == [('{"投诉人电话": "13612345678"}',)]
    with known.read() as conn:
        assert conn.execute(select(tables.customers.c.phone)).scalars().first() == "13812345678"


def test_rows_without_a_number_wait_for_a_person_to_say_whose_they_are(rules: Rules) -> None:
    rows = [["姓名", "电话", "拜访日期", "拜访结果"], ["张三", "13812345678", "2026-10-02", "接通"],
            ["李四", "13912345678", "2026-10-02", "接通"]]  # fmt: skip
    sheet = checked(rows, rules, numbers={2: "00000002"})
    assert (sheet.kind, sheet.keys, sheet.nameless) == ("touches", ["00000002"], (1,))
    assert sheet.columns["touch_result"] == ["reached"]


def test_holdings_that_went_are_counted(known: Book, rules: Rules) -> None:
    header = ["客户号", "产品代码", "产品名称", "持有金额", "到期日"]
    one, two = ["00000001", "P1", "稳健", 5.0, ""], ["00000001", "P2", "进取", 6.0, ""]
    assert take(known, [header, one, one, two], rules).counts == (3, 0, 0, 0)
    taken = take(known, [header, [*one[:3], 7.0, ""], one], rules)
    assert (taken.counts, len(taken.diff.deletes)) == ((0, 1, 1, 0), 1)
    assert sorted(lines(known, "holdings", "product_code", "amount")) == [("P1", 500), ("P1", 700)]


def test_one_file_brings_every_kind_and_goes_again_as_one(book: Book, intake: Intake, xlsx: Make) -> None:
    one = "00000001"
    path = xlsx(
        PEOPLE, "十月_20261031.xlsx",
        more=[
            ("联系", [TOUCHES, [one, "2026-10-02", "电话", "接通", "", "", ""]]),
            ("代发", [PAYROLL, [one, "张三", "远洋", "2026-10-10", 5000.0]]),
            ("投诉", [COMPLAINTS, ["T1", one, "2026-10-02", "收费", "多收", "处理中", ""]]),
            ("转介", [REFERRALS, ["R1", one, "张三", "2026-10-05", "王五", "13712345678", "是", 5.0]]),
            ("流水", [["客户号", "交易日期", "借贷标志", "交易金额"], [one, "2026-10-02", "借", 5.0]]),
            ("产品", [["产品代码", "产品名称"], ["P1", "稳健"]]),
            ("持有", [["客户号", "产品代码", "持有金额"], [one, "P1", 5.0]]),
            ("到期", [["客户号", "产品代码", "到期金额", "到期日"], [one, "P1", 5.0, "20261231"]]),
            ("舆情", [["标题", "范围", "对象", "开始日期"], ["停业", "机构", "西湖支行", "2026-10-05"]]),
        ],
    )  # fmt: skip
    before = book.fingerprint()
    report = intake.read(path).commit()
    assert {sheet.kind: (sheet.rows, sheet.new) for sheet in report.sheets} == {
        kind: (2, 2) if kind == "customers" else (1, 1) for kind in kinds()
    }
    again = intake.read(path).commit()
    assert all((sheet.new, sheet.changed, sheet.unchanged) == (0, 0, sheet.rows) for sheet in again.sheets)
    batch = report.sheets[0].batch
    assert batch is not None
    intake.undo(batch)
    assert book.fingerprint() == before


# -- laws ------------------------------------------------------------------------------------------------------

LAW = law(examples=30, few=3, suppress_health_check=list(HealthCheck))
_NUMBERS = itertools.count()

who = st.sampled_from(["00000001", "00000002", "00000009", ""])
day = st.sampled_from(["2026-10-02", "20261003", "2026-09-30", "", "何时"])
money = st.sampled_from([5.0, 6.5, "1,000", "", "不详"])


def _rows(*cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(st.tuples(*cells).map(list), min_size=1, max_size=8)


word = st.sampled_from(["甲", "乙", ""])
SHEETS: dict[str, tuple[list[str], st.SearchStrategy[list[list[Any]]]]] = {
    "touches": (TOUCHES, _rows(who, day, st.sampled_from(["电话", "微信", "", "飞鸽"]),
                               st.sampled_from(["接通", "未接", ""]), day, word, word)),
    "payroll": ([*PAYROLL, "附记"], _rows(who, st.just("张三"), word, day, money, word)),
    "complaints": (COMPLAINTS, _rows(st.sampled_from(["T1", "T2", ""]), who, day, word, word, word,
                                     st.sampled_from(["", 5, 3]))),
    "referrals": (REFERRALS, _rows(st.sampled_from(["R1", "R2", ""]), who, word, day, word, st.just(""),
                                   st.sampled_from(["是", "否", ""]), money)),
    "holdings": (["客户号", "产品代码", "产品名称", "持有金额", "到期日", "附记"],
                 _rows(who, word, word, money, day, word)),
    "transactions": (["客户号", "交易日期", "借贷标志", "交易金额", "对手户名", "对手行", "摘要"],
                     _rows(who, day, st.sampled_from(["借", "贷", "", "?"]),
                           st.sampled_from([5.0, -5.0, 7.0, "", 0.0]), st.sampled_from(["张三", "支付宝", ""]),
                           st.sampled_from(["他行", "本行", "某银行", ""]), st.sampled_from(["冲正", "利息", "货款", ""]))),
    "products": (["产品代码", "产品名称", "R级", "净值"],
                 _rows(st.sampled_from(["P1", "P2", ""]), word, word, st.sampled_from([1.5, ""]))),
}  # fmt: skip


@pytest.fixture
def template(tmp_path: Path, rules: Rules) -> Path:
    """A closed book that knows 00000001 and 00000002, to be copied."""
    path = tmp_path / "template.book"
    with new_book(path, "春风化雨") as book:
        take(book, PEOPLE, rules)
    return path


def _copy(template: Path) -> Book:
    path = template.with_name(f"{next(_NUMBERS)}.book")
    shutil.copy(template, path)
    return Book.open(path, "春风化雨")


@pytest.mark.parametrize("kind", SHEETS)
@LAW
@given(data=st.data())
def test_import_then_undo_is_nothing_and_twice_is_once(
    kind: str, template: Path, data: st.DataObject
) -> None:
    header, rows = SHEETS[kind]
    rules = Rules.load()
    with _copy(template) as book:
        earlier, now = data.draw(rows), data.draw(rows)
        take(book, [header, *earlier], rules)
        before = book.fingerprint()
        taken = take(book, [header, *now], rules)
        assert taken.checked.kind == kind
        assert sum(taken.counts) == taken.checked.data_rows
        after = book.fingerprint()
        again = take(book, [header, *now], rules)
        assert book.fingerprint() == after
        assert (again.change, again.counts[:2]) == (None, (0, 0))
        if taken.change is None:
            assert after == before
            return
        book.reverse(taken.change)
        assert book.fingerprint() == before
        book.reverse(taken.change, forward=True)
        assert book.fingerprint() == after
        assert book.verify() == []


@pytest.mark.parametrize("kind", ["touches", "payroll", "complaints", "referrals"])
@LAW
@given(data=st.data())
def test_a_blank_never_overwrites_and_no_line_goes(kind: str, template: Path, data: st.DataObject) -> None:
    """Customer, date and number kept: the rest blanked tells nothing new."""
    header, rows = SHEETS[kind]
    keeps = {
        name
        for name in header
        if "客户号" in name or name in ("联系日期", "代发日期", "投诉日期", "转介日期")
    }
    keeps |= {"投诉编号", "转介单号"}
    rules = Rules.load()
    with _copy(template) as book:
        body = data.draw(rows)
        take(book, [header, *body], rules)
        before = book.fingerprint()
        blanked = [
            [cell if name in keeps else "" for name, cell in zip(header, row, strict=True)] for row in body
        ]
        take(book, [header, *blanked], rules)
        assert book.fingerprint() == before
