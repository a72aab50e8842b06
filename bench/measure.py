"""One way to time and to print: seconds, the floor's seconds, the ratio, the budget."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """A measured figure against its budget; `floor` None where the budget is absolute."""

    name: str
    seconds: float
    floor: float | None
    budget: float
    unit: str = "x floor"

    @property
    def value(self) -> float:
        return self.seconds / self.floor if self.floor else self.seconds

    def line(self) -> str:
        verdict = "ok  " if self.value <= self.budget else "OVER"
        beside = f"; {self.seconds:.3f} s, floor {self.floor:.3f} s" if self.floor else ""
        return f"{verdict} {self.name}: {self.value:.3f} {self.unit} (budget {self.budget:.3g}{beside})"


def timed(job: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one run, and what it gave."""
    start = time.perf_counter()
    given = job()
    return time.perf_counter() - start, given


def median(job: Callable[[], object], runs: int = 3) -> float:
    """Median seconds of several runs."""
    return statistics.median(timed(job)[0] for _ in range(runs))


def p95(times: list[float]) -> float:
    """What 95 of 100 runs stay below."""
    return statistics.quantiles(times, n=20)[-1]
