"""Lights by month and colour, those whom a contact reached and those whom none did apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.outreach.outcomes.counts import JudgedLight, OutcomeCounts
from workbench.people.customer import Light

LIGHTS: tuple[Light, ...] = ("red", "orange", "yellow")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """The lights of one colour in one month. `month` None: all months, each customer by his first light; `light` None: of
    every colour."""

    month: str | None
    light: Light | None
    lights: tuple[JudgedLight, ...]

    @property
    def counts(self) -> OutcomeCounts:
        """All of them."""
        return OutcomeCounts.of(self.lights)

    @property
    def touched(self) -> OutcomeCounts:
        """Those whom a contact reached."""
        return OutcomeCounts.of(one for one in self.lights if one.touched)

    @property
    def untouched(self) -> OutcomeCounts:
        """Those whom no contact reached."""
        return OutcomeCounts.of(one for one in self.lights if not one.touched)

    def as_json(self) -> dict[str, Any]:
        """For programs; money in yuan."""
        return {
            "month": self.month,
            "light": self.light,
            **self.counts.as_json(),
            "touched": self.touched.as_json(),
            "untouched": self.untouched.as_json(),
        }


def rows(lights: Sequence[JudgedLight]) -> tuple[OutcomeRow, ...]:
    """A row for each month and colour that occurs, the newest month first."""
    by_place: dict[tuple[str, Light], list[JudgedLight]] = {}
    for one in lights:
        if one.light is not None:
            by_place.setdefault((one.month, one.light), []).append(one)
    months = sorted({month for month, _light in by_place}, reverse=True)
    places = [(month, light) for month in months for light in LIGHTS if (month, light) in by_place]
    return tuple(OutcomeRow(month, light, tuple(by_place[month, light])) for month, light in places)


def totals(lights: Sequence[JudgedLight]) -> tuple[OutcomeRow, ...]:
    """All months together, each customer by his first light: of every colour, then by colour."""
    first = [one for one in lights if one.first and one.light is not None]
    of_colour = [tuple(one for one in first if one.light == light) for light in LIGHTS]
    return (
        OutcomeRow(None, None, tuple(first)),
        *(OutcomeRow(None, light, these) for light, these in zip(LIGHTS, of_colour, strict=True) if these),
    )
