"""What a manager changes on a plan: people, rows, words. Each function gives the new plan, which `Outreach.save` stores.

A row is named as on paper: '5-2' is the second of the five, '3-1' the first of the three, '1-1' the one.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.outreach.draft import Block, PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.methods import Method, catalogue
from workbench.outreach.reason import WeekReason
from workbench.rules.red_lines import RedLine, hold

#: how rows are numbered, by the attribute of the plan and the block of its items
_BLOCKS: tuple[tuple[str, Literal["quick_wins", "needs_resources", "this_week"], Block], ...] = (
    ("5", "quick_wins", "quick_win"),
    ("3", "needs_resources", "resource"),
    ("1", "this_week", "this_week"),
)
#: rows that a person made
BY_HAND = "by_hand"
#: the source and the kind of a reason that a person wrote
MANUAL, OWN = "manual", "own"
#: the texts of a row that may be edited
WORDS = ("method", "basis", "action", "script", "done_when", "due", "resource", "fallback")


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of the week for who is added: the workdays (ISO) that are left, and customers of one day."""

    days: Sequence[str]
    most: int


def rows(plan: WeekPlan) -> dict[str, PlanItem]:
    """Name of each row -> row, in their order."""
    return {
        f"{sign}-{number}": item
        for sign, name, _block in _BLOCKS
        for number, item in enumerate(getattr(plan, name), 1)
    }


def row_of(plan: WeekPlan, row: str) -> PlanItem:
    """A row by its name, its kind or what it is called. Raises WorkbenchError no_such_method."""
    named = rows(plan)
    item = named.get(row) or next((one for one in named.values() if row in (one.kind, one.method)), None)
    if item is None:
        words = commas(f"{item.kind}({item.method})" for item in plan.quick_wins)
        raise WorkbenchError(
            "no_such_method",
            _("{week} 的计划里没有“{kind}”这个方法。").format(week=plan.week, kind=row),
            _("可以用:{names}。").format(names=words),
        )
    return item


# -- people ---------------------------------------------------------------------------------------------------------


def add_people(
    plan: WeekPlan, row: str, people: Iterable[PlanCustomer], *, reason: str = "", room: Room | None = None
) -> WeekPlan:
    """Append customers to a row; whoever is in one of the five already stays there. `reason`: why a person wants them,
    where they bring none; `room`: gives each a day that is left. Raises WorkbenchError no_such_method."""
    item = row_of(plan, row)
    listed = _listed(plan.quick_wins if item.block == "quick_win" else (item,))
    days = Counter(
        {one.customer_id: one.day for each in rows(plan).values() for one in each.customers}.values()
    )
    new: list[PlanCustomer] = []
    for one in people:
        if one.customer_id in listed:
            continue
        listed.add(one.customer_id)
        why = one.reasons or (
            WeekReason(MANUAL, OWN, _("自选客户"), reason or one.reason, note=reason or one.reason),
        )
        day = one.day
        if room and not day:
            day = next((day for day in room.days if days[day] < room.most), room.days[-1])
            days[day] += 1
        new.append(replace(one, reason=one.reason or reason, reasons=why, day=day))
    return _recounted(plan, _swapped(plan, item, replace(item, customers=(*item.customers, *new))))


def remove_people(plan: WeekPlan, customers: Collection[int], row: str | None = None) -> WeekPlan:
    """Take customers (ids) off a row, None: off all rows. Raises WorkbenchError no_such_method."""
    only = None if row is None else row_of(plan, row)
    made = _each(
        plan,
        lambda item: (
            replace(item, customers=tuple(c for c in item.customers if c.customer_id not in customers))
            if only is None or item is only
            else item
        ),
    )
    return _recounted(plan, made)


def move_person(plan: WeekPlan, customer: int, to: str) -> WeekPlan:
    """Move a customer (id) of the five to the end of another row, whose people stand in the order of the week. What markets has
    to be asked for first (`Editing.barred`). Raises WorkbenchError no_such_method, no_such_person."""
    target = row_of(plan, to)
    home = next(
        (item for item in rows(plan).values() if item.block == target.block and customer in _listed((item,))),
        None,
    )
    if home is None:
        raise WorkbenchError("no_such_person", _("这位客户不在这一块的计划里。"), _("请先把该客户加进来。"))
    person = next(one for one in home.customers if one.customer_id == customer)
    without = replace(home, customers=tuple(one for one in home.customers if one.customer_id != customer))
    made = _swapped(plan, home, without)
    there = without if target is home else target
    return _swapped(made, there, replace(there, customers=(*there.customers, person)))


def swap_people(plan: WeekPlan, one: int, other: int) -> WeekPlan:
    """Let two customers (ids) change places in the order of the week; every row names its people in that order. Raises
    WorkbenchError no_such_person."""
    ranks = plan.ranks()
    if one not in ranks or other not in ranks:
        raise WorkbenchError("no_such_person", _("这位客户不在这一块的计划里。"), _("请先把该客户加进来。"))
    places = {one: other, other: one}
    order = tuple(places.get(id_, id_) for id_ in ranks)
    place = {id_: number for number, id_ in enumerate(order)}
    made = _each(
        plan,
        lambda item: replace(
            item, customers=tuple(sorted(item.customers, key=lambda c: place[c.customer_id]))
        ),
    )
    return replace(made, order=order)


# -- rows -----------------------------------------------------------------------------------------------------------


