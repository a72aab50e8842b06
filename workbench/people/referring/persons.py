"""`Persons`: who a line of the referrals is about: a customer, or somebody without an account by his telephone or name.

A name alone makes nobody the same person: namesakes are many. A masked telephone does with the same name."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from workbench.people.dialling import visible_in_common
from workbench.people.referring.line import KnownAccount, ReferralLine

#: before what names a person without an account: his telephone, or his name with a masked one, or his line
_BY_PHONE, _BY_MASK, _BY_LINE = "phone:", "mask:", "line:"


class Persons:
    """The accounts that may stand in a graph. `least`: how many digits of a masked number must agree."""

    def __init__(self, accounts: Iterable[KnownAccount], least: int) -> None:
        self._least = least
        self._accounts = {one.number: one for one in sorted(accounts, key=lambda one: one.number)}
        self._by_phone: defaultdict[str, list[KnownAccount]] = defaultdict(list)
        self._by_name: defaultdict[str, list[KnownAccount]] = defaultdict(list)
        for one in self._accounts.values():
            if one.phone and "*" not in one.phone:
                self._by_phone[one.phone].append(one)
            if one.name:
                self._by_name[one.name].append(one)

    def account(self, number: str) -> KnownAccount | None:
        """The customer of a number; None for nobody in the book."""
        return self._accounts.get(number)

    @cached_property
    def _first_of_id(self) -> dict[str, str]:
        """Whole identity number -> the first customer number with it: several numbers are one person."""
        first: dict[str, str] = {}
        for one in self._accounts.values():
            if one.id_no and "*" not in one.id_no:
                first.setdefault(one.id_no, one.number)
        return first

    def same(self, number: str) -> str:
        """What names the person of a customer number in the graph."""
        account = self.account(number)
        return number if account is None else self._first_of_id.get(account.id_no, number)

    def referred(self, line: ReferralLine) -> KnownAccount | None:
        """The account of the person referred: by his number, else by his telephone, the same name first; None where he has none
        or it is not clear which."""
        if line.number:
            return self.account(line.number)
        if not line.phone:
            return None
        if "*" not in line.phone:
            owners = self._by_phone.get(line.phone, [])
            named = [one for one in owners if one.name == line.name]
            if named or len(owners) == 1:
                return (named or owners)[0]
            if owners:
                return None
        fitting = [one for one in self._by_name.get(line.name, ()) if self.alike(one.phone, line.phone)]
        return fitting[0] if line.name and len(fitting) == 1 else None

    def alike(self, one: str, other: str) -> bool:
        """Whether two telephones, of which one is masked, may be the same."""
        both = one and other and len(one) == len(other) and "*" in one + other
        return bool(both) and visible_in_common(one, other) >= self._least

    def node(self, line: ReferralLine) -> str:
        """What names the person referred in the graph; '' for somebody who was erased."""
        account = self.referred(line)
        if account is not None:
            return self.same(account.number)
        if line.number:
            return line.number
        if line.phone:
            return f"{_BY_MASK}{line.name}/{line.phone}" if "*" in line.phone else _BY_PHONE + line.phone
        return f"{_BY_LINE}{line.ref}" if line.name else ""


def is_person(node: str) -> bool:
    """Whether a name in the graph is somebody without an account."""
    return node.startswith((_BY_PHONE, _BY_MASK, _BY_LINE))
