"""What 计划 shows, read in one go, and its rows as they are shown."""

from dataclasses import dataclass

from workbench.base.i18n import _, headed
from workbench.outreach.codes import codes
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.editing import rows
from workbench.outreach.requests import ResourceRequest
from workbench.outreach.review import WeekReview
from workbench.outreach.week.entry import WeekEntry, WeekList

MISSED = "missed"


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """The plan of the week with its list, the requests of its rows by id, and the weeks before, the newest first."""

    plan: WeekPlan
    week: WeekList
    requests: dict[int, ResourceRequest]
    history: tuple[WeekReview, ...]

    @property
    def lines(self) -> tuple["PlanLine", ...]:
        """The rows in their order."""
        return tuple(PlanLine(name, item, self.week.of_row(name)) for name, item in rows(self.plan).items())


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A row of the plan by its name on paper ('5-2'), with its people in the order of the week."""

    name: str
    item: PlanItem
    people: tuple[WeekEntry, ...]

    @property
    def contacted(self) -> int:
        """With how many a contact was logged this week."""
        return sum(bool(one.contacts) for one in self.people)

    @property
    def left_over(self) -> str:
        """That it was carried over, how long, and why; '' where it was not."""
        if not self.item.carried:
            return ""
        why = dict(codes("missed")).get(self.item.left_over, "")
        words = _("顺延第 {n} 周").format(n=self.item.carried)
        return headed(words, why) if why else words


def sign_of(result: str) -> str:
    """✓ / ½ / ✗ with the reason, for a code of `ticks`; '' for none."""
    kind, _colon, why = result.partition(":")
    if kind == MISSED:
        return f"✗ {dict(codes('missed')).get(why, '')}".strip()
    return {"done": "✓", "half": "½"}.get(kind, "")
