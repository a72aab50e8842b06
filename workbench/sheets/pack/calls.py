"""电访单: everybody of the week in rank order, with boxes for what came of a call (domain 5, 12.4)."""

from collections.abc import Sequence
from typing import TypedDict

from workbench.base.i18n import _
from workbench.outreach.codes import codes, contact_codes
from workbench.outreach.reason import OWED
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.outreach.today.day import DayLine
from workbench.people.privacy import mask_phone, print_name, tail
from workbench.sheets.content import typeset
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading, noticed


class CallLine(TypedDict):
    """A customer of the call sheet."""

    number: str
    customer: str
    phone: str
    row: str
    word: str
    amount: str
    pin: str
    last: list[str]


def calls(material: WeekMaterial) -> tuple[Part, ...]:
    """The call sheet of the week; its row numbers are the ranks of the week."""
    listing = material.listing
    lines = [_line(one, material) for one in material.lines]
    size = material.rules.whole("sheet.calls_page")
    people = [(entry.person.name, entry.person.customer_no) for entry in listing.entries]
    unprinted = noticed(people)
    aged = listing.fresh.sentence if listing.fresh else ""
    digits = result_digits()
    legend = ["  ".join(f"{digit} {name}" for digit, name in digits)]
    head = heading(_("电访单"), material.week)
    paper = {
        **head,
        "draft": _("草稿 · 未确认") if listing.draft else "",
        "warnings": [*filter(None, [material.clean(aged)]), *unprinted],
        "says": typeset(_("共 {n} 户,按先后打;打完在号码下画勾,写下次日期").format(n=len(lines))),
        "heads": [
            _("号"), _("客户 / 电话"), _("531"), _("为什么"), _("上次联系"), _("下次"), _("手记"),
        ],
        "codes": [digit for digit, _name in digits],
        "legend": legend,
        "pages": [lines[first : first + size] for first in range(0, len(lines), size)],
        "nobody": typeset(_("本周没有要联系的客户。")),
    }  # fmt: skip
    rows = tuple(SheetRow(entry.rank, entry.person.customer_no, entry.item_id) for entry in listing.entries)
    fields = ("name_masked", "customer_no_tail", "phone" if material.phones else "phone_masked", "reason")
    grid = Grid(
        _("电访单"), f"{head['title']}  {head['week']}  {head['span']}", (str(paper["says"]), *unprinted),
        [_("序号"), _("客户"), _("电话"), _("531"), _("为什么"), _("上次联系"), _("结果"), _("下次日期"), _("备注")],
        (5, 14, 15, 9, 30, 18, 14, 13, 24),
        [_cells(line) for line in lines] or [[str(paper["nobody"])]], result=7 if lines else 0, next=8, note=9,
    )  # fmt: skip
    return (
        Part(
            "calls", "calls", _("电访单"), paper, fields, len(lines), listing.as_of, rows, grids=(grid,),
            unprinted=unprinted,
        ),
    )  # fmt: skip


def _line(line: DayLine, material: WeekMaterial) -> CallLine:
    """A customer on a line: the first reason in a word and one amount, the last contact in two."""
    entry, first, person = line.entry, line.entry.first, line.entry.person
    amount = first.amount
    if first.kind in OWED and first.due:
        amount = _("{date} 前").format(date=first.due[5:])
    return {
        "number": str(entry.rank),
        "customer": f"{print_name(person.name)} {tail(person.customer_no)}".strip(),
        "phone": line.phone if material.phones else mask_phone(line.phone),
        "row": "\n".join(filter(None, [entry.row, " ".join(entry.also)])),
        "word": " ".join(filter(None, [material.clean(first.word), _carried(entry.carried)])),
        "amount": material.clean(amount),
        "pin": material.clean(pin_words(line)),
        "last": _last(line, material.week[:4]),
    }


def pin_words(line: DayLine) -> str:
    """The note pinned on a customer, named for what it is; '' for none."""
    return _("便签:{text}").format(text=line.pin) if line.pin else ""


def _carried(weeks: int) -> str:
    """That a customer was left over from the weeks before; '' for one who was not."""
    return typeset(_("转结第 {n} 周").format(n=weeks)) if weeks else ""


def _last(line: DayLine, year: str) -> list[str]:
    """[date, what came of it] of the last contact; the year where it is not this one."""
    if line.last is None:
        return [_("没有记录"), ""]
    return [line.last.date.removeprefix(f"{year}-"), result_names().get(line.last.result, line.last.result)]


def result_digits() -> Sequence[tuple[str, str]]:
    """(digit, name) of the results that have a digit, in the order they are offered."""
    return [(one.digit, one.name) for one in contact_codes("results") if one.digit]


def result_names() -> dict[str, str]:
    """Code of a result -> its name."""
    return dict(codes("results"))


def _cells(line: CallLine) -> list[str]:
    return [
        line["number"], line["customer"], line["phone"], line["row"],
        "\n".join(filter(None, [line["word"], line["amount"], line["pin"]])), " ".join(filter(None, line["last"])), "", "", "",
    ]  # fmt: skip
