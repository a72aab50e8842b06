"""A page photographed with a telephone: what reading a picture is measured on."""

import io

from PIL import Image, ImageFilter

from workbench.sheets.pdf import pages

#: dots an inch at which an A4 with its desk has about twelve megapixels
_DPI = 330


def photograph(pdf: bytes, page: int) -> bytes:
    """A page (from 0) on a dark desk, seen a little from aside, turned, soft, as a JPEG of about 12 megapixels."""
    [drawn] = pages(pdf, _DPI, [page])
    image = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)
    wide, tall = image.size
    edge = wide // 25
    seen = (-edge, -edge, -2 * edge, tall + edge, wide + edge, tall + 2 * edge, wide + 2 * edge, -edge)
    image = image.transform(
        image.size, Image.Transform.QUAD, seen, Image.Resampling.BICUBIC, fillcolor=(95, 80, 66)
    )
    image = image.rotate(2, Image.Resampling.BICUBIC, fillcolor=(95, 80, 66))
    image = image.filter(ImageFilter.GaussianBlur(1.2)).point(lambda value: int(value * 0.8))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
