"""`Effects`: the methods of the 531 and the scripts, each beside similar customers who were not contacted (domain 12.5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from db.engine import Book
from db.stores.planning import reads_every_customer
from db.tables import customers, risks
from db.year import drafts
from workbench.base.change import Progress, silent
from workbench.base.dates import shift_month
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths, data_date
from workbench.base.rows import in_parts
from workbench.insight.churn.afterwards import Afterwards
from workbench.insight.churn.backtest.figures import MonthFigures, month_figures
from workbench.insight.churn.backtest.origin_outcome import OriginOutcome
from workbench.insight.churn.backtest.origins import OriginPlan, PlannedOrigin, planned_origins
from workbench.insight.churn.losses import TOLD
from workbench.outreach.effects.effect import EffectPerson, EffectReport, EffectRow, ScriptUse
from workbench.outreach.effects.similar import EffectComparison, MonthGroup, compare
from workbench.outreach.effects.tried import Group, TriedCustomer, method_names, tried, tried_scripts
from workbench.outreach.methods import catalogue
from workbench.outreach.outcomes.reading import checked_as
from workbench.outreach.playbook.library import ScriptLibrary, library
from workbench.outreach.playbook.script import Script
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

_LIGHTS = {"yellow": 1, "orange": 2, "red": 3}
#: customers that one statement names
_NAMED = 500
#: how much of a script stands for it
_TITLE = 18


class Effects:
    """Reads plans, copied words, the log and stored lights; stores nothing."""

    def __init__(
        self, book: Book, rules: Rules, held: Callable[[Connection], ScriptLibrary] = lambda _conn: library()
    ) -> None:
        """`held`: the library in force."""
        self._book, self._rules, self._held = book, rules, held
        self._months = ReportedMonths(book)

    def of(self, progress: Progress = silent) -> EffectReport:
        """Every group that was tried. Raises WorkbenchError no_data."""
        newest = self._months.named(None)
        with in_words(), self._book.read() as conn:
            groups = tried(conn, self._rules)
            plan = planned_origins(conn, self._months.all(conn), self._with_short_past())
            origins = [one for one in plan.origins if checked_as(conn, one.month) is not None]
            window = self._rules.whole("outcomes.window")
            placed = {group: _Placed.of(people, origins, newest, window) for group, people in groups.items()}
            wanted = {month for one in placed.values() for month in one.months}
            cohorts = self._cohorts(conn, plan, [one for one in origins if one.month in wanted], progress)
            names = method_names(conn)
            scripts = self._held(conn).scripts
            as_of = data_date(conn, newest) or newest
        least = self._rules.whole("outcomes.least_arm")
        rows = []
        for group, people in groups.items():
            theirs = placed[group]
            compared = compare(theirs.months, cohorts, least, waiting=theirs.waiting, untold=theirs.untold)
            rows.append(_row(group, _name(group, names, scripts), people, compared))
        rows.sort(key=lambda row: (-row.contacts, row.kind, row.code))
        progress(1.0, _("核对各种方法的效果"))
        return EffectReport(as_of, window, tuple(rows))

    def beside_similar(
        self, people: Sequence[TriedCustomer], progress: Progress = silent
    ) -> EffectComparison:
        """Customers to whom something happened on a day (`first`) beside similar ones to whom it did not, contacted or not: what
        became of each within the window after. Raises WorkbenchError no_data."""
        newest = self._months.named(None)
        with in_words(), self._book.read() as conn:
            plan = planned_origins(conn, self._months.all(conn), self._with_short_past())
            origins = [one for one in plan.origins if checked_as(conn, one.month) is not None]
            placed = _Placed.of(people, origins, newest, self._rules.whole("outcomes.window"))
            wanted = [one for one in origins if one.month in placed.months]
            read = self._cohorts(conn, plan, wanted, progress)
        cohorts = {month: replace(one, free=np.ones_like(one.free)) for month, one in read.items()}
        least = self._rules.whole("outcomes.least_arm")
        return compare(placed.months, cohorts, least, waiting=placed.waiting, untold=placed.untold)

    def of_scripts(self) -> Mapping[str, ScriptUse]:
        """Code of a script -> how often it was copied, and what came of the contacts that followed."""
        d = drafts.c
        query = select(d.script, func.count(), func.count(func.distinct(d.customer_id))).group_by(d.script)
        with in_words(), self._book.read() as conn:
            people = tried_scripts(conn, self._rules)
            used = conn.execute(query.order_by(d.script)).all()
        made = {}
        for code, copied, customers_of in used:
            theirs = people.get(Group("script", code), ())
            made[code] = ScriptUse(
                copied, customers_of, sum(one.contacts for one in theirs), sum(one.reached for one in theirs),
                sum(one.agreed for one in theirs),
            )  # fmt: skip
        return made

    def people(self, ids: Sequence[int]) -> list[EffectPerson]:
        """Customers by name, in the order of their ids."""
        listed: list[EffectPerson] = []
        with in_words(), self._book.read() as conn:
            for part in in_parts(sorted(ids), _NAMED):
                c = customers.c
                query = select(c.id, c.customer_no, c.name).where(c.id.in_(part)).order_by(c.id)
                listed.extend(
                    EffectPerson(row.id, row.customer_no, row.name or "") for row in conn.execute(query)
                )
        return listed

    def _with_short_past(self) -> Rules:
        """Rules by which a month needs only as much past as a loss is judged by."""
        return self._rules.trying({"backtest.look_back": self._rules.whole("outcomes.before")})

    def _cohorts(
        self, conn: Connection, plan: OriginPlan, origins: list[PlannedOrigin], progress: Progress
    ) -> dict[str, MonthGroup]:
        """Month -> everybody on its list."""
        if not origins:
            return {}
        reads_every_customer(conn)
        progress(0.0, _("读取各月资产"))
        figures = month_figures(conn, plan.months, plan.doubtful)
        afterwards = Afterwards.read(conn, self._rules, min(one.as_of for one in origins))
        cohorts = {}
        for place, origin in enumerate(origins):
            progress(0.2 + 0.8 * place / len(origins), _("核对各种方法的效果"))
            cohorts[origin.month] = self._cohort(conn, origin, figures, afterwards)
        return cohorts

    def _cohort(
        self, conn: Connection, origin: PlannedOrigin, figures: MonthFigures, afterwards: Afterwards
    ) -> MonthGroup:
        rows = np.flatnonzero(figures.listed[:, figures.months.index(origin.month)])
        ids = figures.ids[rows]
        became = OriginOutcome(conn, origin, figures, afterwards, self._rules).of(ids, rows)
        average = figures.of(rows, [origin.month])[:, 0]
        levels = np.searchsorted(Ladder.of(self._rules).lines, np.nan_to_num(average), side="right")
        return MonthGroup(
            ids,
            levels * (len(_LIGHTS) + 1) + _lights(conn, origin.month, ids),
            (became["why"] == TOLD) & ~np.isnan(average),
            ~became["lost"],
            ~became["touched"],
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Those reached, by the month whose list came last before: `months` whose outcome can be told; ids."""

    months: dict[str, list[int]]
    waiting: list[int]
    untold: list[int]

    @classmethod
    def of(
        cls, people: Iterable[TriedCustomer], origins: Sequence[PlannedOrigin], newest: str, window: int
    ) -> "_Placed":
        """`window` in months; `newest` list of the book."""
        months: dict[str, list[int]] = {}
        waiting: list[int] = []
        untold: list[int] = []
        for one in people:
            if one.first is None:
                continue
            before = [origin for origin in origins if origin.as_of < one.first]
            if before and one.first[:7] <= shift_month(before[-1].month, 1):
                months.setdefault(before[-1].month, []).append(one.customer_id)
            elif shift_month(one.first[:7], window - 1) > newest:
                waiting.append(one.customer_id)
            else:
                untold.append(one.customer_id)
        return cls(months, waiting, untold)


def _row(group: Group, name: str, people: Sequence[TriedCustomer], compared: EffectComparison) -> EffectRow:
    return EffectRow(
        group.kind,
        group.code,
        name,
        len(people),
        sum(one.contacts for one in people),
        sum(one.reached for one in people),
        sum(one.agreed for one in people),
        tuple(one.customer_id for one in people if one.first is not None),
        compared,
    )


def _lights(conn: Connection, month: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """The light of each in a month, 0 for none."""
    query = select(risks.c.customer_id, risks.c.light).where(
        risks.c.month == month, risks.c.light.is_not(None)
    )
    lit = {row[0]: _LIGHTS.get(row[1], 0) for row in conn.execute(query.order_by(risks.c.customer_id))}
    return np.array([lit.get(one, 0) for one in ids.tolist()], np.int64)


def _name(group: Group, names: Mapping[str, str], scripts: Mapping[str, Script]) -> str:
    if group.kind == "method":
        method = catalogue().of(group.code)
        return method.title() if method else names.get(group.code, group.code)
    script = scripts.get(group.code)
    words = _(script.text) if script else group.code
    return words if len(words) <= _TITLE else words[:_TITLE] + "…"
