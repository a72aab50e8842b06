"""What is wrong with referrals, of all lines together: whatever the order in which they come (domain 7)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from workbench.base.dates import month_of
from workbench.people.referring.circles import circles, edges_of
from workbench.people.referring.finding import FindingCode, ReferralFinding, person_words, who
from workbench.people.referring.line import KnownAccount, ReferralLine
from workbench.people.referring.persons import Persons, is_person
from workbench.rules.parameters import Rules

#: number of a customer, or what names somebody without an account; the lines about him
_Lines = defaultdict[str, list[ReferralLine]]


def judge(
    lines: Iterable[ReferralLine],
    accounts: Iterable[KnownAccount],
    managers: Collection[str],
    rules: Rules,
) -> list[ReferralFinding]:
    """Every finding, by the kind (`finding.CODES`) and the lines. `accounts`: the customers who may stand in the lines;
    `managers`: names of account managers."""
    return list(_Judge(lines, accounts, managers, rules).all())


class _Judge:
    def __init__(
        self,
        lines: Iterable[ReferralLine],
        accounts: Iterable[KnownAccount],
        managers: Collection[str],
        rules: Rules,
    ) -> None:
        self._lines = sorted(lines, key=lambda one: (one.date, one.ref < 0, abs(one.ref)))
        self._persons = Persons(accounts, rules.whole("intake.mask_visible_phone"))
        self._managers = frozenset(managers)
        self._rules = rules
        self._nodes = {one.ref: self._persons.node(one) for one in self._lines}
        self._givers = {one.ref: self._persons.same(one.giver) for one in self._lines}
        self._selves: set[int] = set()

    def all(self) -> Iterator[ReferralFinding]:
        for part in (
            self._self,
            self._circles,
            self._staff,
            self._intermediaries,
            self._customers,
            self._twice,
        ):
            yield from sorted(part(), key=lambda one: (one.refs, one.sentence))

    def _finding(
        self,
        code: FindingCode,
        refs: Iterable[int],
        how: str,
        *,
        sure: bool = True,
        members: Sequence[str] = (),
        **facts: object,
    ) -> ReferralFinding:
        text = self._rules.text
        sentence = text(f"referring.{code}.{how}").format(**facts)
        order = tuple(sorted(set(refs)))
        return ReferralFinding(code, sure, order, sentence, text(f"referring.{code}.do"), tuple(members))

    # -- one line ----------------------------------------------------------------------------------------------

    def _self(self) -> Iterator[ReferralFinding]:
        for line in self._lines:
            how = self._same_person(line)
            if how:
                self._selves.add(line.ref)
                yield self._finding("self", [line.ref], how, sure=how != "name")

    def _same_person(self, line: ReferralLine) -> str:
        """How the person referred is seen to be the giver; '' where he is not."""
        giver = self._persons.account(line.giver)
        if line.number and line.number == line.giver:
            return "no"
        phone = giver.phone if giver is not None else ""
        if line.phone and line.phone == phone and "*" not in phone:
            return "phone"
        if self._nodes[line.ref] == self._givers[line.ref]:
            referred = self._persons.referred(line)
            own = referred is not None and referred.number == line.giver
            return "id" if not own else "tail"
        if giver is None or line.number or not line.name or line.name != giver.name:
            return ""
        if self._persons.alike(phone, line.phone) or (line.phone and line.phone == phone):
            return "tail"
        return "" if line.phone and phone else "name"

    def _staff(self) -> Iterator[ReferralFinding]:
        for line in self._lines:
            giver, referred = self._persons.account(line.giver), self._persons.referred(line)
            sides = (
                ("giver", giver, "", giver.name if giver else ""),
                ("referred", referred, line.relation, referred.name if referred else line.name),
            )
            for side, account, more, name in sides:
                work = " ".join(filter(None, [account.work if account else "", more]))
                word = self._word("staff_words", work)
                if word:
                    yield self._finding("staff", [line.ref], side, words=word)
                elif name and name in self._managers:
                    bank = self._word("bank_words", work)
                    how = f"{side}_name" if bank else f"{side}_maybe"
                    yield self._finding("staff", [line.ref], how, sure=bool(bank), words=bank)

    def _word(self, key: str, text: str) -> str:
        return next((word for word in self._rules.words(f"referring.{key}") if word in text), "")

    def _customers(self) -> Iterator[ReferralFinding]:
        for line in self._lines:
            account = self._persons.referred(line)
            if account is None or line.ref in self._selves:
                continue
            named = who(account, account.number)
            if account.opened:
                if account.opened < line.date:
                    yield self._finding("customer", [line.ref], "opened", date=account.opened, who=named)
            elif account.listed and account.listed < line.date:
                yield self._finding("customer", [line.ref], "listed", date=account.listed, who=named)

    # -- lines together ----------------------------------------------------------------------------------------

    def _circles(self) -> Iterator[ReferralFinding]:
        by_edge: defaultdict[tuple[str, str], list[ReferralLine]] = defaultdict(list)
        for line in self._lines:
            if self._nodes[line.ref] and line.ref not in self._selves:
                by_edge[self._givers[line.ref], self._nodes[line.ref]].append(line)
        for circle in circles(by_edge, self._rules.whole("referring.circles")):
            refs = [line.ref for edge in edges_of(circle) for line in by_edge[edge]]
            chain = " → ".join(self._called(node, by_edge) for node in (*circle, circle[0]))
            yield self._finding("circle", refs, "of", members=circle, chain=chain)

    def _called(self, node: str, by_edge: dict[tuple[str, str], list[ReferralLine]]) -> str:
        if not is_person(node):
            return who(self._persons.account(node), node)
        line = next(lines[0] for (_giver, referred), lines in by_edge.items() if referred == node)
        return person_words(line.name, line.phone)

    def _intermediaries(self) -> Iterator[ReferralFinding]:
        least = self._rules.whole("referring.intermediary")
        loans: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for line in self._lines:
            if line.loan or (line.loan is None and self._word("loan_words", line.words)):
                loans[self._givers[line.ref], month_of(line.date)].append(line.ref)
        for (_giver, month), refs in loans.items():
            if len(refs) >= least:
                yield self._finding("intermediary", refs, "of", month=month, n=len(refs), least=least)

    def _twice(self) -> Iterator[ReferralFinding]:
        by_person: _Lines = defaultdict(list)
        for line in self._lines:
            if self._nodes[line.ref] and line.ref not in self._selves:
                by_person[self._nodes[line.ref]].append(line)
        for first, *later in by_person.values():
            for line in later:
                same = self._givers[line.ref] == self._givers[first.ref]
                # told by two lists, or noted and then told
                if same and line.date == first.date:
                    continue
                named = who(self._persons.account(first.giver), first.giver)
                yield self._finding(
                    "twice", [line.ref], "same" if same else "other", date=first.date, who=named
                )
