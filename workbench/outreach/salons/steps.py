"""The days on which something is done for a salon (domain 6.7): deadlines on the workday before, thanks on the one after."""

import datetime as dt

from workbench.base.dates import today
from workbench.base.workdays import Workdays
from workbench.outreach.salons.salon import SalonSteps
from workbench.rules.parameters import Rules


def steps_of(date: str, work: Workdays, rules: Rules) -> SalonSteps:
    """The steps of a salon on a day (ISO). One whose day is past, while the salon is not, is done on the next workday."""
    day = dt.date.fromisoformat(date)

    def before(key: str) -> str:
        """The workday of a deadline."""
        wanted = day - dt.timedelta(days=rules.whole(f"salon.{key}_days"))
        if day < today():
            return work.last_workday(wanted).isoformat()
        return min(work.by(wanted, today()), day).isoformat()

    def after(key: str) -> str:
        """The workday of a follow-up."""
        return work.next_workday(day + dt.timedelta(days=rules.whole(f"salon.{key}_days"))).isoformat()

    return SalonSteps(before("prepare"), before("invite"), before("remind"), after("thanks"), after("follow"))
