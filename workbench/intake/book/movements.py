"""Customers who left a list and customers who are new on it, each with the probable cause and its evidence: a row that
vanishes is not a zero (domain 16.5-12, 16.5-26)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, select

from db.tables import customers, snapshots
from workbench.base.i18n import _, commas
from workbench.base.money import exact_yuan, wan
from workbench.intake.book.diff import month_before
from workbench.intake.cells.parsed import texts_of, wholes_of
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.report import CustomerMovement
from workbench.intake.who.identity import NewNumber, number_changed
from workbench.intake.who.likeness import Identity
from workbench.rules.parameters import Rules

_CHUNK = 500
#: Figures at which lists are cut, the likeliest first.
_CUT_BY = ("aum_daily_average", "aum_balance", "deposit_balance")
_WORTH = ("aum_balance", "aum_daily_average", "deposit_balance")
_SCOPES = ("branch", "manager_name")


@dataclass(frozen=True, slots=True)
class _Gone:
    """A customer of the list before who is not on this one; `figures` by field as of then, in fen."""

    person: Identity
    close_date: str | None
    dormant: bool
    scopes: Mapping[str, str | None]
    figures: Mapping[str, int | None]

    def worth(self) -> int | None:
        """The first figure known of AUM or deposits, in fen; None when none is."""
        return next((self.figures[key] for key in _WORTH if self.figures[key] is not None), None)


@dataclass(frozen=True, slots=True)
class _Limit:
    """The amount at which the list looks cut: no row has less in `field` than `fen`."""

    field: str
    fen: int
    near: float

    def holds(self, value: int | None) -> bool:
        """Whether a figure (fen) lies below the limit or close above it."""
        return value is not None and value < self.fen * (1 + self.near)


def movements(
    conn: Connection, checked: AcceptedRows, vanished: Sequence[tuple[str, str]], fresh: Sequence[int], rules: Rules,
    *, replaced: Collection[int] = (),
) -> tuple[CustomerMovement, ...]:  # fmt: skip
    """Who vanished, then who is new, compared with the list of the month before; () when there is none.

    `vanished` are (number, name) of customers of the month before who are not in the sheet, `fresh` positions of
    rows whose customer is not in the book (`Diff.vanished`, `Diff.fresh`), `replaced` the batches of an earlier
    issue of this month that the sheet replaces (`Issue.chain`). A customer whom another file of the month names has
    not vanished.
    """
    month = checked.as_of[:7]
    before = month_before(conn, month)
    if before is None or checked.kind != "customers":
        return ()
    gone = _gone(conn, [number for number, _name in vanished], before, month, replaced)
    returned = _not_before(conn, set(checked.keys), before)
    new = sorted({*fresh, *_positions(checked, returned)})
    renamed = number_changed(
        (_person(checked, position) for position in new), [one.person for one in gone], rules
    )
    limit = _limit(checked, rules)
    lists = _Lists(checked, before, limit, renamed, rules)
    left = _Left(lists, gone, len(checked.keys) - len(new))
    came = _Came(lists, new, returned)
    return (*left.movements(), *came.movements())


@dataclass(frozen=True, slots=True)
class _Lists:
    """A list and the month of the one before it, with what was seen of both."""

    checked: AcceptedRows
    before: str
    #: the amount at which this list looks cut
    limit: _Limit | None
    renamed: Sequence[NewNumber]
    rules: Rules


# -- who left ----------------------------------------------------------------------------------------------


class _Left:
    """The causes of those who left, tried from the surest to the vaguest."""

    def __init__(self, lists: _Lists, gone: Sequence[_Gone], still: int) -> None:
        """`still` is the number of customers who are on both lists."""
        rules, checked = lists.rules, lists.checked
        self._gone = gone
        self._still = still
        self._before = lists.before
        self._limit = lists.limit
        self._renamed = {one.old_no: one for one in lists.renamed}
        self._closed_below = rules.whole("intake.closed_below") * 100
        self._small = round(min(rules.numbers("intake.limits")) * 100)
        self._rows = rules.whole("intake.scope_rows")
        self._share = rules.number("intake.scope_share")
        #: scope (branch, manager) -> its values on the sheet; and how many customers left of each value
        self._here = {key: set(checked.columns[key]) for key in _SCOPES if key in checked.columns}
        self._left = {key: Counter(one.scopes[key] for one in gone) for key in _SCOPES}

    def movements(self) -> list[CustomerMovement]:
        """One movement per customer who left."""
        listed = []
        for one in self._gone:
            cause, evidence = self._cause(one)
            listed.append(
                CustomerMovement(one.person.customer_no, one.person.name or "", "vanished", cause, evidence)
            )
        return listed

    def _cause(self, one: _Gone) -> tuple[str, str]:
        if new_number := self._renamed.get(one.person.customer_no):
            return "number_changed", _same_person(new_number.new_no, new_number.evidence)
        if one.close_date:
            return "closed", _("销户日期 {date}。").format(date=one.close_date)
        absent = self._scope(one)
        if absent and absent[0] == "partial_scope":
            return absent
        worth = one.worth()
        if worth is not None and (worth < self._closed_below or (one.dormant and worth < self._small)):
            words = (
                _("{month} 时资产只有 {amount} 元。")
                if not one.dormant
                else _("睡眠户,{month} 时资产 {amount} 元。")
            )
            return "closed", words.format(month=self._before, amount=exact_yuan(worth))
        if self._limit and self._limit.holds(one.figures[self._limit.field]):
            return "below_limit", _("这张表每户都在 {limit} 以上,该客户 {month} 时是 {amount} 元。").format(
                limit=wan(self._limit.fen), month=self._before,
                amount=exact_yuan(one.figures[self._limit.field]),
            )  # fmt: skip
        return absent or self._vague(one, worth)

    def _scope(self, one: _Gone) -> tuple[str, str] | None:
        """A branch or a manager of whom nobody is left: many at once mean a partial list, few were transferred."""
        for key, here in self._here.items():
            value = one.scopes[key]
            if value is None or value in here or not here - {None}:
                continue
            count = self._left[key][value]
            words = (
                _("网点“{name}”的 {count} 户都不在这张表上。") if key == "branch"
                else _("客户经理“{name}”的 {count} 户都不在这张表上。")
            )  # fmt: skip
            cause = "partial_scope" if count >= self._rows else "transferred"
            return cause, words.format(name=value, count=count)
        return None

    def _vague(self, one: _Gone, worth: int | None) -> tuple[str, str]:
        count = len(self._gone)
        before = count + self._still
        if count >= self._rows and count > before * self._share:
            words = _("上一份名单 {whole} 户,有 {count} 户不在这张表上。")
            return "partial_scope", words.format(whole=before, count=count)
        named = self._here.get("manager_name", set()) - {None}
        amount = "" if worth is None else _("{month} 时资产 {amount} 元。").format(
            month=self._before, amount=exact_yuan(worth)
        )  # fmt: skip
        if worth is not None and len(named) == 1 and one.scopes["manager_name"] in named:
            return "transferred", _("这是一位客户经理的名单,客户可能已转给他人;") + amount
        return "unknown", amount


def _gone(
    conn: Connection, numbers: Sequence[str], before: str, month: str, replaced: Collection[int]
) -> list[_Gone]:
    """The vanished as of the month before, without those whom another import of this month names."""
    c, s = customers.c, snapshots.c
    now = snapshots.alias("this_month")
    here = exists().where(
        now.c.customer_id == c.id, now.c.month == month, now.c.batch_id.not_in(sorted(replaced))
    )
    figures = [s[key] for key in _CUT_BY]
    gone: dict[str, _Gone] = {}
    for start in range(0, len(numbers), _CHUNK):
        query = (
            select(
                c.id, c.customer_no, c.name, c.phone, c.id_no, c.birth_date, c.gender, c.employer, c.residence_address,
                c.close_date, c.is_dormant, func.coalesce(s.branch, c.branch),
                func.coalesce(s.manager_name, c.manager_name), *figures,
            )
            .select_from(customers.outerjoin(snapshots, and_(s.customer_id == c.id, s.month == before)))
            .where(c.customer_no.in_(numbers[start : start + _CHUNK]), ~here)
        )  # fmt: skip
        for row in conn.execute(query):
            scopes = dict(zip(_SCOPES, row[11:13], strict=True))
            amounts = dict(zip(_CUT_BY, row[13:], strict=True))
            gone[row[1]] = _Gone(Identity(*row[:9]), row[9], bool(row[10]), scopes, amounts)
    return [gone[number] for number in numbers if number in gone]


# -- who came ----------------------------------------------------------------------------------------------


class _Came:
    """The causes of those who came."""

    def __init__(self, lists: _Lists, new: Sequence[int], returned: Mapping[str, str | None]) -> None:
        """`new` are positions of rows, `returned` numbers with the last month before the list before."""
        rules, checked = lists.rules, lists.checked
        self._checked = checked
        self._new = new
        self._returned = returned
        self._limit = lists.limit
        self._renamed = {one.new_no: one for one in lists.renamed}
        self._as_of = dt.date.fromisoformat(checked.as_of)
        self._days = rules.whole("intake.opened_days")
        self._rows = rules.whole("intake.scope_rows")
        self._scopes = {
            key: (Counter(checked.columns[key]), Counter(checked.columns[key][n] for n in new))
            for key in _SCOPES
            if key in checked.columns
        }

    def movements(self) -> list[CustomerMovement]:
        """One movement per customer who came."""
        names = texts_of(self._checked.columns, "name")
        listed = []
        for position in self._new:
            cause, evidence = self._cause(position)
            name = (names[position] if names else None) or ""
            listed.append(CustomerMovement(self._checked.keys[position], name, "new", cause, evidence))
        return listed

    def _cause(self, position: int) -> tuple[str, str]:
        number = self._checked.keys[position]
        if old_number := self._renamed.get(number):
            return "number_changed", _same_person(old_number.old_no, old_number.evidence)
        if last := self._returned.get(number):
            return "returned", _("上一次在名单上是 {month}。").format(month=last)
        opened = self._cell("open_date", position)
        if opened and 0 <= (self._as_of - dt.date.fromisoformat(opened)).days <= self._days:
            return "opened", _("开户日期 {date}。").format(date=opened)
        for key, (here, new) in self._scopes.items():
            value = self._cell(key, position)
            if value is not None and new[value] == here[value] >= self._rows:
                words = (
                    _("网点“{name}”的 {count} 户上一份名单上都没有。") if key == "branch"
                    else _("客户经理“{name}”的 {count} 户上一份名单上都没有。")
                )  # fmt: skip
                return "partial_scope", words.format(name=value, count=here[value])
        figures = wholes_of(self._checked.columns, self._limit.field) if self._limit else None
        amount = figures[position] if figures else None
        if self._limit and amount is not None and self._limit.holds(amount):
            words = _("这张表每户都在 {limit} 以上,该客户现在 {amount} 元。")
            return "above_limit", words.format(limit=wan(self._limit.fen), amount=exact_yuan(amount))
        if opened and opened <= self._checked.as_of:
            return "transferred_in", _("{date} 就已开户,上一份名单上没有。").format(date=opened)
        return "unknown", ""

    def _cell(self, key: str, position: int) -> str | None:
        column = texts_of(self._checked.columns, key)
        return column[position] if column is not None else None


def _not_before(conn: Connection, wanted: set[str], before: str) -> dict[str, str | None]:
    """Customers on this list who are in the book but not on the list before -> their last month before that."""
    earlier = snapshots.alias("earlier_month")
    last = (
        select(func.max(earlier.c.month))
        .where(earlier.c.customer_id == customers.c.id, earlier.c.month < before)
        .scalar_subquery()
    )
    on_list = exists().where(snapshots.c.customer_id == customers.c.id, snapshots.c.month == before)
    query = select(customers.c.customer_no, last).where(~on_list)
    return {row[0]: row[1] for row in conn.execute(query) if row[0] in wanted}


def _positions(checked: AcceptedRows, numbers: Collection[str]) -> list[int]:
    return [position for position, number in enumerate(checked.keys) if number in numbers] if numbers else []


# -- parts -------------------------------------------------------------------------------------------------


def _person(checked: AcceptedRows, position: int) -> Identity:
    def cell(key: str) -> str | None:
        column = texts_of(checked.columns, key)
        return column[position] if column is not None else None

    return Identity(
        position, checked.keys[position], cell("name"), cell("phone"), cell("id_no"), cell("birth_date"),
        cell("gender"), cell("employer"), cell("residence_address"),
    )  # fmt: skip


def _limit(checked: AcceptedRows, rules: Rules) -> _Limit | None:
    """The round amount at which the list looks cut: enough rows, none below, one close above. None: not cut."""
    near = rules.number("intake.limit_near")
    for field in _CUT_BY:
        values = [value for value in wholes_of(checked.columns, field) or () if value is not None]
        if len(values) < rules.whole("intake.floor_rows"):
            continue
        low = min(values)
        below = [round(yuan * 100) for yuan in rules.numbers("intake.limits") if yuan * 100 <= low]
        if below and low < max(below) * (1 + near):
            return _Limit(field, max(below), near)
    return None


def _same_person(number: str, evidence: Sequence[str]) -> str:
    return _("与尾号 {tail} 的客户号可能是同一人:{why}。").format(tail=number[-4:], why=commas(evidence))
