"""A file of pictures as pictures: photographs and scans, a scanned PDF, a TIFF of several pages."""

import io
from collections.abc import Iterator

from workbench.sheets.picture.picture import PaperPicture
from workbench.sheets.picture.refusals import damaged, too_large, unreadable_kind

#: bytes of a file, pixels of a picture that are read; a larger picture than `_SIDE` on its longer side is made smaller
_BYTES, _PIXELS, _SIDE = 100_000_000, 120_000_000, 4_200
_PAGES = 200
_PDF_DPI = 220
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif", b"ftypavif")
#: the names of files that may hold pictures of sheets
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".pdf")


def pictures_of(content: bytes) -> Iterator[PaperPicture]:
    """The pictures of a file, one after another, each upright as its camera says.

    Raises WorkbenchError damaged_picture, picture_kind, picture_too_large.
    """
    if len(content) > _BYTES:
        raise too_large()
    if content[4:12] in _HEIC:
        raise unreadable_kind()
    if content[:1024].lstrip().startswith(b"%PDF"):
        yield from _of_pdf(content)
    else:
        yield from _of_image(content)


def _of_image(content: bytes) -> Iterator[PaperPicture]:
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _PIXELS:
                raise too_large()
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if frame.width * frame.height > _PIXELS or number > _PAGES:
                    raise too_large()
                if frame.format == "JPEG":
                    # of a huge photograph only every second or fourth pixel is unpacked
                    frame.draft("RGB", (_SIDE // 2, _SIDE // 2))
                whole = frame.convert("RGBA") if "transparency" in frame.info or "A" in frame.mode else frame
                if whole.mode == "RGBA":
                    paper = Image.new("RGBA", whole.size, "white")
                    whole = Image.alpha_composite(paper, whole)
                upright = ImageOps.exif_transpose(whole.convert("RGB"))
                upright.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
                yield PaperPicture(number, upright.width, upright.height, upright.tobytes())
    except Image.DecompressionBombError:
        raise too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError):
        # what Pillow raises for broken files, by the format
        raise damaged() from None


def _of_pdf(content: bytes) -> Iterator[PaperPicture]:
    from workbench.sheets.pdf import page_sizes, pages

    try:
        sizes = page_sizes(content)
    except ValueError:
        raise damaged() from None
    if len(sizes) > _PAGES:
        raise too_large()
    for number, size in enumerate(sizes):
        dpi = int(min(_PDF_DPI, _SIDE * 72 / max(*size, 1)))
        [page] = pages(content, max(dpi, 1), [number])
        yield PaperPicture(number + 1, page.width, page.height, page.rgb)
