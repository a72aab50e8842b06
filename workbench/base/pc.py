"""What is remembered on this PC: language, theme, last book, window. No customer data, and quick to load."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import platformdirs

from db.errors import from_system
from workbench.base.errors import WorkbenchError, worded
from workbench.base.i18n import _
from workbench.base.small_files import small_text

APP = "account-workbench"
#: of the sample branch's book. Not a secret: it holds nobody's data, and the passphrase is shown
SAMPLE_PASSPHRASE = "demo-531"  # noqa: S105
#: books that are remembered as opened lately
_MOST_RECENT = 6
#: a number, or the letters of a text, and the entries of a list that are remembered at most
_LARGEST, _MOST = 20_000, 10_000
#: percent
_ZOOM = (50, 400)


def data_folder() -> Path:
    """Where the default book lives; `WORKBENCH_HOME` moves data and settings elsewhere (a USB stick, a test)."""
    return _at_home(platformdirs.user_data_dir(APP, appauthor=False))


def _at_home(folder: str) -> Path:
    """A folder of this account, or the one that WORKBENCH_HOME names. Raises WorkbenchError no_home."""
    if home := os.environ.get("WORKBENCH_HOME"):
        return Path(home)
    if folder.startswith("~"):
        raise WorkbenchError(
            "no_home",
            _("这个账号没有自己的文件夹(HOME 没有设置),不知道数据放在哪里。"),
            _("请设置环境变量 WORKBENCH_HOME,指明一个可以写入的文件夹。"),
        )
    return Path(folder)


def default_book() -> Path:
    """Where a book lies when nobody names another place. Raises WorkbenchError no_home."""
    return data_folder() / "客户账本.book"


def sample_folder(folder: Path | None = None) -> Path:
    """The folder of the sample branch: `folder`, else one beside this PC's books. Raises WorkbenchError no_home."""
    return (folder or data_folder() / "demo").resolve()


def sample_book(folder: Path | None = None) -> Path:
    """Where the book of the sample branch lies in its folder, made or not. Raises WorkbenchError no_home."""
    return sample_folder(folder) / "样本支行.book"


@dataclass(slots=True)
class PcSettings:
    """Settings of this PC: no customer data. Saved atomically; a damaged file counts as none."""

    language: str = "zh"
    theme: str = "light"
    #: how large words are, in percent
    zoom: int = 100
    last_book: str = ""
    #: the books opened on this PC, the latest first
    recent: list[str] = field(default_factory=list)
    window: list[int] = field(default_factory=list)
    #: whether to tell when a promise is due
    promise_notice: bool = True
    #: whether backups are made by themselves: when the window closes, at most one a day, and before what destroys
    backup_by_itself: bool = True
    #: a second folder for the backups of a book, by the book's real place
    second_places: dict[str, str] = field(default_factory=dict)
    #: second folders of which it was said that they are gone
    second_gone: list[str] = field(default_factory=list)
    #: what kept the last backup on closing from being made, told at the next opening
    backup_trouble: str = ""
    #: the day (ISO) on which a book's file was looked through last, by its real place
    looked_through: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "PcSettings":
        """The settings as last saved; the defaults for those that are not there, or make no sense."""
        try:
            raw = json.loads(small_text(_file()))
        except (OSError, ValueError, RecursionError, WorkbenchError):
            return cls()
        if not isinstance(raw, dict):
            return cls()
        made = cls()
        for name, kind in get_type_hints(cls).items():
            if name in raw and _fits(raw[name], kind):
                setattr(made, name, raw[name])
        if not _ZOOM[0] <= made.zoom <= _ZOOM[1]:
            made.zoom = 100
        return made

    def opened(self, book: Path, *, next_time: bool = True) -> None:
        """Note that a book was opened; `next_time`: it is what this PC opens the next time."""
        name = str(book.absolute())
        self.recent = [name, *(one for one in self.recent if one != name)][:_MOST_RECENT]
        if next_time:
            self.last_book = name

    def save(self) -> None:
        """Raises WorkbenchError settings_not_kept: they hold until the program ends."""
        target = _file()
        part = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # a name of a file may hold bytes that are no text
            words = json.dumps(asdict(self), ensure_ascii=False, indent=1)
            part.write_text(words, "utf-8", "backslashreplace")
            part.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            why = worded(from_system(error, target)).message
            raise WorkbenchError(
                "settings_not_kept",
                _("本机设置没有记住,只在这一次有效。{why}").format(why=why),
                _("账本不受影响。"),
            ) from error


def _fits(value: object, kind: Any) -> bool:
    """Whether a stored value is of its kind, and not larger than anything that is remembered here."""
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return type(value) is int and abs(value) < _LARGEST
    if kind is str:
        return isinstance(value, str) and len(value) < _LARGEST and "\0" not in value
    *_keys, inside = get_args(kind)
    if get_origin(kind) is list:
        return isinstance(value, list) and len(value) < _MOST and all(_fits(one, inside) for one in value)
    return (
        isinstance(value, dict) and len(value) < _MOST and all(_fits(one, inside) for one in value.values())
    )


def settings_folder() -> Path:
    """Where the settings of this PC lie. Raises WorkbenchError no_home."""
    return _at_home(platformdirs.user_config_dir(APP, appauthor=False))


def _file() -> Path:
    return settings_folder() / "settings.json"


def still_there(books: list[str]) -> list[Path]:
    """Those of the books that lie where they were; a place on the network that does not answer may take seconds."""
    # `Path.exists` raises where a folder may not be entered
    return [Path(one) for one in books if os.path.exists(one)]  # noqa: PTH110


def last_book() -> Path:
    """The book opened last on this PC, while it is still there, else the default one."""
    kept = PcSettings.load().last_book
    # `Path.exists` raises where a folder may not be entered
    return Path(kept) if kept and os.path.exists(kept) else default_book()  # noqa: PTH110
