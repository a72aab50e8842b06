"""The sample branch as a book: whole or not there at all, and never over anybody's own files."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from workbench.app import Workbench
from workbench.base.change import Cancelled
from workbench.base.errors import WorkbenchError
from workbench.base.pc import SAMPLE_PASSPHRASE, sample_book
from workbench.base.settings import SAMPLE
from workbench.sample.making import make_sample, open_sample


def test_a_making_that_is_cancelled_leaves_no_book(tmp_path: Path) -> None:
    def give_up(_share: float, words: str) -> None:
        if words.startswith("导入"):
            raise Cancelled

    with pytest.raises(Cancelled):
        make_sample(tmp_path, 100, 6, give_up)
    assert not sample_book(tmp_path).exists()
    assert open_sample(tmp_path) is None


def test_only_a_finished_sample_is_opened_again(tmp_path: Path) -> None:
    assert open_sample(tmp_path) is None
    with new_workbench(sample_book(tmp_path), SAMPLE_PASSPHRASE) as workbench:
        assert not workbench.is_sample
    assert open_sample(tmp_path) is None, "nothing marks it: its making was killed"
    with Workbench.open(sample_book(tmp_path), SAMPLE_PASSPHRASE) as workbench:
        workbench.set(SAMPLE, True)
        assert workbench.title == "样本支行(虚构数据)"
    opened = open_sample(tmp_path)
    assert opened is not None
    opened.close()


def test_a_book_of_somebody_is_neither_opened_nor_replaced(tmp_path: Path) -> None:
    with new_workbench(sample_book(tmp_path), "春风化雨 2026") as workbench:
        assert workbench.title == "样本支行"
    assert open_sample(tmp_path) is None
    with pytest.raises(WorkbenchError, match="不是样本支行"):
        make_sample(tmp_path, 100, 6)
    assert sample_book(tmp_path).exists()
