"""The journey stage of a customer (domain 3): the stay that is kept, in words, with its end, its tasks and its history.

Nothing is judged here: the stage is that of the tag 旅程阶段, which reads the kept stay (`insight/stages`).
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.base.dates import month_end
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.workdays import Workdays, shipped
from workbench.insight.churn.call_day import LIGHTS, call_day
from workbench.insight.journey.tasks import JourneyFacts, StageTask, tasks
from workbench.insight.measures.freshness import freshness
from workbench.insight.products.barring import products_barred
from workbench.insight.stages import stays
from workbench.insight.stages.stays import StageRecord, Stay
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: the column of the tag; the stages, the most pressing first
TAG = stays.TAG
#: the stage of who is left or leaving for another bank
WIN_BACK = "J5"
STAGES = (WIN_BACK, "J4", "J2", "J3", "J1", "J0")
#: the ground of the pool's customers who show signs of money elsewhere, and that of a move by hand
HIDDEN, BY_HAND = "hidden", "by_hand"
#: the ground of who opened his account with the money
OPENED_MET = "opened_met"
#: what the sentence of a stage rests on
_INPUTS = ("journey_stage", "average", "light")

State = Literal["card", "pool", "out", "unknown"]


@dataclass(frozen=True, slots=True)
class PastStay:
    """A stay in words: its stage and name, the first day and the day on which it ended (ISO; None: he stands there)."""

    stage: str
    name: str
    since: str
    until: str | None
    reason: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "stage": self.stage, "name": self.name, "since": self.since, "until": self.until, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class JourneyStage:
    """One customer's stage. `code` J1 to J5 on a card, J0 in the long-tail pool, None when outside or unknown.

    `since` (ISO) and `days` when the first day is known; `reason` one sentence with the figures of the list that moved him,
    `ground` its key, `inputs` the measures it rests on; `exit` how the stage ends; `cadence` how often to get in touch;
    `missing` the unknown inputs; `history` his stays by the lists, the newest first. Moved by hand: `machine` is the stage
    by the lists, `until` the day (ISO) on which the move ends.
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
    ground: str = ""
    history: tuple[PastStay, ...] = ()
    machine: str | None = None
    until: str | None = None

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
            "history": [stay.as_json() for stay in self.history], "machine": self.machine, "until": self.until,
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
    record: StageRecord | None = None,
) -> JourneyStage:
    """The stage of one customer.

    `values`: columns of the tag layers by name (fen, ISO, 0/1, codes; None or absent: unknown), as seen on `day` (ISO)
    by data of `as_of`. `workdays`: the calendar of the book (None: the one shipped with the program). `record`: what is kept
    of him (`stages.stays.records`); without it neither history nor first day is known.
    """
    return _Journey(values, rules, day, as_of, workdays or shipped(), record or StageRecord()).stage()


