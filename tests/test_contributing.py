"""CONTRIBUTING leads somewhere: every file, folder and test that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

#: where a path may begin: the root, a floor, or a room that the sentence speaks of
BEGINNINGS = (
    "", "ui/", "ui/widgets/", "workbench/", "workbench/base/", "workbench/insight/", "workbench/intake/",
    "workbench/outreach/", "workbench/sheets/", "workbench/commands/", "workbench/trust/", "workbench/insight/tags/",
    "resources/", "resources/rules/", "tests/", "tests/workbench/",
)  # fmt: skip
#: placeholders of the "how to add" list
PLACEHOLDERS = (
    "build/mutants",
    "rules.toml",
    "2026.json",
    "tests/ui/pages/<page>",
    "ui/pages/<page>/",
    "resources/calendar/holidays/2027.json",
    "XPage",
    "ui/pages/x",
    "pages/<page>/",
    "resources/sheets/*.typ",
    "resources/tags/*.toml",
)


def _named() -> list[str]:
    """Everything in backticks that looks like a path, without what follows a colon."""
    spans = re.findall(r"`([^`\n]+)`", TEXT)
    paths = {span.split(":")[0].strip() for span in spans}
    return sorted(
        path
        for path in paths
        if re.fullmatch(r"[\w./*<>-]+", path)
        and ("/" in path or path.endswith((".py", ".toml", ".md")))
        and not path.startswith((".", "/"))
        and path not in PLACEHOLDERS
    )


def _there(path: str) -> bool:
    """A path from the root or from a room; a bare file name, wherever it stands."""
    if "/" not in path and not (ROOT / path).exists():
        return any(
            list((ROOT / floor).rglob(path)) for floor in ("workbench", "ui", "db", "resources", "tests")
        )
    ways = (ROOT / (start + path) for start in BEGINNINGS)
    return any(list(way.parent.glob(way.name)) if "*" in path else way.exists() for way in ways)


@pytest.mark.parametrize("path", _named())
def test_a_path_that_contributing_names_is_there(path: str) -> None:
    assert _there(path), f"CONTRIBUTING names {path}, which is not there"


def test_it_names_enough_paths_to_be_worth_holding() -> None:
    assert len(_named()) > 60
