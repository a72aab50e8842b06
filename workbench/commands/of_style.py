"""The command `style`: the report of the manager's own style (domain 2.2 a)."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, headed
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, opened, print_json, say
from workbench.insight.genes.style_report import StyleReport
from workbench.trust.register import Outgoing


@command("style")
def style(
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF(两页 A4)"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print the report of the newest questionnaire, or write it as PDF. Raises WorkbenchError no_style_test, two_outputs."""
    if pdf is not None and json:
        raise WorkbenchError("two_outputs", _("--pdf 和 --json 不能一起用。"), _("请一次只要一种。"))
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        report = workbench.insight.genes.style_report()
        if json:
            print_json(workbench.register.hand_over(Outgoing("style_json", 0), report.as_json()))
            return
        if pdf is not None:
            from workbench.sheets.style_sheet import style_pdf

            sheet = style_pdf(report, **workbench.sheets.foot())
            workbench.sheets.save(sheet, pdf, replace=force)
            say(_("已写入 {path}").format(path=pdf))
            return
    _show(report)


def _show(report: StyleReport) -> None:
    test = report.newest
    result = test.result
    say(f"{test.at}  {result.pattern_name}  {result.words}", style="bold")
    say(result.note)
    for doubt in test.doubts:
        say(doubt)
    say(
        _("指数:{figures}").format(
            figures=commas(f"{letter} {value:.1f}" for letter, value in result.index.items())
        )
    )
    say(report.under_pressure)
    if report.general:
        say(report.general)
    for pair in report.pairs:
        way = pair.way
        say(headed(pair.name, commas((*pair.hints, _(way.pace), _(way.do), _(way.dont)))))
    say(_("{date} 以后再测一次才看得出变化。").format(date=report.retest))
    for note in report.notes:
        say(note)
