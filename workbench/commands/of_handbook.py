"""The command of the method handbook: its sections by name, or the text of one."""

from typing import Annotated

import typer

from workbench.base.handbook import part, sections, written
from workbench.base.i18n import _
from workbench.commands.app import command
from workbench.commands.edge import say


@command("handbook")
def handbook(
    section: Annotated[str, typer.Argument(help=_("小节的编号"), show_default=False)] = "",
) -> None:
    number, _dash, _item = section.partition("-")
    say(written(part(number)) if section else "\n".join(one.name for one in sections()))
