"""A field that the last list told and this file does not is asked about: never a silent month without it."""

from typing import Any

import pytest

from db.engine import Book
from tests.conftest import SHARED_DATA
from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.unlock import darkened
from workbench.intake.report import CommitQuestion
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake

HEADER = ["客户号", "姓名", "AUM月日均", "存款余额", "手机号", "客户等级"]
LOST = "lost_columns"


def _rows(count: int = 10) -> list[list[Any]]:
    return [
        [f"{100 + n:08d}", f"客户{chr(0x4E00 + n)}", 1000.0 + n, 500.0 + n, f"138000010{n:02d}", "金卡"]
        for n in range(count)
    ]


def _list(month: str, header: list[str] = HEADER, rows: list[list[Any]] | None = None) -> list[list[Any]]:
    return [["资产清单"], [f"数据日期:2026-{month}"], header, *(_rows() if rows is None else rows)]


def _without(*columns: str) -> tuple[list[str], list[list[Any]]]:
    kept = [at for at, name in enumerate(HEADER) if name not in columns]
    return [HEADER[at] for at in kept], [[row[at] for at in kept] for row in _rows()]


def _questions(session: ImportSession) -> list[CommitQuestion]:
    return [one for sheet in session.report().sheets for one in sheet.questions if one.code == LOST]


def _read(intake: Intake, xlsx: Make, month: str, *columns: str) -> ImportSession:
    header, rows = _without(*columns)
    return intake.read(xlsx(_list(month, header, rows), f"{month}.xlsx"))


def test_a_renamed_column_stops_the_import_and_is_named_with_what_goes_dark(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    before = book.fingerprint()
    renamed = ["本期均值" if name == "AUM月日均" else name for name in HEADER]
    session = intake.read(xlsx(_list("10-31", renamed), "10.xlsx"))
    (question,) = _questions(session)
    for words in ("2026-09", "金融资产月日均", "“AUM月日均”", "三塔分层", "对应关系"):
        assert words in question.words
    with pytest.raises(WorkbenchError) as caught:
        session.commit()
    assert caught.value.code == LOST
    assert book.fingerprint() == before
    index = next(match.index for match in session.report().sheets[0].mapping if match.header == "本期均值")
    session.choose("客户清单", index, "aum_daily_average")
    assert _questions(session) == []
    session.commit()


def test_once_answered_it_is_not_a_question_again_but_another_field_is(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("08-31"), "8.xlsx")).commit()
    nine = _read(intake, xlsx, "09-30", "手机号")
    assert "手机号" in _questions(nine)[0].words
    assert "沿用" in _questions(nine)[0].words  # what the book knows of a customer stays
    nine.confirm("客户清单", LOST, "总行不再提供手机号")
    nine.commit()
    assert intake.history()[0].reasons == {LOST: "总行不再提供手机号"}
    assert _questions(_read(intake, xlsx, "09-30", "手机号")) == []
    ten = _read(intake, xlsx, "10-31", "手机号")
    assert _questions(ten) == []
    ten.commit()
    (more,) = _questions(_read(intake, xlsx, "11-30", "手机号", "存款余额"))
    assert "存款" in more.words
    assert "手机号" not in more.words
    # taken back, the answer is taken back with it
    intake.undo()
    intake.undo()
    assert len(_questions(_read(intake, xlsx, "10-31", "手机号"))) == 1


def test_a_field_that_came_back_and_is_lost_again_is_a_question_again(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("07-31"), "7.xlsx")).commit()
    eight = _read(intake, xlsx, "08-31", "手机号")
    eight.report()
    eight.confirm("客户清单", LOST, "漏了")
    eight.commit()
    _read(intake, xlsx, "09-30").commit()
    assert len(_questions(_read(intake, xlsx, "10-31", "手机号"))) == 1


