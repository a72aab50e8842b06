"""Options that every command with a file or a document takes: a password for the files, a supervisor's confirmation."""

import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.trust.register import Register

#: where a script puts the password of files: never among the arguments, which others of the PC may read
FROM_SYSTEM = "WORKBENCH_FILE_PASSWORD"
_BY, _REASON, _LOCK = "--approved-by", "--approval-reason", "--lock"


@dataclass(slots=True)
class _Wanted:
    by: str = ""
    reason: str = ""
    lock: bool = False


_wanted = _Wanted()


def taken(words: Sequence[str]) -> list[str]:
    """The words without these options, which are kept for `apply`. Raises WorkbenchError no_approval for one without its
    value."""
    _wanted.by, _wanted.reason, _wanted.lock = "", "", False
    rest: list[str] = []
    left = iter(words)
    for word in left:
        name, equals, value = word.partition("=")
        if word == _LOCK:
            _wanted.lock = True
        elif name in (_BY, _REASON):
            given = value if equals else next(left, "")
            if name == _BY:
                _wanted.by = given
            else:
                _wanted.reason = given
        else:
            rest.append(word)
    return rest


def apply(register: "Register") -> None:
    """Tell the door what was wanted. Raises WorkbenchError no_approval, no_file_password, weak_file_password."""
    if _wanted.by or _wanted.reason:
        register.approve(_wanted.by, _wanted.reason, once=False)
    if _wanted.lock:
        register.lock(None, _password())


def _password() -> str:
    if given := os.environ.get(FROM_SYSTEM):
        return given
    if not sys.stdin.isatty():
        raise WorkbenchError(
            "no_file_password",
            _("--lock 要一个文件口令,没有写出文件。"),
            _("请在终端里运行,或设置环境变量 {name}。").format(name=FROM_SYSTEM),
        )
    first = getpass.getpass(_("文件口令:"))
    if getpass.getpass(_("再输一遍:")) != first:
        raise WorkbenchError("passphrase_differs", _("两次输入的口令不一样。"), _("请重新运行一次。"))
    return first
