"""What stands behind an operator in the builder: what is typed is a literal of the language, and the other way round."""

import pytest
from PySide6.QtCore import QDate

from tests.ui.bot import Bot
from ui.pages.picker.forms import Form
from ui.pages.picker.values import (
    ChoiceEdit,
    ContactEdit,
    DateEdit,
    DaysEdit,
    ManyEdit,
    NumberEdit,
    ValueEdit,
    WordsEdit,
    value_edit,
)
from workbench.base.terms import Term

MONEY = Term("average", "资产月日均", "money")
SHARE = Term("share", "占比", "ratio")
COUNT = Term("products", "产品数", "count", unit="个")
TIER = Term("tier", "层级", "enum", values=(("L0", "休眠"), ("L1", "大众"), ("L2", "贵宾")), ordered=True)


@pytest.mark.parametrize(
    ("typed", "unit", "literal"),
    [
        ("50", "万", ("50万",)), ("1,234.50", "元", ("1234.5",)), ("2", "亿", ("2亿",)), ("−3", "万", ("-3万",)),
        ("1e2", "元", ("100",)), ("", "万", ()), ("五十", "万", ()), ("nan", "万", ()), ("inf", "万", ()),
    ],
)  # fmt: skip
def test_an_amount_is_written_with_its_unit_and_nothing_while_it_is_no_number(
    qtbot: Bot, typed: str, unit: str, literal: tuple[str, ...]
) -> None:
    edit = NumberEdit(MONEY, 1)
    qtbot.addWidget(edit)
    edit.unit.setCurrentIndex(edit.unit.findData(unit))
    edit.lines[0].setText(typed)
    assert edit.literals() == literal


@pytest.mark.parametrize(
    ("values", "lines", "unit"),
    [
        (("50万",), ["50"], "万"), (("500000",), ["50"], "万"), (("12345",), ["12345"], "元"), (("-5",), ["-5"], "元"),
        (("2亿",), ["2"], "亿"), (("1万", "2亿"), ["1", "20000"], "万"), (("10000", "25000"), ["10000", "25000"], "元"),
    ],
)  # fmt: skip
def test_amounts_are_shown_in_the_unit_they_were_written_in(
    qtbot: Bot, values: tuple[str, ...], lines: list[str], unit: str
) -> None:
    edit = NumberEdit(MONEY, len(values))
    qtbot.addWidget(edit)
    edit.take(values)
    assert [one.text() for one in edit.lines] == lines
    assert edit.unit.currentData() == unit


@pytest.mark.parametrize(("values", "line"), [(("10%",), "10"), (("0.1",), "10"), (("-0.025",), "-2.5")])
def test_a_share_is_typed_in_percent(qtbot: Bot, values: tuple[str, ...], line: str) -> None:
    edit = NumberEdit(SHARE, 1)
    qtbot.addWidget(edit)
    edit.take(values)
    assert edit.lines[0].text() == line
    assert edit.literals() == (f"{line}%",)


def test_both_ends_of_a_range_are_needed(qtbot: Bot) -> None:
    edit = NumberEdit(COUNT, 2)
    qtbot.addWidget(edit)
    edit.lines[0].setText("2")
    assert edit.literals() == ()
    with qtbot.waitSignal(edit.changed):
        edit.lines[1].setText("5")
    assert edit.literals() == ("2", "5")


@pytest.mark.parametrize(
    ("typed", "literal"), [("30", ("30",)), (" 7 ", ("7",)), ("-1", ()), ("1.5", ()), ("三", ()), ("٣", ())]
)
def test_days_are_whole_and_not_below_zero(qtbot: Bot, typed: str, literal: tuple[str, ...]) -> None:
    edit = DaysEdit("天")
    qtbot.addWidget(edit)
    edit.line.setText(typed)
    assert edit.literals() == literal
    edit.take(("30",))
    assert edit.line.text() == "30"
    edit.take(("'x'",))
    assert edit.line.text() == ""


