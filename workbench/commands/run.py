"""Run one command line: the only place that knows every command, and the error edge of them all."""

import logging
import os
from contextlib import suppress
from pathlib import Path

import typer

from db import unlocking
from db.errors import BookError
from db.stores.address import masked
from workbench.base.errors import WorkbenchError, expected
from workbench.base.i18n import _
from workbench.base.pc import default_book
from workbench.commands import ways_out
from workbench.commands.app import app
from workbench.commands.registry import BY_COMMAND
from workbench.commands.window_wanted import WindowWanted


def _refused(error: WorkbenchError, as_json: bool) -> int:
    """See `edge.refused`, which is imported when something is refused."""
    from workbench.commands.edge import refused

    return refused(error, as_json)


def run(words: list[str]) -> int:
    """Run one command line; the exit status. Every failure is printed as a sentence: status 2 if expected, else 1.

    Raises WindowWanted.
    """
    as_json = "--json" in words
    words = ways_out.taken(words)
    _derive_ahead(words)
    try:
        result = app(words, standalone_mode=False, prog_name="workbench")
    except WindowWanted:
        raise
    except typer.Exit as leave:
        return int(leave.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return _refused(WorkbenchError("cancelled", _("已取消,什么都没有改动。")), as_json)
    except typer.TyperException as error:
        usage = WorkbenchError(
            "usage",
            _("命令没有看懂:{what}").format(what=_message_of(error)),
            _("运行 workbench --help 查看用法。"),
        )
        return _refused(usage, as_json)
    except Exception as error:  # the error edge: no traceback reaches the user
        if (refusal := expected(error)) is not None:
            return _refused(refusal, as_json)
        logging.getLogger("workbench").debug("fault", exc_info=True)
        fault = WorkbenchError(
            "fault",
            _("程序出错:{kind}。").format(kind=type(error).__name__),
            _("账本没有被改动;请把这条提示和所用的命令告诉技术同事。"),
        )
        _refused(fault, as_json)
        return 1
    return int(result or 0)


def _derive_ahead(words: list[str]) -> None:
    """Begin to derive the key of the book that the words name, while its command is being imported."""
    passphrase = os.environ.get("WORKBENCH_PASSPHRASE")
    if passphrase and "--help" not in words and any(word in BY_COMMAND for word in words):
        with suppress(WorkbenchError, BookError):
            book = _named(words)
            unlocking.derive_ahead(Path(book) if book else default_book(), passphrase)


def _named(words: list[str]) -> str | None:
    """What follows --book; None where nothing does."""
    for position, word in enumerate(words):
        if word.startswith("--book="):
            return word.partition("=")[2]
        if word == "--book" and position + 1 < len(words):
            return words[position + 1]
    return None


def _message_of(error: typer.TyperException) -> str:
    """What was not understood; an argument in it may be an address with a password."""
    words = getattr(error, "format_message", None)
    return masked(str(words() if words else error))
