"""`PlanMaker`: makes the plan of a year, and brings it up to date for those whose wishes changed."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection

from db.engine import Book
from workbench.base.change import Progress
from workbench.base.dates import now, today
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.outreach.cadence.limits import touch_limits
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.levelling.placement import Placement
from workbench.outreach.wishes.room import Wishes
from workbench.outreach.wishes.wish_table import Whole
from workbench.outreach.yearplan.basis import PlanBasis, basis_of, concerned
from workbench.outreach.yearplan.choices import TouchKey, choices_of
from workbench.outreach.yearplan.fitting import proofs_to_store
from workbench.outreach.yearplan.gathering import (
    PlanMaterial,
    WeekShare,
    first_day,
    reached_days,
    room_of,
    silent_days,
)
from workbench.outreach.yearplan.marks import marks_of
from workbench.outreach.yearplan.mending import mended
from workbench.outreach.yearplan.planning import (
    MadeTouches,
    of_some,
    planned,
    room_left,
    with_more,
    without_room,
)
from workbench.outreach.yearplan.renewing import crowded, giving_way, left_behind, reached_since
from workbench.outreach.yearplan.standing import StoodTouches
from workbench.outreach.yearplan.stored import (
    PlanRun,
    forget_moves,
    gone,
    keep_run,
    keep_touches,
    run_of,
    touches_in,
)
from workbench.outreach.yearplan.sums import PlanSums, WishMarks, packed, sums_of
from workbench.outreach.yearplan.touch_columns import TouchColumns
from workbench.rules.parameters import Rules

#: how often others may be asked to make way
_ROUNDS = 1


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Touches that stood, with their ids, and what was made of them."""

    ids: Whole
    stood: TouchColumns
    made: MadeTouches
    proofs: tuple[Mapping[str, Any], ...]


