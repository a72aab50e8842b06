"""配置建议 on paper: one A4 page whatever is known, masked, dated, with its three lines of risk (domain 8.2)."""

import dataclasses
import datetime as dt

import pypdfium2
import pytest

from tests.workbench.insight.allocation.test_combos import made as combo_made
from tests.workbench.insight.allocation.test_moves import WAN, maturing, moved
from tests.workbench.insight.allocation.test_present import line, present
from workbench.base.workdays import shipped
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.bands import CASH, STABLE, package_of
from workbench.insight.allocation.gaps import gaps_of
from workbench.insight.allocation.ladder import ladder
from workbench.insight.allocation.slots import SlotSeller
from workbench.insight.allocation.taboos import Contacts, Portfolio, taboos
from workbench.insight.products.verdict import Buyer
from workbench.rules.parameters import Rules
from workbench.sheets.allocation_sheet import allocation_content, allocation_pdf

RULES = Rules.load()
DAY = dt.date(2026, 11, 30)


def allocation(times: int = 1) -> Allocation:
    """The four pots of a customer, everything so many times."""
    lines = (line("理财", "稳享", 2, 20 * WAN), line("理财", "进取", 3, 10 * WAN))
    of = present(lines, balance=60 * WAN, demand_balance=30 * WAN, wealth_balance=30 * WAN)
    package = package_of(3, RULES, {})
    gaps = gaps_of(of, package, RULES)
    moves = moved(3, {CASH: 15, STABLE: 85}, (maturing(30 * WAN),)).rows
    checks = taboos(Portfolio(of, gaps, package, lines, True, Contacts()), RULES)
    return Allocation(
        1, "0000100417", "林秀英", "2026-10-31", "2026-11-30", "", "", package, of, gaps, (), moves * times,
        ("林秀英 13812340001 的钱另看",) * times, None, combo_made(60 * WAN, 3), None, "", checks,
    )  # fmt: skip


def text(made: Allocation) -> str:
    """The words of the page. Fails when there is not exactly one A4 page."""
    content = allocation_content(
        made, RULES, printed_by="周敏", printed_at="2026-11-30 09:12:00", number="A20261130-0417"
    )
    document = pypdfium2.PdfDocument(allocation_pdf(content, made.customer_no).content)
    try:
        assert len(document) == 1
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        return str(document[0].get_textpage().get_text_range()).replace("\r\n", "")
    finally:
        document.close()


@pytest.mark.parametrize("times", [0, 1, 5, 12])
def test_it_is_one_page_however_much_is_said(times: int) -> None:
    assert "配置建议" in text(allocation(times))


def test_it_names_nobody_in_full_and_carries_date_class_and_risks() -> None:
    words = text(allocation())
    assert "林**" in words
    assert "**0417" in words
    for secret in ("林秀英", "0000100417", "13812340001"):
        assert secret not in words
    for part in ("2026-10-31", "C3平衡", "10–15%", "本系统口径", "周敏"):
        assert part.replace(" ", "") in words.replace(" ", "")
    plain = words.replace(" ", "")
    assert "投资须谨慎" in plain
    assert "R不高于C" in plain
    assert "不是收益承诺" in plain
    assert "标准普尔" not in plain


def test_a_barred_customer_has_the_reason_on_top_and_no_proposal() -> None:
    made = dataclasses.replace(allocation(), barred="现在不谈产品:客户已拒绝营销。", moves=(), combo=None)
    words = text(made).replace(" ", "")
    assert "客户已拒绝营销" in words
    assert "现在不给建议" in words


def test_nobody_on_a_list_has_a_page_too() -> None:
    made = dataclasses.replace(
        allocation(), present=None, gaps=(), moves=(), combo=None, taboos=(), package=None, as_of=None
    )
    assert "没有建议" in text(made)


def test_a_ladder_stands_with_its_days_and_exact_amounts() -> None:
    seller = SlotSeller({}, Buyer(), DAY, RULES)
    made = dataclasses.replace(
        allocation(),
        combo=None,
        ladder=ladder(seller, 123_456_78, shipped()),
        ladder_words="12 月 16 日到期的:",
    )
    words = text(made)
    assert "2027-03-01" in words
    assert "41,456.78" in words.replace(" ", "")
