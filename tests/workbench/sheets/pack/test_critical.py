"""七类临界客户周清单 (domain 4.8): what the paper says, masked and dated, and how it is registered."""

import io
from dataclasses import replace

import openpyxl
import pytest

from db.engine import Book
from tests.workbench.outreach.made import lead, room
from tests.workbench.sheets.reading import letter_sizes, shapes, texts
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.critical.queue import QueueLimits, completed, queue
from workbench.rules.parameters import Rules
from workbench.sheets.handed_out import book_mark
from workbench.sheets.pack.critical import critical_content
from workbench.sheets.papers import CriticalPaper
from workbench.sheets.room import Sheets
from workbench.trust.register import Register

AS_OF = "2026-10-31"
LEADS = (
    lead(
        1, "C1", 0.4, clock="2026-11-30", words="月日均4.6万,距优质门槛5.0万还差4,000(92%)", name="欧阳建国"
    ),
    lead(
        1,
        "C7",
        0.4,
        clock="2027-01-08",
        words="欧阳建国的证件2027-01-10到期",
        evidence={"conditions": ["id"]},
        name="欧阳建国",
    ),
    lead(2, "orange", 20, due="2026-11-18", words="余额比高点低60%;" * 12),
)


def made(*leads: object, days: int = 16) -> CriticalQueue:
    rules = Rules.load()
    of = queue("2026-W47", AS_OF, leads or LEADS, QueueLimits(), Freshness(AS_OF, days, 45), rules)  # type: ignore[arg-type]
    return completed(of, "李敏", "城东支行", (), rules)


def paper(of: CriticalQueue) -> CriticalPaper:
    return critical_content(of)


def test_a_row_says_by_when_who_why_and_what_not_to_sell() -> None:
    orange, compliance = paper(made())["rows"]
    assert (orange["due"], orange["weekday"], orange["word"]) == ("11-18", "周三", "临界流失")
    # a clock of another year is written with its year
    assert (compliance["due"], compliance["word"]) == ("2027-01-08", "临界适当性")
    assert compliance["action"].startswith("先提醒换证")
    assert "办好之前不销售" in compliance["dont"]
    assert compliance["others"] == ["另：临界提升（11-30前）：月日均4.6万，距优质门槛5.0万还差4,000(92%)"]


def test_a_sentence_is_printed_whole_and_names_are_masked() -> None:
    content = paper(made())
    assert content["rows"][0]["sentence"].count("余额比高点低60%") == 12
    assert "…" not in str(content)
    assert "欧阳建国" not in str(content)
    assert content["rows"][1]["customer"] == "欧** 0001"
    assert content["rows"][1]["sentence"] == "欧**的证件2027-01-10到期"


def test_the_head_counts_each_class() -> None:
    content = paper(made())
    assert content["counts"] == "共2户，本表印2户：临界提升1 · 临界流失1 · 临界适当性1"


def test_what_was_left_off_the_paper_is_told() -> None:
    of = made(*(lead(n, "C1", clock="2026-11-30") for n in range(1, 14)))
    content = paper(of)
    assert len(content["rows"]) == 10
    assert content["notes"][0].startswith("另有3户没有印出")


def test_old_data_have_no_day() -> None:
    content = paper(made(days=99))
    assert [row["due"] for row in content["rows"]] == ["", ""]
    assert "99 天前" in content["warnings"][0].replace("99天", "99 天")


@pytest.fixture
def sheets(book: Book) -> Sheets:
    return Sheets(book, {"manager": "李敏"}, Register(book), lambda: room(book, []))


def test_the_pdf_and_the_workbook_hold_the_rows_and_are_registered_as_such(sheets: Sheets) -> None:
    of = made()
    pdf = sheets.critical_pdf(of)
    assert (pdf.outgoing.kind, pdf.rows, "name_masked" in pdf.outgoing.fields) == ("critical_pdf", 2, True)
    [page] = texts(pdf)
    assert "数据日期2026-10-31打印人李敏" in page
    assert f"编号{pdf.handed[0].number}" in page
    [(width, height)] = shapes(pdf)
    assert width > height
    assert min(letter_sizes(pdf)) >= 9.99
    book = sheets.critical_xlsx(of)
    with sheets.book.read() as conn:
        mark = book_mark(conn)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [sheet.cell(5, n).value for n in (1, 2, 5, 6)] == ["1", "11-18 周三", "临界流失", "比高点少20.0万"]
    assert sheet.cell(5, 12).value == f"{mark}/{book.handed[0].number}/1"
    assert sheet.column_dimensions["L"].hidden


def test_an_empty_week_prints_that_nobody_is_critical(sheets: Sheets) -> None:
    of = replace(made(), entries=(), paper=())
    content = paper(of)
    assert (content["rows"], content["counts"], content["nobody"]) == ([], "", "本周没有临界客户。")
    [page] = texts(sheets.critical_pdf(of))
    assert "本周没有临界客户" in page
    assert not sheets.critical_pdf(of).handed
