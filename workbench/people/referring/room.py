"""Who introduced whom, asked of a book: of a referral that is entered, of lines about to be imported, and of all lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.people.referring.finding import ReferralFinding
from workbench.people.referring.judging import judge
from workbench.people.referring.line import ReferralLine
from workbench.people.referring.reading import accounts_of, lines_of, managers_of, plain
from workbench.rules.parameters import Rules

#: names a line that is not in the book yet
NEW = -1


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral that somebody is about to enter. `giver_no`: customer number of the giver; `date` ISO; `need`: what the person
    referred may need, in words; `loan`: whether that is a loan, None where only the words tell."""

    giver_no: str
    date: str
    name: str = ""
    phone: str = ""
    referred_no: str = ""
    relation: str = ""
    need: str = ""
    loan: bool | None = None


def findings_of(
    conn: Connection, rules: Rules, new: NewReferral, *, instead: int | None = None
) -> tuple[ReferralFinding, ...]:
    """What is wrong with a referral that is about to be written, or to be checked; `instead`: the line (referrals.id) that it
    replaces. Of a person without telephone and number only the name is compared, with the giver's."""
    line = ReferralLine(
        NEW, new.giver_no.strip(), new.date, new.name.strip(), plain(new.phone), new.referred_no.strip(), new.need,
        new.relation, new.loan,
    )  # fmt: skip
    return findings_among(conn, rules, [line], leave=frozenset() if instead is None else {instead})


def findings_among(
    conn: Connection, rules: Rules, new: Sequence[ReferralLine], *, leave: Iterable[int] = ()
) -> tuple[ReferralFinding, ...]:
    """What is wrong with new lines (`ref` below zero), among each other and with the book; `leave`: lines of the book
    (referrals.id) that the new ones replace."""
    out, refs = frozenset(leave), {one.ref for one in new}
    lines = [one for one in lines_of(conn) if one.ref not in out] + list(new)
    findings = judge(lines, accounts_of(conn, lines), managers_of(conn), rules)
    return tuple(one for one in findings if refs.intersection(one.refs))


def flagged(conn: Connection, rules: Rules) -> Mapping[int, tuple[ReferralFinding, ...]]:
    """Line of the book (referrals.id) -> its findings, of those that have any. Computed, not stored."""
    lines = lines_of(conn)
    if not lines:
        return {}
    by_line: dict[int, tuple[ReferralFinding, ...]] = {}
    for one in judge(lines, accounts_of(conn, lines), managers_of(conn), rules):
        for ref in one.refs:
            by_line[ref] = (*by_line.get(ref, ()), one)
    return by_line


def refuse(findings: Sequence[ReferralFinding], rules: Rules, *, confirmed: bool = False) -> None:
    """Raise what keeps a referral from being entered: WorkbenchError self_referral or circle_referral, whatever was confirmed;
    referral_to_confirm for the others until somebody confirmed them."""
    barred = [one for one in findings if one.refuses(rules)]
    for one in barred[:1]:
        raise WorkbenchError(
            f"{one.code}_referral",
            _("{why}。").format(why=one.sentence),
            _("{what}。").format(what=one.advice),
        )
    if findings and not confirmed:
        raise WorkbenchError(
            "referral_to_confirm",
            _("{why}。").format(why=semicolons(one.sentence for one in findings)),
            _("核对过、确实要登记的,请确认后再记。"),
        )