@dataclass(slots=True)
class _Journey:
    values: Values
    rules: Rules
    day: str | None
    as_of: str | None
    workdays: Workdays
    record: StageRecord
    #: the data are too old for clocks: no days counted, no task due
    stale: bool = field(init=False)

    def __post_init__(self) -> None:
        self.stale = freshness(self.as_of, self.rules, self.day).stale

    def stage(self) -> JourneyStage:
        """As moved by hand, else outside the journey, else the stage of the tag."""
        stay = next(iter(self.record.stays), None)
        kept = self.values.journey_stage or (stay.stage if stay else None)
        code = self.values.s_journey_stage_m0 or kept
        by_hand, out = self.record.by_hand, self.values.journey_out
        if by_hand is not None and by_hand.stage in STAGES:
            figures = {"name": self._text(by_hand.stage), "date": by_hand.date, "why": by_hand.reason}
            reason = self._text("reason.by_hand", **figures)
            return self._made(by_hand.stage, reason, BY_HAND, by_hand.date, (TAG,), kept, by_hand.expires)
        if out not in (None, "none"):
            return self._outside(str(out))
        if code is None:
            missing = (_("资产月日均"),)
            reason = self._text("reason.unknown", missing=commas(missing))
            return self._without("unknown", reason, ("average",), missing)
        if code == "J1" and kept == "J0":
            average = self.values.average
            reason = self._text("reason.hidden", average="—" if average is None else wan(average))
            if self.as_of:
                reason = self._text("as_of", as_of=self.as_of, reason=reason)
            return self._made(code, reason, HIDDEN, None, ("average", "v_longtail_hidden_m0"))
        if stay is None or stay.stage != code:
            ground = str(self.values.journey_ground or "") if code == kept else ""
            return self._made(code, self._text("reason.tag", name=self._text(code)), ground, None, (TAG,))
        # from the lists alone his stage begins with the list that moved him; by the opening it began before
        shown_on = (
            min(month_end(stay.month).isoformat(), self.as_of or "9999")
            if stay.ground == OPENED_MET
            else None
        )
        return self._made(code, self._worded(stay), stay.ground, stay.since, _INPUTS, shown_on=shown_on)

    def _outside(self, out: str) -> JourneyStage:
        figures = {"word": self.values.lifecycle, "date": self.values.close_date}
        return self._without("out", self._text(f"out.{out}", **figures), ("journey_out",))

    # -- words -------------------------------------------------------------------------------------------------

    def _worded(self, stay: Stay) -> str:
        """Why he came into the stage, with the figures of the list that moved him."""
        whole, number = self.rules.whole, self.rules.number
        money = {name: getattr(stay, name) for name in ("average", "balance", "high", "line")}
        left = max(stay.balance or 0, 0) / stay.high if stay.high else 0.0
        figures = {
            **{name: "—" if fen is None else wan(fen) for name, fen in money.items()},
            "since": stay.since, "light": self._text(f"light.{stay.light or 'none'}"), "lost": f"{1 - left:.0%}",
            "left": f"{left:.0%}", "back": f"{number('journey.back_share'):.0%}",
            "back_months": whole("journey.back_months"), "clean_months": whole("journey.clean_months"),
            "qualified_days": whole("tag.qualified_days"), "forced": whole("journey.forced_days"),
            "honeymoon_days": whole("tag.honeymoon_days"), "opened_days": whole("N1.opened_days"),
            "lapse": whole("journey.lapse_days"), "cool": whole("journey.cool_days"),
        }  # fmt: skip
        # beside a light, a balance that did not fall reads as if it were the ground
        only = stay.ground == "light" and stay.high and 1 - left < number("journey.told_fall")
        reason = self._text("reason.light_only" if only else f"reason.{stay.ground}", **figures)
        return self._text("by_list", month=stay.month, reason=reason)

    def _history(self) -> tuple[PastStay, ...]:
        past: list[PastStay] = []
        until: str | None = None
        for stay in self.record.stays:
            name, reason = self._text(stay.stage), self._worded(stay)
            past.append(PastStay(stay.stage, name, stay.since, until, reason))
            until = stay.since
        return tuple(past)

    # -- the answer --------------------------------------------------------------------------------------------

    def _without(
        self, state: State, reason: str, inputs: tuple[str, ...], missing: tuple[str, ...] = ()
    ) -> JourneyStage:
        """The answer for who has no stage."""
        said = self._text("as_of", as_of=self.as_of, reason=reason) if self.as_of else reason + _("。")
        return JourneyStage(
            None, state, self._text(state), None, None, said, "", "", (), inputs, missing, self.as_of,
            history=self._history(),
        )  # fmt: skip

    def _made(
        self,
        code: str,
        reason: str,
        ground: str,
        since: str | None,
        inputs: tuple[str, ...],
        machine: str | None = None,
        until: str | None = None,
        shown_on: str | None = None,
    ) -> JourneyStage:
        days = None
        if since is not None and self.day is not None and not self.stale:
            days = (dt.date.fromisoformat(self.day) - dt.date.fromisoformat(since)).days
        unchecked = () if self.values.has("light") else (_("流失检查结果"),)
        facts = JourneyFacts(
            self.values, self.day, self.workdays, self.stale, self._call_by(), shown_on,
            frozenset(self.rules.words("lead.journey_sells")), products_barred(self.values, self.rules),
        )  # fmt: skip
        return JourneyStage(
            code,
            "pool" if code == "J0" else "card",
            self._text(code),
            since,
            days,
            reason if reason.endswith(_("。")) else reason + _("。"),
            self._exit(HIDDEN if ground == HIDDEN else code),
            self._text("pace.hidden") if ground == HIDDEN else self._cadence(code),
            tuple(tasks(code, ground, since, facts)),
            inputs,
            unchecked,
            self.as_of,
            ground,
            self._history(),
            machine,
            until,
        )

    def _call_by(self) -> str | None:
        """The day (ISO) by which the week's list wants the call of his light; None without a light."""
        light = next((one for one in LIGHTS if one == self.values.light), None)
        if light is None or self.day is None:
            return None
        today = dt.date.fromisoformat(self.day)
        work = self.workdays.week(self.workdays.planning_week(today))
        return call_day(light, work, today, self.rules).isoformat()

    def _exit(self, code: str) -> str:
        whole, number = self.rules.whole, self.rules.number
        figures = {
            "line": wan(round(number("C.lowest_line") * 100)),
            "days": whole("tag.honeymoon_days" if code == "J1" else "tag.qualified_days"),
            "forced": whole("journey.forced_days"),
            "products": whole("journey.products"),
            "kyc": f"{number('journey.kyc'):.0%}",
            "back": f"{number('journey.back_share'):.0%}",
            "back_months": whole("journey.back_months"),
            "clean_months": whole("journey.clean_months"),
            "lapse": whole("journey.lapse_days"),
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

    def _text(self, key: str, **figures: Any) -> str:
        return self.rules.text(f"journey.{key}").format(**figures)
