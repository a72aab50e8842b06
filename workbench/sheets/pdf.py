"""Sheets as PDF: JSON content typeset with a Typst template; preview and printing draw that same PDF."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.base.heap import give_back
from workbench.base.unseen import seen
from workbench.sheets.glyphs import readable

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap
    from typst import Compiler


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture: `rgb` holds height x width x 3 bytes, rows from the top."""

    width: int
    height: int
    rgb: bytes


#: The typesetter keeps what the last ten compilations have used, 40 MB a paper: after so many small ones, those of a paper
#: are gone.
_FORGETS_AFTER = 11
#: The typesetter and PDFium are not thread-safe, and pages call from several threads.
_alone = threading.Lock()


@contextmanager
def _resources() -> Iterator[Path]:
    with as_file(files("resources")) as folder:
        yield folder


@cache
def _compiler(folder: Path, template: str) -> "Compiler":
    """The typesetter of a template with the bundled fonts; cached, because loading fonts is slow."""
    import typst

    return typst.Compiler(
        input=folder / "sheets" / f"{template}.typ",
        root=folder / "sheets",
        font_paths=[folder / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": "{}"},
    )


@cache
def _broom() -> "Compiler":
    """A typesetter of empty papers, which takes no fonts."""
    import typst

    return typst.Compiler(input=b"", ignore_system_fonts=True)


def _forget() -> None:
    """Let the typesetter forget a paper: papers differ, so that what it keeps for the next is never of use."""
    for _time in range(_FORGETS_AFTER):
        _broom().compile(input=b"", format="svg")
    give_back()


def compiled(template: str, content: Mapping[str, object]) -> bytes:
    """A template of resources/sheets (by name) filled with `content`, as the bytes of a PDF; a character that the font
    lacks is spelt in brackets."""
    return _compiled(template, content, {})[0]


def compiled_with_places(
    template: str, content: Mapping[str, object], codes: Sequence[Sequence[Sequence[str]]]
) -> tuple[bytes, str]:
    """The same with codes at the corners of the pages: of each sheet, page after page, SVG images clockwise from the upper
    left corner; beside the PDF what the template tells of its papers and boxes (common.typ: places), as JSON."""
    return _compiled(template, content, {"codes": json.dumps(codes)}, "<places>")


def _compiled(
    template: str, content: Mapping[str, object], inputs: Mapping[str, str], label: str = ""
) -> tuple[bytes, str]:
    data = readable(json.dumps(_seen(content), ensure_ascii=False))
    with _alone, _resources() as folder:
        compiler = _compiler(folder, template)
        pdf = compiler.compile(format="pdf", sys_inputs={"data": data, **inputs})
        told = compiler.query(label, field="value", one=True) if label else ""
        _forget()
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf, told


def _seen(content: object) -> object:
    """Content of a paper without what nobody sees: a name cannot turn round the words beside it."""
    if isinstance(content, str):
        return seen(content)
    if isinstance(content, Mapping):
        return {key: _seen(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_seen(value) for value in content]
    return content


def pages(pdf: bytes, dpi: int = 110, chosen: Sequence[int] = ()) -> list[PageImage]:
    """Draw pages of a PDF at a resolution: `chosen` ones (from 0), or all."""
    import pypdfium2

    drawn: list[PageImage] = []
    with _alone:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for number in chosen or range(len(document)):
                page = document[number]
                bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
                drawn.append(_image(bitmap))
                bitmap.close()
                page.close()
        finally:
            document.close()
    return drawn


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of the pages of a PDF, in points. Raises ValueError for what is no PDF."""
    import pypdfium2

    with _alone:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise ValueError("not a PDF") from None
        try:
            return [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()


def _image(bitmap: "PdfBitmap") -> PageImage:
    """A bitmap as a picture, without the padding at the end of its rows."""
    wide = bitmap.width * 3
    raw = bytes(bitmap.buffer)
    rows = (raw[n * bitmap.stride : n * bitmap.stride + wide] for n in range(bitmap.height))
    return PageImage(bitmap.width, bitmap.height, b"".join(rows))
