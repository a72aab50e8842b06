"""A node of the year has words that may be said (domain 6.10, 8.5)."""

from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script
from workbench.outreach.playbook.touches import touch_script
from workbench.rules.parameters import Rules


def script(reason: str, segment: str | None = None, *, old: bool = False, quiet: bool = False) -> Script:
    """The script, which there is."""
    one = touch_script(reason, segment, old=old, quiet=quiet)
    assert one is not None, reason
    return one


def test_every_touch_of_one_or_of_many_has_words() -> None:
    rows = [one for one in shipped_rows().values() if one.use != "none" or one.silent]
    assert [row.code for row in rows if touch_script(f"{row.stream}.{row.code}") is None] == []
    reasons = set(Rules.load().words("touch.reasons")) - {"segment", "product"}
    assert [code for code in reasons if touch_script(code) is None] == []


def test_words_are_those_of_the_event_and_of_the_segment() -> None:
    assert script("festival.mid_autumn") != script("festival.mid_autumn", "elder")
    assert script("festival.mid_autumn", "youth") == script("festival.mid_autumn")
    assert script("festival.own_temple_fair") == script("festival")
    assert script("segment.owner_quarter.03") == script("segment.owner_quarter")
    assert touch_script("segment.unheard_of") is None


def test_old_data_name_no_day() -> None:
    for reason in ("maturity_7", "policy", "risk_test", "id_expiry"):
        assert "{day}" in script(reason).text
        assert "{day}" not in script(reason, "elder", old=True).text
    assert script("birthday", old=True) == script("birthday")


def test_silent_day_has_its_quiet_words() -> None:
    quiet = script("birthday", quiet=True)
    assert quiet.quiet
    assert "term.qingming" in quiet.touches


def test_dragon_boat_is_no_joy_and_the_old_are_not_called_old() -> None:
    assert "快乐" not in script("festival.dragon_boat").text
    for one in library().scripts.values():
        if one.touches and "elder" in one.segment:
            assert not any(word in one.text for word in ("老了", "送终"))
