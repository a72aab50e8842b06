"""A file under a password, for whoever has to carry it: Excel's own encryption, else a zip with AES."""

import io
from pathlib import Path

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

#: what a locked file of another kind is put into
ZIP = ".zip"
#: characters of a password for a file, at least
_SHORTEST = 8


def check_file_password(password: str) -> None:
    """Raises WorkbenchError weak_file_password for one that is soon tried out."""
    if len(password) < _SHORTEST or len(set(password)) < 4:
        raise WorkbenchError(
            "weak_file_password",
            _("文件口令太弱:至少 {n} 个字符,不能只用三种以内的字符。").format(n=_SHORTEST),
            _("请换一个;口令另行告诉收件人,不要和文件放在一起。"),
        )


def locked_place(target: Path) -> Path:
    """Where the locked file stands: an xlsx in its place, anything else as a zip beside it."""
    return target if target.suffix.lower() in (".xlsx", ZIP) else target.with_name(target.name + ZIP)


def locked(content: bytes, target: Path, password: str) -> bytes:
    """A file's content under a password; `target` is the name it would have without."""
    made = io.BytesIO()
    if target.suffix.lower() == ".xlsx":
        from msoffcrypto.format.ooxml import OOXMLFile

        OOXMLFile(io.BytesIO(content)).encrypt(password, made)
        return made.getvalue()
    import pyzipper

    with pyzipper.AESZipFile(
        made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        archive.writestr(target.name, content)
    return made.getvalue()
