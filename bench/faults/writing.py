"""The write commands that are killed and starved: the words of each, and the commands that come before it.

One that comes before and may refuse begins with `?`.

`{c0}`, `{c1}` … are customers of the small book, `{lit}` one with a light, `{file}` the next month's list, `{out}` a folder.
"""

from dataclasses import dataclass

from bench.faults.ground import Facts


@dataclass(frozen=True, slots=True)
class WriteCommand:
    """A command that writes: its words, and commands that must have run before."""

    words: str
    first: tuple[str, ...] = ()


_PROMISE = "promise {c0} --text 送一份资料 --by 2026-11-20"
_LIST = "list-save 试一试 --where tier>=L1"
_LOG = "log {c0} --channel call --result reached"
_IMPORT = "import {file}  --accept-similar"

#: name (the first word, then what tells several apart) -> the command
WRITES: dict[str, WriteCommand] = {
    "import": WriteCommand(_IMPORT),
    "undo": WriteCommand("undo", (_IMPORT,)),
    "redo": WriteCommand("redo", (_IMPORT, "undo")),
    "merge": WriteCommand("merge {c0} {c1} --reason 同一个人"),
    "unmerge": WriteCommand("unmerge {c1}", ("merge {c0} {c1} --reason 同一个人",)),
    "check": WriteCommand("check"),
    "light": WriteCommand("light {lit} --explain house --note 买房"),
    "events": WriteCommand("events --add 一件事"),
    "journey": WriteCommand("journey {c0} --move J3 --reason 当面谈过"),
    "prospects": WriteCommand("prospects add 李某某 --source walk_in --consent yes"),
    "holidays": WriteCommand("holidays {holidays}"),
    "calendar": WriteCommand("calendar 2027 --ics {out}/c.ics --force"),
    "plan": WriteCommand("plan --pdf {out}/p.pdf --force"),
    "result": WriteCommand("result 1 done"),
    "promise": WriteCommand(_PROMISE),
    "promise-done": WriteCommand("promise-done 1", (_PROMISE,)),
    "log": WriteCommand(_LOG),
    "undo-log": WriteCommand("undo --change @change", (f"{_LOG} --json",)),
    "keypad": WriteCommand(
        "keypad 1 1 --sheet @sheet", ("plan --pdf {out}/k.pdf --force", "?keypad 1 1 --dry-run")
    ),
    "list-save": WriteCommand(_LIST),
    "list-delete": WriteCommand("list-delete 试一试", (_LIST,)),
    "list-export": WriteCommand("list-export 试一试 {out}/l.xlsx --force", (_LIST,)),
    "benefits": WriteCommand("benefits --issue {c0} {benefit} --reason 行长同意"),
    "win-backs": WriteCommand("win-backs {c0} --open"),
    "scripts": WriteCommand("scripts --template {out}/s.xlsx --force"),
    "products": WriteCommand("products --template {out}/w.xlsx --force"),
    "dialects": WriteCommand("dialects --export {out}/d.json --force"),
    "person": WriteCommand("person {c2} --delete --reason 本人要求"),
    "retention": WriteCommand("retention --yes"),
    "recovery": WriteCommand("recovery --pdf {out}/r.pdf --force"),
    "pack": WriteCommand("pack --pdf {out}/m.pdf --force"),
}


def filled(words: str, facts: Facts) -> list[str]:
    """The words of a command with the facts of the small book. Raises KeyError for a gap that has none."""
    gaps = {f"c{number}": one for number, one in enumerate(facts.customers)}
    gaps |= {"lit": (facts.lit or facts.customers)[0], "file": facts.next_file, "out": facts.out}
    gaps |= facts.more
    return [one.format_map(gaps) for one in words.split()]


def unnamed() -> list[str]:
    """Commands of the program that are neither killed here nor known to write nothing."""
    from workbench.commands.registry import COMMANDS

    return sorted({one.name for one in COMMANDS} - {one.split(" ")[0] for one in WRITES} - READS)


#: commands that change nothing but the register
READS = frozenset(
    (
        *(
            "imports",
            "identity",
            "customers",
            "portrait",
            "critical",
            "referrals",
            "losing",
            "gifts",
            "salons",
            "losses",
        ),
        *(
            "complaints",
            "today",
            "promises",
            "needs",
            "meeting",
            "contacts",
            "outcomes",
            "backtest",
            "towers",
            "genes",
        ),
        *(
            "style",
            "canvas",
            "matrix",
            "allocation",
            "service-file",
            "hooks",
            "pivot",
            "tags",
            "lists",
            "list-show",
        ),
        *("handbook", "verify", "demo", "register", "backups"),
        # tried by faults of their own, or writing through the door of another command
        *("restore", "backup", "results", "office-return", "passphrase", "salvage"),
    )
)