class PlanMaker:
    """Gathers, limits, levels, stores."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        settings: BookSettings,
        wishes: Wishes,
        days: Callable[[int], Sequence[YearDay]],
        share: Callable[[int], WeekShare],
    ) -> None:
        self._book, self._rules, self._settings = book, rules, settings
        self._wishes, self._days, self._share = wishes, days, share

    def bring_up(self, year: int, progress: Progress) -> None:
        """Makes the plan of a year, or plans anew those touches of it that may come out otherwise. Raises WorkbenchError
        no_data."""
        progress(0.0, _("看哪些客户要重排"))
        share = self._share(year)
        with in_words(), self._book.read() as conn:
            run = run_of(conn, year)
            start = first_day(year, today(), workdays_of(conn))
            few = self._few(conn, run, start)
        progress(0.1, _("收集全年要联系的事由"))
        material = replace(self._gathered(year, start, few), share=share)
        if run is not None and few is not None:
            material = replace(material, notes=run.notes)  # what a few lack says nothing of the book
        with in_words(), self._book.read() as conn:  # the wishes may have brought the tags up to date
            basis = basis_of(conn, start.isoformat(), self._rules, self._settings, share.mark)
            basis = replace(basis, choices=choices_of(conn))
        marks = marks_of(material.wishes, material.cadence, material.limits, start.toordinal())
        progress(0.5, _("把联系排到每个工作日"))
        if run is None:
            self._make(material, basis, marks, progress)
        else:
            self._renew(run, material, basis, marks, few, progress)

    # -- what there is ---------------------------------------------------------------------------------------

    def _few(self, conn: Connection, run: PlanRun | None, start: dt.date) -> frozenset[int] | None:
        """The customers (ids) of whom something may come out otherwise; None: anybody."""
        if run is None:
            return None
        basis = basis_of(conn, start.isoformat(), self._rules, self._settings)
        few = concerned(conn, run.basis, basis)
        return None if few is None else few | left_behind(conn, run.year, run.planned_from, start)

    def _gathered(self, year: int, start: dt.date, only: Collection[int] | None) -> PlanMaterial:
        wished = self._wishes.whole(year, start, only)
        silent = silent_days(self._days(year))
        with in_words(), self._book.read() as conn:
            seen = max(start, today()).isoformat()
            limits = touch_limits(conn, seen, self._rules, silent=silent, only=only)
            reached = reached_days(conn, f"{year}-01-01", today().isoformat(), self._rules, only)
            room = room_of(workdays_of(conn), start, self._settings, self._rules)
        return PlanMaterial(
            year,
            wished.as_of,
            start,
            today(),
            wished.wishes,
            wished.cadence,
            limits,
            room,
            reached,
            wished.notes,
        )

    # -- planning --------------------------------------------------------------------------------------------

    def _make(self, material: PlanMaterial, basis: PlanBasis, marks: WishMarks, progress: Progress) -> None:
        """All touches, on empty days."""
        with in_words(), self._book.read() as conn:
            ids, stood = touches_in(conn, material.year, ())
        before = _stood(stood, material)
        made = planned(material, before, basis.choices, material.free)
        progress(0.7, _("保存计划"))
        proofs = proofs_to_store(made.placement.overfull)
        self._keep(material, basis, marks, _Outcome(ids, stood, made, proofs), PlanSums())

    def _renew(
        self,
        run: PlanRun,
        material: PlanMaterial,
        basis: PlanBasis,
        marks: WishMarks,
        few: frozenset[int] | None,
        progress: Progress,
    ) -> None:
        """The touches of those whose wishes differ, whose day went by, or who make way; the others stay. Where the days have more
        or less room, or touches went with their customers, everybody's, on the days that they had where these allow it."""
        with in_words(), self._book.derive() as conn:
            forget_moves(conn, run.moved)
        stood_marks, sums = run.marks, run.sums
        scope = np.union1d(stood_marks.customer, marks.customer)
        if few is not None:
            scope = np.array(sorted(few), np.int64)
        start = material.start.toordinal()
        with in_words(), self._book.read() as conn:
            again = frozenset(stood_marks.among(scope).differing(marks.among(scope)).tolist())
            again |= left_behind(conn, run.year, run.planned_from, material.start)
            begun = dt.date.fromisoformat(min(run.planned_from, run.made[:10])).toordinal()
            again |= reached_since(material.reached, begun)
            sums, lost = gone(conn, run)
            again |= lost
            # what stood in the proofs of those who went is not known any more
            anew = bool(lost) or _resized(sums, material)
            if anew:
                again |= {*stood_marks.customer.tolist(), *marks.customer.tolist()}
            _ids, stood = touches_in(conn, run.year, again)
            beside = _load_beside(sums, stood)
            again |= crowded(conn, run.year, material.free, beside, again | material.share.customers, start)
            outcome = self._placed(
                conn, material, basis.choices, sums, None if anew else run.not_fitting, again, few
            )
        progress(0.7, _("保存计划"))
        beside_sums = sums.without(sums_of(outcome.stood, {}))
        self._keep(material, basis, stood_marks.with_those(marks.among(scope), scope), outcome, beside_sums)

    def _placed(
        self,
        conn: Connection,
        material: PlanMaterial,
        choices: Mapping[TouchKey, str],
        sums: PlanSums,
        proofs: Sequence[Mapping[str, Any]] | None,
        again: frozenset[int],
        few: frozenset[int] | None,
    ) -> "_Outcome":
        """The touches of some customers in the room that the others leave; where higher ones find none, others make way. `proofs`
        stand for the others; None: all are proven anew."""
        known = again if few is None else few
        for turn in range(_ROUNDS + 1):
            if few is not None and again - known:
                more = self._gathered(material.year, material.start, again - known)
                known, material = known | again, with_more(material, more)
            ids, stood = touches_in(conn, material.year, again)
            before = _stood(stood, material)
            some = of_some(material, np.array(sorted(again), np.int64))
            beside = room_left(material.free, _load_beside(sums, stood))
            made = planned(some, before, choices, beside, prove=proofs is None)
            needs = without_room(made.placement)
            if not needs or turn == _ROUNDS:
                break
            left = room_left(material.free, _added(sums.load, stood, made.touches))
            more_way = giving_way(conn, material.year, needs, left, again | material.share.customers)
            if not more_way:
                break
            again |= more_way
        if proofs is None:
            return _Outcome(ids, stood, made, proofs_to_store(made.placement.overfull))
        heads = some.cadence.customer[some.cadence.head]

        def proven() -> Placement:
            """Their placement with its proofs."""
            return planned(some, before, choices, beside).placement

        spans = mended(proofs, stood, made.touches, heads, material.free, beside, proven)
        return _Outcome(ids, stood, made, spans)

    # -- storing ---------------------------------------------------------------------------------------------

    def _keep(
        self, material: PlanMaterial, basis: PlanBasis, marks: WishMarks, outcome: _Outcome, beside: PlanSums
    ) -> None:
        """`beside`: the sums of the touches that were not planned again."""
        touches = outcome.made.touches
        days = dict(zip(material.room.days.tolist(), material.room.seconds.tolist(), strict=True))
        start = material.start.toordinal()
        capacity = {day: seconds for day, seconds in beside.capacity.items() if day < start} | days
        sums = beside.added(sums_of(touches, {}), capacity)
        chosen = np.array([one.startswith("chosen:") for one in touches.grounds] or [False])[touches.why]
        with in_words(), self._book.derive() as conn:
            ids = keep_touches(conn, material.year, outcome.ids, outcome.stood, touches)
            moved = ids[(touches.moved_from > 0) & ~chosen]
            keep_run(
                conn,
                PlanRun(
                    material.year, basis, now(), material.as_of or None, material.start.isoformat(),
                    sum(sums.states.values()), tuple(moved.tolist()), material.notes,
                    outcome.proofs, packed(sums, marks),
                ),
            )  # fmt: skip


def _stood(stood: TouchColumns, material: PlanMaterial) -> StoodTouches:
    return StoodTouches.of(stood, material.reached, material.start.toordinal(), material.today.toordinal())


def _resized(sums: PlanSums, material: PlanMaterial) -> bool:
    """Whether the days from the start on have another capacity than they had."""
    start = material.start.toordinal()
    days = dict(zip(material.room.days.tolist(), material.room.seconds.tolist(), strict=True))
    return {day: seconds for day, seconds in sums.capacity.items() if day >= start} != days


def _load_beside(sums: PlanSums, theirs: TouchColumns) -> dict[int, int]:
    """Seconds by day of all touches but some."""
    own = sums_of(theirs, {}).load
    return {day: seconds - own.get(day, 0) for day, seconds in sums.load.items()}


def _added(load: Mapping[int, int], stood: TouchColumns, made: TouchColumns) -> dict[int, int]:
    """Seconds by day once some touches are in the place of those that stood."""
    before, after = sums_of(stood, {}).load, sums_of(made, {}).load
    days = {*load, *before, *after}
    return {day: load.get(day, 0) - before.get(day, 0) + after.get(day, 0) for day in days}
