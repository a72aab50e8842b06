"""One cold start in a process of its own: `python -m bench.open_window BOOK`; ends when the first page can be used.

The passphrase comes from WORKBENCH_PASSPHRASE. With `--stages` it prints when each stage was reached.
"""

import sys
import time
from pathlib import Path

BORN = time.perf_counter()


def main(words: list[str]) -> int:
    """Open the real window on the book, wait for its first page, leave."""
    stages: list[tuple[str, float]] = []

    def reached(stage: str) -> None:
        stages.append((stage, time.perf_counter() - BORN))

    from PySide6.QtWidgets import QApplication

    from ui.app import Program

    reached("imports")
    app = QApplication(words[:1])
    program = Program(app, Path(words[0]))
    program.ask()
    reached("door")
    while program.window is None or not program.window.pages["week"].ready:
        app.processEvents()
        if program.window is not None and stages[-1][0] == "door":
            reached("window")
        time.sleep(0.001)
    reached("first page")
    app.processEvents()
    if "--stages" in words:
        for stage, seconds in stages:
            print(f"{stage:12}{seconds * 1000:8.0f} ms")
    program.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
