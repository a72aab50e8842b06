"""What became of a customer after a month: the rule of loss and of win-back, over figures, without any SQL; of one with the
reason in words, or of many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import NDArray

from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause
from workbench.rules.tiers import Ladder

Outcome = Literal["kept", "won_back", "lost", "too_early", "censored"]
#: in the order in which they are told
OUTCOMES: tuple[Outcome, ...] = ("kept", "won_back", "lost", "too_early", "censored")


@dataclass(frozen=True, slots=True)
class LaterMonth:
    """One later list: whether the customer is on it, his daily average and his month-end balance in fen."""

    month: str
    listed: bool
    average: int | None = None
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One customer around a month: `before` the daily averages in fen that are told of the months up to it, `balance` its
    month-end balance, `after` the later lists within the window, oldest first."""

    before: tuple[int, ...]
    balance: int | None
    after: tuple[LaterMonth, ...]
    #: whether the window has ended
    complete: bool
    closed: bool = False
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of him, and why (`outcome.why.…`), with the figures of the sentence in fen.

    `lost` is the label of domain 4.6, None while it cannot be told; a customer may have been lost by it and be back.
    `final`: the window has ended; shares count these only, else early losses and returns would stand for all.
    """

    outcome: Outcome
    why: str
    final: bool
    lost: bool | None = None
    won_back_fen: int = 0
    before_fen: int | None = None
    after_fen: int | None = None
    balance_fen: int | None = None
    now_fen: int | None = None
    line_fen: int | None = None
    #: later months with a figure, and the month the sentence speaks of
    months: int = 0
    month: str | None = None

    def sentence(self, rules: Rules) -> str:
        """Why, with its numbers, in the language in use."""
        left = self.after_fen / self.before_fen if self.before_fen and self.after_fen is not None else None
        return clause(
            rules,
            f"outcome.why.{self.why}",
            {
                "before_fen": self.before_fen, "after_fen": self.after_fen, "left_share": left,
                "balance_fen": self.balance_fen, "now_fen": self.now_fen, "line_fen": self.line_fen,
                "months": self.months, "month": self.month, "least": rules.whole("outcomes.least_after"),
                "base_fen": rules.number("outcomes.base") * 100,
            },
        )  # fmt: skip


#: why it cannot be told of many at once whether they were lost, or that it can: places of `Labels.why`
TOLD, HANDED_OVER, LEFT_LIST, FEW_MONTHS, SMALL, UNTOLD = range(6)


@dataclass(frozen=True, slots=True)
class Labels:
    """Of many customers: whether lost (False too where it cannot be told), why not told, the mean before in fen (NaN)."""

    lost: NDArray[np.bool_]
    why: NDArray[np.int8]
    before: NDArray[np.float64]


class LossRule:
    """Judges courses by the thresholds in force."""

    def __init__(self, rules: Rules) -> None:
        self._ladder = Ladder.of(rules)
        self._lowest = rules.number("light.lowest_line") * 100
        self._share = rules.number("outcomes.lost_share")
        self._base = rules.number("outcomes.base") * 100
        self._least = rules.whole("outcomes.least_after")

    def judge(self, course: Course) -> Judgement:
        """The outcome: closed is lost at once; handed over or off the list cannot be told; back above the own line is won
        back; the rest is judged when the window has ended."""
        before = _mean(course.before)
        averages = [one.average for one in course.after if one.listed and one.average is not None]
        after = _mean(averages)
        newest = course.after[-1] if course.after else None

        def verdict(outcome: Outcome, why: str, **more: int | bool | str | None) -> Judgement:
            figures = {
                "before_fen": before, "after_fen": after, "balance_fen": course.balance, "months": len(averages),
                "now_fen": newest.balance if newest else None, "month": newest.month if newest else None,
            }  # fmt: skip
            return Judgement(outcome, why, course.complete, **(figures | more))  # type: ignore[arg-type]  # names and types as declared

        if course.closed:
            return verdict("lost", "closed", lost=True)
        if course.handed_over:
            return verdict("censored", "handed_over")
        if newest is not None and not newest.listed:
            return verdict("censored", "left_list", month=_left(course.after))
        lost, fault = self._label(before, after, len(averages)) if course.complete else (None, "")
        line = self._own_line(course.before)
        if line is not None and newest is not None and _back(course.balance, newest.balance, line):
            gained = max((newest.balance or 0) - (course.balance or 0), 0)
            return verdict("won_back", "back", lost=lost, won_back_fen=gained, line_fen=line)
        if not course.complete:
            return verdict("too_early", self._so_far(before, after, newest))
        if lost is None:
            return verdict("censored", fault)
        return verdict("lost", "fell", lost=True) if lost else verdict("kept", "stayed", lost=False)

    def _label(self, before: int | None, after: int | None, months: int) -> tuple[bool | None, str]:
        """Lost or not when the window has ended; None with the reason why it cannot be told."""
        if before is None:
            return None, "untold"
        if before < self._base:
            return None, "small"
        if after is None or months < self._least:
            return None, "few_months"
        return self.fallen(before, after), ""

    @overload
    def fallen(self, before: int, after: int) -> bool: ...

    @overload
    def fallen(self, before: NDArray[Any], after: NDArray[Any]) -> NDArray[np.bool_]: ...

    def fallen(self, before: Any, after: Any) -> Any:
        """Whether so much less is left that it counts as lost; of numbers or of arrays, NaN is not."""
        return after <= self._share * before

    def of_many(
        self,
        before: NDArray[np.float64],
        after: NDArray[np.float64],
        *,
        on_last: NDArray[np.bool_],
        closed: NDArray[np.bool_],
        handed_over: NDArray[np.bool_],
    ) -> Labels:
        """The label of `judge` for many whose window has ended: a row each, a column a month, averages in fen (NaN: not
        listed or not told); `on_last`: whether the last list has them. Closed with too small a base is small."""
        mean_before, mean_after = _means(before), _means(after)
        months = np.count_nonzero(~np.isnan(after), axis=1)
        fell = self.fallen(mean_before, mean_after)
        why = np.select(
            [np.isnan(mean_before), mean_before < self._base, closed, handed_over, ~on_last, months < self._least],
            [UNTOLD, SMALL, TOLD, HANDED_OVER, LEFT_LIST, FEW_MONTHS],
            TOLD,
        ).astype(np.int8)  # fmt: skip
        return Labels((why == TOLD) & (closed | fell), why, mean_before)

    def _so_far(self, before: int | None, after: int | None, newest: LaterMonth | None) -> str:
        if newest is None:
            return "waiting"
        if after is None or not before:
            return "untold"
        return "low_so_far" if self.fallen(before, after) else "holding"

    def _own_line(self, before: Sequence[int]) -> int | None:
        """The line in fen of the level that he had before; None below the lowest that counts."""
        line = self._ladder.line(max(before)) if before else None
        return line if line is not None and line >= self._lowest else None


def _mean(figures: Sequence[int]) -> int | None:
    return round(sum(figures) / len(figures)) if figures else None


def _means(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each row over what is told, in whole fen; NaN of a row without anything."""
    known = np.count_nonzero(~np.isnan(figures), axis=1)
    total = np.nansum(figures, axis=1)
    return np.where(known > 0, np.rint(total / np.maximum(known, 1)), np.nan)


def _back(then: int | None, now: int | None, line: int) -> bool:
    """Whether a balance that was under the line is at it again (domain 4.4)."""
    return then is not None and now is not None and then < line <= now


def _left(after: Sequence[LaterMonth]) -> str:
    """The first month since which he has been off the list."""
    month = after[-1].month
    for one in reversed(after):
        if one.listed:
            break
        month = one.month
    return month
