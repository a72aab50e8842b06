"""The registry of the commands: each stands in the module that it names, and --help lists all of them without importing one."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_group

from tests.workbench.commands.conftest import Run
from workbench import commands
from workbench.commands.app import app
from workbench.commands.registry import BY_COMMAND, COMMANDS


def test_every_command_stands_once_in_the_registry_and_in_its_module() -> None:
    modules = sorted({path.stem for path in Path(commands.__path__[0]).glob("of_*.py")})
    for module in modules:
        import_module(f"workbench.commands.{module}")
    made = get_group(app).commands
    assert set(made) == set(BY_COMMAND)
    assert len(BY_COMMAND) == len(COMMANDS)
    for name, command in made.items():
        callback = command.callback
        assert callback is not None
        assert callback.__module__.endswith(BY_COMMAND[name].module), name


def test_help_lists_the_commands_and_imports_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("workbench.commands.of_")]:
        monkeypatch.delitem(sys.modules, name)
    shown = run("--help")
    assert shown.status == 0
    assert all(f"  {entry.name} " in shown.out for entry in COMMANDS)
    assert not [name for name in sys.modules if name.startswith("workbench.commands.of_")]


def test_a_mistyped_command_is_held_against_those_not_imported_yet(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "registered_commands", [])
    refused = run("improt")
    assert refused.status == 2
    assert "'import'" in refused.err
