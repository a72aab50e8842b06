"""Family and company links of customers, added by hand, and the assets of a family (domain 11.1, 13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from db.engine import Book
from db.known import relations
from db.tables import customers, snapshots
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


@dataclass(frozen=True, slots=True)
class Relation:
    """One link seen from a customer: `kind` is what the other is to him ('spouse', 'owned', from the other side 'owner').
    `customer_no` is None for somebody outside the book. `average_fen` is the other's daily average."""

    id: int
    kind: str
    kind_name: str
    name: str
    customer_no: str | None
    tier: str | None
    average_fen: int | None
    note: str | None
    date: str
    family: bool
    company: bool

    def as_json(self) -> dict[str, Any]:
        """The link for the command line, the daily average in yuan."""
        return {
            "id": self.id, "kind": self.kind, "kind_name": self.kind_name, "name": self.name,
            "customer_no": self.customer_no, "tier": self.tier,
            "aum_daily_average": None if self.average_fen is None else self.average_fen / 100,
            "note": self.note, "date": self.date,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One customer of a family; daily average in fen, None if the month does not tell it."""

    customer_id: int
    customer_no: str
    name: str
    average_fen: int | None


@dataclass(frozen=True, slots=True)
class Household:
    """All links of a customer, and the family that they connect: its `members` in the book, the customer first; empty
    without a family link.

    `aum_fen` sums the daily averages that are told, None if there are none. `reason` says how many were counted and who
    could not be.
    """

    relations: tuple[Relation, ...]
    members: tuple[Member, ...]
    aum_fen: int | None
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Links and family for the command line, money in yuan."""
        return {
            "relations": [one.as_json() for one in self.relations],
            "members": [
                {
                    "customer_no": one.customer_no, "name": one.name,
                    "aum_daily_average": None if one.average_fen is None else one.average_fen / 100,
                }
                for one in self.members
            ],
            "aum": None if self.aum_fen is None else self.aum_fen / 100,
            "reason": self.reason,
        }  # fmt: skip


class Links:
    """Adds and removes links; each write is undoable."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the kinds of links that can be added."""
        return tuple((kind, self._rules.text(f"link.{kind}")) for kind in self._rules.words("links.kinds"))

    def of(self, customer_no: str, month: str | None = None) -> Household:
        """The links of a customer and his family by the figures of a month (None: the newest of each member).

        Raises WorkbenchError no_such_customer.
        """
        with in_words(), self._book.read() as conn:
            return household(conn, customer_id(conn, customer_no), month, self._rules)

    def add(
        self,
        customer_no: str,
        kind: str,
        *,
        other_no: str | None = None,
        other_name: str | None = None,
        note: str | None = None,
    ) -> Change:
        """Link a customer with his spouse, child, company…: another customer by number, or a name. Undoable.

        Raises WorkbenchError no_such_link, no_such_customer, link_to_nobody, link_to_self, linked_already.
        """
        if kind not in self._rules.words("links.kinds"):
            raise WorkbenchError(
                "no_such_link",
                _("没有“{kind}”这种关系。").format(kind=kind),
                _("可以用:{codes}。").format(codes=commas(f"{code}({name})" for code, name in self.kinds())),
            )
        number, name = (other_no or "").strip(), " ".join((other_name or "").split())
        if not number and not name:
            raise WorkbenchError(
                "link_to_nobody", _("没有说明是谁。"), _("请选一位客户,或者写下姓名或企业名称。")
            )
        with in_words(), self._book.write("relation", kind) as writer:
            customer = customer_id(writer.conn, customer_no)
            other = customer_id(writer.conn, number) if number else None
            if other == customer:
                raise WorkbenchError("link_to_self", _("不能把客户与自己登记成关系。"), _("请选另一位客户。"))
            self._refuse_second(writer.conn, customer, kind, other, name)
            row = {
                "customer_id": customer, "other_id": other, "other_name": None if other else name, "kind": kind,
                "note": " ".join((note or "").split()) or None, "date": today().isoformat(),
            }  # fmt: skip
            writer.insert(relations, [row])
            return Change.by(writer, 1)

    def remove(self, relation_id: int) -> Change:
        """Delete one link. Undoable. Raises WorkbenchError no_such_relation."""
        with in_words(), self._book.write("relation", "remove") as writer:
            if not writer.delete(relations, [relation_id]):
                raise WorkbenchError(
                    "no_such_relation", _("这条关系已经不在了。"), _("请刷新页面再看。"), relation=relation_id
                )
            return Change.by(writer, 1)

    def _refuse_second(
        self, conn: Connection, customer: int, kind: str, other: int | None, name: str
    ) -> None:
        """Raise linked_already for a second link between two people, or of a kind that each can have only once."""
        own_links = linked(conn, customer, None, self._rules)
        same = (
            (one for one in own_links if one.customer_no is None and one.name == name and one.kind == kind)
            if other is None
            else (one for one in linked(conn, other, None, self._rules) if _leads_to(conn, one, customer))
        )
        if (duplicate := next(same, None)) is not None:
            raise WorkbenchError(
                "linked_already",
                _("这两位之间已经登记了关系:{kind}。").format(kind=duplicate.kind_name),
                _("要改的话,请先删除原来的关系再添加。"),
            )
        if kind in self._rules.words("links.only_one"):
            others = [] if other is None else linked(conn, other, None, self._rules)
            if any(one.kind == kind for one in (*own_links, *others)):
                raise WorkbenchError(
                    "linked_already",
                    _("其中一位已经登记了{kind}。").format(kind=self._rules.text(f"link.{kind}")),
                    _("要改的话,请先删除原来的关系再添加。"),
                )


def linked(conn: Connection, customer: int, month: str | None, rules: Rules) -> list[Relation]:
    """The links of a customer in the order of their kinds; links made on the other's side are turned to his view."""
    kinds, inverse = rules.words("links.kinds"), rules.words("links.inverse")
    family, company = set(rules.words("links.family")), set(rules.words("links.company"))
    r, ladder = relations.c, Ladder.of(rules)
    rows = conn.execute(
        select(relations).where(or_(r.customer_id == customer, r.other_id == customer)).order_by(r.id)
    ).all()
    if not rows:
        return []
    others = {row.other_id if row.customer_id == customer else row.customer_id for row in rows}
    members = {one.customer_id: one for one in _members(conn, (one for one in others if one), month)}
    links = []
    for row in rows:
        own = row.customer_id == customer
        other = members.get(row.other_id if own else row.customer_id)
        kind = row.kind if own else dict(zip(kinds, inverse, strict=True)).get(row.kind, row.kind)
        average = other.average_fen if other else None
        links.append(
            Relation(
                row.id, kind, rules.text(f"link.{kind}"), other.name if other else row.other_name or "",
                other.customer_no if other else None, ladder.level(average), average, row.note, row.date,
                row.kind in family, own and row.kind in company,
            )
        )  # fmt: skip
    order = (*kinds, *inverse)
    return sorted(links, key=lambda one: (order.index(one.kind) if one.kind in order else 99, one.id))


def household(conn: Connection, customer: int, month: str | None, rules: Rules) -> Household:
    """A customer's links, and the family reached along family links, at most `links.most` customers."""
    links = tuple(linked(conn, customer, month, rules))
    if not any(one.family for one in links):
        return Household(links, (), None, _("没有登记家庭成员,家庭资产无法判断。"))
    family = _connected(conn, customer, rules)
    people = {one.customer_id: one for one in _members(conn, family, month)}
    members = tuple(people[one] for one in family if one in people)
    outside = sum(one.family and one.customer_no is None for one in links)
    averages = [one.average_fen for one in members if one.average_fen is not None]
    total = sum(averages) if averages else None
    reason = _("家庭在册 {n} 人,资产月日均合计 {sum}").format(n=len(members), sum=wan(total))
    if len(averages) < len(members):
        reason += _(";{n} 人没有数据,未计入").format(n=len(members) - len(averages))
    if outside:
        reason += _(";{n} 人不是本行客户,资产未知").format(n=outside)
    return Household(links, members, total, reason + _("。"))


def _leads_to(conn: Connection, one: Relation, customer: int) -> bool:
    query = select(relations.c.id).where(
        relations.c.id == one.id,
        or_(relations.c.customer_id == customer, relations.c.other_id == customer),
    )
    return conn.execute(query).first() is not None


def _connected(conn: Connection, customer: int, rules: Rules) -> list[int]:
    """Ids of the family: the customer first, then by distance in links."""
    r, most = relations.c, rules.whole("links.most")
    family, front = [customer], [customer]
    while front and len(family) < most:
        query = select(r.customer_id, r.other_id).where(
            r.kind.in_(rules.words("links.family")),
            r.other_id.is_not(None),
            or_(r.customer_id.in_(front), r.other_id.in_(front)),
        )
        near = {end for row in conn.execute(query) for end in row} - set(family)
        front = sorted(near)[: most - len(family)]
        family.extend(front)
    return family


def _members(conn: Connection, ids: Iterable[int], month: str | None) -> list[Member]:
    """Customers with their daily average, else their balance, of a month (None: the newest of each)."""
    wanted = sorted(set(ids))
    s = snapshots.alias("of_month")
    newest = (
        select(func.max(snapshots.c.month))
        .where(snapshots.c.customer_id == customers.c.id)
        .correlate(customers)
        .scalar_subquery()
    )
    query = (
        select(
            customers.c.id, customers.c.customer_no, customers.c.name,
            func.coalesce(s.c.aum_daily_average, s.c.aum_balance).label("average"),
        )
        .select_from(
            customers.outerjoin(s, and_(s.c.customer_id == customers.c.id, s.c.month == (month or newest)))
        )
        .where(customers.c.id.in_(wanted))
        .order_by(customers.c.id)
    )  # fmt: skip
    return [Member(row.id, row.customer_no, row.name or "", row.average) for row in conn.execute(query)]