def test_a_column_that_is_there_but_all_empty_tells_nothing(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    rows = [[*row[:2], "", *row[3:]] for row in _rows()]
    assert "AUM月日均" in _questions(intake.read(xlsx(_list("10-31", HEADER, rows), "10.xlsx")))[0].words


def test_what_was_nearly_empty_is_not_missed(intake: Intake, xlsx: Make) -> None:
    sparse = [[*row[:4], row[4] if at == 3 else "", row[5]] for at, row in enumerate(_rows())]
    intake.read(xlsx(_list("09-30", HEADER, sparse), "9.xlsx")).commit()
    assert _questions(_read(intake, xlsx, "10-31", "手机号")) == []


def test_particulars_that_the_book_keeps_and_nothing_needs_are_no_question(
    intake: Intake, xlsx: Make
) -> None:
    rows = [[*row, "已婚", "13"] for row in _rows()]
    intake.read(xlsx(_list("09-30", [*HEADER, "婚姻状况", "近24月逾期"], rows), "9.xlsx")).commit()
    (question,) = _questions(intake.read(xlsx(_list("10-31"), "10.xlsx")))
    assert "逾期" in question.words
    assert "婚姻" not in question.words


def test_a_list_sent_again_for_its_date_keeps_what_the_first_reported(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    intake.read(xlsx(_list("10-31"), "10.xlsx")).commit()
    again = _read(intake, xlsx, "10-31", "手机号")
    assert again.report().sheets[0].replaces
    assert _questions(again) == []


def test_the_month_s_end_is_held_against_its_middle(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("10-15"), "中.xlsx")).commit()
    assert len(_questions(_read(intake, xlsx, "10-31", "AUM月日均"))) == 1


def test_nothing_is_a_question_for_a_first_list_of_another_kind_or_of_an_earlier_month(
    intake: Intake, xlsx: Make
) -> None:
    first = intake.read(xlsx(_list("09-30"), "9.xlsx"))
    assert _questions(first) == []
    first.commit()
    held = [["客户号", "产品代码", "产品名称", "持有份额", "持有金额"], ["00000100", "P1", "甲", 1, 10.0]]
    assert _questions(intake.read(xlsx([["数据日期:2026-10-31"], *held], "持有.xlsx", "持有"))) == []
    assert _questions(_read(intake, xlsx, "08-31", "手机号")) == []


def test_rows_that_are_added_to_a_month_need_not_tell_all(intake: Intake, xlsx: Make) -> None:
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    intake.read(xlsx(_list("10-31"), "10.xlsx")).commit()
    assert _questions(_read(intake, xlsx, "10-31", "手机号", "存款余额", "客户等级")) == []
    session = _read(intake, xlsx, "11-30", "手机号")
    assert len(_questions(session)) == 1
    session.set_reissue("客户清单", False)
    assert _questions(session) == []


def test_a_field_on_another_sheet_or_in_another_list_of_the_date_is_not_lost(
    intake: Intake, xlsx: Make
) -> None:
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    header, rows = _without("手机号")
    phones = _list("10-31", ["客户号", "姓名", "手机号"], [[row[0], row[1], row[4]] for row in _rows()])
    both = xlsx(_list("10-31", header, rows), "10.xlsx", "资产", [("联系", phones)])
    assert _questions(intake.read(both)) == []
    intake.read(both).commit()
    # next month again on two lists: the one that is like the first is held against that one
    assert _questions(_read(intake, xlsx, "11-30", "手机号")) == []


def test_an_undone_list_is_no_list(intake: Intake, xlsx: Make) -> None:
    _read(intake, xlsx, "08-31", "手机号").commit()
    intake.read(xlsx(_list("09-30"), "9.xlsx")).commit()
    assert len(_questions(_read(intake, xlsx, "10-31", "手机号"))) == 1
    intake.undo()
    assert _questions(_read(intake, xlsx, "10-31", "手机号")) == []


def test_months_of_one_file_are_held_against_one_another(intake: Intake, xlsx: Make) -> None:
    header, rows = _without("存款余额")
    path = xlsx(_list("09-30"), "两月.xlsx", "九月", [("十月", _list("10-31", header, rows))])
    session = intake.read(path)
    assert [(one.sheet, one.code) for one in _questions(session)] == [("十月", LOST)]
    with pytest.raises(WorkbenchError):
        session.commit()
    session.confirm("十月", LOST, "十月不再提供")
    session.commit()


def test_what_the_book_keeps_of_a_customer_darkens_nothing() -> None:
    fields = {"name", "phone", "aum_daily_average"}
    assert darkened(fields, {"phone"}, catalogue()) == []
    assert any("三塔" in name for name in darkened(fields, {"aum_daily_average"}, catalogue()))


def test_the_case_of_the_renamed_month(intake: Intake) -> None:
    cases = SHARED_DATA / "cases"
    if not cases.exists():
        pytest.skip("shared/data/cases is not here")
    intake.read(cases / "x32a_month1_20260930.xlsx").commit()
    session = intake.read(cases / "x32b_month2_renamed_20261031.xlsx")
    assert _questions(session) == []
    fed = {match.header: match.feeds for match in session.report().sheets[0].mapping}
    renamed = ("本月AUM月日均", "本月存款余额", "风险评级", "联系方式")
    assert [fed[name] for name in renamed] == ["aum_daily_average", "deposit_balance", "risk_level", "phone"]
