"""Expected failures, and faults in data as values: what both faces turn into "what happened, what to do"."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from db.errors import BookError, refused_by_system
from db.values import Json
from workbench.base.i18n import _, sentences
from workbench.base.server_words import of_server


class WorkbenchError(Exception):
    """An expected failure. `message` says what happened and where, `hint` what to do; both already in the person's language.

    `code` is stable English snake_case; `facts` are safe to log (no customer values).
    """

    def __init__(self, code: str, message: str, hint: str = "", **facts: Json) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.facts = facts

    def sentence(self) -> str:
        """The one sentence (or two) that a person reads."""
        return sentences((self.message, self.hint))


class ProblemJson(TypedDict):
    """A `RowProblem`."""

    sheet: str
    row: int | None
    column: str | None
    code: str
    level: str
    message: str
    value: str | None
    proposal: str
    fix: str
    #: imports of earlier versions were kept without it
    field: NotRequired[str | None]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A fault in the data of one sheet, shown in the preview and exportable; never raised.

    `row` is the row number seen in Excel (1-based), `column` the heading as written, `value` the cell as written.
    `level` is 'info', 'warning' or 'refuse' (the row stays out of the book). `proposal` says what to do; `fix` is the
    key of the one-click fix that does it ('' when there is none).
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    message: str
    value: str | None = None
    level: str = "warning"
    proposal: str = ""
    fix: str = ""
    #: the field that the column feeds, which says how `value` is masked; None: an unknown column or no column
    field: str | None = None

    def as_json(self) -> ProblemJson:
        """The problem as a document tells it; `row` counts as Excel does."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "level": self.level,
            "message": self.message,
            "value": self.value,
            "proposal": self.proposal,
            "fix": self.fix,
            "field": self.field,
        }


