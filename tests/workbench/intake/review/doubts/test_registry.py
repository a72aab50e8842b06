"""No list is written while something of it could be lost unseen; what was answered once is not asked again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from db.tables import customers as of_customers
from db.tables import snapshots
from tests.laws import law
from tests.workbench.intake.by_hand import RULES, look
from tests.workbench.intake.conftest import Make, answered
from workbench.base.errors import WorkbenchError
from workbench.intake.book.diff import Diff
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.heading_keys import keys
from workbench.intake.review.doubts.doubting import Doubting
from workbench.intake.review.doubts.registry import questions
from workbench.intake.review.session import ImportSession
from workbench.intake.review.state import SheetState
from workbench.intake.room import Intake

BASE = ["客户号", "客户姓名", "AUM月日均"]
PEOPLE = ["张伟岚", "李思远", "王嘉禾", "赵明德", "钱多福", "孙立新"]
PHONES = [f"1380000100{n}" for n in range(6)]
CARDS = [f"11010119900307{1000 + n}" for n in range(6)]
DAYS = [f"2020-01-0{n + 1}" for n in range(6)]
AMOUNTS = [1234.5 + n for n in range(6)]


def _list(columns: dict[str, list[Any]], month: str = "10-31") -> list[list[Any]]:
    """Six customers with their number, name and average, and these further columns."""
    rows = [
        [f"00100000{n:02d}", PEOPLE[n], 1000.0 + n, *(cells[n] for cells in columns.values())]
        for n in range(6)
    ]
    return [["客户清单"], [f"数据日期:2026-{month}"], [*BASE, *columns], *rows]


def _codes(session: ImportSession) -> list[str]:
    return [one.code for sheet in session.report().sheets for one in sheet.questions if not one.reason]


def _question(session: ImportSession, code: str) -> str:
    (words,) = (one.words for sheet in session.report().sheets for one in sheet.questions if one.code == code)
    return words


@pytest.mark.parametrize(
    "cells",
    [
        AMOUNTS, DAYS, [7] * 6, [f"6222{n}" for n in range(6)], [f"0571-8880100{n}" for n in range(6)],
        [f"11月{n + 1}日" for n in range(6)], [f"2026-0{n + 1}" for n in range(6)],
        [f"人民币{n + 1},000.50" for n in range(6)], [f"{n + 1}.00 CR" for n in range(6)],
    ],
)  # fmt: skip
def test_a_column_of_figures_or_days_that_feeds_nothing_is_asked_about_once(
    intake: Intake, xlsx: Make, cells: list[Any]
) -> None:
    session = intake.read(xlsx(_list({"某项": cells})))
    assert _codes(session) == ["idle_columns"]
    assert "“某项”(D 列)" in _question(session, "idle_columns")
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "idle_columns"
    answered(session).commit()
    again = intake.read(xlsx(_list({"某项": cells}, "11-30"), "十一月.xlsx"))
    assert _codes(again) == []
    assert (
        next(match.how for match in again.report().sheets[0].mapping if match.header == "某项")
        == "remembered"
    )


@pytest.mark.parametrize(
    ("header", "wrong", "right", "field"),
    [
        ("存款余额", ["待定"] * 6, AMOUNTS, "deposit_balance"),
        ("证件号码", [f"622202123456789{n:04d}" for n in range(6)], CARDS, "id_no"),
    ],
)  # fmt: skip
def test_a_column_kept_apart_for_its_cells_is_asked_about_again_once_they_fit(
    intake: Intake, xlsx: Make, header: str, wrong: list[Any], right: list[Any], field: str
) -> None:
    first = intake.read(xlsx(_list({header: wrong})))
    assert _codes(first) == ["misfit_values"]
    answered(first).commit()
    assert _codes(intake.read(xlsx(_list({header: wrong}, "11-30"), "仍旧.xlsx"))) == []
    later = intake.read(xlsx(_list({header: right}, "11-30"), "十一月.xlsx"))
    assert _codes(later) == ["unsure_columns"]
    later.confirm_similar()
    later.commit()
    again = intake.read(xlsx(_list({header: right}, "12-31"), "十二月.xlsx"))
    assert _codes(again) == []
    assert field in {match.feeds for match in again.report().sheets[0].mapping}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("序号", [3, 1, 2, 6, 5, 4]), ("无名", [1, 2, 3, 4, 5, 6]), ("存款账号", [f"62220000000{n:05d}" for n in range(6)]),
        ("小组", ["甲", "乙"] * 3),
        ("某项", ["", "", "", "", "", 5.0]), ("某项", [""] * 6),
    ],
)  # fmt: skip
def test_numbers_of_rows_and_accounts_words_and_single_cells_are_not_asked_about(
    intake: Intake, xlsx: Make, header: str, cells: list[Any]
) -> None:
    assert _codes(intake.read(xlsx(_list({header: cells})))) == []


def test_a_total_of_the_columns_beside_it_tells_nothing_more(intake: Intake, xlsx: Make) -> None:
    sums = [1000.0 + n + AMOUNTS[n] for n in range(6)]
    assert _codes(intake.read(xlsx(_list({"存款余额": AMOUNTS, "合计": sums})))) == []
    other = intake.read(xlsx(_list({"存款余额": AMOUNTS, "合计": [*sums[:5], 1.0]}), "另.xlsx"))
    assert _codes(other) == ["idle_columns"]


def test_a_column_made_a_field_or_kept_apart_by_a_person_is_answered(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(_list({"某项": AMOUNTS, "另项": AMOUNTS})))
    session.make_custom("客户清单", 3, "money")
    session.choose("客户清单", 4, None)
    assert _codes(session) == []


@pytest.mark.parametrize(
    ("cells", "field"), [(PHONES, "phone"), (CARDS, "id_no"), (["C1", "C3", "R2"] * 2, "risk_level")]
)
def test_values_propose_a_field_for_an_unknown_heading_and_a_person_decides(
    intake: Intake, book: Book, xlsx: Make, cells: list[Any], field: str
) -> None:
    session = intake.read(xlsx(_list({"某项": cells})))
    match = session.report().sheets[0].mapping[3]
    assert (match.field, match.how, match.why) == (field, "asked", "values")
    assert _codes(session) == ["unsure_columns"]
    session.confirm_similar()
    assert _codes(session) == []
    session.commit()
    with book.read() as conn:
        assert [row[field] for row in conn.execute(of_customers.select()).mappings()] == cells


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("存款余额", CARDS), ("存款余额", DAYS), ("存款余额", PHONES), ("存款余额", ["是", "否"] * 3), ("手机号", CARDS),
        ("手机号", DAYS), ("身份证号", PHONES), ("身份证号", AMOUNTS), ("开户日期", AMOUNTS), ("开户日期", PHONES),
        ("风险等级", ["金卡", "白金"] * 3), ("客户等级", ["C1", "C3"] * 3), ("客户等级", CARDS), ("是否代发", DAYS),
        ("年龄", DAYS), ("管户经理", PHONES),
    ],
)  # fmt: skip
def test_a_known_heading_over_values_of_another_field_is_asked_about_and_feeds_nothing(
    intake: Intake, xlsx: Make, header: str, cells: list[Any]
) -> None:
    session = intake.read(xlsx(_list({header: cells})))
    match = session.report().sheets[0].mapping[3]
    assert (match.how, match.why, match.feeds) == ("asked", "misfit", None)
    assert _codes(session) == ["misfit_values"]
    assert f"“{header}”(D 列)" in _question(session, "misfit_values")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("存款余额", AMOUNTS), ("存款余额", ["1,234.50", "(3.00)", "--", "12万", "5", "6"]), ("手机号", PHONES),
        ("手机号", ["0571-88881234", "88881234", "13800001000"] * 2), ("身份证号", CARDS), ("身份证号", ["E12345678"] * 6),
        ("开户日期", DAYS), ("开户日期", [45322.0 + n for n in range(6)]), ("开户日期", [20200101 + n for n in range(6)]),
        ("风险等级", ["C1", "C3"] * 3), ("风险等级", ["稳健型", "进取型"] * 3), ("风险等级", [1, 2, 3] * 2),
        ("客户等级", ["金卡", "白金"] * 3), ("客户等级", ["L3", "L4"] * 3), ("是否代发", ["是", "否"] * 3),
        ("是否代发", [0, 1] * 3),
    ],
)  # fmt: skip
def test_values_that_fit_ask_nothing(intake: Intake, xlsx: Make, header: str, cells: list[Any]) -> None:
    assert _codes(intake.read(xlsx(_list({header: cells})))) == []


def test_a_person_who_takes_a_misfit_is_not_asked_again_and_one_who_leaves_it_neither(
    intake: Intake, xlsx: Make
) -> None:
    session = intake.read(xlsx(_list({"手机号": DAYS, "存款余额": PHONES})))
    session.choose("客户清单", 3, "phone")
    assert _codes(session) == ["misfit_values"]
    answered(session, "misfit_values")
    answered(session).commit()
    again = intake.read(xlsx(_list({"手机号": DAYS, "存款余额": PHONES}, "11-30"), "十一月.xlsx"))
    assert "misfit_values" not in _codes(again)
    assert [match.feeds for match in again.report().sheets[0].mapping[3:]] == ["phone", None]


def test_amounts_of_another_size_than_last_months_are_asked_about(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list({"存款余额": AMOUNTS}, "09-30"), "九月.xlsx")).commit()
    session = intake.read(xlsx(_list({"存款余额": [cell / 10_000 for cell in AMOUNTS]})))
    assert _codes(session) == ["misfit_values"]
    assert "“存款余额”(D 列)的金额是上一月的 1/" in _question(session, "misfit_values")
    near = intake.read(xlsx(_list({"存款余额": [cell * 3 for cell in AMOUNTS]}), "近.xlsx"))
    assert _codes(near) == []


def test_error_cells_are_counted_by_their_words_and_asked_about(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    session = intake.read(
        xlsx(_list({"存款余额": [1.0, "#N/A", 3.0, "#REF!", 5.0, 6.0], "风险等级": ["C3"] * 5 + ["#N/A"]}))
    )
    assert _codes(session) == ["unread_cells"]
    words = _question(session, "unread_cells")
    assert "“存款余额”(D 列) 2 格(其中 #N/A 1 格、#REF! 1 格)" in words
    answered(session).commit()
    with book.read() as conn:
        told = conn.execute(snapshots.select().order_by(snapshots.c.id)).mappings().all()
        levels = [row["risk_level"] for row in conn.execute(of_customers.select()).mappings()]
    assert [row["deposit_balance"] for row in told] == [100, None, 300, None, 500, 600]
    assert levels == ["C3"] * 5 + [None]


def test_a_figure_that_would_be_empty_for_most_rows_is_asked_about(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(_list({"存款余额": [1.0, "约二", "约三", 4.0, "约五x", "六?"]})))
    assert _codes(session) == ["empty_figures"]
    assert "6 行里只读出 2 个数,6 格里有内容" in _question(session, "empty_figures")
    sparse = intake.read(xlsx(_list({"存款余额": [1.0, "", "--", "", "", ""]}), "稀.xlsx"))
    assert _codes(sparse) == []


def test_a_customer_number_known_by_its_cells_alone_waits_for_a_person(intake: Intake, xlsx: Make) -> None:
    rows = _list({})
    rows[2][0] = "某号"
    session = intake.read(xlsx(rows))
    assert _codes(session) == ["unsure_columns"]
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == "unsure_columns"
    session.confirm_similar()
    assert session.commit().sheets[0].new == 6


_CELLS = {"money": AMOUNTS, "phone": PHONES, "idcard": CARDS, "date": DAYS, "count": [3, 5, 8, 13, 21, 34]}
_HEADINGS = st.one_of(
    st.sampled_from([field.label for field in catalogue().of_kind("customers")]),
    st.text("资产存款日均余额手机年上本", min_size=1, max_size=5),
)


@law(examples=80, few=12)
@given(st.dictionaries(_HEADINGS, st.sampled_from(sorted(_CELLS)), min_size=1, max_size=4))
def test_a_list_that_asks_nothing_has_lost_nothing(columns: dict[str, str]) -> None:
    """Every cell of a column of figures, days or numbers is in the book, or a question names its column."""
    columns = {name: form for name, form in columns.items() if name not in BASE}
    rows = [
        [f"00100000{n:02d}", PEOPLE[n], 1.0 + n, *(_CELLS[form][n] for form in columns.values())]
        for n in range(6)
    ]
    seen = look([*BASE, *columns], rows)
    state = SheetState(
        seen.sheet, "customers", seen.plan.layout, list(seen.plan.matches), "2026-10-31", "file", "元"
    )
    subjects = {
        subject
        for one in questions(Doubting(state, seen.checked, Diff(), catalogue(), RULES))
        for subject in one.subjects
    }
    names = keys([*BASE, *columns])
    for match in seen.plan.matches[len(BASE) :]:
        read = match.feeds is not None and None not in seen.checked.columns[match.feeds]
        assert read or match.how == "refused" or names[match.index] in subjects, (match.header, match.how)


def test_a_list_without_numbers_proposes_the_column_of_identity_numbers(intake: Intake, xlsx: Make) -> None:
    rows = [["证件", "客户姓名", "AUM余额"], *zip(CARDS, PEOPLE, AMOUNTS, strict=True)]
    session = intake.read(xlsx([list(row) for row in rows], "名单_20261031.xlsx"))
    assert _codes(session) == ["unsure_columns"]
    assert "“证件”(A 列)疑为“证件号码”" in _question(session, "unsure_columns")
