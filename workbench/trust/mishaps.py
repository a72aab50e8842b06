"""What a person is told before work is lost: a clock that was set back, and a book on a drive of the network."""

import datetime as dt
import os
import sys
from pathlib import Path

from sqlalchemy import func, select

from db.engine import Book
from db.record import audit
from db.tables import snapshots
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.rules.parameters import Rules

#: file systems of the network, as Linux and macOS name them
_OF_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "smb2",
        "afpfs",
        "webdav",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "9p",
    }
)
#: GetDriveTypeW of Windows
_REMOTE = 4


def clock_words(book: Book, rules: Rules, *, day: dt.date | None = None, clock: dt.date | None = None) -> str:
    """The sentence about a clock that was set back; '' when nothing speaks for it.

    `day` is held against the dates of the lists, `clock` against the register, which is kept by the clock alone; where
    WORKBENCH_TODAY stands in for the clock the register is not asked.
    """
    day = day or today()
    if clock is None and not os.environ.get("WORKBENCH_TODAY"):
        clock = dt.date.today()
    with in_words(), book.read() as conn:
        listed = conn.execute(select(func.max(snapshots.c.as_of))).scalar()
        kept = (
            conn.execute(select(audit.c.at).order_by(audit.c.id.desc()).limit(1)).scalar() if clock else None
        )
    if listed and str(listed)[:10] > (day + dt.timedelta(rules.whole("clock.ahead_days"))).isoformat():
        return _("这台电脑的日期是 {day},比最新名单的数据日期 {listed} 还早。").format(
            day=day, listed=str(listed)[:10]
        )
    if clock and kept and str(kept)[:10] > (clock + dt.timedelta(1)).isoformat():
        return _("这台电脑的日期是 {day},比账本上一次登记的日期 {kept} 还早。").format(
            day=clock, kept=str(kept)[:10]
        )
    return ""


def refuse_wrong_clock(book: Book, rules: Rules) -> None:
    """Nothing is planned for a day that is past: raises WorkbenchError clock_back."""
    if words := clock_words(book, rules):
        raise WorkbenchError("clock_back", words, _("请先把电脑的日期调对,再排计划;账本没有改动。"))


def network_drive(path: Path, mounts: str | None = None) -> bool:
    """Whether a book lies on a drive of the network. `mounts`: the lines of /proc/mounts, read when none are given."""
    if sys.platform == "win32":
        return str(path).startswith("\\\\") or _drive_type(path) == _REMOTE
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", errors="replace")
        except OSError:
            return False
    place = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (place == point or place.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind in _OF_NETWORK


def _drive_type(path: Path) -> int:
    import ctypes

    system = getattr(ctypes, "windll", None)
    return int(system.kernel32.GetDriveTypeW(f"{path.absolute().drive}\\")) if system is not None else 0


def drive_words(path: Path) -> str:
    """The sentence about a book on the network; '' for one on this PC."""
    if not network_drive(path):
        return ""
    return _(
        "账本放在网络盘上:断网时可能丢掉最后几次改动,两台电脑也不能同时打开。"
        "请关闭后把它移到本机磁盘;网络盘可以作备份的第二个位置。"
    )
