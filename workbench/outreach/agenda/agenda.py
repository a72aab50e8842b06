"""`AgendaYear`: the year as pages, sheets, files and JSON show it: every day with its events and its load."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.yearplan.plan import YearPlan


@dataclass(frozen=True, slots=True)
class AgendaFilter:
    """Codes of towers, segments, reasons, channels; an empty tuple: all."""

    towers: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """One day (ISO) of the week 'YYYY-Www'. `lunar`: its lunar day in words ('初八', on the first '三月'), with 或差一天 where
    sources differ; `off`: the name of the day off, '' on others; `load`, `capacity` in minutes: of the touch plan and of the
    week's list together, nobody counted twice; `touches` by reason code, of which `done` are done: the customer was reached in
    that week."""

    date: str
    week: str
    lunar: str
    workday: bool
    off: str
    events: tuple[YearDay, ...]
    load: float
    capacity: float
    touches: Mapping[str, int] = field(default_factory=dict)
    done: int = 0


@dataclass(frozen=True, slots=True)
class AgendaYear:
    """All days of a year. `official`: whether its days off are announced; `notes`: sentences to be read first."""

    year: int
    official: bool
    days: tuple[AgendaDay, ...]
    plan: YearPlan
    notes: tuple[str, ...] = ()
