"""What the week's list is told of the golden moments: whom to ask while they last; the words back are in `owed.py`."""

from collections.abc import Collection, Iterator
from functools import partial

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.base.workdays import Workdays
from workbench.insight.tags.layers import Layers, last_run
from workbench.insight.tags.vocabulary import vocabulary
from workbench.outreach.case_due import CaseDue
from workbench.outreach.referrals.moments import MomentEntry, to_ask
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence

ASK = "referral_ask"


def asks_due(
    conn: Connection,
    rules: Rules,
    _workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """Whom to ask on one of the days (ISO), each by the last day of his moment, the best score first. Read from the tag layers as
    they stand; nobody before these were ever computed."""
    run = last_run(conn)
    if run is None:
        return
    day = max(first, today().isoformat())
    for one in to_ask(conn, Layers(run, lambda: vocabulary(rules)), rules, only):
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
