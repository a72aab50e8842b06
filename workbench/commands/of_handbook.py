"""The command of the method handbook: its sections by name, or the text of one."""

from typing import Annotated

import typer

from workbench.base.handbook import part, sections, written
from workbench.base.i18n import _
from workbench.commands.app import app
from workbench.commands.edge import say


@app.command("handbook", help=_("口径手册:列出小节,或打印一节(如 4.4)"))
def handbook(
    section: Annotated[str, typer.Argument(help=_("小节的编号"), show_default=False)] = "",
) -> None:
    number, _dash, _item = section.partition("-")
    say(written(part(number)) if section else "\n".join(one.name for one in sections()))
