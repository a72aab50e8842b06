"""One cold start in a process of its own: `python -m bench.open_window BOOK`; ends when the first page can be used.

The passphrase comes from WORKBENCH_PASSPHRASE. With `--stages` it prints when each stage was reached.
"""

import gc
import os
import sys
import time
from pathlib import Path

from db import unlocking
from ui.loading import load

BORN = time.perf_counter()


def main(words: list[str]) -> int:
    """Open the real window on the book, wait for its first page, leave."""
    stages: list[tuple[str, float]] = []

    def reached(stage: str) -> None:
        stages.append((stage, time.perf_counter() - BORN))

    gc.disable()  # as ui.start does
    passphrase = os.environ["WORKBENCH_PASSPHRASE"]
    unlocking.derive_ahead(Path(words[0]), passphrase)
    load(typed=False)  # as ui.start does, too
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

    reached("imports")
    app = QApplication(words[:1])
    program = Program(app, Path(words[0]), passphrase=passphrase)
    program.ask()
    reached("door")
    while program.window is None or not program.window.pages["week"].ready:
        app.processEvents()
        if program.window is not None and stages[-1][0] == "door":
            reached("window")
        time.sleep(0.001)
    reached("first page")
    app.processEvents()
    now = time.perf_counter()
    if "--stages" in words:
        for stage, seconds in stages:
            print(f"{stage:12}{seconds * 1000:8.0f} ms")
    program.close()
    print(now)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
