"""What stands on a PDF: its words page by page, the size of its letters, letters that stand on one another."""

import re
from collections.abc import Iterator

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from workbench.sheets.printed import Printed


def texts(printed: Printed) -> list[str]:
    """The words of each page, without blanks."""
    document = pypdfium2.PdfDocument(printed.content)
    said = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return said


def shapes(printed: Printed) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    document = pypdfium2.PdfDocument(printed.content)
    sizes = [(round(page.get_size()[0]), round(page.get_size()[1])) for page in document]
    document.close()
    return sizes


def letter_sizes(printed: Printed) -> Iterator[float]:
    """The size in points of every letter on every page."""
    document = pypdfium2.PdfDocument(printed.content)
    for page in document:
        words = page.get_textpage()
        for n in range(words.count_chars()):
            size = float(raw.FPDFText_GetFontSize(words.raw, n))
            if chr(raw.FPDFText_GetUnicode(words.raw, n)).strip() and size > 1:
                yield size
    document.close()


def overlaps(printed: Printed) -> int:
    """How many letters stand on one another; the slanting watermark beneath them does not count."""
    document = pypdfium2.PdfDocument(printed.content)
    number = 0
    for page in document:
        words = page.get_textpage()
        seen = [
            n
            for n in range(words.count_chars())
            if chr(raw.FPDFText_GetUnicode(words.raw, n)).isprintable()
            and abs(raw.FPDFText_GetCharAngle(words.raw, n)) < 0.01
        ]
        boxes = np.array([words.get_charbox(n) for n in seen])
        left, bottom, right, top = boxes[(boxes[:, 2] - boxes[:, 0]) > 1].T
        wide = np.minimum.outer(right, right) - np.maximum.outer(left, left)
        high = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
        number += int(np.triu((wide > 1) & (high > 1), 1).sum())
    document.close()
    return number
