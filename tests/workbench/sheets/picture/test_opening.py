"""Files with pictures: every usual kind, several pages, upright as the camera says; what cannot be opened is refused."""

import io

import pytest
from PIL import Image

from workbench.base.errors import WorkbenchError
from workbench.sheets.picture.opening import pictures_of
from workbench.sheets.picture.picture import PaperPicture


def image(width: int = 40, height: int = 30) -> Image.Image:
    made = Image.new("RGB", (width, height), "white")
    made.paste((200, 30, 30), (0, 0, width // 2, height // 2))
    return made


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image().save(out, kind, **options)
    return out.getvalue()


def corner(picture: PaperPicture) -> tuple[int, ...]:
    return tuple(picture.rgb[:3])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "PDF"])
def test_every_usual_kind_is_opened(kind: str) -> None:
    [picture] = pictures_of(saved(kind))
    assert picture.number == 1
    assert picture.width * 3 == picture.height * 4 or kind == "PDF"
    assert len(picture.rgb) == picture.width * picture.height * 3
    red, green, _blue = corner(picture)
    assert red > 150 > 90 > green


def test_the_pages_of_a_file_come_one_after_another() -> None:
    for kind in ("TIFF", "PDF"):
        pages = list(pictures_of(saved(kind, save_all=True, append_images=[image(30, 40), image()])))
        assert [one.number for one in pages] == [1, 2, 3]
        assert [one.width > one.height for one in pages] == [True, False, True]


def test_a_photograph_stands_as_its_camera_says() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    [picture] = pictures_of(saved("JPEG", exif=turned))
    assert (picture.width, picture.height) == (30, 40)
    # the upper left corner of the file is the upper right one of the photograph
    assert picture.rgb[3 * 29] > 150 > picture.rgb[3 * 29 + 1]


def test_what_is_transparent_is_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    [picture] = pictures_of(out.getvalue())
    assert corner(picture) == (255, 255, 255)


def test_a_large_photograph_is_made_smaller() -> None:
    out = io.BytesIO()
    Image.new("RGB", (9000, 900), "white").save(out, "JPEG")
    [picture] = pictures_of(out.getvalue())
    assert max(picture.width, picture.height) <= 4_200
    assert picture.width == 10 * picture.height


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "damaged_picture"),
        (b"not a picture", "damaged_picture"),
        (b"%PDF-1.4 broken", "damaged_picture"),
        (saved("PNG")[:60], "damaged_picture"),
        (saved("JPEG")[:300], "damaged_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture_kind"),
        (bytes(100_000_001), "picture_too_large"),
    ],
)
def test_what_cannot_be_opened_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(WorkbenchError) as error:
        list(pictures_of(content))
    assert error.value.code == code


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_of_too_many_points_is_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(out, "PNG")
    with pytest.raises(WorkbenchError) as error:
        list(pictures_of(out.getvalue()))
    assert error.value.code == "picture_too_large"