#: what keeps anything from being written
_OF_DISK = frozenset(
    {"disk_full", "read_only", "read_only_file", "no_permission", "device_failed", "not_a_file"}
)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a BookError into the WorkbenchError that a person can read."""
    try:
        yield
    except BookError as error:
        raise worded(error) from error


@contextmanager
def reversing(*, forward: bool) -> Iterator[None]:
    """As `in_words`, around an undo, or a redo (`forward`): what the disk refuses says that the step still stands as it stood."""
    try:
        with in_words():
            yield
    except WorkbenchError as error:
        if error.code not in _OF_DISK:
            raise
        words = _("没有重做:{why}") if forward else _("没有撤销:{why}")
        stands = "" if error.code == "disk_full" else _("账本保持操作之前的状态。")
        raise WorkbenchError(
            error.code, words.format(why=error.message), f"{error.hint}{stands}", **error.facts
        ) from error


def expected(error: BaseException) -> WorkbenchError | None:
    """The sentence for a failure that somebody foresaw, wherever it comes from: what the edges of both faces ask."""
    if isinstance(error, WorkbenchError):
        return error
    failure = error if isinstance(error, BookError) else refused_by_system(error)
    return worded(failure) if failure is not None else None


def worded(error: BookError) -> WorkbenchError:
    """The sentence for a failure of the book."""
    facts = error.facts
    path = facts.get("path") or _("文件")
    if error.code == "wrong_passphrase":
        return WorkbenchError(
            "wrong_passphrase",
            _("口令不对(或者这不是账本文件),账本没有打开。"),
            _("请重新输入;大小写和空格都算在内。"),
        )
    if error.code == "disk_full" and facts.get("opening"):
        return WorkbenchError(
            "disk_full",
            _("磁盘空间不足,账本 {path} 打不开(打开时也要写几十 KB)。").format(path=path),
            _("请清出一些空间后重试;账本没有损坏,也没有改动。"),
            **facts,
        )
    if error.code == "damaged" and facts.get("backup"):
        return WorkbenchError(
            "damaged",
            _("备份 {path} 已损坏,没有恢复。").format(path=path),
            _("请换一份备份;原来的账本没有改动。"),
            **facts,
        )
    words: dict[str, tuple[str, str]] = {
        "missing": (_("没有找到账本 {path}。"), _("请检查路径,或者新建一个账本。")),
        "exists": (_("{path} 已经有一个账本了。"), _("请打开它,或者换一个文件名。")),
        "unfinished": (
            _("{path} 是一次没有做完的新建留下的,里面没有数据。"),
            _("请重新新建账本(打开窗口,或 workbench import 文件);留下的文件会改名保留,不会删除。"),
        ),
        "same_file": (
            _("备份和要恢复的账本是同一个文件:{path}。"),
            _("请指定另一份备份;账本没有改动。"),
        ),
        "read_only_file": (
            _("{path} 是只读文件,不能写入。"),
            _("请去掉它的只读属性,或者把它复制一份再打开。"),
        ),
        "not_a_book": (_("{path} 不是本系统的账本。"), _("请选择扩展名为 .book 的账本文件。")),
        "newer": (_("账本 {path} 是用更新版本的程序保存的。"), _("请先升级本程序再打开;账本没有改动。")),
        "locked": (_("账本 {path} 正在另一个窗口中使用。"), _("请先关闭那个窗口或命令。")),
        "read_only": (
            _("{path} 在只读的磁盘或文件夹里,不能写入。"),
            _("请换一个可以写入的文件夹,或者先把文件复制过去。"),
        ),
        "disk_full": (
            _("磁盘空间不足,{path} 没有保存。"),
            _("请清出一些空间后重试;账本保持操作之前的状态。"),
        ),
        "no_permission": (
            _("没有权限读写 {path},或者它正被别的程序(例如 Excel)打开着。"),
            _("请关闭那个程序,或者换到自己有权限的文件夹。"),
        ),
        "name_too_long": (_("文件名或路径太长:{path}。"), _("请换一个短一些的文件名或文件夹。")),
        "no_folder": (_("{path} 所在的文件夹不存在。"), _("请检查路径,或者先建好这个文件夹。")),
        "not_a_file": (_("{path} 不是普通文件。"), _("请指定一个文件,而不是文件夹或设备。")),
        "device_failed": (
            _("{path} 读写失败:磁盘或网络位置没有响应。"),
            _("请检查磁盘或 U 盘是否还连着,换一个位置后重试。"),
        ),
        "damaged": (
            _("账本 {path} 已损坏,读不出来。"),
            _("请用最近的备份恢复:workbench restore;没有备份的,抢救到一个新账本:workbench salvage。"),
        ),
        "nothing_left": (
            _("{path} 里没有一张表还读得出来,抢救不出数据。"),
            _("请用最近的备份恢复:workbench restore。"),
        ),
        "file_exists": (
            _("{path} 已经有了,没有覆盖它。"),
            _("请换一个文件名;用命令行时可以加 --force 覆盖它。"),
        ),
        "over_book": (
            _("{path} 是一个客户账本(或账本的附属文件),任何输出都不能覆盖它。"),
            _("请换一个文件名。"),
        ),
        "changed_later": (
            _("这次操作之后,同样的数据又被改过(操作 {changes})。"),
            _("请先撤销后面的操作,再撤销这一次。"),
        ),
        "needed_later": (_("后来的记录用到了这次操作写入的数据。"), _("请先撤销后来的导入或记录。")),
        "state": (_("这次操作已经撤销过(或者还没有撤销)。"), _("请在导入历史里查看它的状态。")),
        "no_such_change": (_("没有编号为 {change} 的操作。"), _("请用 workbench imports 查看编号。")),
    }
    what, hint = of_server(error) or words[error.code]
    later = facts.get("changes")
    shown = {
        "path": path,
        "changes": ", ".join(map(str, later if isinstance(later, list) else ())),
        "change": facts.get("change"),
    }
    return WorkbenchError(error.code, what.format(**shown), hint, **facts)
