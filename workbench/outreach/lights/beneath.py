"""What lights and leads that are kept in memory follow from, and for whom they have to be made again after a write."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, or_, select

from db.audit import revision
from db.cases import complaint_files, complaint_steps, loss_cases, win_backs
from db.journey import journey_marks
from db.known import check_runs, light_decisions, relations
from db.mgm import referral_asks, referral_tasks
from db.since import changed_since, speaks_of_nobody_else
from db.tables import complaints, plan_customers, plan_items, plans, referrals, touches
from db.values import Value
from db.week import day_reviews, goals, handed_out, pins, promises
from db.year import contact_intervals, gift_items, gifts, salon_guests, salons, touch_choices
from workbench.base.dates import today
from workbench.base.i18n import language
from workbench.base.workdays import kept_notices
from workbench.insight.churn.assessing import version
from workbench.insight.tags.layers import last_run
from workbench.rules.parameters import Rules

#: more customers than this are not looked at one by one: all are read again
MOST = 50
#: what is written about customers while a week is worked off; a verdict follows from the first two, of that customer alone
_OF_CUSTOMERS = (touches, light_decisions)
#: names of the tables that are written while a week is worked off
WORKED = frozenset(
    one.name
    for one in (
        *_OF_CUSTOMERS, promises, pins, goals, day_reviews, plans, plan_items, plan_customers, handed_out,
        journey_marks, touch_choices, contact_intervals, gifts, gift_items, salons, salon_guests,
        complaint_files, complaint_steps, loss_cases, win_backs, referral_asks, referral_tasks,
    )
)  # fmt: skip


#: names of the tables that a complaint or a referral by hand writes a line to: verdicts and consent follow from it
FILED = frozenset((complaints.name, referrals.name))


@dataclass(frozen=True, slots=True)
class Beneath:
    """What lights and leads follow from, the stored plans apart: the `revision` of the book, the checks (month, revision,
    rules), the run of the tag layers (its revision apart), and rules, language, day, calendar (`by`)."""

    revision: int
    checks: tuple[tuple[str, int, str], ...]
    layers: tuple[Value, ...] | None
    layered: int | None
    by: tuple[object, ...]

    @property
    def _but_for_revisions(self) -> "Beneath":
        checks = tuple((month, 0, rules) for month, _at, rules in self.checks)
        return replace(self, revision=0, checks=checks, layered=None)

    def since(self, now: "Beneath") -> int | None:
        """The revision since which customers were written about; None where more than revisions differ."""
        if self._but_for_revisions != now._but_for_revisions:
            return None
        stood = [self.revision]
        stood += [one[1] for one, other in zip(self.checks, now.checks, strict=True) if one != other]
        if self.layered is not None and self.layered != now.layered:
            stood.append(self.layered)
        return min(stood)


def beneath(conn: Connection, rules: Rules) -> Beneath:
    """Differs when figures, checks, tag layers (and the levels with them), rules, calendar, day or language do."""
    checks = select(check_runs.c.month, check_runs.c.revision, check_runs.c.rule_version)
    layers = last_run(conn)
    return Beneath(
        revision(conn),
        tuple((row.month, row.revision, row.rule_version) for row in conn.execute(checks.order_by(check_runs.c.month))),
        (layers.month, layers.day, layers.rule_version, layers.library) if layers else None,
        layers.revision if layers else None,
        (version(rules), language(), today(), kept_notices(conn)),
    )  # fmt: skip


def touched(conn: Connection, before: Beneath, now: Beneath, rules: Rules) -> frozenset[int] | None:
    """The customers of whom lights and leads may be others now; None: anybody. Few, contacted or decided about, when that is
    all that was written, and nobody else's verdict follows from it."""
    at = before.since(now)
    if at is None or rules.flag("S3.net_of_peers"):
        return None
    since = changed_since(conn, at)
    few = since.customers
    if few is None or len(few) > MOST or since.tables - WORKED:
        return None
    if any(one.name in since.tables and speaks_of_nobody_else(conn, one, few) for one in _OF_CUSTOMERS):
        # the first line, or the loss of the last one, changes what is known of everybody
        return None
    r = relations.c
    related = select(r.id).where(or_(r.customer_id.in_(few), r.other_id.in_(few))).limit(1)
    # what a relative gained explains somebody's loss once only
    return None if conn.execute(related).first() is not None else few
