"""Who was deleted on his request, and would come back with an older state of the book (domain 17): told, and deleted again."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, column, inspect, null, select, table

from db.engine import Book
from db.tombstones import Tombstones
from workbench.base.errors import WorkbenchError
from workbench.people.tombs import bare, name_phone
from workbench.trust.personal.deletion import removal
from workbench.trust.personal.person import KnownPerson, person


@dataclass(frozen=True, slots=True)
class ReturningPerson:
    """What an older state holds of a person whom a younger one deleted under this receipt."""

    receipt: str
    reason: str
    numbers: tuple[str, ...]
    phones: tuple[str, ...]


def returning(deleted: Tombstones, then: Connection) -> tuple[ReturningPerson, ...]:
    """Those of the younger state's marks whose data the older one holds, by receipt; it may be of an older version."""
    reasons = {one.receipt: one.reason for one in deleted.stones}
    numbers: dict[str, dict[str, None]] = {}
    phones: dict[str, dict[str, None]] = {}
    if not reasons:
        return ()
    for number, name, phone, document in _read(then, "customers", "customer_no", "name", "phone", "id_no"):
        receipt = deleted.receipt("customer_no", bare(number)) if number else ""
        receipt = receipt or deleted.receipt("id_no", document.upper())
        if not receipt and name and phone:
            receipt = deleted.receipt("name_phone", name_phone(name, phone))
        if receipt:
            numbers.setdefault(receipt, {})[number] = None
    noted = [("", phone) for (phone,) in _read(then, "prospects", "phone")]
    referred = _read(then, "referrals", "referred_customer_no", "referred_phone")
    for number, phone in (*noted, *referred):
        if receipt := deleted.receipt("customer_no", bare(number)) if number else "":
            numbers.setdefault(receipt, {})[number] = None
        if receipt := deleted.receipt("phone", phone):
            phones.setdefault(receipt, {})[phone] = None
    return tuple(
        ReturningPerson(one, reasons[one], tuple(numbers.get(one, ())), tuple(phones.get(one, ())))
        for one in sorted({*numbers, *phones})
    )


def delete_again(book: Book, deleted: Tombstones, source: str) -> tuple[str, ...]:
    """Delete them under their receipts once more; `source`: the file that the state came from. The receipts concerned."""
    with book.read() as conn:
        back = returning(deleted, conn)
    for one in back:
        for number in one.numbers:
            with book.read() as conn:
                try:
                    what = removal(conn, person(conn, number), one.reason, one.receipt)
                except (
                    WorkbenchError
                ):  # gone with the number that it was merged with, or in others' rows alone
                    continue
            book.remove("person_deleted", what, source=source)
        with book.read() as conn:
            what = removal(conn, _beside(one), one.reason, one.receipt)
        book.remove("person_deleted", what, source=source)
    return tuple(one.receipt for one in back)


def _beside(one: ReturningPerson) -> KnownPerson:
    """Who is no customer in the older state: noted as a prospect, or referred by others."""
    return KnownPerson("", frozenset(), one.numbers, (), one.phones, (), (), 0)


def _read(then: Connection, name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """Rows of a table as texts; of one, or a column, that its version lacks: nothing, or ''."""
    if not inspect(then).has_table(name):
        return
    there = {one["name"] for one in inspect(then).get_columns(name)}
    wanted = [column(one) if one in there else null().label(one) for one in columns]
    for row in then.execute(select(*wanted).select_from(table(name))):
        yield tuple(str(value or "") for value in row)
