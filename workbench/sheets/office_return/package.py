"""An xlsx file as its parts: those that are changed are written anew, every other byte for byte as it was.

A library that writes the whole workbook anew would drop what it does not know: lists of choices that stand on another
worksheet, text boxes, logos, the values of formulas.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.packed import check_size, unpacked

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of this name, in whatever namespace: transitional and strict files have different ones."""
    return (child for child in element if isinstance(child.tag, str) and local(child) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of this name."""
    return next(named(element, name), None)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def beside(element: etree._Element, name: str) -> str:
    """A name in the namespace of an element."""
    return f"{{{etree.QName(element).namespace}}}{name}"


class Package:
    """The parts of a workbook. Raises WorkbenchError no_layout for a file that is no xlsx, or one with macros."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._changed: dict[str, etree._Element] = {}
        with sound_layout():
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                check_size(file)
                names = frozenset(file.namelist())
            types = self.read("[Content_Types].xml")
            self.workbook = self._target("", "officeDocument")
        self.names = names
        if b"macroEnabled" in etree.tostring(types):
            raise no_layout()

    def read(self, name: str) -> etree._Element:
        """A part as it is, or as it was changed. Raises WorkbenchError no_layout for none of that name, or a broken one."""
        if name in self._changed:
            return self._changed[name]
        with sound_layout(), zipfile.ZipFile(io.BytesIO(self._content)) as file:
            return etree.fromstring(unpacked(file, name), _PARSER)

    def change(self, name: str) -> etree._Element:
        """A part to be changed in place."""
        return self._changed.setdefault(name, self.read(name))

    def sheet(self, title: str) -> str:
        """The part of a worksheet. Raises WorkbenchError no_sheet."""
        sheets = child(self.read(self.workbook), "sheets")
        for one in sheets if sheets is not None else ():
            if one.get("name") == title:
                key = next(value for name, value in one.attrib.items() if str(name).endswith("}id"))
                return self._related(self.workbook)[str(key)]
        raise WorkbenchError(
            "no_sheet",
            _("模板里没有工作表「{sheet}」。").format(sheet=title),
            _("请重新选模板,确认工作表和表头。"),
        )

    def beside_workbook(self, kind: str) -> str | None:
        """The part of the workbook of a kind ('styles', 'sharedStrings'); None for none."""
        try:
            return self._target(self.workbook, kind)
        except StopIteration:
            return None

    def saved(self) -> bytes:
        """The file with the changed parts."""
        made = io.BytesIO()
        with (
            sound_layout(),
            zipfile.ZipFile(io.BytesIO(self._content)) as file,
            zipfile.ZipFile(made, "w") as out,
        ):
            for info in file.infolist():
                part = self._changed.get(info.filename)
                body = (
                    unpacked(file, info)
                    if part is None
                    else etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
                )
                out.writestr(info, body, compress_type=info.compress_type)
        return made.getvalue()

    def _target(self, owner: str, kind: str) -> str:
        for one in self.read(_relations_of(owner)):
            if str(one.get("Type")).endswith(f"/{kind}"):
                return _absolute(owner, str(one.get("Target")))
        raise StopIteration

    def _related(self, owner: str) -> dict[str, str]:
        return {
            str(one.get("Id")): _absolute(owner, str(one.get("Target")))
            for one in self.read(_relations_of(owner)).iter(f"{{{_RELATIONS}}}Relationship")
        }


@contextmanager
def sound_layout() -> Iterator[None]:
    """Raises WorkbenchError no_layout where a file is read that is none, or whose parts are not what they should be."""
    try:
        yield
    except WorkbenchError:
        raise
    except _UNSOUND as error:
        raise no_layout() from error


#: what parts that are missing, broken, locked or senseless raise, by the library that reads them
_UNSOUND = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, LookupError, ValueError, TypeError, AttributeError, StopIteration,
    RuntimeError, OSError, EOFError,
)  # fmt: skip


def no_layout() -> WorkbenchError:
    """The error for a file whose layout cannot be kept."""
    return WorkbenchError(
        "no_layout",
        _("只有 xlsx 能原样保留版式;这个文件不是,没有填写。"),
        _("请在 Excel 或 WPS 里打开它,另存为“Excel 工作簿(.xlsx)”再选;带宏的文件也请另存为 xlsx。"),
    )


def _relations_of(owner: str) -> str:
    folder, name = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _absolute(owner: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
