"""Benefits that thank for referrals (domain 7, 8.5): which referrals earn one, which of them a grant was for, the ledger.

A reward never follows from what the person bought or borrowed: the stages that a trigger may name end with the account.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.mgm import referral_tasks
from db.playbook import benefit_grants
from workbench.base.dates import days_after, today
from workbench.base.errors import in_words
from workbench.outreach.benefits.benefit import BenefitPerson, BenefitRule, GrantState
from workbench.outreach.benefits.conditions import trigger_of
from workbench.outreach.benefits.grants import grants_of
from workbench.outreach.benefits.own_rules import rules_in_force
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import STAGES, ReferralTask
from workbench.outreach.referrals.writing import update_task
from workbench.people.referring.finding import ReferralFinding
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

#: `earned`: it may be given now; `barred`: the stage was reached, and something is wrong with the referral
RewardState = Literal["earned", "barred"] | GrantState


@dataclass(frozen=True, slots=True)
class RewardLine:
    """A referral that earned a benefit, or had it: by which rule (`cap`: most of a giver in a year), how many he had of it in the
    year (`had`), when it was given, what it cost; `why`: why it may not be given."""

    task: ReferralTask
    rule: BenefitRule
    state: RewardState
    issued: str | None = None
    value_fen: int | None = None
    had: int = 0
    why: str = ""


class ReferralRewards:
    """The ledger of rewards; they are given through `Benefits.issue`, like every benefit."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def rules(self) -> tuple[BenefitRule, ...]:
        """The rules in use that thank for referrals."""
        with in_words(), self._book.read() as conn:
            return _thanking(conn)

    def ledger(self, day: str | None = None) -> tuple[RewardLine, ...]:
        """Every referral that earned a reward, had one, or is barred from one, on a day (ISO; None: today), the newest first."""
        on = day or today().isoformat()
        with in_words(), self._book.read() as conn:
            read = tasks(conn, self._rules, on)
            wrong = flagged(conn, self._rules)
            known = {one.code: one for one in rules_in_force(conn) if trigger_of(one).stage}
            mine = benefit_grants.c.benefit.in_(sorted(known))
            grants = grants_of(conn, known, self._rules, mine) if known else ()
        return tuple(
            line
            for task in read
            if (line := self._line(task, known, grants, wrong.get(task.id, ()), on)) is not None
        )

    def _line(
        self,
        task: ReferralTask,
        known: Mapping[str, BenefitRule],
        grants: Sequence[BenefitPerson],
        findings: Sequence[ReferralFinding],
        day: str,
    ) -> RewardLine | None:
        his = [one for one in grants if one.customer_id == task.giver_id and one.state != "dropped"]
        if task.checked is not None and (rule := known.get(task.reward)) is not None:
            grant = next((one for one in his if (one.benefit, one.issued) == (rule.code, task.checked)), None)
            state: RewardState = grant.state if grant else "dropped"
            value = grant.value_fen if grant else None
            return RewardLine(task, rule, state, task.checked, value, _had(his, rule, task.checked))
        open_rules = [one for one in known.values() if not one.off]
        rule = known.get(task.reward) or next(
            (one for one in open_rules if reached(task, trigger_of(one).stage)), None
        )
        if rule is None or rule.off or not reached(task, trigger_of(rule).stage):
            return None
        why = next((one.sentence for one in findings if one.bars_reward(self._rules)), "")
        if not why and not earns(task, trigger_of(rule).stage, findings, self._rules, day):
            return None
        had = _had(his, rule, day)
        return RewardLine(
            task, rule, "barred" if why else "earned", had=had, value_fen=rule.value_fen, why=why
        )


def reached(task: ReferralTask, stage: str) -> bool:
    """Whether a referral came as far as a stage."""
    return [*STAGES].index(task.stage) >= [*STAGES].index(stage)  # type: ignore[arg-type]


def earns(
    task: ReferralTask, stage: str, findings: Sequence[ReferralFinding], rules: Rules, day: str
) -> bool:
    """Whether a referral earns a reward on a day (ISO): it came as far as the stage, not too long ago, both sides agreed as far
    as that is known, nothing is wrong with it, and it had none."""
    since = days_after(day, -rules.whole("referrals.reward_days"))
    return (
        reached(task, stage)
        and task.checked is None
        and since <= task.date <= day
        and task.agreed is not False
        and task.giver_agreed is not False
        and not any(one.bars_reward(rules) for one in findings)
    )


def earned(conn: Connection, rules: Rules, stage: str, day: str) -> dict[int, list[ReferralTask]]:
    """Giver -> his referrals that earn a reward on a day (ISO), the oldest first."""
    wrong = flagged(conn, rules)
    by_giver: defaultdict[int, list[ReferralTask]] = defaultdict(list)
    for task in reversed(tasks(conn, rules, day)):
        if earns(task, stage, wrong.get(task.id, ()), rules, day):
            by_giver[task.giver_id].append(task)
    return by_giver


def use_up(writer: Writer, rule: BenefitRule, giver: int, rules: Rules, day: str) -> None:
    """Note on the oldest referral that earned it that a giver (id) got a benefit for it on a day (ISO)."""
    stage = trigger_of(rule).stage
    for task in earned(writer.conn, rules, stage, day).get(giver, [])[:1] if stage else ():
        update_task(writer, task, replace(task, reward=rule.code, checked=day), rules)


def give_back(writer: Writer, grant: BenefitPerson) -> None:
    """A grant was taken back: the referral that it was for earns one again."""
    t = referral_tasks.c
    row = writer.conn.execute(
        select(t.id).where(
            t.customer_id == grant.customer_id, t.reward == grant.benefit, t.checked == grant.issued
        ).order_by(t.id)
    ).scalar()  # fmt: skip
    if row is not None:
        writer.update(referral_tasks, row, {"checked": None})


def _thanking(conn: Connection) -> tuple[BenefitRule, ...]:
    return tuple(one for one in rules_in_force(conn) if trigger_of(one).stage and not one.off)


def _had(his: Sequence[BenefitPerson], rule: BenefitRule, day: str) -> int:
    return sum(one.benefit == rule.code and (one.issued or "")[:4] == day[:4] for one in his)
