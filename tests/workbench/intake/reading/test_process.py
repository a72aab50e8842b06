"""The reading process knows nothing secret, starts where nothing can stand in for a module, and has its limits."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.workbench.intake.conftest import Make, customers
from workbench.intake.reading import process
from workbench.intake.reading.frames import Trouble
from workbench.intake.reading.process import Died, Limits, Pulse, frames
from workbench.rules.parameters import Rules

LIMITS = Limits(4_000, 60)


def words(path: Path, limits: Limits = LIMITS, sheet: str | None = None) -> list[str]:
    return [str(frame[0]) for frame in frames(path, sheet, 1_000_000, limits) if not isinstance(frame, Pulse)]


def test_a_sheet_comes_in_frames_from_its_beginning_to_its_end(xlsx: Make) -> None:
    came = words(xlsx(customers()))
    assert came[:2] == ["begun", "form"]
    assert came[-1] == "end"
    assert came.count("sheet") == 1


def test_limits_are_those_of_the_rules(rules: Rules) -> None:
    assert Limits.of(rules) == Limits(
        rules.number("intake.reading_memory"), rules.number("intake.reading_idle")
    )


def test_too_much_memory_is_trouble_and_less_is_none() -> None:
    this: Any = SimpleNamespace(pid=os.getpid())  # a process that certainly lives and has memory
    with pytest.raises(Trouble) as caught:
        process._Watch(this, Limits(0.001, 60)).look()
    assert (caught.value.code, caught.value.facts) == ("memory", {"limit": 0})
    assert process._Watch(this, Limits(1_000_000, 60)).look() in (0, None)


def test_a_child_that_never_reached_the_file_is_no_child_that_broke_on_it(
    xlsx: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "CHILD", "workbench.nowhere")
    with pytest.raises(Died) as caught:
        words(xlsx(customers()))
    assert not caught.value.begun


def test_a_missing_sheet_is_trouble_with_the_names_there_are(xlsx: Make) -> None:
    with pytest.raises(Trouble) as caught:
        words(xlsx(customers()), sheet="没有")
    assert (caught.value.code, caught.value.facts["names"]) == ("no_sheet", ["客户清单"])


def test_no_variable_of_the_workbench_reaches_the_child(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "geheim")
    monkeypatch.setenv("workbench_today", "2026-10-31")
    monkeypatch.setenv("PYTHONPATH", "relative")
    environment = process._environment(tmp_path)
    assert not [name for name in environment if name.upper().startswith("WORKBENCH_")]
    assert environment["PYTHONPATH"].split(os.pathsep) == [str(tmp_path), str(Path("relative").absolute())]
