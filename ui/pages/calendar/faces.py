"""What the page asks of the year's rooms."""

from typing import TYPE_CHECKING, Protocol, cast

from workbench.base.change import Change, Progress
from workbench.outreach.agenda.agenda import AgendaFilter, AgendaYear
from workbench.outreach.yearplan.plan import PlannedTouch, YearPlan

if TYPE_CHECKING:
    from workbench.app import Workbench


class AgendaFace(Protocol):
    """The year as pages show it."""

    def year(self, year: int, wanted: AgendaFilter = ..., progress: Progress = ...) -> AgendaYear:
        """All days of a year with what is planned for them."""

    def touches(self, first: str, last: str, wanted: AgendaFilter = ...) -> tuple[PlannedTouch, ...]:
        """The touches of a span of days (ISO)."""


class PlanFace(Protocol):
    """The touch plan of a year."""

    def of(self, year: int, progress: Progress = ...) -> YearPlan:
        """The plan, made or brought up to date where what it stands on changed."""

    def standing(self, year: int) -> YearPlan | None:
        """The plan that is stored; None where there is none."""

    def touches(
        self,
        year: int,
        first: str | None = None,
        last: str | None = None,
        customers: tuple[str, ...] | None = None,
        state: str | None = None,
    ) -> tuple[PlannedTouch, ...]:
        """Touches of the plan."""

    def move(self, touch_id: int, day: str, note: str = "") -> Change:
        """Set the day of a touch."""

    def leave_out(self, touch_id: int, note: str = "") -> Change:
        """Leave a touch out."""

    def take_back(self, touch_id: int) -> Change:
        """End what was decided by hand about a touch."""

    def breaks(self, touch_id: int, day: str) -> tuple[str, ...]:
        """What a move would break, in sentences."""

    def moved(self, year: int) -> tuple[PlannedTouch, ...]:
        """What the last planning moved."""


def agenda_of(workbench: "Workbench") -> AgendaFace:
    """The year's days."""
    return cast(AgendaFace, workbench.outreach.agenda)  # type: ignore[attr-defined]


def plans_of(workbench: "Workbench") -> PlanFace:
    """The year's touches."""
    return cast(PlanFace, workbench.outreach.year_plans)  # type: ignore[attr-defined]
