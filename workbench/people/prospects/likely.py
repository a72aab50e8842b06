"""Who among the customers a person without an account may be by now: the one with his telephone. Proposed, never linked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, RowMapping, select

from db.dependencies import PORTION
from db.tables import customers
from workbench.base.i18n import _, commas
from workbench.people.dialling import visible_in_common
from workbench.people.privacy import mask_phone
from workbench.people.prospects.prospect import LikelyAccount, Prospect
from workbench.people.starting import starts
from workbench.rules.parameters import Rules

_C = customers.c
#: digits at the end by which masked numbers are looked up; customers looked at for one
_TAIL, _MOST = 4, 200


def likely_accounts(conn: Connection, persons: Iterable[Prospect], rules: Rules) -> dict[str, LikelyAccount]:
    """Key -> the customer with the same telephone, the same name first; a masked one must share the surname and be the only
    one."""
    numbered = [(one, one.phone) for one in persons if one.phone]
    same = _same(conn, frozenset(phone for _one, phone in numbered))
    least = rules.whole("intake.mask_visible_phone")
    accounts: dict[str, LikelyAccount] = {}
    for person, phone in numbered:
        owners = same.get(phone) or _by_mask(conn, person, phone, least)
        if owners:
            best = min(
                owners, key=lambda one: (one["name"] != person.name, not _surname(one, person), one["id"])
            )
            evidence = _evidence(best, person, len(owners))
            accounts[person.key] = LikelyAccount(best["customer_no"], best["name"] or "", evidence)
    return accounts


def _same(conn: Connection, phones: frozenset[str]) -> Mapping[str, list[RowMapping]]:
    """Telephone -> the customers with it."""
    owners: defaultdict[str, list[RowMapping]] = defaultdict(list)
    columns = (_C.id, _C.customer_no, _C.name, _C.phone)
    backwards = sorted(phone[::-1] for phone in phones)
    for start in range(0, len(backwards), PORTION):
        query = (
            select(*columns).where(_C.phone_reversed.in_(backwards[start : start + PORTION])).order_by(_C.id)
        )
        for row in conn.execute(query).mappings():
            owners[row["phone"]].append(row)
    return owners


def _by_mask(conn: Connection, person: Prospect, phone: str, least: int) -> list[RowMapping]:
    """The one customer of that surname whose masked telephone tells at least `least` digits of this one; else nobody."""
    query = (
        select(_C.id, _C.customer_no, _C.name, _C.phone)
        .where(starts(_C.phone_reversed, phone[: -_TAIL - 1 : -1]), _C.phone_reversed.contains("*"))
        .order_by(_C.id)
        .limit(_MOST)
    )
    fitting = [
        row
        for row in conn.execute(query).mappings()
        if _surname(row, person)
        and len(row["phone"]) == len(phone)
        and visible_in_common(row["phone"], phone) >= least
    ]
    return fitting if len(fitting) == 1 else []


def _surname(customer: RowMapping, person: Prospect) -> bool:
    return bool(customer["name"] and person.name) and customer["name"][0] == person.name[0]


def _evidence(customer: RowMapping, person: Prospect, count: int) -> str:
    def parts() -> Iterator[str]:
        """What agrees, and what does not."""
        if customer["phone"] == person.phone:
            yield _("手机号相同")
        else:
            yield _("手机号与“{mask}”相符").format(mask=mask_phone(customer["phone"]))
        if customer["name"] == person.name:
            yield _("姓名相同")
        else:
            yield _("姓氏相同") if _surname(customer, person) else _("姓氏不同")
        if count > 1:
            yield _("同一号码有 {n} 位客户").format(n=count)

    return commas(parts())
