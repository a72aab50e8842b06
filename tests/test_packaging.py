"""The project installs anywhere from pinned packages, and continuous integration runs what a person runs."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import tomli as tomllib
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def pins() -> dict[str, str]:
    """Return name -> pinned version, names in their canonical form."""
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in CONSTRAINTS)}


def commands(path: Path) -> list[str]:
    """Return the lines of a shell script that do something."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_constraints_are_exact_pins_without_host_or_address() -> None:
    wrong = [line for line in CONSTRAINTS if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)]
    assert wrong == []


@pytest.mark.parametrize("group", ["runtime", "dev"])
def test_every_required_package_is_pinned_to_a_version_it_allows(group: str) -> None:
    listed = PROJECT["dependencies"] if group == "runtime" else PROJECT["optional-dependencies"]["dev"]
    pinned = pins()
    for requirement in map(Requirement, listed):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned"
        assert version in requirement.specifier, f"{requirement} excludes the pin {version}"


def test_what_only_a_mutation_run_needs_is_pinned_and_no_part_of_the_ordinary_set_up() -> None:
    extra = list(map(Requirement, PROJECT["optional-dependencies"]["mutants"]))
    assert all(pins()[canonicalize_name(one.name)] in one.specifier for one in extra)
    ordinary = {
        Requirement(one).name for one in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])
    }
    assert {one.name for one in extra}.isdisjoint(ordinary)
    setup = (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
    assert "mutants" not in setup


def test_the_command_and_the_window_are_declared() -> None:
    assert PROJECT["scripts"] == {"workbench": "workbench.cli:main"}
    assert PROJECT["gui-scripts"] == {"workbench-gui": "ui.start:main"}


def test_python_3_11_is_enough() -> None:
    assert PROJECT["requires-python"] == ">=3.11"


def test_continuous_integration_calls_make_test_beside_a_server_that_it_stops() -> None:
    """The server is the only thing that a newcomer's `make test` lacks; there, its tests may not be skipped."""
    assert commands(ROOT / ".ci" / "run") == [
        "set -euo pipefail",
        'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
        "make setup",
        "server=$(bash .ci/setup-postgresql)",
        'eval "$server"',
        "trap 'bash .ci/setup-postgresql stop' EXIT",
        "export WORKBENCH_POSTGRESQL_REQUIRED=1",
        "make test",
    ]


@pytest.mark.parametrize("script", ["run", "setup", "setup-postgresql"])
def test_the_scripts_are_valid_bash_and_stop_at_the_first_failure(script: str) -> None:
    path = ROOT / ".ci" / script
    assert "set -euo pipefail" in commands(path)
    assert subprocess.run(["bash", "-n", str(path)], check=False, capture_output=True).stderr == b""


@pytest.mark.parametrize(
    "target", ["setup", "demo", "test", "test-long", "mutants", "bench", "locale", "clean"]
)
def test_make_knows_every_promised_target(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def shipped(name: str) -> bool:
    """Whether a wheel holds a file of data: its folder is a package that is found, its name one of the package's data."""
    tools = PYPROJECT["tool"]["setuptools"]
    path, found = Path(name), tools["packages"]["find"]
    package = ".".join(path.parent.parts)
    here = [
        pattern
        for key, patterns in tools["package-data"].items()
        if key in ("*", package)
        for pattern in patterns
    ]
    return (
        found["namespaces"]
        and any(fnmatchcase(package, pattern) for pattern in found["include"])
        and not any(fnmatchcase(package, pattern) for pattern in found["exclude"])
        and any(fnmatchcase(path.name, pattern) for pattern in here)
    )


@pytest.mark.parametrize(
    "folder", ["docs", "resources/rules", "resources/tags", "resources/sheets", "resources/locale"]
)
def test_what_is_read_while_running_is_in_the_wheel(folder: str) -> None:
    data = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert data != []
    assert [name for name in data if not shipped(name)] == []
