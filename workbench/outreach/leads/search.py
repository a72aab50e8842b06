"""What the sources of leads look into: one week, its lights, the book and the tag layers."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from db.engine import Book
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.journey.stages import WIN_BACK
from workbench.insight.tags.layers import Layers, by_customer
from workbench.insight.values.values import Values
from workbench.outreach.leads.left_over import LeftOver
from workbench.outreach.leads.week import LeadWeek
from workbench.outreach.lights.light_week import LightWeek
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.outreach.leads.occasions import Occasions


@dataclass(frozen=True)
class LeadSearch:
    """One reading of the book for the leads of a week. `layers`: the tag layers of the week's month, None where they are of
    another; `left_over`: what last week left undone; `only`: the customers (ids) whose own leads are found, None: all."""

    book: Book
    conn: Connection
    rules: Rules
    week: LeadWeek
    lights: LightWeek
    layers: Layers | None
    left_over: LeftOver = field(default_factory=LeftOver)
    only: frozenset[int] | None = None
    #: code of each source that found more than it lists -> the average (fen) by customer id of whom it looked at, in its order:
    #: whom it lists depends on others
    cut: dict[str, Mapping[int, int | None]] = field(default_factory=dict)
    #: ids of those asked about -> (id, values) of those among them for whom a task of a card may fall in the week: looked up
    #: once in a reading
    near: dict[frozenset[int] | None, tuple[tuple[int, Values], ...]] = field(default_factory=dict)
    #: of the cut ones, the sources that find everybody's leads although the search is for a few
    again: frozenset[str] = frozenset()

    @cached_property
    def occasions(self) -> "Occasions":
        """What the lists tell of maturities, lines, newcomers and birthdays."""
        from workbench.outreach.leads.occasions import Occasions

        of = self.lights.lit.of
        lights = {
            id_: str(of[id_].risk.light) for id_ in (of if self.only is None else of.keys() & self.only)
        }
        return Occasions(self.conn, self.week, self.rules, lights, self.stages, self.only)

    @cached_property
    def stages(self) -> Mapping[int, str]:
        """Customer id -> journey stage, of those who are won back: the one that a deposit is not asked for in."""
        return by_customer(self.conn, self.week.month, STAGE, self.only, WIN_BACK)

    @cached_property
    def lit(self) -> Set[int]:
        """Who has a light that is not one of money gone: what it asks for is not asked a second time."""
        return self.lights.lit.of.keys() - frozenset(self.lights.lit.gone.ids)
