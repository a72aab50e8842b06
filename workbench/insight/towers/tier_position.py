"""One customer's position on the ladder: level, watch, gaps to the own and the next line, deposits needed (domain 1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.base.dates import shift_month
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.banks import understood, why_different
from workbench.insight.towers.critical_class import NEAR_DOWNGRADE, NEAR_UPGRADE
from workbench.insight.towers.topup import TopUp, running, top_up
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause
from workbench.rules.tiers import Ladder

#: Figure of a position -> the columns of the tag layers it is computed from, which lead to the source rows.
INPUTS: Mapping[str, tuple[str, ...]] = {
    "tier": ("tier", "average", "watch"),
    "reached": ("tier_reached", "average"),
    "watch": ("watch", "average", "line_own"),
    "falls_in": ("falls_in", "watch"),
    "average_fen": ("average",),
    "line_fen": ("line_own",),
    "next_line_fen": ("line_next",),
    "margin_fen": ("average", "line_own"),
    "gap_fen": ("average", "line_next"),
    "keep_today_fen": ("line_own", "average", "balance"),
    "upgrade_today_fen": ("line_next", "average", "balance"),
    "bank_differs": ("bank_level", "tier"),
}
_NEEDED = ("average", "balance", "tier", "bank_level")


@dataclass(frozen=True, slots=True)
class TierPosition:
    """A customer's position on the ladder; money in fen, None where it is unknown or does not apply.

    `line_fen` is the line of the level in force, `next_line_fen` the next one not yet reached. `margin_fen` is the
    average minus the own line (negative: short of it). `keep_today_fen` and `upgrade_today_fen`: what to deposit today
    so that this month's daily average reaches the line, 0 if nothing is needed, None if no deposit of today is asked
    for (see `keep` and `upgrade`). `falls_in`: months until the level falls.
    """

    month: str | None
    as_of: str | None
    day: str
    tier: str | None = None
    tier_name: str | None = None
    reached: str | None = None
    tower: str | None = None
    tower_name: str | None = None
    watch: int | None = None
    attention: bool | None = None
    falls_in: int | None = None
    average_fen: int | None = None
    by_balance: bool = False
    line_fen: int | None = None
    next_tier: str | None = None
    next_line_fen: int | None = None
    margin_fen: int | None = None
    gap_fen: int | None = None
    #: the deposit for the own line and for the next one
    keep: TopUp | None = None
    upgrade: TopUp | None = None
    keep_today_fen: int | None = None
    upgrade_today_fen: int | None = None
    #: a sentence on the average that the two deposits rest on
    today_note: str | None = None
    #: critical classes: NEAR_UPGRADE, NEAR_DOWNGRADE (domain 4.8)
    critical: tuple[str, ...] = ()
    bank_level: str | None = None
    bank_differs: bool | None = None
    #: 'reached', 'balance', 'season', 'unit', 'other', 'unexplained', and its sentence
    bank_cause: str | None = None
    bank_note: str | None = None
    reason: str = ""
    #: the clause of the reason that says what to do, '' when nothing is to be done
    advice: str = ""
    #: columns of the tag layers that are not told
    missing: tuple[str, ...] = ()
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: INPUTS)

    @property
    def falls_from(self) -> str | None:
        """The month 'YYYY-MM' from which a lower level will be in force; None when nothing falls."""
        return (
            shift_month(self.as_of[:7], self.falls_in)
            if self.watch and self.falls_in and self.as_of
            else None
        )

    @property
    def lost(self) -> bool:
        """Whether the fall is decided already: this month's average can no longer prevent it, only restore the level."""
        return self.falls_from is not None and self.falls_from <= self.day[:7]

    def as_json(self) -> dict[str, Any]:
        """The position for the command line, money in yuan."""

        def yuan(fen: int | None) -> float | None:
            """Fen as yuan; None stays None."""
            return None if fen is None else fen / 100

        return {
            "code": self.tier, "name": self.tier_name, "reached": self.reached, "tower": self.tower,
            "tower_name": self.tower_name, "month": self.month, "as_of": self.as_of, "day": self.day,
            "watch": self.watch, "attention": self.attention, "falls_in": self.falls_in,
            "average": yuan(self.average_fen), "by_balance": self.by_balance, "line": yuan(self.line_fen),
            "next": self.next_tier, "next_line": yuan(self.next_line_fen), "above_line": yuan(self.margin_fen),
            "to_upgrade": yuan(self.gap_fen), "keep_today": yuan(self.keep_today_fen),
            "upgrade_today": yuan(self.upgrade_today_fen), "today_note": self.today_note,
            "keep_topup": self.keep and self.keep.as_json(), "upgrade_topup": self.upgrade and self.upgrade.as_json(),
            "critical": list(self.critical), "bank_level": self.bank_level, "bank_differs": self.bank_differs,
            "bank_note": self.bank_note, "reason": self.reason, "advice": self.advice, "missing": list(self.missing),
            "inputs": {name: list(inputs) for name, inputs in self.inputs.items()},
        }  # fmt: skip


