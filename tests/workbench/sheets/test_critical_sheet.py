"""七类临界客户周清单 (domain 4.8): what the paper says, masked and dated, and how it is registered."""

import io
from dataclasses import replace

import openpyxl

from tests.workbench.outreach.made import lead
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.critical.queue import QueueLimits, completed, queue
from workbench.rules.parameters import Rules
from workbench.sheets.critical_sheet import critical_content, critical_pdf, critical_xlsx
from workbench.sheets.papers import CriticalPaper
from workbench.sheets.pdf import pages

AS_OF = "2026-10-31"
LEADS = (
    lead(
        1, "C1", 0.4, clock="2026-11-30", reason="月日均4.6万,距优质门槛5.0万还差4,000(92%)", name="欧阳建国"
    ),
    lead(
        1,
        "C7",
        0.4,
        clock="2027-01-08",
        reason="欧阳建国的证件2027-01-10到期",
        evidence={"conditions": ["id"]},
        name="欧阳建国",
    ),
    lead(2, "orange", 20, due="2026-11-18", reason="余额比高点低60%;" * 12),
)


def made(*leads: object, days: int = 16) -> CriticalQueue:
    rules = Rules.load()
    of = queue("2026-W47", AS_OF, leads or LEADS, QueueLimits(), Freshness(AS_OF, days, 45), rules)  # type: ignore[arg-type]
    return completed(of, "李敏", "城东支行", (), rules)


def paper(of: CriticalQueue) -> CriticalPaper:
    return critical_content(of, printed_by="李敏", printed_at="2026-11-16 08:40:00")


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


def test_the_head_counts_and_the_foot_dates() -> None:
    content = paper(made())
    assert content["counts"] == "共2户，本表印2户：临界提升1 · 临界流失1 · 临界适当性1"
    assert content["footer"][0] == "数据日期 2026-10-31"
    assert content["footer"][-1].endswith("内部资料")


def test_what_was_left_off_the_paper_is_told() -> None:
    of = made(*(lead(n, "C1", clock="2026-11-30") for n in range(1, 14)))
    content = paper(of)
    assert len(content["rows"]) == 10
    assert content["notes"][0].startswith("另有3户没有印出")


def test_old_data_have_no_day() -> None:
    content = paper(made(days=99))
    assert [row["due"] for row in content["rows"]] == ["", ""]
    assert "99 天前" in content["aged"].replace("99天", "99 天")


def test_the_pdf_and_the_workbook_hold_the_rows_and_are_registered_as_such() -> None:
    of = made()
    pdf = critical_pdf(of, printed_by="李敏", printed_at="2026-11-16 08:40")
    assert (pdf.outgoing.kind, pdf.rows, "name_masked" in pdf.outgoing.fields) == ("critical_pdf", 2, True)
    assert [page.width > page.height for page in pages(pdf.content, 40)] == [True]
    book = critical_xlsx(of, printed_by="李敏", printed_at="2026-11-16 08:40")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [sheet.cell(4, n).value for n in (1, 4, 5)] == ["11-18 周三", "临界流失", "已少20.0万"]
    assert sheet.max_row >= 5


def test_an_empty_week_prints_that_nobody_is_critical() -> None:
    of = replace(made(), entries=(), paper=())
    content = paper(of)
    assert (content["rows"], content["counts"], content["nobody"]) == ([], "", "本周没有临界客户。")
    assert len(pages(critical_pdf(of, printed_by="", printed_at="2026-11-16").content, 30)) == 1
