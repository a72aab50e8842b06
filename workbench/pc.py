"""What is remembered on this PC: language, theme, last book, window. No customer data, and quick to load."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

APP = "account-workbench"
#: a book file's name ends so
BOOK_SUFFIX = ".book"


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


def last_book() -> Path:
    """The book opened last on this PC, while it is still there, else the default one."""
    kept = PcSettings.load().last_book
    return Path(kept) if kept and Path(kept).exists() else default_book()