def test_a_date_is_its_own_literal(qtbot: Bot) -> None:
    edit = DateEdit(2)
    qtbot.addWidget(edit)
    edit.take(("2026-10-01", "2026-10-31"))
    assert edit.literals() == ("2026-10-01", "2026-10-31")
    with qtbot.waitSignal(edit.changed):
        edit.dates[1].setDate(QDate(2026, 11, 30))
    assert edit.literals()[1] == "2026-11-30"


@pytest.mark.parametrize(("typed", "literal"), [("大连", "'大连'"), ("O'Neil", "'O''Neil'")])
def test_a_text_is_quoted_and_read_back(qtbot: Bot, typed: str, literal: str) -> None:
    edit = WordsEdit()
    qtbot.addWidget(edit)
    edit.line.setText(f" {typed} ")
    assert edit.literals() == (literal,)
    edit.line.clear()
    assert edit.literals() == ()
    edit.take((literal,))
    assert edit.line.text() == typed


@pytest.mark.parametrize("written", ["'L1'", "'大众'", "大众", "'l1'"])
def test_a_choice_is_known_by_code_and_by_label(qtbot: Bot, written: str) -> None:
    edit = ChoiceEdit(TIER)
    qtbot.addWidget(edit)
    edit.take((written,))
    assert edit.literals() == ("'L1'",)


def test_several_choices_keep_the_order_of_the_menu_and_are_named_short(qtbot: Bot) -> None:
    edit = ManyEdit(TIER)
    qtbot.addWidget(edit)
    assert edit.literals() == ()
    assert edit.open.text() == "选几个…"
    edit.take(("'L2'", "'休眠'"))
    assert edit.literals() == ("'L0'", "'L2'")
    assert edit.open.toolTip() == edit.open.text() == "休眠、贵宾"
    with qtbot.waitSignal(edit.changed):
        edit.ticks["L1"].trigger()
    edit.take(("'L1'",))
    assert edit.literals() == ("'L1'",), "what is shown replaces what was ticked"


def test_many_ticks_are_counted_on_the_button(qtbot: Bot) -> None:
    edit = ManyEdit(Term("city", "城市", "enum", values=tuple((f"c{n}", f"第{n}个城市") for n in range(5))))
    qtbot.addWidget(edit)
    edit.take(tuple(f"'c{n}'" for n in range(5)))
    assert edit.open.text() == "第0个城市 等 5 个"
    assert "第4个城市" in edit.open.toolTip()


@pytest.mark.parametrize(
    ("days", "literals"), [("", ("'call'",)), ("30", ("'call'", "30")), ("x", ()), ("-3", ())]
)
def test_a_contact_is_ever_or_within_days(qtbot: Bot, days: str, literals: tuple[str, ...]) -> None:
    edit = ContactEdit(Term("touched()", "联系过", "enum", values=(("call", "电话"), ("visit", "面访"))))
    qtbot.addWidget(edit)
    edit.days.setText(days)
    assert edit.literals() == literals
    edit.take(("'visit'",))
    assert edit.literals() == ("'visit'",), "days of before are gone"


@pytest.mark.parametrize(
    ("term", "form", "kind"),
    [
        (MONEY, Form("", ">="), NumberEdit), (TIER, Form("", "="), ChoiceEdit),
        (TIER, Form("", "in", edit="many"), ManyEdit), (Term("city", "城市", "text"), Form("", "="), WordsEdit),
        (Term("due", "到期日", "date"), Form("", ">="), DateEdit),
        (Term("due", "到期日", "date"), Form("", "between", edit="days"), DaysEdit),
        (Term("due", "到期日", "date"), Form("", "is missing", 0), ValueEdit),
        (Term("touched()", "联系过", "enum"), Form("", "", edit="contact"), ContactEdit),
    ],
)  # fmt: skip
def test_the_editor_follows_the_form(qtbot: Bot, term: Term, form: Form, kind: type[ValueEdit]) -> None:
    edit = value_edit(term, form)
    qtbot.addWidget(edit)
    assert type(edit) is kind
