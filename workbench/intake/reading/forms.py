"""The form of a file, recognised by its content: names and extensions lie."""

import re
import zipfile
from pathlib import Path

from workbench.intake.reading.frames import Trouble

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Bytes at the head of a file that decide its form.
HEAD_BYTES = 65_536

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"ID;P", "sylk"),
    (b"TABLE\r\n0,1", "dif"),
    (b"TABLE\n0,1", "dif"),
    (b"\x00\x00\x02\x00\x04\x04", "lotus"),
    (b"\x00\x00\x02\x00\x06\x04", "lotus"),
    (b"\x00\x00\x1a\x00", "lotus"),
)
#: BOF records at the head of a worksheet or workbook file from before OLE
_OLD_BOF = {b"\x09\x00": "BIFF2", b"\x09\x02": "BIFF3", b"\x09\x04": "BIFF4", b"\x09\x08": "BIFF5"}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div|tr|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?mime-version:", re.IGNORECASE)
_DBF_VERSIONS = frozenset(b"\x02\x03\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5\xfb")
_MEMBERS = (("xl/workbook.bin", "xlsb"), ("workbook.bin", "xlsb"), ("workbook.xml", "xlsx"))
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "biff5"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "slides"),
    ("VisioDocument", "drawing"),
    ("__properties_version1.0", "mail"),
)


def form_of(path: Path) -> str:
    """The form of a file: 'xlsx', 'xlsb', 'ods' (zip); 'xls', 'biff5'; 'html', 'xml2003', 'fods', 'mht'; 'text'.

    Raises Trouble file_encrypted, file_sealed (by rights management), file_too_old, not_a_spreadsheet (`what` is what it
    is instead, where known).
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _zip_form(path)
    if head.startswith(OLE):
        return _ole_form(path)
    for sign, what in _SIGNS:
        if head.startswith(sign):
            raise Trouble("not_a_spreadsheet", what=what)
    if (old := _OLD_BOF.get(head[:2])) and head[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00"):
        raise Trouble("file_too_old", what=old)
    if _is_dbf(head):
        raise Trouble("not_a_spreadsheet", what="dbf")
    return _markup_form(head)


def _is_dbf(head: bytes) -> bool:
    if len(head) < 68 or head[0] not in _DBF_VERSIONS:
        return False
    size, month, day = int.from_bytes(head[8:10], "little"), head[2], head[3]
    return 1 <= month <= 12 and 1 <= day <= 31 and size >= 65 and head[28:32] != b"" and b"\r" in head[32:]


def _markup_form(head: bytes) -> str:
    text = opening(head)
    if not text.lstrip().startswith("<"):
        if _MHTML.match(text[:8_000]) and "content-type" in text.lower():
            return "mht"
        return "text"
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and "<html" not in text[:2_000].lower():
        return "xml2003"
    if "urn:oasis:names:tc:opendocument" in text:
        return "fods"
    if _HTML.match(text):
        return "html"
    if re.match(r"\s*<(\?xml|!|[A-Za-z][\w:.-]*[\s>])", text):
        raise Trouble("not_a_spreadsheet", what="xml")
    return "text"


def opening(head: bytes) -> str:
    """The head as text, good enough to recognise markup."""
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    if head[:2] == b"<\x00":
        return head.decode("utf-16-le", "replace")
    if head[:2] == b"\x00<":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def ends_with(path: Path, closing: str) -> bool:
    """Whether the markup reaches its end: a download cut short must not pass as a shorter list."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - HEAD_BYTES))
        tail = file.read().replace(b"\x00", b"")
    return closing.lower().encode() in tail.lower()


def _zip_form(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            names = [info.filename.replace("\\", "/").lower() for info in infos]
            if any(info.flag_bits & 1 for info in infos):
                raise Trouble("file_encrypted")
            for member, form in _MEMBERS:
                if any(name.endswith(member) for name in names):
                    return form
            if "content.xml" in names:
                return _open_document(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # calamine reads some archives that the standard library does not
        return "xlsx"
    raise Trouble("not_a_spreadsheet", what=_other_zip(names))


def _open_document(archive: zipfile.ZipFile) -> str:
    try:
        manifest = _member(archive, "META-INF/manifest.xml")
        kind = _member(archive, "mimetype")
    except (KeyError, RuntimeError, zipfile.BadZipFile):
        return "ods"
    if b"encryption-data" in manifest:
        raise Trouble("file_encrypted")
    if kind and b"spreadsheet" not in kind and b"opendocument" in kind:
        raise Trouble("not_a_spreadsheet", what="word" if b"text" in kind else "document")
    return "ods"


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        return member.read(1_000_000)


def _other_zip(names: list[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("ppt/") for name in names):
        return "slides"
    if "ofd.xml" in names:
        return "ofd"
    if any(name.endswith((".xlsx", ".xls", ".csv", ".et", ".xlsm", ".ods")) for name in names):
        return "packed"
    return "archive" if "[content_types].xml" not in names else "document"


def _ole_form(path: Path) -> str:
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            tops = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
            form = next((form for name, form in _STREAMS if name.lower() in tops), "xls")
            if form == "encrypted" and any(
                "DRMEncrypted" in part for entry in ole.listdir() for part in entry
            ):
                form = "sealed"
            if form in ("xls", "biff5"):
                name = "Workbook" if form == "xls" else "Book"
                if ole.exists(name) and _has_filepass(ole.openstream(name).read(4_096)):
                    form = "encrypted"
    except Exception:  # noqa: BLE001  (a damaged container; calamine may still make something of it)
        form = _damaged_ole(path)
    if form in ("encrypted", "sealed"):
        raise Trouble(f"file_{form}")
    if form not in ("xls", "biff5"):
        raise Trouble("not_a_spreadsheet", what=form)
    return form


def _damaged_ole(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    bof = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    return "encrypted" if bof >= 0 and _has_filepass(content[bof : bof + 4_096]) else "xls"


def _has_filepass(stream: bytes) -> bool:
    """Whether a workbook stream begins BOF, perhaps write protection, FILEPASS: it is encrypted."""
    at = 0
    for _record in range(8):
        code, size = stream[at : at + 2], int.from_bytes(stream[at + 2 : at + 4], "little")
        if code == b"\x2f\x00":
            return True
        at += 4 + size
    return False
