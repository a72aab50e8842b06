"""A share beside its line never looks equal to it while it is not."""

import pytest

from workbench.base.percent import against


@pytest.mark.parametrize(
    ("share", "line", "words"),
    [
        (0.599, 0.6, ("59.9%", "60%")),
        (0.5999, 0.6, ("59.99%", "60%")),
        (0.25, 0.6, ("25%", "60%")),
        (0.6, 0.6, ("60%", "60%")),
        (0.016, 0.015, ("1.6%", "1.5%")),
    ],
)
def test_as_few_digits_as_keep_the_two_apart(share: float, line: float, words: tuple[str, str]) -> None:
    assert against(share, line) == words
