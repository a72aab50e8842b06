"""`ReferralViews`: what stands over all referrals of a book: the funnel, and the chains of who introduced whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from db.engine import Book
from db.tables import referrals
from workbench.base.dates import days_after, month_end, now, shift_month, today
from workbench.base.errors import in_words
from workbench.base.i18n import _, commas, headed
from workbench.base.workdays import workdays_of
from workbench.outreach.referrals.chain_rows import chains_of
from workbench.outreach.referrals.chains import ReferralChains
from workbench.outreach.referrals.funnel import ReferralFunnel, funnel
from workbench.outreach.referrals.funnel_rows import funnel_cases
from workbench.outreach.referrals.opened import accounts_opened
from workbench.outreach.referrals.owed import feedback_due
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task_line import TaskLine, in_order, task_line
from workbench.people.find import customer_id
from workbench.people.referring.finding import ReferralFinding, name_of
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

#: findings that the tree shows; how many of them are named
_OF_TREE = ("circle", "self")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class GivenReferrals:
    """How many a customer referred, how many of these have an account; `last`: the day (ISO) of the last one, '' for none."""

    count: int
    opened: int
    last: str


@dataclass(frozen=True, slots=True)
class ChainBook:
    """The chains, and what is wrong with lines in them, a sentence each; names masked."""

    chains: ReferralChains
    findings: tuple[ReferralFinding, ...] = ()
    warnings: tuple[str, ...] = ()


class ReferralViews:
    """Reads only."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def funnel(self, *, everything: bool = False) -> ReferralFunnel:
        """The funnel of the last months (`funnel.months`), or of everything."""
        now = today()
        first = shift_month(now.isoformat()[:7], -self._rules.whole("funnel.months"))
        day = min(now.day, month_end(first).day)
        since = "" if everything else f"{first}-{day:02}"
        with in_words(), self._book.read() as conn:
            return funnel(funnel_cases(conn, self._rules, now.isoformat()), self._rules, since)

    def lines(self) -> tuple[TaskLine, ...]:
        """Every referral with its clocks and its next step, the earliest clock on top."""
        day = today().isoformat()
        moment = now()[:16] if now().startswith(day) else f"{day} 00:00"
        with in_words(), self._book.read() as conn:
            wrong, workdays = flagged(conn, self._rules), workdays_of(conn)
            likely = {one.referral: one.account for one in accounts_opened(conn, self._rules, day)}
            last = days_after(day, self._rules.whole("referrals.feedback_late"))
            owed = {one.evidence["referral"] for one in feedback_due(conn, self._rules, workdays, day, last)}
            lines = [
                task_line(
                    one,
                    self._rules,
                    workdays,
                    moment,
                    wrong.get(one.id, ()),
                    likely.get(one.id),
                    owed=one.id in owed,
                )
                for one in tasks(conn, self._rules, day)
            ]
            return tuple(in_order(lines))

    def given(self, customer_no: str) -> GivenReferrals:
        """How many a customer referred, and how many of these have an account. Raises WorkbenchError no_such_customer."""
        r = referrals.c
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            counts = select(
                func.count(), func.count(func.nullif(r.referred_customer_no, "")), func.max(r.date)
            )
            count, opened, last = conn.execute(counts.where(r.customer_id == person)).one()
            return GivenReferrals(count, opened, last or "")

    def chains(self) -> ChainBook:
        """Who introduced whom, with what contradicts itself in it."""
        with in_words(), self._book.read() as conn:
            every = dict.fromkeys(one for each in flagged(conn, self._rules).values() for one in each)
            findings = tuple(sorted(every, key=lambda one: (not one.sure, one.refs)))
            return ChainBook(chains_of(conn, self._rules), findings, _warnings(findings, self._rules))


def _warnings(findings: Sequence[ReferralFinding], rules: Rules) -> tuple[str, ...]:
    """A sentence for each finding that the tree shows; the others are counted by their kind."""
    shown = [one for one in findings if one.code in _OF_TREE]
    words = _("{why};{what}。")
    lines = [
        headed(name_of(one.code, rules), words.format(why=one.sentence, what=one.advice))
        for one in shown[:_NAMED]
    ]
    more = len(shown) - len(lines)
    if more:
        lines.append(_("还有 {n} 处循环或自己转介自己,见转介单。").format(n=more))
    counted = Counter(name_of(one.code, rules) for one in findings if one.code not in _OF_TREE)
    if counted:
        each = commas(_("{name} {n} 处").format(name=name, n=n) for name, n in counted.items())
        lines.append(_("另外要核对:{each},在“转介单”里逐张看。").format(each=each))
    return tuple(lines)
