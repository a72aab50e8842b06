"""The last good tag library, kept beside the user's data: what stays in force when a file is edited into nonsense."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.insight.tags.definition import Tag, written_again
from workbench.insight.tags.sources import TagEntry


@dataclass(frozen=True, slots=True)
class LastGoodTags:
    """Definitions by code as they were when they last made sense; `path` None keeps nothing."""

    path: Path | None
    entries: Mapping[str, TagEntry]

    @classmethod
    def read(cls, path: Path | None) -> "LastGoodTags":
        """A file that is missing or damaged keeps nothing."""
        if path is None:
            return cls(None, {})
        try:
            body = json.loads(path.read_text("utf-8"))
            entries = {code: _entry(code, one) for code, one in body["tags"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(path, {})
        return cls(path, entries)

    def of_file(self, file: str) -> tuple[TagEntry, ...]:
        """What a file held when it could last be read."""
        return tuple(entry for entry in self.entries.values() if entry.file == file)

    def changed(self, tags: Iterable[Tag]) -> str | None:
        """What is to be kept from now on as it is written; None where nothing else is. Own tags lie in the book itself."""
        now = {tag.code: _kept(tag) for tag in tags if tag.origin != "own"}
        before = {code: _raw(entry) for code, entry in self.entries.items()}
        return None if now == before else json.dumps({"tags": now}, ensure_ascii=False, default=str)

    def write(self, text: str | None) -> None:
        """Keep what `changed` answered. A folder that takes nothing is let be."""
        if self.path is None or text is None:
            return
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            part.write_text(text, "utf-8")
            part.replace(self.path)


def _entry(code: str, one: Mapping[str, Any]) -> TagEntry:
    """Raises ValueError, KeyError or TypeError for what `write` would not have kept."""
    entry = TagEntry(one["body"], one["file"], one["line"], one["origin"])
    sound = isinstance(entry.body, dict) and isinstance(entry.file, str) and type(entry.line) is int
    if not sound or entry.origin not in ("shipped", "user") or entry.code != code:
        raise ValueError(code)
    return entry


def _kept(tag: Tag) -> dict[str, Any]:
    body = json.loads(json.dumps(written_again(tag), ensure_ascii=False, default=str))
    return {"file": tag.file, "line": tag.line, "origin": tag.origin, "body": body}


def _raw(entry: TagEntry) -> dict[str, Any]:
    return {"file": entry.file, "line": entry.line, "origin": entry.origin, "body": dict(entry.body)}
