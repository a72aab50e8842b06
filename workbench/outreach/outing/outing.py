"""`Outing`: whom of the week's list to go and see, by area."""

from dataclasses import dataclass

from workbench.outreach.week.entry import WeekEntry


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody to be seen. `address` as a list tells it, to be masked wherever it is shown, '' where only his grid or his
    branch is known; `appointed`: the day (ISO) that was agreed with him, '' for none."""

    entry: WeekEntry
    address: str = ""
    appointed: str = ""


@dataclass(frozen=True, slots=True)
class OutingArea:
    """The stops of one street or area, in the order of the week. `known_by`: by what it is known: 'address', 'grid', 'branch'."""

    label: str
    known_by: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Outing:
    """The outing of a week by data of `as_of` (ISO): areas of one district together, else in the order of whoever stands
    first in each; `unplaced`: those of whom no list tells where they live."""

    week: str
    as_of: str | None
    areas: tuple[OutingArea, ...]
    unplaced: tuple[WeekEntry, ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Everybody who stands in an area."""
        return tuple(stop for area in self.areas for stop in area.stops)
