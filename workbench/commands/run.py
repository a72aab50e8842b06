"""Run one command line: the only place that knows every command, and the error edge of them all."""

import logging

import typer
from typer import rich_utils

from db.stores.address import masked
from workbench.base.errors import WorkbenchError, expected
from workbench.base.i18n import _
from workbench.commands import (  # noqa: F401  (each adds its own)
    of_backtest,
    of_book,
    of_cadence,
    of_calendar,
    of_contacts,
    of_events,
    of_genes,
    of_gifts,
    of_handbook,
    of_identity,
    of_imports,
    of_insight,
    of_intake,
    of_journey,
    of_lights,
    of_matrix,
    of_office_return,
    of_outcomes,
    of_outreach,
    of_pack,
    of_picking,
    of_prospects,
    of_results,
    of_tags,
    of_today,
    of_towers,
    of_year,
)
from workbench.commands.app import app
from workbench.commands.edge import WindowWanted, refused


def run(words: list[str]) -> int:
    """Run one command line; the exit status. Every failure is printed as a sentence: status 2 if expected, else 1.

    Raises WindowWanted.
    """
    rich_utils.ARGUMENTS_PANEL_TITLE = _("参数")
    rich_utils.OPTIONS_PANEL_TITLE = _("选项")
    rich_utils.COMMANDS_PANEL_TITLE = _("命令")
    rich_utils.ERRORS_PANEL_TITLE = _("错误")
    as_json = "--json" in words
    try:
        result = app(words, standalone_mode=False, prog_name="workbench")
    except WindowWanted:
        raise
    except typer.Exit as leave:
        return int(leave.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return refused(WorkbenchError("cancelled", _("已取消,什么都没有改动。")), as_json)
    except typer.TyperException as error:
        usage = WorkbenchError(
            "usage",
            _("命令没有看懂:{what}").format(what=_message_of(error)),
            _("运行 workbench --help 查看用法。"),
        )
        return refused(usage, as_json)
    except Exception as error:  # the error edge: no traceback reaches the user
        if (refusal := expected(error)) is not None:
            return refused(refusal, as_json)
        logging.getLogger("workbench").debug("fault", exc_info=True)
        fault = WorkbenchError(
            "fault",
            _("程序出错:{kind}。").format(kind=type(error).__name__),
            _("账本没有被改动;请把这一句和所用的命令告诉技术同事。"),
        )
        refused(fault, as_json)
        return 1
    return int(result or 0)


def _message_of(error: typer.TyperException) -> str:
    """What was not understood; an argument in it may be an address with a password."""
    words = getattr(error, "format_message", None)
    return masked(str(words() if words else error))
