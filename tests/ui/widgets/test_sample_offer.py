"""The offer of a first start: it says how far the making is, can be stopped, and hands the open book on."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.bot import Bot
from tests.waits import opened
from ui.tasks import Tasks
from ui.widgets import sample_offer
from ui.widgets.sample_offer import SampleOffer
from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError

Offer = Callable[[Callable[[Progress], object]], SampleOffer]


@pytest.fixture
def offer(qapp: QApplication, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> Offer:
    def make(job: Callable[[Progress], object]) -> SampleOffer:
        monkeypatch.setattr(sample_offer, "_sample", job)
        made = SampleOffer(tasks)
        made.show()
        return made

    return make


def test_what_was_made_is_handed_on(qtbot: Bot, offer: Offer) -> None:
    book = object()
    shown = offer(lambda _progress: book)
    handed: list[object] = []
    shown.opened.connect(handed.append)
    shown.look.click()
    assert shown.busy
    qtbot.waitUntil(lambda: handed == [book])
    shown.close()


def test_it_can_be_stopped_and_begun_again(qtbot: Bot, offer: Offer) -> None:
    gate = threading.Event()

    def job(progress: Progress) -> object:
        progress(0.4, "导入 十月.xlsx")
        opened(gate)
        progress(0.5, "导入 十一月.xlsx")
        return object()

    shown = offer(job)
    turned: list[bool] = []
    shown.turned.connect(turned.append)
    shown.look.click()
    qtbot.waitUntil(lambda: "十月" in shown.waiting.doing.text())
    shown.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not shown.busy)
    assert turned == [True, False]
    assert shown.look.isVisible()
    assert shown.fault.text() == "", "to stop is no fault"
    shown.close()


def test_why_it_cannot_be_made_is_one_sentence(qtbot: Bot, offer: Offer) -> None:
    def job(_progress: Progress) -> object:
        raise WorkbenchError("not_a_demo", "这里有别的文件。", "请换一个文件夹。")

    shown = offer(job)
    shown.look.click()
    qtbot.waitUntil(lambda: "别的文件" in shown.fault.text())
    assert shown.look.isVisible()
    shown.close()