def standing(values: Values, rules: Rules, *, month: str | None, as_of: str | None, day: str) -> TierPosition:
    """The position by the tag layers (fen, codes, ISO dates) of a month, as seen on `day` (ISO).

    Without any figure of assets only the reason is set, which says so.
    """
    missing = tuple(name for name in _NEEDED if values.look_up(name) is None)
    if _sleep_untold(values, rules):
        missing = (*missing, "active_days")
    ladder = Ladder.of(rules)
    tier, average = values.tier, values.average
    if tier is None or average is None or as_of is None:
        unknown = rules.text("standing.unknown")
        return TierPosition(month, as_of, day, bank_level=values.bank_level, reason=unknown, missing=missing)
    facts = _lines(average, values, ladder, rules)
    facts |= _today(values, facts, as_of, day, rules)
    facts |= _bank(values, tier, ladder, rules)
    position = {
        "tier": tier,
        "tier_name": rules.text(f"tier.{tier}"),
        "reached": values.tier_reached,
        "tower": values.tower,
        "tower_name": rules.text(f"tower.{ladder.tower(tier)}"),
        "watch": values.watch,
        "attention": None if values.attention is None else bool(values.attention),
        # with old data, the months since then have decided already, unknown to the book
        "falls_in": None if freshness(as_of, rules, day).stale else values.falls_in,
        "average_fen": round(average),
        "by_balance": bool(values.by_balance),
        **facts,
    }
    reason, advice = _reason(position, values, as_of, day, ladder, rules)
    return TierPosition(month, as_of, day, reason=reason, advice=advice, missing=missing, **position)


def _lines(average: int, values: Values, ladder: Ladder, rules: Rules) -> dict[str, Any]:
    """Lines, gaps and the critical classes."""
    own, above = values.line_own, values.line_next
    lowest = rules.number("C.lowest_line") * 100
    critical = []
    if above is not None and above >= lowest and above * rules.number("C1.share") <= average < above:
        critical.append(NEAR_UPGRADE)
    if own is not None and own >= lowest and (values.watch or average <= own * rules.number("C2.share")):
        critical.append(NEAR_DOWNGRADE)
    return {
        "line_fen": own,
        "next_line_fen": above,
        "next_tier": None if above is None else ladder.codes[ladder.lines.index(above)],
        "margin_fen": None if own is None else round(average - own),
        "gap_fen": None if above is None else round(above - average),
        "critical": tuple(critical),
    }


def _today(values: Values, facts: Mapping[str, Any], as_of: str, day: str, rules: Rules) -> dict[str, Any]:
    """The deposits for either line, and the note on what they rest on; empty where no balance is told."""
    now = running(values, as_of, day)
    if now is None:
        return {}
    falls = values.falls_in if values.watch else None
    lost = falls is not None and shift_month(as_of[:7], falls) <= day[:7]
    above = facts["next_tier"]
    words = {
        "restored_from": shift_month(day[:7], 1),
        "next": rules.text(f"tier.{above}") if above else None,
    }
    keep = top_up(
        facts["line_fen"],
        values,
        rules,
        goal="restore" if lost else "keep",
        as_of=as_of,
        day=day,
        words=words,
    )
    upgrade = top_up(facts["next_line_fen"], values, rules, goal="upgrade", as_of=as_of, day=day, words=words)
    figures = {"as_of": as_of, "balance_fen": values.balance, "average_fen": values.average}
    return {
        "keep": keep,
        "upgrade": upgrade,
        "keep_today_fen": keep and keep.today_fen,
        "upgrade_today_fen": upgrade and upgrade.today_fen,
        "today_note": clause(rules, now.note, figures),
    }


