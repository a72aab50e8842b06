"""The command `scripts`: what to say, for a customer, for a scene, or by words; head office's set out and in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, semicolons
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    print_json,
    progress,
    say,
)
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice, Wanted
from workbench.outreach.playbook.documents import script_json
from workbench.outreach.playbook.finding import Looking, matching
from workbench.outreach.playbook.library import ScriptLibrary, axis_words
from workbench.outreach.playbook.script import Script
from workbench.trust.register import Outgoing

Customer = Annotated[
    str | None, typer.Option("--customer", help=_("客户号:只列能对他说的,最合适的在前"), metavar="NO")
]
InScene = Annotated[str | None, typer.Option("--scene", help=_("场景:代码或名称,例如 mature、到期"))]
Search = Annotated[str, typer.Option("--search", help=_("要找的字:正文、场景、编号、场景的拼音首字母"))]
OfBook = Annotated[str, typer.Option("--library", help=_("话术册:代码或名称,例如 loss、自写话术"))]
Filled = Annotated[
    Path | None, typer.Option("--import", help=_("导入填好的总行话术,整套替换上一次的"), metavar="FILE")
]
Template = Annotated[
    Path | None, typer.Option("--template", help=_("把总行话术的模板存到这个文件"), metavar="FILE")
]


@command("scripts")
def scripts(
    customer: Customer = None,
    scene: InScene = None,
    search: Search = "",
    library: OfBook = "",
    filled: Filled = None,
    template: Template = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Print the scripts; exit status 2 where nothing of a set of head office could enter."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        if template is not None:
            return _put_template(workbench, template, force)
        if filled is not None:
            return _take_in(workbench, filled, quiet=json)
        playbook = workbench.outreach.playbook
        held = playbook.everything()
        code = playbook.scene(scene).code if scene else ""
        looking = Looking(search, code, book=_book(held, library))
        if customer is not None:
            # the words are those of the screen; neither surname nor the style that was observed is handed out with them
            wanted = Wanted((code,) if code else ())
            choice = (
                playbook.for_customer(customer, wanted, named=False)
                if code
                else workbench.outreach.scripts_for(workbench.insight.portrait(customer), named=False)
            )
            _for_customer(workbench, held, customer, choice, looking, as_json=json, why=why)
            return 0
        listed = matching(held.scripts.values(), held, looking)
        if json:
            body = {"scripts": [script_json(one, held) for one in listed]}
            print_json(workbench.register.hand_over(Outgoing("scripts_json", 0, in_full=why), body))
            return 0
        for one in listed:
            _show(one, held, playbook.readable(one))
        _say_count(len(listed))
    return 0


def _for_customer(
    workbench: Workbench,
    held: ScriptLibrary,
    customer_no: str,
    choice: ScriptChoice,
    looking: Looking,
    *,
    as_json: bool,
    why: str,
) -> None:
    kept = {one.id for one in matching([one.script for one in choice.scripts], held, looking)}
    listed = [one for one in choice.scripts if one.script.id in kept]
    if as_json:
        body = {"customer_no": customer_no, **_document(listed, choice, held)}
        print_json(workbench.register.hand_over(Outgoing("scripts_json", 1, in_full=why), body))
        return
    limits = listed[0].limits if listed else ()
    if limits:
        say(_("对这位客户不要说:{words}").format(words=semicolons(limits)))
    for one in listed:
        _show(one.script, held, one.text, one)
    _say_count(len(listed))
    for sentence, n in choice.why_withheld():
        say(_("没有列出 {n} 条:{why}").format(n=n, why=sentence))


def _document(listed: Sequence[ChosenScript], choice: ScriptChoice, held: ScriptLibrary) -> dict[str, Any]:
    return {
        "scripts": [
            {**script_json(one.script, held, one.text), "style": [], **one.as_json()} for one in listed
        ],
        "withheld": [{"sentence": sentence, "n": n} for sentence, n in choice.why_withheld()],
    }


def _show(one: Script, held: ScriptLibrary, text: str, chosen_one: ChosenScript | None = None) -> None:
    scene = _(held.scenes[one.scene].name)
    about = (one.id, scene, axis_words(one.of, scene), chosen_one.why if chosen_one else "")
    say(" · ".join(filter(None, about)), style="bold")
    say(f"   {text}")
    if one.never:
        say("   " + _("不要说:{words}").format(words=semicolons(_(words) for words in one.never)))
    for words in chosen_one.cautions if chosen_one else ():
        say("   " + _("注意:{what}").format(what=words))


def _say_count(n: int) -> None:
    say(_("共 {n} 条。").format(n=n) if n else _("没有找到话术,换个字或者场景再找。"))


def _book(held: ScriptLibrary, word: str) -> str:
    """The code of a book by code or name, '' for none. Raises WorkbenchError no_such_library."""
    plain = word.strip().lower()
    if not plain:
        return ""
    for one in held.books.values():
        if plain in (one.code, one.name.lower(), _(one.name).lower()):
            return one.code
    names = commas(_(one.name) for one in held.books.values())
    raise WorkbenchError(
        "no_such_library",
        _("没有“{word}”这本话术册。").format(word=word),
        _("现有:{names}").format(names=names),
    )


def _put_template(workbench: Workbench, target: Path, force: bool) -> int:
    from workbench.sheets.office_scripts import office_template

    workbench.register.check_free(target, replace=force)
    workbench.sheets.save(office_template(workbench.rules), target, replace=force)
    say(_("已写入 {path}").format(path=target))
    return 0


def _take_in(workbench: Workbench, path: Path, *, quiet: bool) -> int:
    from workbench.sheets.office_scripts import office_form, office_rows, refused_scripts

    with progress(quiet=quiet) as report:
        read = workbench.filled_form(office_form(workbench.rules), path, report)
    taken = workbench.outreach.playbook.own.replace_office(office_rows(read))
    refused = refused_scripts(read, taken)
    if quiet:
        faults = [{"row": one.row, "code": one.code, "message": one.message} for one in refused]
        print_json({"stored": taken.stored, "refused": faults})
    else:
        for one in refused:
            complain(one.message)
        say(_("总行话术现在有 {n} 条;退回 {refused} 行。").format(n=taken.stored, refused=len(refused)) if taken.stored else
            _("一行也没有进来,原来的总行话术没有动。"))  # fmt: skip
    return 0 if taken.stored else 2
