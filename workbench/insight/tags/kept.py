"""The last good tag library, stored beside the user's data: in force again where an edited file has faults."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.base.small_files import small_text
from workbench.insight.tags.definition import Tag, written_again
from workbench.insight.tags.sources import TagEntry


@dataclass(frozen=True, slots=True)
class LastGoodTags:
    """The definitions by code of the last library without faults; `path` None stores nothing."""

    path: Path | None
    entries: Mapping[str, TagEntry]

    @classmethod
    def read(cls, path: Path | None) -> "LastGoodTags":
        """The stored definitions; none where the file is missing or damaged."""
        if path is None:
            return cls(None, {})
        try:
            body = json.loads(small_text(path))
            entries = {code: _entry(code, one) for code, one in body["tags"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(path, {})
        return cls(path, entries)

    def of_file(self, file: str) -> tuple[TagEntry, ...]:
        """The entries that came from a file."""
        return tuple(entry for entry in self.entries.values() if entry.file == file)

    def changed(self, tags: Iterable[Tag]) -> str | None:
        """The text to store for these tags, without own ones, which the book holds; None where nothing changed."""
        now = {tag.code: _kept(tag) for tag in tags if tag.origin != "own"}
        before = {code: _raw(entry) for code, entry in self.entries.items()}
        return None if now == before else json.dumps({"tags": now}, ensure_ascii=False, default=str)

    def write(self, text: str | None) -> None:
        """Stores the text of `changed`; a folder that cannot be written is ignored."""
        if self.path is None or text is None:
            return
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            part.write_text(text, "utf-8")
            part.replace(self.path)


def _entry(code: str, one: Mapping[str, Any]) -> TagEntry:
    """The entry of stored JSON. Raises ValueError, KeyError or TypeError for anything `write` does not produce."""
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
