"""今日清单 on paper: for each workday still to come its customers with why, what to say and what not to say (domain 0.1)."""

import re
from collections.abc import Callable, Sequence
from typing import TypedDict

from workbench.base.i18n import _, commas, semicolons
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.outreach.today.day import DayLine, DayList
from workbench.people.privacy import Cover, mask_phone, print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.calls import pin_words, result_digits, result_names
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, noticed
from workbench.sheets.printed import SheetKind

FIELDS = ("name_masked", "customer_no_tail", "reason")
DAY_PDF = SheetKind("day_pdf", FIELDS, "pack")
#: clauses of a reason that paper has room for, and characters of what not to say: limits are printed whole, the strictest
#: first, while they fit
_CLAUSES, _ROOM = 1, 33
_AMOUNT = re.compile(r"\d[\d,.]* ?[万亿元]|\d,\d{3}")


class DayPaperRow(TypedDict):
    """A customer of the day."""

    number: str
    customer: str
    phone: str
    row: str
    word: str
    amount: str
    why: str
    others: str
    pin: str
    say: str
    dont: str
    last: str


def days(material: WeekMaterial) -> tuple[Part, ...]:
    """A list for each workday of the week from today on; nobody stands on two of them."""
    lists = [one for one in material.days if one.lines] or material.days[:1]
    return tuple(day_part(one, phones=material.phones) for one in lists)


def day_part(day: DayList, *, phones: bool = False) -> Part:
    """The list of a day; row numbers are its own. `phones`: telephones in full, on a sheet asked for with a purpose."""
    cover = Cover((one.entry.person.name, one.entry.person.customer_no) for one in day.lines)

    def clean(text: str) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(text.split())))

    rows = [_row(number, one, day, clean, phones=phones) for number, one in enumerate(day.lines, 1)]
    people = [(one.entry.person.name, one.entry.person.customer_no) for one in day.lines]
    unprinted = noticed(people)
    digits = result_digits()
    moved = [note for note in day.notes if not (day.fresh and note == day.fresh.sentence)]
    says = ["".join(map(clean, [day.todo, *moved]))]
    if day.red_line and rows:
        says.append(clean(_("对每一位都:{what}").format(what=day.red_line)))
    aged = clean(day.fresh.sentence) if day.fresh and day.fresh.sentence else ""
    title = _("今日清单")
    paper = {
        "title": title, "week": weekday(day.date), "span": day.date, "draft": "",
        "warnings": [*filter(None, [aged]), *unprinted], "says": says,
        "heads": [_("号"), _("客户"), _("为什么"), _("说什么"), _("禁忌")],
        "codes": [digit for digit, _name in digits],
        "legend": ["  ".join(f"{digit} {name}" for digit, name in digits)], "next": _("下次"),
        "last": _("上次"),
        "rows": rows, "nobody": clean(day.todo),
    }  # fmt: skip
    numbered = tuple(
        SheetRow(number, one.entry.person.customer_no, one.entry.item_id)
        for number, one in enumerate(day.lines, 1)
    )
    grid = Grid(
        _("{day} 清单").format(day=day.date[5:]), f"{title}  {weekday(day.date)}  {day.date}",
        [*says, aged, *unprinted],
        [
            _("序号"), _("客户"), _("电话"), _("531"), _("为什么"), _("说什么"), _("禁忌"), _("上次联系"), _("结果"),
            _("下次日期"), _("备注"),
        ],
        (5, 14, 15, 9, 36, 28, 28, 16, 14, 13, 20),
        [_cells(row) for row in rows] or [[str(paper["nobody"])]],
        result=9 if rows else 0, next=10, note=11, landscape=True,
    )  # fmt: skip
    fields = (*FIELDS, "phone" if phones else "phone_masked")
    return Part(
        "day", "day", title, paper, fields, len(rows), day.as_of, numbered, day.date, (grid,), unprinted
    )


def day_name(day: DayList) -> str:
    """The proposed file name of a list, without an ending."""
    return _("今日清单 {date}").format(date=day.date)


def _row(
    number: int, line: DayLine, day: DayList, clean: Callable[[str], str], *, phones: bool
) -> DayPaperRow:
    entry, first = line.entry, line.entry.first
    person = entry.person
    others = [one.word for one in entry.reasons[1:]]
    why = semicolons(_clauses(first.sentence, day.as_of))
    return {
        "number": str(number),
        "customer": f"{print_name(person.name)} {tail(person.customer_no)}".strip(),
        "phone": line.phone if phones else mask_phone(line.phone),
        "row": " ".join(filter(None, [entry.row, *entry.also])),
        "word": clean(first.word),
        # one amount a row: where the clause names one, that is it
        "amount": "" if _AMOUNT.search(why) else clean(first.amount),
        "why": clean(why),
        "others": clean(_("另:{what}").format(what=commas(others))) if others else "",
        "pin": clean(pin_words(line)),
        "say": clean(line.say),
        "dont": clean(semicolons(_strictest(day.limits(line)))),
        "last": _last(line, day.date[:4]),
    }


def _clauses(sentence: str, as_of: str | None) -> list[str]:
    """The first clauses of a reason, which carry it, whole; without the data date, which the foot of the page tells."""
    head, _told, end = _("截至{as_of}:{clauses}。").partition("{clauses}")
    dated = sentence.removeprefix(head.format(as_of=as_of)).removesuffix(end)
    return [one for one in dated.replace("；", ";").split(";") if one.strip()][:_CLAUSES]


def _strictest(limits: Sequence[str]) -> list[str]:
    """The first limits, as many as fit, at least one."""
    kept = list(limits[:1])
    for text in limits[1:]:
        if sum(map(len, kept)) + len(text) > _ROOM:
            break
        kept.append(text)
    return kept


def _last(line: DayLine, year: str) -> str:
    """The last contact in words; its year where it is not this one."""
    if line.last is None:
        return _("没有记录")
    names = result_names()
    return " ".join(
        filter(None, [line.last.date.removeprefix(f"{year}-"), names.get(line.last.result, line.last.result)])
    )


def _cells(row: DayPaperRow) -> list[str]:
    why = "\n".join(
        filter(
            None,
            [" ".join(filter(None, [row["word"], row["amount"]])), row["why"], row["others"], row["pin"]],
        )
    )
    return [
        row["number"], row["customer"], row["phone"], row["row"], why, row["say"], row["dont"], row["last"], "", "", "",
    ]  # fmt: skip
