"""`workbench handbook` lists the sections of the method handbook or prints one; it needs no book."""

import pytest

from workbench.base.handbook import sections
from workbench.commands.run import run


def test_without_a_number_the_sections_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handbook"]) == 0
    assert capsys.readouterr().out.splitlines() == [one.name for one in sections()]


@pytest.mark.parametrize("number", ["4.5", "4.5-9"])
def test_a_section_is_printed_as_it_is_written(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handbook", number]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("### 4.5 少误报\n")
    assert "9. **数据护栏。**" in shown
    assert "4.7" not in shown.splitlines()[-1]


def test_a_number_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handbook", "99"]) == 2
    assert "99" in capsys.readouterr().err
