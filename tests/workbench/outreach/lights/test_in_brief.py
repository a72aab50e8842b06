"""A long list is read whole only where somebody looks, each stretch once."""

from collections.abc import Sequence

from workbench.outreach.lights.in_brief import InBrief, brief


class _Reading:
    """Notes what was read."""

    def __init__(self) -> None:
        self.read: list[Sequence[str]] = []

    def __call__(self, part: Sequence[str]) -> list[str]:
        self.read.append(tuple(part))
        return [one.upper() for one in part]


def test_a_stretch_is_read_when_it_is_looked_at_and_only_once() -> None:
    reading = _Reading()
    letters = InBrief("abcd", reading)
    assert len(letters) == 4
    assert reading.read == []
    assert letters[:2] == ("A", "B")
    assert letters[1] == "B"
    assert reading.read == [("a", "b")]
    assert list(letters) == ["A", "B", "C", "D"]
    assert reading.read == [("a", "b"), ("c", "d")]
    assert letters[-1] == "D"


def test_nobody_is_read_for_what_is_known_in_brief() -> None:
    reading = _Reading()
    letters = InBrief(("a", "b"), reading)
    assert brief(letters) == ("a", "b")
    assert brief(letters.of("ba")) == ("b", "a")
    assert brief(("x",)) == ("x",)
    assert not InBrief("", reading)[:30]
    assert reading.read == []