def _bank(values: Values, tier: str, ladder: Ladder, rules: Rules) -> dict[str, Any]:
    """The bank's own level, whether it differs, and the likeliest cause."""
    word = values.bank_level
    if not word:
        return {}
    codes = understood(str(word), rules)
    if codes is None:
        note = clause(rules, "differs.unexplained", {"word": word})
        return {"bank_level": word, "bank_cause": "unexplained", "bank_note": note}
    if tier in codes:
        return {"bank_level": word, "bank_differs": False}
    cause = why_different(values, codes, ladder)
    return {
        "bank_level": word, "bank_differs": True, "bank_cause": cause, "bank_note": rules.text(f"differs.{cause}"),
    }  # fmt: skip


def _reason(
    position: Mapping[str, Any], values: Values, as_of: str, day: str, ladder: Ladder, rules: Rules
) -> tuple[str, str]:
    """(sentence, advice): the average, the own line, the next line and the deposit needed; the advice is the clause on
    the deposit alone, '' when there is nothing to do."""
    tier, reached, watch, month = position["tier"], position["reached"], position["watch"], as_of[:7]
    rising = reached is not None and _place(reached, ladder) > _place(tier, ladder)
    figures = dict(position) | {
        "as_of": as_of,
        "tier": position["tier_name"],
        "reached": reached and rules.text(f"tier.{reached}"),
        "next": position["next_tier"] and rules.text(f"tier.{position['next_tier']}"),
        "next_fen": position["next_line_fen"],
        "short_fen": -(position["margin_fen"] or 0),
        "missing": values.months_missing,
        "falls_from": position["falls_in"] and shift_month(month, position["falls_in"]),
        "rises_from": shift_month(month, 1),
    }
    keys = ["standing.head_balance" if position["by_balance"] else "standing.head"]
    advice: TopUp | None = None
    near = ""
    if watch:
        until = "standing.watch_last" if position["falls_in"] == 1 else "standing.watch"
        keys.append(until if position["falls_in"] else "standing.watch_plain")
        if position["attention"] and rules["tiers.option"] == "R2":
            keys.append("standing.attention")
        advice = position.get("keep")
    elif rising:
        keys.append(freshness(as_of, rules, day).key(rules, "standing.rising"))
    else:
        keys.append("standing.steady" if position["line_fen"] else "standing.lowest")
        if position["gap_fen"] is not None:
            keys.append("standing.next")
        if NEAR_UPGRADE in position["critical"]:
            advice = position.get("upgrade")
        elif NEAR_DOWNGRADE in position["critical"]:
            near = clause(rules, "standing.near_line", figures)
    # that the data are too old to ask for a deposit is said once for the book, not for each customer
    to_do = near if advice is None or advice.kind == "stale" else advice.text
    after = []
    if _sleep_untold(values, rules):
        after.append("standing.sleep_untold")
    if values.months_missing:
        after.append("standing.gap_months")
    parts = [clause(rules, key, figures) for key in keys]
    parts += [to_do] if to_do else []
    parts += [clause(rules, key, figures) for key in after]
    return rules.text("reason.joint").join(parts), to_do


def _place(code: str, ladder: Ladder) -> int:
    return ladder.codes.index(code) if code in ladder.codes else -1


def _sleep_untold(values: Values, rules: Rules) -> bool:
    """Whether it is unknown if the customer is asleep: he has next to nothing and no transaction date is told."""
    ladder, average = Ladder.of(rules), values.average
    nothing_there = average is not None and average < ladder.sleep_below
    return values.tier == ladder.codes[0] and nothing_there and values.active_days is None
