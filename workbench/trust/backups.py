"""Backups that the program makes by itself: when one is due, where they lie, which stay, and the second place.

They lie in the folder 备份 beside the book, a name with the day each, and never over anything. What a person saved elsewhere, or
under another name, is never touched.
"""

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from db import placing, vault
from db.engine import Book
from db.errors import BookError, from_system
from db.schema import SUFFIX
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words, worded
from workbench.base.i18n import _
from workbench.base.pc import PcSettings
from workbench.rules.parameters import Rules
from workbench.trust.register import Register

#: the folder beside a book; no word of the window: it is the same in every language
FOLDER = "备份"
#: what stands in the name of a backup for why it was made
_DAILY = "每日"
_MARKS = {"daily": _DAILY, "undo": "撤销前", "restore": "恢复前", "clean": "清理前"}
_WHYS = {mark: why for why, mark in _MARKS.items()}
_NAMED = re.compile(r"-(?P<mark>[一-鿿]{2,3})-(?P<day>\d{4}-\d{2}-\d{2})(?:-(?P<time>\d{6}))?(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that lies in the folder of backups. `why` is 'daily', 'undo', 'restore', 'clean', or '' for one that a
    person put there; `day` an ISO day, `size` in bytes."""

    path: Path
    why: str
    day: str
    size: int

    @property
    def by_itself(self) -> bool:
        """Whether the program made it, and may clear it away."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup by itself came to: the file, or None when none was due; one sentence when something was in the way."""

    path: Path | None = None
    words: str = ""


def why_words(why: str) -> str:
    """Why a backup was made, as the list shows it."""
    return {
        "daily": _("每日自动备份"),
        "undo": _("撤销导入之前"),
        "restore": _("恢复之前"),
        "clean": _("清理到期数据之前"),
    }.get(why, _("手工备份"))


def staying(days: Sequence[str], daily: int, weekly: int, monthly: int) -> frozenset[str]:
    """Which days' backups (ISO) stay: the newest `daily` days, before them the newest of each of `weekly` weeks, before these
    the newest of each of `monthly` months. Days are counted where there is a backup: a holiday clears nothing away."""
    newest = sorted(set(days), reverse=True)
    kept = set(newest[:daily])
    rest = newest[daily:]
    weeks = [
        next(of) for _week, of in groupby(rest, lambda day: dt.date.fromisoformat(day).isocalendar()[:2])
    ]
    kept |= set(weeks[:weekly])
    before = weeks[weekly - 1] if 0 < weekly <= len(weeks) else (weeks[-1] if weekly and weeks else "9999")
    months = [next(of) for _month, of in groupby((one for one in rest if one < before), lambda day: day[:7])]
    return frozenset(kept | set(months[:monthly]))


class Backups:
    """The backups of one book that is a file."""

    def __init__(self, book: Book, register: Register, rules: Rules) -> None:
        self._book = book
        self._register = register
        self._rules = rules

    @property
    def folder(self) -> Path:
        """Where they lie. Raises BookError file_only for a book on a server, whose backups are the server's own."""
        return vault.real(self._book.path).parent / FOLDER

    def lying(self) -> tuple[Backup, ...]:
        """What lies there, the newest first. Raises WorkbenchError of what the system refuses."""
        with in_words():
            return listed(self.folder, self._book.path.stem)

    def due(self, day: str = "") -> bool:
        """Whether none was made by itself today (or on `day`)."""
        try:
            there = listed(self.folder, self._book.path.stem)
        except BookError:
            return True  # making one will say what is in the way
        return all(one.day != (day or today().isoformat()) for one in there if one.why == "daily")

    def daily(self, pc: PcSettings, day: str = "") -> BackedUp:
        """Make the day's backup if it is due, with its copy in the second place, and clear older ones away. Never raises for
        what a medium refuses: it comes back as one sentence."""
        day = day or today().isoformat()
        if not self.due(day):
            return BackedUp()
        try:
            made = self._make("daily", day)
        except WorkbenchError as error:
            return BackedUp(None, _("没有自动备份成。{why}").format(why=error.sentence()))
        words = self._to_second_place(made, pc)
        return BackedUp(made, words or self._clear_away(self.folder))

    def before(self, why: str, day: str = "") -> Path:
        """A backup before something destructive. Raises WorkbenchError when it cannot be made: then nothing is destroyed."""
        made = self._make(why, day or today().isoformat(), with_time=True)
        self._clear_away(self.folder)
        return made

    def now(self) -> Path:
        """A backup that a person asked for, in the same folder; it stays until he deletes it. Raises WorkbenchError."""
        name = f"{self._book.path.stem}-{_now().strftime('%Y-%m-%d-%H%M%S')}{SUFFIX}"
        return self._write(name, "")

    def _make(self, why: str, day: str, *, with_time: bool = False) -> Path:
        at = f"-{_now().strftime('%H%M%S')}" if with_time else ""
        return self._write(f"{self._book.path.stem}-{_MARKS[why]}-{day}{at}{SUFFIX}", why)

    def _write(self, name: str, why: str) -> Path:
        with in_words():
            folder = self.folder
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise from_system(error, folder) from error
            sweep(folder)
            return self._register.back_up(vault.free_name(folder / name), why=why)

    def _clear_away(self, folder: Path) -> str:
        """Delete what the rules do not keep; a sentence when one cannot be deleted."""
        rules = self._rules
        try:
            there = listed(folder, self._book.path.stem)
            days = [one.day for one in there if one.why == "daily"]
            kept = staying(
                days, rules.whole("backup.daily"), rules.whole("backup.weekly"), rules.whole("backup.monthly")
            )
            old = [one for one in there if one.why == "daily" and one.day not in kept]
            others = [one for one in there if one.by_itself and one.why not in ("daily", "clean")]
            for one in (*old, *others[rules.whole("backup.before") :], *self._over(there)):
                vault.remove(one.path)
                Path(f"{vault.real(one.path)}.lock").unlink(missing_ok=True)
        except (BookError, OSError) as error:
            why = worded(error if isinstance(error, BookError) else from_system(error, folder)).message
            return _("旧的备份没有清理掉。{why}").format(why=why)
        return ""

    def _over(self, there: Sequence[Backup]) -> list[Backup]:
        """Backups made before a clean-up: what it took away must not be kept longer than a mistake needs to be noticed."""
        before = (today() - dt.timedelta(self._rules.whole("backup.clean_days"))).isoformat()
        return [one for one in there if one.why == "clean" and one.day < before]

    def _to_second_place(self, made: Path, pc: PcSettings) -> str:
        """Copy a backup to the place of choice. That it is gone is said once, until it is there again."""
        place = pc.second_places.get(str(vault.real(self._book.path)), "")
        if not place:
            return ""
        folder = Path(place)
        try:
            _copied(made, folder)
        except BookError as error:
            said_before = place in pc.second_gone
            pc.second_gone = sorted({*pc.second_gone, place})
            if said_before:
                return ""
            return _("备份没有复制到第二个位置 {place}:{why}本机的备份已经做好。").format(
                place=place, why=worded(error).message
            )
        pc.second_gone = [one for one in pc.second_gone if one != place]
        return self._clear_away(folder)


def listed(folder: Path, stem: str) -> tuple[Backup, ...]:
    """The books in a folder of backups, the newest first. Raises BookError of what the system refuses."""
    if not folder.is_dir():
        return ()
    try:
        there = [
            one for one in folder.iterdir() if one.suffix == SUFFIX and one.is_file() and not one.is_symlink()
        ]
        return tuple(
            sorted(
                (_of_file(one, stem) for one in there), key=lambda one: (one.day, one.path.name), reverse=True
            )
        )
    except OSError as error:
        raise from_system(error, folder) from error


def _of_file(path: Path, stem: str) -> Backup:
    about = path.stat()
    own = _NAMED.search(path.stem)
    if own is not None and path.stem.startswith(stem) and own["mark"] in _WHYS and own.start() == len(stem):
        with suppress(ValueError):  # a day that no calendar has: a person gave the name
            day = dt.date.fromisoformat(own["day"]).isoformat()
            return Backup(path, _WHYS[own["mark"]], day, about.st_size)
    try:
        day = dt.date.fromtimestamp(about.st_mtime).isoformat()
    except (ValueError, OverflowError, OSError):  # a time that no calendar has
        day = dt.date.min.isoformat()
    return Backup(path, "", day, about.st_size)


def sweep(folder: Path) -> None:
    """Clear what was being written there when it was killed: hidden scratch files older than a day."""
    limit = _now().timestamp() - 86_400
    for part in folder.glob(".*.part*"):
        try:
            if part.is_file() and part.stat().st_mtime < limit:
                part.unlink()
        except OSError:
            continue


def _copied(made: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise BookError("no_folder", path=str(folder))
    with placing.beside(vault.free_name(folder / made.name)) as part:
        shutil.copyfile(made, part)


def _now() -> dt.datetime:
    return dt.datetime.now()


def total_size(there: Iterable[Backup]) -> int:
    """Bytes that backups take."""
    return sum(one.size for one in there)
