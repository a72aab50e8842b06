"""What is remembered on this PC (language, last book, window) and in the book (preset, capacity, who manages it)."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import select

from db.engine import Book
from db.tables import settings as table

APP = "account-workbench"


def data_folder() -> Path:
    """Where the default book lives; `WORKBENCH_HOME` moves data and settings elsewhere (a USB stick, a test)."""
    home = os.environ.get("WORKBENCH_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_book() -> Path:
    return data_folder() / "客户账本.book"


@dataclass(slots=True)
class PcSettings:
    """Settings of this PC: no customer data. Saved atomically; a damaged file counts as none."""

    language: str = "zh"
    theme: str = "light"
    last_book: str = ""
    window: list[int] = field(default_factory=list)

    @classmethod
    def load(cls) -> "PcSettings":
        try:
            raw = json.loads(_file().read_text("utf-8"))
        except (OSError, ValueError):
            return cls()
        known = {f.name for f in fields(cls)}
        return cls(**{k: v for k, v in raw.items() if k in known}) if isinstance(raw, dict) else cls()

    def save(self) -> None:
        target = _file()
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")
        part.replace(target)


def _file() -> Path:
    home = os.environ.get("WORKBENCH_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir(APP, appauthor=False))
    return folder / "settings.json"


def book_settings(book: Book) -> dict[str, Any]:
    """All settings kept in the book, decoded."""
    with book.read() as conn:
        return {key: json.loads(value) for key, value in conn.execute(select(table.c.key, table.c.value))}


def set_book_setting(book: Book, key: str, value: Any) -> int | None:
    """Keep one setting through the write door; returns the change that undoes it, None when nothing differed."""
    text = json.dumps(value, ensure_ascii=False)
    with book.write("setting", key) as writer:
        row = writer.conn.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if row is None:
            writer.insert(table, [{"key": key, "value": text}])
        else:
            writer.update(table, row, {"value": text})
        return writer.change_id if writer.counts else None
