"""A person's own rule file beside the book: thresholds changed with a text editor, checked key by key.

`rules.toml` in the data folder holds `"tiers.sleep_days" = 400` and the like. What is wrong with it is named with its
line, and the last good value of that key stays in force.
"""

import contextlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, sentences
from workbench.base.pc import data_folder
from workbench.base.small_files import NotSmall, small_text
from workbench.base.toml import Threshold, Toml, TomlError, read_toml

#: reads the value that somebody wrote for a key; raises WorkbenchError for one that makes no sense
Check = Callable[[str, Toml], Threshold]


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What is wrong in which line (from 1; 0: the whole file); `kept`: an earlier value stays in force instead."""

    file: str
    line: int
    code: str
    message: str
    kept: bool

    def sentence(self) -> str:
        """Where the value stands, what is wrong with it, and what is used instead."""
        place = _("{file} 第 {line} 行").format(file=self.file, line=self.line) if self.line else self.file
        instead = _("沿用上一次正确的取值。") if self.kept else _("这一条不使用。")
        return sentences((f"{place}: {self.message}", instead))


def rules_file() -> Path:
    """Where a person may put thresholds."""
    return data_folder() / "rules.toml"


def kept_file() -> Path:
    """Where the last good values are kept."""
    return data_folder() / "rules-last-good.json"


def own_values(check: Check) -> tuple[dict[str, Threshold], tuple[RuleFault, ...]]:
    """Key -> value of the person's rule file, and its faults. A file that is not there says nothing."""
    file = rules_file()
    try:
        text = small_text(file).replace("\r\n", "\n")
        written = _flat(read_toml(text))
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError) as error:
        message = _("读不出来(不是 UTF-8 文本,或者没有权限)。")
        if isinstance(error, NotSmall):
            message = str(error)
        return _all_kept(check, RuleFault(file.name, 0, "unreadable_file", message, kept=False))
    except TomlError as error:
        fault = RuleFault(file.name, error.line, error.code, error.sentence(), kept=False)
        return _all_kept(check, fault)
    values: dict[str, Threshold] = {}
    faults = []
    last = _sound(_last_good(), check)
    for key, value in written.items():
        try:
            good = check(key, value)
        except WorkbenchError as error:
            faults.append(RuleFault(file.name, _line(text, key), error.code, error.message, kept=key in last))
            if key in last:
                values[key] = last[key]
        else:
            values[key] = good
    _keep(values)
    return values, tuple(faults)


def _all_kept(check: Check, fault: RuleFault) -> tuple[dict[str, Threshold], tuple[RuleFault, ...]]:
    last = _sound(_last_good(), check)
    return last, (RuleFault(fault.file, fault.line, fault.code, fault.message, kept=bool(last)),)


def _flat(body: Mapping[str, Toml], before: str = "") -> dict[str, Toml]:
    flat: dict[str, Toml] = {}
    for key, value in body.items():
        name = f"{before}{key}"
        flat.update(_flat(value, name + ".") if isinstance(value, dict) else {name: value})
    return flat


def _line(text: str, key: str) -> int:
    """Where a key stands: quoted, dotted, or by its last part below a table."""
    names = "|".join(re.escape(name) for name in (f'"{key}"', key, key.rpartition(".")[2]))
    wanted = re.compile(rf"\s*(?:{names})\s*=")
    return next((n for n, line in enumerate(text.split("\n"), start=1) if wanted.match(line)), 1)


def _sound(values: Mapping[str, Toml], check: Check) -> dict[str, Threshold]:
    """Those that still make sense: a kept file may be older than the program."""
    sound = {}
    for key, value in values.items():
        with contextlib.suppress(WorkbenchError):
            sound[key] = check(key, value)
    return sound


def _last_good() -> dict[str, Toml]:
    try:
        kept = json.loads(small_text(kept_file()))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(values: Mapping[str, Threshold]) -> None:
    if values == _last_good():
        return
    with contextlib.suppress(OSError, TypeError):
        part = kept_file().with_suffix(".part")
        part.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
        part.replace(kept_file())
