"""A node of the year has words that may be said (domain 6.10, 8.5)."""

import pytest

from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.greetings import Greeting, greetings
from workbench.rules.parameters import Rules

TEXTS = tuple(greetings().texts.values())
#: what is no greeting: it names what it is about
NAMES_PRODUCTS = ("segment", "product", "maturity", "policy", "risk_test", "id_expiry")


def found(reason: str, segment: str | None = None, *, old: bool = False, quiet: bool = False) -> str:
    """The code of the text."""
    text = greetings().of(reason, segment, old=old, quiet=quiet)
    assert text is not None, reason
    return text.code


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: one.code)
def test_text_is_short_and_says_nothing_forbidden(text: Greeting) -> None:
    known = greetings()
    assert 10 < len(text.text) <= 120
    forbidden = [*known.forbidden]
    if not any(reason.startswith(NAMES_PRODUCTS) for reason in text.reasons):
        forbidden += known.products
    if text.quiet:
        forbidden += known.joyful
    if "festival.dragon_boat" in text.reasons:
        forbidden.append("快乐")
    if "elder" in text.segments:
        forbidden += ["老了", "送终"]
    assert [word for word in forbidden if word in text.text] == []
    text.text.format(name="中秋节", day="9月25日")


def test_every_touch_of_one_or_of_many_has_words() -> None:
    rows = [one for one in shipped_rows().values() if one.use != "none" or one.silent]
    assert [row.code for row in rows if greetings().of(f"{row.stream}.{row.code}") is None] == []
    reasons = set(Rules.load().words("touch.reasons")) - {"segment", "product"}
    assert [code for code in reasons if greetings().of(code) is None] == []


def test_words_are_those_of_the_event_and_of_the_segment() -> None:
    assert found("festival.mid_autumn") != found("festival.mid_autumn", "elder")
    assert found("festival.mid_autumn", "youth") == found("festival.mid_autumn")
    assert found("festival.own_temple_fair") == found("festival")
    assert found("segment.owner_quarter.03") == found("segment.owner_quarter")
    assert greetings().of("segment.unheard_of") is None


def test_old_data_name_no_day() -> None:
    for reason in ("maturity_7", "policy", "risk_test", "id_expiry"):
        assert "{day}" in greetings().texts[found(reason)].text
        assert "{day}" not in greetings().texts[found(reason, "elder", old=True)].text
    assert found("birthday", old=True) == found("birthday")


def test_silent_day_has_its_quiet_words() -> None:
    code = found("birthday", quiet=True)
    assert greetings().texts[code].quiet
    assert "term.qingming" in greetings().texts[code].reasons
