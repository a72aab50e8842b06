"""What is done for gifts, salons and customers who lost money, as events of the calendar: days on which something is ordered,
prepared, asked, said, looked at again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from workbench.outreach.dates.year_day import Stream, YearDay
from workbench.outreach.gifts.room import Gifts
from workbench.outreach.losses.room import Losses
from workbench.outreach.salons.room import Salons
from workbench.outreach.salons.salon import Salon
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class OwnNodes:
    """Calling it gives those of a year, by day. The rooms are asked for when first needed."""

    gifts: Callable[[], Gifts]
    salons: Callable[[], Salons]
    losses: Callable[[], Losses]
    rules: Rules

    def __call__(self, year: int) -> tuple[YearDay, ...]:
        """The events; called-off salons and gifts that are ordered have none."""
        # what is done for the salons of the next year's first half is done in this one
        around = self.salons().between(f"{year - 1:04d}-10-01", f"{year + 1:04d}-06-30")
        made = [day for salon in around if salon.state != "cancelled" for day in self._of(salon)]
        orders = self.gifts().orders(year)
        words = self.rules.text("salon.node.gifts")
        made += [_day(day, f"gifts_{day}", words.format(n=n), "segment") for day, n in orders.items()]
        due = self.losses().due_between(f"{year:04d}-01-01", f"{year:04d}-12-31")
        words = self.rules.text("loss.node")
        for day, n in sorted(Counter(one.due for one in due).items()):
            made.append(_day(day, f"losses_{day}", words.format(n=n), "segment"))
        return tuple(sorted((one for one in made if one.date[:4] == f"{year:04d}"), key=lambda one: one.date))

    def _of(self, salon: Salon) -> list[YearDay]:
        steps = salon.steps
        days = {
            "prepare": steps.prepare,
            "invite": steps.invite,
            "remind": steps.remind,
            "day": salon.date,
            "thanks": steps.thanks,
        }
        if salon.state == "held":
            days = {code: day for code, day in days.items() if code in ("day", "thanks")}
        stream: Stream = "product" if salon.sells else "segment"
        text = self.rules.text
        return [
            _day(day, f"salon_{salon.id}.{code}", text(f"salon.node.{code}").format(name=salon.name), stream)
            for code, day in days.items()
        ]


def _day(day: str, code: str, name: str, stream: Stream) -> YearDay:
    return YearDay(day, day, code, name, stream, act_on=day, own=True)
