"""How the columns of each table stand on this PC: their order, widths, and which are hidden. No customer data."""

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from workbench.base.errors import WorkbenchError
from workbench.base.pc import settings_folder
from workbench.base.small_files import small_text

_NAME = "tables.json"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Columns by title: in their order, in pixels, and those hidden. Titles are the same in every language."""

    order: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def load_layout(table: str) -> TableLayout:
    """What is remembered of a table; the default when nothing is, or when it cannot be read."""
    kept = _kept().get(table)
    if not isinstance(kept, dict):
        return TableLayout()
    order, widths, hidden = kept.get("order"), kept.get("widths"), kept.get("hidden")
    return TableLayout(
        tuple(str(one) for one in order) if isinstance(order, list) else (),
        {t: w for t, w in widths.items() if type(w) is int and 0 < w < 4_000} if isinstance(widths, dict) else {},
        frozenset(str(one) for one in hidden) if isinstance(hidden, list) else frozenset(),
    )  # fmt: skip


def save_layout(table: str, layout: TableLayout) -> None:
    """Remember a table; an empty layout forgets it. What cannot be written holds until the program ends."""
    kept = _kept()
    if layout == TableLayout():
        kept.pop(table, None)
    else:
        kept[table] = {
            "order": list(layout.order),
            "widths": layout.widths,
            "hidden": sorted(layout.hidden),
        }
    with contextlib.suppress(OSError, WorkbenchError):
        target = _file()
        part = target.with_suffix(".part")
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
        part.replace(target)


def _kept() -> dict[str, object]:
    try:
        raw = json.loads(small_text(_file()))
    except (OSError, ValueError, RecursionError, WorkbenchError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _file() -> Path:
    return settings_folder() / _NAME
