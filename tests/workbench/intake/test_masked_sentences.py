"""No sentence about a refused row names anybody; the refused rows themselves go back whole (issue 10, fault 3)."""

import io
import json

import openpyxl
import pytest

from db import record
from db.engine import Book
from tests.workbench.intake.conftest import HEADER, ROWS, Make, customers
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import sentences
from workbench.intake.room import Intake
from workbench.people.disclosure import disclosed
from workbench.people.legible import legible
from workbench.people.privacy import masking

NAME, PHONE, ID = "欧阳修远", "13912345678", "110101199003074514"
WHOM = (NAME, PHONE, ID, "欧阳修文", "瓦房店轴承厂")
HEAD = [*HEADER, "手机号", "证件号码", "开户日期", "单位名称", "家里人"]


def _rows() -> list[list[object]]:
    """A name among the numbers, a row without one, two rows of one customer, a phone and a date that are none."""
    whole = [PHONE, ID, "2020-03-05", "瓦房店轴承厂", "欧阳修文"]
    return [
        [*ROWS[0], *whole],
        [NAME, NAME, "金卡", 1.0, 1.0, *whole],
        [None, NAME, "金卡", 1.0, 1.0, *whole],
        ["0000000021", NAME, "金卡", 1.0, 1.0, f"问{NAME}", ID[:-1] + "9", f"{NAME}生日", *whole[3:]],
        ["0000000031", NAME, "金卡", 1.0, 1.0, *whole],
        ["0000000031", NAME, "金卡", 2.0, 1.0, *whole],
    ]  # fmt: skip


def test_no_sentence_and_no_document_about_a_sheet_names_anybody(intake: Intake, xlsx: Make) -> None:
    first = [
        [*row, PHONE, ID, "2020-03-05", "", ""] for row in [*ROWS[:2], ["0000000007", NAME, "金卡", 1.0, 1.0]]
    ]
    intake.read(xlsx(customers(first, header=HEAD, date="2026-09-30"))).commit()
    sheet = intake.read(xlsx(customers(_rows(), header=HEAD), "二.xlsx")).report().sheets[0]
    wordings = [sentences((one.message, one.proposal)) for one in sheet.problems]
    wordings += [fix.words for fix in sheet.fixes] + [question.words for question in sheet.questions]
    wordings += [part for one in sheet.candidates for part in (one.wording, *one.evidence)]
    wordings += [one.evidence for one in sheet.movements]
    assert {"bad_customer_number", "missing_customer_number", "duplicate_customer", "bad_phone"} <= {
        one.code for one in sheet.problems
    }
    assert sheet.candidates
    assert [word for word in WHOM if word in " ".join(wordings)] == []
    document = json.dumps(disclosed({"files": [sheet.as_json()]}), ensure_ascii=False)
    assert [word for word in WHOM if word in document] == []
    shown = " ".join(masking(one.field, one.value or "", "screen") for one in sheet.problems)
    assert [word for word in WHOM if word in shown] == []


def test_the_refused_rows_go_back_whole_and_their_reasons_name_nobody(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers(_rows(), header=HEAD)))
    session.report()
    place = session.path.with_name("退回.xlsx")
    assert session.export_refused(place) >= 4
    page = openpyxl.load_workbook(io.BytesIO(place.read_bytes())).active
    assert page is not None
    lines = list(page.iter_rows(values_only=True))
    reasons = lines[2].index("退回原因")
    sentence = " ".join(str(line[reasons]) for line in lines[3:])
    assert [word for word in WHOM if word in sentence] == []
    given = " ".join(str(cell) for line in lines[3:] for cell in line[:reasons])
    assert all(word in given for word in WHOM)


def test_what_was_typed_as_a_correction_is_not_repeated_in_full() -> None:
    assert masking("phone", PHONE, "screen") == "139****5678"


def test_an_own_field_is_closed_until_somebody_says_otherwise_and_closed_again(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    session = intake.read(xlsx(customers([[*row, "欧阳修文"] for row in ROWS], header=[*HEADER, "家里人"])))
    session.make_custom("客户清单", 5)
    session.commit()
    with book.read() as conn:
        assert legible(conn) == frozenset()
    change = intake.show_values("家里人", shown=True)
    assert change.undo_id is not None
    with book.read() as conn:
        opened = legible(conn)
    assert {"custom.家里人", "家里人"} <= opened
    person = {
        "customer": {"customer_no": "0000000001", "name": "林芳英", "家里人": "欧阳修文", "爱好": "钓鱼"}
    }
    assert disclosed(person, opened) == {
        "customer": {"customer_no": "0000000001", "name": "林**", "家里人": "欧阳修文", "爱好": "**"}
    }
    intake.show_values("custom.家里人", shown=False)
    with book.read() as conn:
        assert legible(conn) == frozenset()
        assert conn.exec_driver_sql("select count(*) from custom_fields").scalar() == 1
    with pytest.raises(WorkbenchError, match="没有自定义字段"):
        intake.show_values("没有这一项", shown=True)


def test_a_custom_field_may_be_opened_where_it_is_made(intake: Intake, book: Book, xlsx: Make) -> None:
    session = intake.read(xlsx(customers([[*row, "钓鱼"] for row in ROWS], header=[*HEADER, "爱好"])))
    session.make_custom("客户清单", 5, shown=True)
    assert "custom.爱好" in session.report().sheets[0].legible
    with book.read() as conn:
        assert "爱好" in legible(conn)
        assert conn.execute(record.custom_fields.select()).all()
