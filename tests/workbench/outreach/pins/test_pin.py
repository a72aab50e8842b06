"""Which notes are seen on a day, and that numbers in them are masked (domain 17)."""

import pytest

from workbench.outreach.pins.pin import Pin


@pytest.mark.parametrize(
    ("day", "over", "silent"),
    [("2026-11-16", False, True), ("2026-11-18", False, False), ("2026-11-21", True, False)],
)
def test_a_note_rests_until_a_day_and_ends_after_another(day: str, over: bool, silent: bool) -> None:
    pin = Pin(1, 1, "等回电", "2026-11-16", "2026-11-20", "2026-11-18")
    assert (pin.over(day), pin.silent(day)) == (over, silent)


def test_telephones_and_identity_numbers_in_a_note_are_masked() -> None:
    pin = Pin(1, 1, "他爱人 13812340003,证 11010119900307123X", "2026-11-16", "2026-11-20")
    assert pin.line == "他爱人 138****0003,证 **************123X(到 11-20)"
