"""The chains of a book: who stands in them by the graph of referrals, their assets by the newest list."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from db.dependencies import PORTION
from db.tables import customers, snapshots
from workbench.base.months import data_date, newest_month
from workbench.outreach.contact_limits import AUM
from workbench.outreach.referrals.chains import ChainPerson, Introduction, ReferralChains, chains
from workbench.people.privacy import mask_name, masking, tail
from workbench.people.referring.line import ReferralLine
from workbench.people.referring.persons import Persons, is_person
from workbench.people.referring.reading import accounts_of, lines_of
from workbench.rules.parameters import Rules


def chains_of(conn: Connection, rules: Rules) -> ReferralChains:
    """Every chain. Who was erased for good is in none: nothing says who he was."""
    lines = lines_of(conn)
    persons = Persons(accounts_of(conn, lines), rules.whole("intake.mask_visible_phone"))
    named = {one.ref: persons.node(one) for one in lines}
    introductions = [
        Introduction(one.ref, persons.same(one.giver), named[one.ref], one.date)
        for one in lines
        if named[one.ref]
    ]
    numbers = {key for one in introductions for key in (one.giver, one.person) if not is_person(key)}
    month = newest_month(conn)
    held = _assets(conn, numbers, month) if month else {}
    as_of = data_date(conn, month) if month else None
    who = {number: _customer(number, persons, held, as_of) for number in numbers}
    who |= {key: _person(key, line) for line in _first(lines) if is_person(key := named[line.ref])}
    return chains(introductions, who, as_of)


def _first(lines: Iterable[ReferralLine]) -> list[ReferralLine]:
    """The lines with the first last, so that what it says of a person holds."""
    return sorted(lines, key=lambda one: (one.date, one.ref), reverse=True)


def _customer(number: str, persons: Persons, held: dict[str, int | None], as_of: str | None) -> ChainPerson:
    account = persons.account(number)
    name = mask_name(account.name) if account is not None else ""
    return ChainPerson(number, f"{name} {tail(number)}".strip(), number, held.get(number), as_of)


def _person(key: str, line: ReferralLine) -> ChainPerson:
    name = masking("referred_name", line.name, "screen") or masking("referred_phone", line.phone, "screen")
    return ChainPerson(key, name)


def _assets(conn: Connection, numbers: Collection[str], month: str) -> dict[str, int | None]:
    """Customer number -> assets (fen) in the list of a month; None where it does not tell them."""
    held: dict[str, int | None] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), PORTION):
        query = (
            select(customers.c.customer_no, AUM)
            .join(snapshots, snapshots.c.customer_id == customers.c.id)
            .where(snapshots.c.month == month, customers.c.customer_no.in_(wanted[start : start + PORTION]))
        )
        held |= {row[0]: row[1] for row in conn.execute(query)}
    return held
