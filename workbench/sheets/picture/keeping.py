"""A page that was read, kept small for as long as a person looks at it: a photograph as it comes takes tens of megabytes."""

import io
from dataclasses import replace

from workbench.sheets.picture.picture import BoxReading, PageReading, PaperPicture, Point

#: pixels of the longer side that are kept: nine a millimetre of an A4
_SIDE = 2_600
_QUALITY = 85


def kept(page: PageReading) -> PageReading:
    """The same page with a smaller picture, as JPEG; its corners are those of the smaller one."""
    from PIL import Image

    old = page.picture
    share = min(1.0, _SIDE / max(old.width, old.height))
    image = Image.frombytes("RGB", (old.width, old.height), old.rgb)
    if share < 1:
        image.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=_QUALITY)
    picture = PaperPicture(old.number, image.width, image.height, b"", packed.getvalue())
    across, down = image.width / old.width, image.height / old.height
    return replace(page, picture=picture, boxes=tuple(_scaled(one, across, down) for one in page.boxes))


def _scaled(box: BoxReading, across: float, down: float) -> BoxReading:
    def point(one: Point) -> Point:
        return one[0] * across, one[1] * down

    a, b, c, d = box.corners
    return replace(box, corners=(point(a), point(b), point(c), point(d)))