def swap_rows(plan: WeekPlan, one: str, other: str) -> WeekPlan:
    """Let two rows of one block change places. Raises WorkbenchError no_such_method, other_block."""
    first, second = row_of(plan, one), row_of(plan, other)
    if first.block != second.block:
        raise WorkbenchError("other_block", _("只能在同一块里对调。"), _("例如 5-1 和 5-3。"))
    name = next(name for _sign, name, block in _BLOCKS if block == first.block)
    places = {id(first): second, id(second): first}
    return _with(plan, name, [places.get(id(item), item) for item in getattr(plan, name)])


def replace_row(plan: WeekPlan, row: str, by: PlanItem) -> WeekPlan:
    """Put another row in the place of one; whom both blocks of the five would name twice stays where he is. The new row is
    none of the printed ones any more. Raises WorkbenchError no_such_method."""
    item = row_of(plan, row)
    others = (
        _listed(one for one in plan.quick_wins if one is not item) if item.block == "quick_win" else set()
    )
    people = tuple(one for one in by.customers if one.customer_id not in others)
    return _recounted(
        plan, _swapped(plan, item, replace(by, block=item.block, customers=people, id=None, result=""))
    )


def own_row(
    plan: WeekPlan, row: str, method: str, lines: Iterable[RedLine] | None = None, **words: str
) -> WeekPlan:
    """Put an own row in the place of one: what it is called, and its words (see `WORDS`). `lines`: the red lines in force, None:
    the shipped ones. Raises WorkbenchError no_such_method, no_text, no_such_field, red_line."""
    if not method.strip():
        raise WorkbenchError("no_text", _("这一行还没有名字。"), _("请写一个方法名。"))
    item = row_of(plan, row)
    taken = {one.kind for one in rows(plan).values()}
    kind = next(kind for n in range(1, 100) if (kind := f"{BY_HAND}_{n}") not in taken)
    blank = replace(
        item, kind=kind, method=method.strip(), customers=(), basis="", action="", script="", done_when="",
        resource="", fallback="", carried=0, left_over="",
    )  # fmt: skip
    hold(blank.method, _("方法"), lines)
    made = replace_row(plan, row, blank)
    return edit_words(made, kind, lines, **words) if words else made


def edit_words(plan: WeekPlan, row: str, lines: Iterable[RedLine] | None = None, **words: str) -> WeekPlan:
    """Change words of a row (see `WORDS`); what a customer may hear crosses no red line (`lines`: those in force, None: the
    shipped ones). Raises WorkbenchError no_such_method, no_such_field, red_line."""
    item = row_of(plan, row)
    if wrong := [name for name in words if name not in WORDS]:
        raise WorkbenchError("no_such_field", _("没有这一格:{name}。").format(name=commas(wrong)))
    texts = {name: text.strip() for name, text in words.items()}
    for name, called in (("method", _("方法")), ("action", _("动作")), ("script", _("话术"))):
        hold(texts.get(name, ""), called, lines)
    changed = PlanItem(**{**{name: getattr(item, name) for name in PlanItem.__slots__}, **texts})
    return _swapped(plan, item, changed)


def other_methods(plan: WeekPlan, row: str) -> tuple[Method, ...]:
    """The methods of the catalogue that may take the place of a row: of its block, not on the plan yet."""
    item = row_of(plan, row)
    offers = catalogue()
    taken = {one.kind for one in rows(plan).values()}
    blocks = {"quick_win": offers.methods, "resource": offers.resources, "this_week": offers.landings}
    return tuple(method for method in blocks[item.block] if method.kind not in taken)


def calls_for(item: PlanItem) -> bool:
    """Whether the customers of a row are called."""
    method = catalogue().of(item.kind)
    return method is None or item.block != "quick_win" or method.channel == "call"


# -- parts ----------------------------------------------------------------------------------------------------------


def _listed(items: Iterable[PlanItem]) -> set[int]:
    return {one.customer_id for item in items for one in item.customers}


def _recounted(before: WeekPlan, plan: WeekPlan) -> WeekPlan:
    """An edited plan with its calls and the order of its people; who is new stands after the others."""

    def called(one: WeekPlan) -> set[int]:
        """Customers (ids) who are called."""
        return _listed(item for item in rows(one).values() if calls_for(item))

    named = _listed(rows(plan).values())
    calls = max(0, plan.calls + len(called(plan)) - len(called(before)))
    new = [one.customer_id for item in rows(plan).values() for one in item.customers]
    order = tuple(id_ for id_ in dict.fromkeys((*plan.order, *new)) if id_ in named)
    return replace(plan, calls=calls, order=order)


def _each(plan: WeekPlan, make: Callable[[PlanItem], PlanItem]) -> WeekPlan:
    return replace(
        plan,
        quick_wins=tuple(map(make, plan.quick_wins)),
        needs_resources=tuple(map(make, plan.needs_resources)),
        this_week=tuple(map(make, plan.this_week)),
    )


def _swapped(plan: WeekPlan, old: PlanItem, new: PlanItem) -> WeekPlan:
    return _each(plan, lambda item: new if item is old else item)


def _with(plan: WeekPlan, name: str, items: Sequence[PlanItem]) -> WeekPlan:
    match name:
        case "quick_wins":
            return replace(plan, quick_wins=tuple(items))
        case "needs_resources":
            return replace(plan, needs_resources=tuple(items))
        case _:
            return replace(plan, this_week=tuple(items))
