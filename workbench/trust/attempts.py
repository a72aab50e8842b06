"""Wrong passphrases, kept on this PC per book: the next try waits, and the next opening registers them (domain 17)."""

import contextlib
import datetime as dt
import hashlib
import json
import os
from pathlib import Path

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import settings_folder
from workbench.base.small_files import small_text
from workbench.rules.parameters import Rules

_NAME = "attempts.json"
#: times that are kept per book; more are only counted
_KEPT = 50


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


def _file() -> Path:
    return settings_folder() / _NAME


def _of(path: Path) -> str:
    """Which book, without its name."""
    return hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _read() -> dict[str, list[str]]:
    try:
        raw = json.loads(small_text(_file()))
    except (OSError, ValueError, RecursionError, WorkbenchError):
        return {}
    if not isinstance(raw, dict):
        return {}
    return {
        key: [one for one in times if isinstance(one, str)]
        for key, times in raw.items()
        if isinstance(times, list)
    }


def _write(kept: dict[str, list[str]]) -> None:
    """A PC that takes no settings counts no failures: that must not keep the book from opening."""
    with contextlib.suppress(OSError, WorkbenchError):
        target = _file()
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_text(json.dumps(kept), "utf-8")
        part.replace(target)


def failed(path: Path) -> None:
    """Count a wrong passphrase for a book."""
    kept = _read()
    kept[_of(path)] = [*kept.get(_of(path), ()), _now().isoformat(sep=" ")][-_KEPT:]
    _write(kept)


def opened(path: Path) -> tuple[str, ...]:
    """The times of the wrong passphrases since the last opening (ISO, local); they are forgotten here."""
    kept = _read()
    times = kept.pop(_of(path), [])
    if times:
        _write(kept)
    return tuple(times)


def wait_for(path: Path) -> int:
    """Seconds until the next try counts; 0: now. A clock that was set back does not lengthen the wait beyond its whole."""
    times = _read().get(_of(path), [])
    if not times:
        return 0
    rules = Rules.load("general", {})
    free = rules.whole("vault.tries_free")
    if len(times) < free:
        return 0
    most = rules.whole("vault.wait_most")
    whole: int = min(most, rules.whole("vault.wait_first") * 2 ** min(len(times) - free, 20))
    try:
        gone = (_now() - dt.datetime.fromisoformat(times[-1])).total_seconds()
    except (ValueError, TypeError):  # no time, or one with a zone: not ours
        return 0
    if gone < -most:  # the clock was wrong then, or is now: the wait begins here, and ends
        _write(_read() | {_of(path): [*times[:-1], _now().isoformat(sep=" ")]})
    return max(0, whole - int(max(gone, 0)))


def check(path: Path) -> None:
    """Raise WorkbenchError wait while the next try must wait (facts: seconds)."""
    if seconds := wait_for(path):
        raise WorkbenchError(
            "wait",
            _("口令连续输错,还要等 {seconds} 秒才能再试。").format(seconds=seconds),
            _("记不起来,可以用恢复码打开。"),
            seconds=seconds,
        )
