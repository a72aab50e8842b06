"""Pictures on the command line: what cannot be read is listed, and answered by an option."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from workbench.app import Workbench
from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.edge import complain, print_json, say
from workbench.outreach.results.entering import Entering
from workbench.sheets.picture.review import PictureReview
from workbench.trust.register import Outgoing

Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        help=_("照片上看不准的行:行号=结果代码,空着写 行号=;照片不止一张单子时写 编号/行号=代码;可以写几次"),
        metavar="ROW=CODE",
    ),
]


def read_all(workbench: Workbench, files: Sequence[Path], report: Progress) -> Entering | PictureReview:
    """What one filled file would enter, or pictures together, to be looked at. Raises WorkbenchError as
    `ComingBack.take_in`, and usage for files of both kinds."""
    review: PictureReview | None = None
    entered: WorkbenchError | None = None
    for file in files:
        try:
            read = workbench.results.take_in(file, report, beside=review)
        except WorkbenchError as error:
            # a page that is in the book already does not keep the others out
            if error.code != "sheet_entered" or len(files) == 1:
                raise
            entered = error
            complain(f"{file.name}: {error.message}")
            continue
        if isinstance(read, PictureReview):
            review = read
        elif len(files) == 1:
            return read
        else:
            raise WorkbenchError(
                "usage", _("几个文件一起录入时只能都是照片,没有录入。"), _("填好的表格请一个一个来。")
            )
    if review is None:
        raise entered or WorkbenchError("usage", _("没有写要录入的文件。"))
    return review


def settle(review: PictureReview, answers: Sequence[str]) -> None:
    """Settle rows as the options say. Raises WorkbenchError bad_row."""
    for answer in answers:
        place, parted, code = answer.partition("=")
        sheet, _slash, number = place.rpartition("/")
        row = review.find(sheet.strip(), number) if parted else None
        if row is None:
            raise WorkbenchError(
                "bad_row",
                _("--answer {answer} 对不上照片上的行。").format(answer=answer),
                _("请写成 行号=结果代码;照片不止一张单子时写 编号/行号=代码({numbers})。").format(
                    numbers=commas(one.number for one in review.sheets)
                ),
            )
        if fault := review.settle(row, code):
            raise WorkbenchError("bad_row", fault, _("没有录入任何一行,请改好再来。"))


def tell(review: PictureReview) -> None:
    """Print what a person should know of the pictures."""
    for words in review.notices:
        say(words)


def left_open(workbench: Workbench, review: PictureReview, *, as_json: bool, in_full: str) -> int:
    """Print the questions that are open; the exit status 2, for nothing was entered."""
    questions = [review.question_json(row) for row in review.questions]
    words = _("照片上还有 {n} 处看不准,没有录入。").format(n=len(questions))
    if as_json:
        body = {
            "sheets": [one.number for one in review.sheets], "entered": 0, "rows": [], "conflicts": [],
            "problems": [], "unchanged": 0, "empty": 0, "change": None, "questions": questions,
            "notices": list(review.notices),
        }  # fmt: skip
        what = Outgoing("results_json", len(questions), in_full=in_full)
        print_json(workbench.register.hand_over(what, body))
    many = len(review.sheets) > 1
    for row, one in zip(review.questions, questions, strict=True):
        place = f"{row.sheet}/{row.label}" if many else row.label
        line = _("  第 {row} 号 {who}:{doubt}").format(row=row.label, who=row.who, doubt=row.doubt)
        keys = "  ".join(f"{digit} {word}" for digit, word in one["keys"].items())
        if not as_json:
            say(line)
            say(_("    --answer {place}=代码,空着写 {place}=   {keys}").format(place=place, keys=keys))
    complain(words)
    return 2
