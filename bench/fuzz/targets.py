"""What is fuzzed: each target takes bytes and ends in a sentence (WorkbenchError, BookError, a fault value) or in an answer."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from db import key_slots, recovery_code, unlocking
from db.audit import Anchor
from db.errors import BookError
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import read_notice
from workbench.insight.language.parse import parse
from workbench.insight.tags.sources import read_folder
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialect_files import read_text
from workbench.intake.reading.reader import read_file
from workbench.rules.parameters import Rules

#: what a target may end in
EXPECTED = (WorkbenchError, BookError)
Target = Callable[[bytes, Path], object]


def _condition(content: bytes, _folder: Path) -> object:
    return parse(content.decode("utf-8", "replace"))


def _rules(content: bytes, folder: Path) -> object:
    before = os.environ.get("WORKBENCH_HOME")
    os.environ["WORKBENCH_HOME"] = str(folder)
    try:
        (folder / "rules.toml").write_bytes(content)
        return Rules.load("general", {}).faults
    finally:
        (folder / "rules.toml").unlink()
        if before is None:
            del os.environ["WORKBENCH_HOME"]
        else:
            os.environ["WORKBENCH_HOME"] = before


def _tags(content: bytes, folder: Path) -> object:
    place = folder / "tags"
    place.mkdir(exist_ok=True)
    (place / "mine.toml").write_bytes(content)
    return read_folder(place, "user")


def _notice(content: bytes, folder: Path) -> object:
    path = folder / "notice.json"
    path.write_bytes(content)
    return read_notice(path)


def _dialects(content: bytes, _folder: Path) -> object:
    return read_text(content.decode("utf-8", "replace"), "dialects.json", catalogue())


def _sheet(ending: str) -> Target:
    def read(content: bytes, folder: Path) -> object:
        """Read a spreadsheet as an import does, in its own process with limits."""
        path = folder / f"list{ending}"
        path.write_bytes(content)
        return read_file(path, cells_max=2_000_000)

    return read


def _slots(content: bytes, folder: Path) -> object:
    path = folder / "a.book"
    path.write_bytes(content)
    key_slots.read(path)
    return unlocking.unlock(path, "not it")


def _code(content: bytes, _folder: Path) -> object:
    text = content.decode("utf-8", "replace")
    return recovery_code.is_code(text), recovery_code.wrong_groups(text)


def _anchor(content: bytes, _folder: Path) -> object:
    return Anchor.parse(content.decode("utf-8", "replace"))


#: name of a target (and of its folder in the corpus) -> what it does
TARGETS: Mapping[str, Target] = {
    "condition": _condition,
    "rules": _rules,
    "tags": _tags,
    "notice": _notice,
    "dialects": _dialects,
    "csv": _sheet(".csv"),
    "xlsx": _sheet(".xlsx"),
    "slots": _slots,
    "code": _code,
    "anchor": _anchor,
}
