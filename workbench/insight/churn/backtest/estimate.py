"""A figure of the backtest with its interval at 95 %, and how it was made."""

from dataclasses import dataclass
from typing import Any, Literal

#: of two ways of naming customers
Verdict = Literal["better", "worse", "cannot_tell"]
Method = Literal["bootstrap", "wilson", "hanley_mcneil"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured figure; None where nothing was there to measure. `low` and `high` at 95 %."""

    value: float | None
    low: float | None = None
    high: float | None = None
    method: Method = "bootstrap"

    def above(self, line: float) -> bool | None:
        """True: surely above the line; False: surely below it; None: the interval holds the line, or nothing is known."""
        if self.low is None or self.high is None:
            return None
        if self.low > line:
            return True
        return False if self.high < line else None

    def as_json(self) -> dict[str, Any]:
        """For programs, to four places."""
        value, low, high = (
            None if one is None else round(one, 4) for one in (self.value, self.low, self.high)
        )
        return {"value": value, "low": low, "high": high, "method": None if value is None else self.method}


#: nothing was there to measure
UNKNOWN = Estimate(None)
