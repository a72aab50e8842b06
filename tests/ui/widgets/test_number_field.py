"""Numbers stand as far from the edge of their field as words do."""

from PySide6.QtWidgets import QApplication, QSpinBox

from ui.widgets.number_field import NumberField


def test_a_number_does_not_touch_the_edge_and_its_field_is_as_much_wider(qapp: QApplication) -> None:
    field, bare = NumberField(), QSpinBox()
    left = field.lineEdit().textMargins().left()
    assert left > 0
    assert field.sizeHint().width() == bare.sizeHint().width() + left
    assert field.minimumSizeHint().width() == bare.minimumSizeHint().width() + left
    field.deleteLater()
    bare.deleteLater()
