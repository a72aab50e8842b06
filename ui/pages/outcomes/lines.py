"""The lines of the four tables, and the columns that they share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ui.widgets.table_model import Column
from ui.words import light_word
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.churn.losses import OUTCOMES, Outcome
from workbench.outreach.outcomes.counts import JudgedLight, OutcomeCounts, OutcomeShare
from workbench.outreach.outcomes.words import share_words
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A line with its lights: what it is about, how they ended, and, where it is more than the lights, how many times.

    `light` as in JudgedLight, where all of a line have it; `share` stands in place of that of the counts."""

    title: str
    lights: tuple[JudgedLight, ...]
    counts: OutcomeCounts
    light: str | None = None
    times: int | None = None
    share: OutcomeShare | None = None


def line_of(
    title: str,
    lights: Sequence[JudgedLight],
    *,
    light: str | None = None,
    times: int | None = None,
    share: OutcomeShare | None = None,
) -> OutcomeLine:
    """A line over lights, counted once."""
    return OutcomeLine(title, tuple(lights), OutcomeCounts.of(lights), light, times, share)


def title_columns(title: str, width: int = 96) -> list[Column[OutcomeLine]]:
    """What the lines are about, and how many customers each has."""
    return [
        Column(title, lambda x: x.title, width, key=True),
        Column(_("户数"), lambda x: f"{x.counts.n:,}", 64, number=True),
    ]


def light_column() -> Column[OutcomeLine]:
    """The light of a line, drawn."""
    return Column(
        _("灯"), lambda x: light_word(x.light) if x.light else _("全部"), 72, light=lambda x: x.light
    )


class OutcomeColumns:
    """One column for each outcome, the money won back, and the share that stayed. Knows which column is which."""

    def __init__(self, rules: Rules) -> None:
        self._names = {outcome: rules.text(f"outcome.{outcome}") for outcome in OUTCOMES}
        #: heading -> the outcome whose people a click on it means
        self.outcome_of: dict[str, Outcome] = {name: outcome for outcome, name in self._names.items()}

    def columns(self) -> list[Column[OutcomeLine]]:
        """In the order in which they are told."""
        return [*self._counts(), _stayed_column()]

    def _counts(self) -> Iterator[Column[OutcomeLine]]:
        for outcome, name in self._names.items():
            tip = _low_words if outcome == "too_early" else None
            yield Column(
                name, partial(_number, outcome), 68, number=True, ink=partial(_ink, outcome), tip=tip
            )
            if outcome == "won_back":
                yield Column(
                    _("挽回金额"),
                    lambda x: wan(x.counts.won_back_fen) if x.counts["won_back"] else "—",
                    84,
                    number=True,
                    fen=lambda x: x.counts.won_back_fen if x.counts["won_back"] else None,
                )


def _number(outcome: Outcome, line: OutcomeLine) -> str:
    """The number; '—' instead of 0 while no window has ended: then nobody can be counted as kept or lost yet."""
    open_ = outcome in ("kept", "lost") and not line.counts.stayed.n
    return "—" if open_ and not line.counts[outcome] else f"{line.counts[outcome]:,}"


def _ink(outcome: Outcome, line: OutcomeLine) -> str | None:
    if not line.counts[outcome]:
        return "second"
    return "red" if outcome == "lost" else None


def _stayed_column() -> Column[OutcomeLine]:
    return Column(
        _("看满月数的,留住或挽回(95% 区间)"),
        lambda x: _of_how_many(x.share or x.counts.stayed),
        0,
        tip=lambda _x: _("只算看满月数、能下结论的客户"),
        value=lambda x: (x.share or x.counts.stayed).share,
        largest=True,
    )


def _of_how_many(share: OutcomeShare) -> str:
    if not share.n:
        return "—"
    return _("{n} 户里 {share}").format(n=f"{share.n:,}", share=share_words(share))


def _low_words(line: OutcomeLine) -> str:
    return _("其中 {n} 户已不到一半").format(n=f"{line.counts.low_so_far:,}")
