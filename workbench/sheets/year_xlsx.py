"""The touch plan of a year as a workbook: a worksheet a month, a numbered row for each touch, whose result comes back."""

from collections.abc import Callable, Sequence

from workbench.base.i18n import _, commas
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.year_day import Stream
from workbench.outreach.wishes.reasons import reason_group
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.privacy import print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.part import Grid
from workbench.sheets.printed import SheetKind
from workbench.sheets.year_material import (
    GROUP,
    YearMaterial,
    channel_word,
    group_lines,
    names_of,
)

YEAR_XLSX = SheetKind("year_xlsx", ("name_masked", "customer_no_tail", "tier", "reason"))
#: in characters
_WIDTHS = (6, 12, 6, 13, 14, 14, 32, 13, 8, 9, 7, 10, 9, 14, 13, 22)
#: streams of events, in the order of their columns
_STREAMS: tuple[tuple[Stream, ...], ...] = (("festival", "term"), ("segment",), ("product",))
#: reasons that are said in the column of their stream; every other one stands in the column after them
_IN_STREAM = {"festival": 0, "term": 0, "segment": 1, "product": 2}


def month_grid(
    material: YearMaterial,
    days: Sequence[AgendaDay],
    title: str,
    about: Sequence[str],
    touches: Sequence[PlannedTouch],
    clean: Callable[[str], str],
) -> Grid:
    """The worksheet of a month: its touches in the order of their numbers, and below them messages to many at once."""
    heads = [
        _("序号"), _("日期"), _("星期"), _("节日"), _("客群"), _("产品"), _("个人日期"), _("客户"), _("层级"), _("负责人"),
        _("渠道"), _("话术编号"), _("预算"), _("完成(结果)"), _("下次日期"), _("备注"),
    ]  # fmt: skip
    by_date = {day.date: day for day in days}
    single = [one for one in touches if one.channel != GROUP]
    rows = [
        _row(number, one, by_date[one.day or ""], material, clean) for number, one in enumerate(single, 1)
    ]
    empty = [typeset(_("这个月没有排触点。"))]
    month = _("{n}月").format(n=int(days[0].date[5:7]))
    return Grid(
        month, title, [*about], heads, _WIDTHS, rows or [empty], result=14 if rows else 0, next=15, note=16,
        notes=group_lines(touches), landscape=True,
    )  # fmt: skip


def _row(
    number: int, one: PlannedTouch, day: AgendaDay, material: YearMaterial, clean: Callable[[str], str]
) -> list[str]:
    short = [event for event in day.events if event.last == event.date]
    columns = [names_of(short, *streams) for streams in _STREAMS] + [[]]
    column = columns[_IN_STREAM.get(reason_group(one.reason), len(_STREAMS))]
    if one.words not in column:
        column.append(one.words)
    return [
        str(number), day.date, weekday(day.date), *(clean(commas(words)) for words in columns),
        f"{print_name(one.name)} {tail(one.customer_no)}".strip(), material.tier(one), material.manager,
        channel_word(one.channel), material.scripts.get(one.id, ""), "", "", "", "",
    ]  # fmt: skip
