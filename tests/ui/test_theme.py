"""Light and dark: words can be read on their ground, lights differ by shape, one theme is worn at a time."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import THEMES, Colours, colours, light_icon

#: contrast of words of ordinary size to their ground (WCAG 2.1, AA)
READABLE = 4.5


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> object:
    yield
    theme.apply(qapp, "light")


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    "ground", ["ground", "card", "side", "soft", "total_row", "bad_cell", "odd_cell", "header_row"]
)
def test_ink_can_be_read_on_every_ground(name: str, ground: str) -> None:
    c = THEMES[name]
    assert contrast(c.ink, getattr(c, ground)) >= READABLE


@pytest.mark.parametrize("name", THEMES)
def test_grey_words_links_and_alarms_can_be_read(name: str) -> None:
    c = THEMES[name]
    for words, ground in (
        (c.second, c.card), (c.second, c.ground), (c.accent, c.card), (c.accent, c.soft), (c.on_accent, c.accent),
        (c.red, c.card),
    ):  # fmt: skip
        assert contrast(words, ground) >= READABLE, (words, ground)


def test_the_two_themes_share_no_ground_and_name_every_role() -> None:
    light, dark = THEMES["light"], THEMES["dark"]
    assert light.ground != dark.ground
    for role in fields(Colours):
        for one in (light, dark):
            assert QColor(getattr(one, role.name)).isValid(), role.name


@pytest.mark.parametrize(("name", "worn"), [("dark", "dark"), ("light", "light"), ("sepia", "light")])
def test_an_unknown_theme_is_the_light_one(qtbot: QtBot, qapp: QApplication, name: str, worn: str) -> None:
    theme.apply(qapp, name)
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    assert colours() == THEMES[worn]
    assert THEMES[worn].ground in window.styleSheet()
    assert qapp.palette().window().color() == QColor(THEMES[worn].ground)


def test_a_window_wears_the_style_and_what_stands_in_it_only_another_one(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    inner, larger = QWidget(window), QWidget(window)
    theme.dress(inner)
    theme.set_zoom(qapp, 150)
    theme.dress(larger)
    assert not qapp.styleSheet(), (
        "a style of the application is matched anew for every widget that is moved into another"
    )
    assert window.styleSheet()
    assert not inner.styleSheet()
    assert "font-size: 20px" in larger.styleSheet()


def painted(light: str | None) -> list[bool]:
    """Which pixels of a light's icon are inked, whatever the colour."""
    image = light_icon(light).pixmap(14, 14).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [image.pixelColor(x, y).alpha() > 127 for y in range(image.height()) for x in range(image.width())]


def test_lights_differ_by_their_shape_and_nothing_lit_is_nothing(qapp: QApplication) -> None:
    shapes = [painted(light) for light in ("red", "orange", "yellow")]
    assert all(any(shape) for shape in shapes)
    assert shapes[0] != shapes[1] != shapes[2] != shapes[0]
    assert not any(painted(None))


def test_the_bundled_font_is_there_after_loading(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.load_fonts()
    theme.apply(qapp, "dark")
    theme.apply(qapp, "light")
    assert qapp.font().family() == theme.FAMILY
    assert qapp.property("theme") == "light"
