"""The English catalogue is complete, and its check notices what is missing, stale or has other placeholders."""

from pathlib import Path

import pytest

from resources.locale import catalogue


@pytest.fixture(autouse=True)
def _collected(sentences: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "collect", lambda: sentences)


def test_the_catalogue_is_complete() -> None:
    assert catalogue.check() == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('msgid "、"', 'msgid "没有这一句"', "missing: '、'"),
        ('msgid "、"', 'msgid "没有这一句"', "stale: '没有这一句'"),
        ('msgstr "; "', 'msgstr ""', "not translated"),
        ('msgstr "; "', 'msgstr "{x}"', "other placeholders"),
        ('msgstr "; "', 'msgstr "中文"', "still Chinese"),
    ],
)
def test_a_fault_in_the_catalogue_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, found: str
) -> None:
    text = (catalogue.FOLDER / "workbench.po").read_text("utf-8")
    assert old in text
    (tmp_path / "workbench.po").write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    assert any(found in line for line in catalogue.check())
