"""`Allocations`: the four pots of a customer, and the guide for everybody (domain 8.2, 8.3)."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import Connection, func, select, union_all

from db.care import family_goals, needs
from db.engine import Book
from db.tables import products, touches
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.i18n import bracketed
from workbench.base.workdays import workdays_of
from workbench.insight.allocation.allocation import Allocation, AllocationGuide, GuideLine
from workbench.insight.allocation.assembling import Assembling
from workbench.insight.allocation.bands import BANDS, COVER, band_name, band_of, packages
from workbench.insight.allocation.combos import COMBOS, combo
from workbench.insight.allocation.flows import maturing_lines
from workbench.insight.allocation.held import held_lines
from workbench.insight.allocation.ladder import ladder
from workbench.insight.allocation.slots import SlotSeller
from workbench.insight.allocation.taboos import Contacts
from workbench.insight.products.offers import Shelf
from workbench.insight.products.room import Matrix
from workbench.insight.shelf.families import families
from workbench.insight.shelf.on_list import honest_name, is_over
from workbench.insight.tags.engine import Engine
from workbench.people.consent import consent_of
from workbench.people.find import customer
from workbench.rules.parameters import Rules

#: products named for each band of the guide
_EXAMPLES = 3


class Allocations:
    """Reads the book; writes nothing."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, matrix: Matrix) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._matrix = matrix

    def of(self, customer_no: str) -> Allocation:
        """The four pots of one customer by the newest data. Raises WorkbenchError no_such_customer."""
        rules = self._rules
        with in_words(), self._book.read() as conn:
            person = customer(conn, customer_no)
            picture = self._engine.of_customer(conn, person["id"])
            month = picture.month or ""
            lines, listed = held_lines(conn, person["id"], month, rules) if month else ((), False)
            day = max(picture.day, today().isoformat())
            return Assembling(
                customer_id=person["id"],
                customer_no=person["customer_no"],
                name=person["name"] or "",
                picture=picture,
                day=dt.date.fromisoformat(day),
                shelf=buyable(conn, self._matrix.shelf(conn), day, rules),
                lines=lines,
                listed=listed,
                maturing=maturing_lines(conn, person["id"], month, day, rules) if month else (),
                contacts=_contacts(conn, person["id"], day, rules),
                consent=consent_of(conn, person["id"], day, picture.month, rules),
                workdays=workdays_of(conn),
                rules=rules,
            ).made()

    def guide(self) -> AllocationGuide:
        """The packages, the combos and the ladder in general, with what is on sale today."""
        rules, day = self._rules, today()
        with in_words(), self._book.read() as conn:
            shelf, workdays = (
                buyable(conn, self._matrix.shelf(conn), day.isoformat(), rules),
                workdays_of(conn),
            )
        seller, every = SlotSeller(shelf, None, day, rules), packages(rules, shelf)
        lines = [round(one * 100) for one in rules.numbers("alloc.entry")]
        # in the middle of each span; above the last line twice that
        amounts = [
            lines[0] // 2,
            *((low + high) // 2 for low, high in pairwise(lines)),
            lines[-1] * 2,
        ]
        combos = tuple(
            combo(code, fen, seller, every[2], workdays) for code, fen in zip(COMBOS, amounts, strict=True)
        )
        return AllocationGuide(
            day.isoformat(), every, tuple(_guide_line(band, shelf, rules) for band in (*BANDS, COVER)), combos,
            ladder(seller, round(rules.number("alloc.guide_amount") * 100), workdays),
        )  # fmt: skip


def buyable(conn: Connection, shelf: Shelf, day: str, rules: Rules) -> Shelf:
    """What can be bought on a day (ISO), without words in a name that promise the principal of what is no deposit."""
    p = products.c
    columns = (p.product_code, p.quota, p.start_date, p.open_date, p.maturity_date)
    sheet = {row["product_code"]: row for row in conn.execute(select(*columns)).mappings()}
    return {
        code: [
            (replace(one, name=honest_name(one.name, one.product_code, one.regime, rules)), least)
            for one, least in listed
            if one.product_code not in sheet or not is_over(sheet[one.product_code], day)
        ]
        for code, listed in shelf.items()
    }


def _contacts(conn: Connection, customer_id: int, day: str, rules: Rules) -> Contacts:
    t = touches.c
    since = (dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("taboo.goal_days"))).isoformat()
    lately = (t.customer_id == customer_id, t.date > since, t.date <= day)
    count = conn.execute(select(func.count()).where(*lately)).scalar() or 0
    noted = select(t.date.label("day")).where(*lately, func.coalesce(t.need, "") != "")
    by_hand = (
        select(table.c.made).where(
            table.c.customer_id == customer_id, table.c.made > since, table.c.made <= day
        )
        for table in (needs, family_goals)
    )
    every = union_all(noted, *by_hand).subquery()
    need = conn.execute(select(func.max(every.c.day))).scalar()
    ahead = select(func.min(t.next_date)).where(t.customer_id == customer_id, t.next_date >= day)
    return Contacts(count, need, conn.execute(ahead).scalar())


def _guide_line(band: str, shelf: Shelf, rules: Rules) -> GuideLine:
    known = {one.code: one for one in families()}
    named = []
    for code in rules.words(f"alloc.slot.{band}"):
        for one, _least in shelf.get(code, ()):
            of = band_of(known[code], one.regime, one.risk, one.name, rules)
            if of == band or (band == COVER and not one.private):
                named.append(bracketed(one.name, f"R{one.risk}") if one.risk else one.name)
    return GuideLine(band_name(band, rules), rules.text(f"alloc.band.{band}.what"), tuple(named[:_EXAMPLES]))
