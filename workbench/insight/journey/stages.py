"""The journey stage of a customer (domain 3): one of five cards, with its reason, its end and its tasks.

The stage is that of the tag 旅程阶段 where it was computed or corrected; the same conditions give the reason, and the
stage where there is no tag.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.workdays import Workdays, shipped
from workbench.insight.journey.tasks import JourneyFacts, StageTask, tasks
from workbench.insight.measures.freshness import freshness
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: the column of the tag; the stages in the order in which their conditions are tried
TAG = "s_journey_stage_m0"
#: the stage of who is left or leaving for another bank
WIN_BACK = "J5"
STAGES = (WIN_BACK, "J4", "J2", "J3", "J1", "J0")
#: ground -> the measure that counts the days since the stage began
_BEGAN = {
    "downgraded": "downgraded_days", "qualified": "qualified_days", "opened_met": "opened_days",
    "opened": "opened_days", "immature": "qualified_days", "unripe": "qualified_days", "risen": "upgraded_days",
}  # fmt: skip
_MONEY = frozenset({"average", "average_1", "balance", "line_own", "peak", "peak_6"})

State = Literal["card", "pool", "out", "unknown"]


@dataclass(frozen=True, slots=True)
class JourneyStage:
    """One customer's stage. `code` J1 to J5 on a card, J0 in the long-tail pool, None when outside or unknown.

    `since` (ISO) and `days` when the first day is known; `reason` one sentence with its figures, `inputs` the
    measures it rests on; `exit` how the stage ends; `cadence` how often to get in touch; `missing` the unknown inputs.
    """

    code: str | None
    state: State
    name: str
    since: str | None
    days: int | None
    reason: str
    exit: str
    cadence: str
    tasks: tuple[StageTask, ...]
    inputs: tuple[str, ...]
    missing: tuple[str, ...] = ()
    as_of: str | None = None

    @property
    def due(self) -> tuple[StageTask, ...]:
        """The open tasks (see `StageTask.is_open`), the earliest first, those without a day last."""
        return tuple(
            sorted((task for task in self.tasks if task.is_open), key=lambda task: task.due or "9999-12-31")
        )

    def as_json(self) -> dict[str, Any]:
        """For programs, tasks done included."""
        return {
            "stage": self.code, "state": self.state, "name": self.name, "since": self.since, "days": self.days,
            "reason": self.reason, "exit": self.exit, "cadence": self.cadence, "as_of": self.as_of,
            "tasks": [task.as_json() for task in self.tasks], "missing": list(self.missing),
        }  # fmt: skip


def leaving(values: Values) -> bool:
    """Whether a customer is leaving or gone: an orange or red light, or the win-back stage J5."""
    return values.light in ("orange", "red") or values.s_journey_stage_m0 == WIN_BACK


def stage(
    values: Values,
    rules: Rules,
    *,
    day: str | None = None,
    as_of: str | None = None,
    workdays: Workdays | None = None,
) -> JourneyStage:
    """The stage of one customer.

    `values`: columns of the tag layers by name (fen, ISO, 0/1, codes; None or absent: unknown), as seen on `day` (ISO)
    by data of `as_of`. `workdays`: the calendar of the book (None: the one shipped with the program).
    """
    return _Journey(values, rules, day, as_of, workdays or shipped()).stage()


@dataclass(frozen=True, slots=True)
class _Ground:
    """A condition of a stage that holds: the key of its sentence and the measures in it."""

    code: str
    key: str
    inputs: tuple[str, ...]


@dataclass(slots=True)
class _Journey:
    values: Values
    rules: Rules
    day: str | None
    as_of: str | None
    workdays: Workdays
    ladder: Ladder = field(init=False)
    line: int = field(init=False)
    #: the data are too old for clocks: no days counted, no task due
    stale: bool = field(init=False)

    def __post_init__(self) -> None:
        self.stale = freshness(self.as_of, self.rules, self.day).stale
        self.ladder = Ladder.of(self.rules)
        self.line = round(self.rules.number("C.lowest_line") * 100)

    def stage(self) -> JourneyStage:
        """Outside the journey, else the stage of the tag, else the first stage whose condition holds."""
        if out := self._outside():
            return out
        grounds = {ground.code: ground for ground in reversed(list(self._grounds()))}
        code = self.values.s_journey_stage_m0 or next((code for code in STAGES if code in grounds), None)
        if code is None:
            missing = (_("资产月日均"),)
            reason = self._text("reason.unknown", missing=commas(missing))
            return self._made(None, "unknown", reason, ("average",), missing)
        ground = grounds.get(code)
        if ground is None:
            reason = self._text("reason.tag", name=self._text(code))
            return self._made(code, "pool" if code == "J0" else "card", reason, (TAG,))
        unchecked = () if self.values.has("light") else (_("流失检查结果"),)
        began = self.values.figure(_BEGAN.get(ground.key, ""))
        state: State = "pool" if code == "J0" else "card"
        return self._made(code, state, self._say(ground.key), ground.inputs, unchecked, began, ground.key)

    # -- conditions, each stage's own from the strongest ------------------------------------------------------

    def _grounds(self) -> Iterator[_Ground]:
        """Every condition that holds, in the order of the stages."""
        yield from self._win_back()
        yield from self._defence()
        average = self.values.average
        if average is None:
            return
        if average >= self.line:
            yield from self._newly()
            yield self._steady()
            return
        if self._within(self.values.opened_days, "tag.honeymoon_days"):
            yield _Ground("J1", "opened", ("opened_days", "average"))
        if self.values.v_longtail_hidden_m0:
            yield _Ground("J1", "hidden", ("average", "v_longtail_hidden_m0"))
        yield _Ground("J0", "pool", ("average",))

    def _win_back(self) -> Iterator[_Ground]:
        now = self.values
        average, balance, own = now.average, now.balance, now.line_own
        if self._downgraded() and not self._returned():
            key = "downgraded" if self.values.has("fell_from") and average is not None else "downgraded_plain"
            yield _Ground("J5", key, ("downgraded_days", "fell_from", "average"))
        before = now.average_1
        if (
            average is not None
            and balance is not None
            and own is not None
            and before is not None
            and own >= self.line
            and before >= own > max(average, balance)
        ):
            yield _Ground("J5", "severe", ("average_1", "average", "balance", "line_own"))
        peak, share = now.peak_6, now.of_peak_6
        halved = share is not None and share <= self.rules.number("tag.halved")
        if peak is not None and peak >= self.line and halved:
            yield _Ground("J5", "halved", ("average", "peak_6", "of_peak_6"))
        highest = now.peak
        if highest is not None and highest >= self.line:
            if average is not None and average < self.rules.number("journey.near_zero") * 100:
                yield _Ground("J5", "gone", ("average", "peak"))
            if self.values.has("close_date"):
                yield _Ground("J5", "closed", ("close_date", "peak"))

    def _defence(self) -> Iterator[_Ground]:
        now = self.values
        own, watch = now.line_own, now.watch
        if self.values.light in ("orange", "red"):
            yield _Ground("J4", "light" if self.values.has("risk") else "light_plain", ("light", "risk"))
        if own is None or own < self.line:
            return
        if watch is not None and watch >= 2:
            yield _Ground("J4", "watch", ("watch", "line_own"))
        average, balance = now.average, now.balance
        if average is not None and balance is not None and average >= own > balance:
            yield _Ground("J4", "mild", ("average", "balance", "line_own"))

    def _newly(self) -> Iterator[_Ground]:
        if self._within(self.values.qualified_days, "tag.qualified_days"):
            yield _Ground("J2", "qualified", ("qualified_days", "average"))
        if self._within(self.values.opened_days, "N1.opened_days"):
            yield _Ground("J2", "opened_met", ("opened_days", "average"))
        if self._within(self.values.qualified_days, "journey.forced_days") and self._immature():
            yield _Ground("J2", "unripe", ("qualified_days", "families", "kyc"))
        if self._risen_again() and self._within(self.values.upgraded_days, "tag.qualified_days"):
            yield _Ground("J2", "risen", ("upgraded_days", "downgraded_days", "average"))
        if self._downgraded() and self._returned():
            yield _Ground("J2", "returned", ("downgraded_days", "fell_from", "average"))

    def _steady(self) -> _Ground:
        # only customers who qualified within the last year are marked as not yet mature
        if self._within(self.values.qualified_days, "tag.downgraded_days") and self._immature():
            return _Ground("J3", "immature", ("qualified_days", "families", "kyc"))
        return _Ground(
            "J3", "steady" if self.values.has("light") else "steady_unchecked", ("average", "light")
        )

    def _downgraded(self) -> bool:
        """Whether a level was lost within the year and not regained by an upgrade since."""
        recent = self._within(self.values.downgraded_days, "tag.downgraded_days")
        return recent and (not self._risen_again() or self._returned())

    def _risen_again(self) -> bool:
        fell, rose = self.values.downgraded_days, self.values.upgraded_days
        return bool(fell is not None and rose is not None and rose < fell)

    def _returned(self) -> bool:
        """Whether both last months are back at most of the line that was lost (`journey.back_share`)."""
        fell = self.values.fell_from
        if not isinstance(fell, str) or fell not in self.ladder.codes:
            return False
        back = self.ladder.lines[self.ladder.codes.index(fell)] * self.rules.number("journey.back_share")
        both = (self.values.average, self.values.average_1)
        return all(average is not None and average >= back for average in both)

    def _immature(self) -> bool:
        """Whether products or KYC fall short of what ends J2; an unknown figure does not count."""
        products, kyc = self.values.families, self.values.kyc
        few = products is not None and products < self.rules.number("journey.products")
        return bool(few or (kyc is not None and kyc < self.rules.number("journey.kyc")))

    def _outside(self) -> JourneyStage | None:
        """The answer for customers without a card: gone, closed, staff, refused; None for all others."""
        values = self.values
        status = str(values.lifecycle or "")
        word = next(
            (candidate for candidate in self.rules.words("journey.gone_words") if candidate in status), None
        )
        post = " ".join(
            str(values.look_up(name) or "") for name in ("occupation", "position", "employer_type")
        )
        if word is not None and not (self.values.has("close_date") and self._was_qualified()):
            return self._made(None, "out", self._text("reason.gone_away", word=word), ("lifecycle",))
        if self.values.has("close_date") and not self._was_qualified():
            return self._made(None, "out", self._say("account_closed"), ("close_date",))
        if any(candidate in post for candidate in self.rules.words("journey.staff_words")):
            return self._made(None, "out", self._text("reason.staff"), ("occupation",))
        if self.values.refused:
            return self._made(None, "out", self._text("reason.refused"), ("refused",))
        return None

    def _was_qualified(self) -> bool:
        peak = self.values.peak
        return bool(peak is not None and peak >= self.line)

    # -- the answer --------------------------------------------------------------------------------------------

    def _made(
        self,
        code: str | None,
        state: State,
        reason: str,
        inputs: tuple[str, ...],
        missing: tuple[str, ...] = (),
        began: float | None = None,
        ground: str = "",
    ) -> JourneyStage:
        since = None
        if began is not None and self.day is not None:
            since = (dt.date.fromisoformat(self.day) - dt.timedelta(days=int(began))).isoformat()
        return JourneyStage(
            code,
            state,
            self._text(code or state),
            since,
            None if began is None or self.stale else int(began),
            self._text("as_of", as_of=self.as_of, reason=reason) if self.as_of else reason + _("。"),
            self._exit(code) if code else "",
            self._cadence(code) if code else "",
            self._tasks(code, since, ground) if code else (),
            inputs,
            missing,
            self.as_of,
        )

    def _exit(self, code: str) -> str:
        number = self.rules.number
        figures = {
            "line": wan(self.line),
            "days": self.rules.whole("tag.honeymoon_days" if code == "J1" else "tag.qualified_days"),
            "forced": self.rules.whole("journey.forced_days"),
            "products": self.rules.whole("journey.products"),
            "kyc": f"{number('journey.kyc'):.0%}",
            "back": f"{number('journey.back_share'):.0%}",
        }
        return self._text(f"exit.{code}", **figures)

    def _cadence(self, code: str) -> str:
        """How often to get in touch, for J2 and J3 by tower; '' without a rule."""
        if code in ("J1", "J4", "J5"):
            return self._text(f"pace.{code}")
        tower = self.values.tower
        if code not in ("J2", "J3") or tower not in ("base", "waist", "top"):
            return ""
        return self._text(f"pace.{code}.{tower}")

    def _tasks(self, code: str, since: str | None, ground: str) -> tuple[StageTask, ...]:
        facts = JourneyFacts(self.values, self.day, self.workdays, self.stale)
        return tuple(tasks(code, ground, since, facts))

    # -- reading -----------------------------------------------------------------------------------------------

    def _within(self, days: float | None, param: str) -> bool:
        return bool(days is not None and days <= self.rules.number(param))

    def _say(self, key: str) -> str:
        figures = {name: self._shown(name) for name in (*self.values, "families", "kyc")}
        figures |= {"line": wan(self.line), "back": f"{self.rules.number('journey.back_share'):.0%}"}
        return self._text(f"reason.{key}", **figures)

    def _shown(self, name: str) -> str:
        value = self.values.look_up(name)
        if value is None:
            return "—"
        if isinstance(value, int | float) and name in _MONEY:
            return wan(round(value))
        if isinstance(value, int | float) and name in ("of_peak_6", "kyc"):
            return f"{value:.0%}"
        if name == "light":
            return self._text(f"light.{value}")
        if name == "fell_from":
            return f"{value} {self.rules.text(f'tier.{value}')}"
        return f"{value:.0f}" if isinstance(value, float) else str(value)

    def _text(self, key: str, **figures: Any) -> str:
        return self.rules.text(f"journey.{key}").format(**figures)
