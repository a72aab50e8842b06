"""The reading process, `python -m workbench.intake.reading.child`: a request on standard input, frames on standard output."""

import errno
import gc
import marshal
import os
import sys
from pathlib import Path

from workbench.intake.reading.doors import readable, refusal_of
from workbench.intake.reading.forms import form_of
from workbench.intake.reading.frames import Sender, SheetOut, Trouble

#: Errors of a disk or a network folder that stopped answering, even if it answers again a moment later.
_LOST = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.EIO)})


def main() -> int:
    """Read one file as requested: {'path', 'sheet', 'cells_max', 'calamine'}; returns the exit status 0."""
    wish = marshal.loads(sys.stdin.buffer.read())  # noqa: S302  (our own parent wrote it)
    # the pipe is for frames only: what a library prints must not get between them
    pipe = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    with os.fdopen(pipe, "wb", buffering=0) as stream:
        sender = Sender(stream)
        gc.disable()  # millions of cells, none of them garbage
        try:
            _read(Path(wish["path"]), wish["sheet"], wish["cells_max"], wish["calamine"], sender)
            sender.send("done")
        except MemoryError:
            sender.send("trouble", "no_memory", {})
        except Exception as error:  # noqa: BLE001  (whatever a file does to a library is a sentence, not a crash)
            trouble = (
                error if isinstance(error, Trouble) else Trouble(_code(error), kind=type(error).__name__)
            )
            refused = _refused(Path(wish["path"]), error) if trouble.code == "file_corrupt" else None
            if refused is not None:
                trouble = Trouble(refusal_of(refused))
            sender.send("trouble", trouble.code, trouble.facts)
    return 0


def _code(error: Exception) -> str:
    """The code of an unforeseen error: the file's own fault unless the program or the machine lacks something."""
    if isinstance(error, ImportError):
        return "reader_failed"
    return "no_memory" if isinstance(error, OSError) and error.errno == errno.ENOMEM else "file_corrupt"


def _refused(path: Path, error: Exception) -> OSError | None:
    """The error by which the system refuses the file; None when its content failed."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as refusal:
        return refusal
    # libraries raise OSError without a number for content that they cannot read
    return error if isinstance(error, OSError) and error.errno in _LOST else None


def _read(path: Path, sheet: str | None, cells_max: int, calamine: bool, sender: Sender) -> None:
    sender.send("begun")
    form = form_of(path)
    sender.send("form", "xls" if form == "biff5" else "csv" if form == "text" else form)
    if form == "text":
        from workbench.intake.reading.delimited import read_text

        name = readable(path).stem
        _only(name, sheet)
        read_text(path, SheetOut(sender, cells_max, name))
    elif form in ("html", "mht"):
        from workbench.intake.reading import markup

        (markup.read_html if form == "html" else markup.read_mht)(path, sender, cells_max)
    elif form == "xml2003":
        from workbench.intake.reading.xml_2003 import read_xml_2003

        read_xml_2003(path, sender, cells_max, sheet)
    else:
        from workbench.intake.reading.books import read_workbook

        read_workbook(path, form, sender, cells_max, sheet, calamine_allowed=calamine)


def _only(name: str, sheet: str | None) -> None:
    """A text has one sheet, named after the file."""
    if sheet not in (None, name):
        raise Trouble("no_sheet", sheet=sheet, names=[name])


if __name__ == "__main__":
    sys.exit(main())
