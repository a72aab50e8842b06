"""The script for a touch of the year of contact (domain 6.1-6.6): by its reason, the customer's segment and the day."""

from collections.abc import Iterator
from functools import lru_cache

from workbench.outreach.playbook.library import ScriptLibrary, library
from workbench.outreach.playbook.script import Script
from workbench.outreach.wishes.reasons import BETWEEN, reason_group


@lru_cache(maxsize=4096)
def touch_script(
    reason: str,
    segment: str | None = None,
    *,
    old: bool = False,
    quiet: bool = False,
    held: ScriptLibrary | None = None,
) -> Script | None:
    """The script for a touch (code as of a plan) of a customer whose main segment is `segment`; that of its event before that
    of its reason, that of his segment before that for all. `old`: for data too old for days; `quiet`: on a silent day; `held`:
    the library in force (None: the shipped one). None: there is none. Looked up once for all of a reason and a segment."""
    scripts = [one for one in (held or library()).scripts.values() if one.touches]
    if quiet:
        return next((one for one in scripts if one.quiet), None)
    for key in _keys(reason):
        theirs = [one for one in scripts if key in one.touches and not one.quiet and one.old == old]
        fitting = [one for one in theirs if segment in one.segment]
        fitting += [one for one in theirs if not one.segment]
        if fitting:
            return fitting[0]
    return touch_script(reason, segment, held=held) if old else None


def _keys(reason: str) -> Iterator[str]:
    """'segment.tax_day.03' -> 'segment.tax_day', 'segment'; 'maturity_30' -> itself, 'maturity'."""
    parts = reason.split(BETWEEN)
    if len(parts) > 1:
        yield BETWEEN.join(parts[:2])
    yield reason_group(reason)
    if reason.startswith("maturity_"):
        yield "maturity"
