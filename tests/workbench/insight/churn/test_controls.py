"""Two of the nine controls of false alarm (domain 4.5-1, 4.5-3) that no part has to itself.

The others: peers' median `signals/test_outflow.py`; persistence of S2 and S5 in their signals' tests; explained, left out
and data guard `test_assessing.py`; calendar and cool-down `life/test_state.py`; budget `outreach/lights/test_room.py`.
"""

import pytest

from tests.workbench.conftest import SmallBook


def test_a_balance_that_rushed_up_at_a_quarters_end_is_no_height_to_fall_from(small: SmallBook) -> None:
    rushed = [1e6, 1e6, 2.6e6, 1e6]
    small.months("1", {"aum_balance": rushed, "aum_daily_average": [1e6] * 4})
    risk = small.risk("1")
    assert (risk.light, risk.state, small.severity("1", "S3")) == (None, None, 0)
    # the same month-ends as averages are a height
    small.months("2", {"aum_balance": rushed, "aum_daily_average": rushed})
    assert small.risk("2").light


@pytest.mark.parametrize(("days", "severity"), [(119, 0), (121, 1)])
def test_a_rhythm_of_contact_is_broken_only_once_it_stays_broken(
    small: SmallBook, days: int, severity: int
) -> None:
    small.flat("1")
    for visit in range(3):  # came every 60 days: 90 days of silence are a gap, 30 more make it last
        small.touch("1", days + 60 * visit, initiated_by="customer")
    assert small.severity("1", "S4") == severity
