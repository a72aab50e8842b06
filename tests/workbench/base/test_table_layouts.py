"""Columns as a person left them, on this PC."""

from workbench.base.pc import settings_folder
from workbench.base.table_layouts import TableLayout, load_layout, save_layout


def test_a_table_is_remembered_apart_from_others_and_forgotten() -> None:
    assert load_layout("log") == TableLayout()
    kept = TableLayout(("客户", "日期"), {"日期": 130}, frozenset({"渠道"}))
    save_layout("log", kept)
    save_layout("week", TableLayout(widths={"客户": 90}))
    assert load_layout("log") == kept
    save_layout("log", TableLayout())
    assert load_layout("log") == TableLayout()
    assert load_layout("week").widths == {"客户": 90}


def test_a_damaged_file_counts_as_none() -> None:
    target = settings_folder() / "tables.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    for text in (
        "{",
        '{"log": 3}',
        '{"log": {"widths": {"客户": -4, "日期": "x"}, "order": 1, "hidden": 2}}',
    ):
        target.write_text(text, "utf-8")
        assert load_layout("log") == TableLayout()
