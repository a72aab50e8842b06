"""What the room of referrals tells the week's list: to whom a word back is owed, and whom to ask while his moment lasts."""

from collections.abc import Collection, Iterator
from functools import partial

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.base.workdays import Workdays
from workbench.insight.tags.layers import Layers, last_run
from workbench.insight.tags.vocabulary import vocabulary
from workbench.outreach.case_due import CaseDue
from workbench.outreach.referrals.moments import MomentEntry, queue
from workbench.outreach.referrals.owed import feedback_due
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence

ASK = "referral_ask"


def due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """What is to be done on the days first..last (ISO), or is overdue: the word back to givers, then whom to ask; `only`: of some
    customers (ids)."""
    yield from feedback_due(conn, rules, workdays, first, last, only)
    yield from asks_due(conn, rules, first, last, only)


def asks_due(
    conn: Connection, rules: Rules, first: str, last: str, only: Collection[int] | None = None
) -> Iterator[CaseDue]:
    """Whom to ask on one of the days (ISO), each by the last day of his moment, the best score first. Read from the tag layers as
    they stand; nobody before these were ever computed."""
    run = last_run(conn)
    if run is None:
        return
    day = max(first, today().isoformat())
    for one in queue(conn, Layers(run, lambda: vocabulary(rules)), rules, only).entries:
        if day <= one.until:
            yield CaseDue(
                one.customer_id, ASK, Sentence(partial(words_of, one, rules)), min(one.until, last), 0,
                {
                    "moment": one.moment.code, "day": one.moment.day, "until": one.until, "giver": one.giver.kind,
                    "score": one.score.score, "known": one.score.known,
                },
            )  # fmt: skip


def words_of(one: MomentEntry, rules: Rules) -> str:
    """Why to ask him, in one line."""
    return rules.text("moments.due").format(
        moment=one.moment.name(rules), what=one.moment.what, giver=one.giver.name, how=one.giver.how, score=one.score.score
    )  # fmt: skip
