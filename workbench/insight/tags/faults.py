"""Faults of tag files edited by hand: values with file and line, never raised (domain 11.2)."""

from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _, sentences


@dataclass(frozen=True, slots=True)
class TagFault:
    """One fault. `line` counts from 1 (0: the whole file); `tag` is the code concerned, '' when unreadable.

    `kept` is what stays in force instead: 'last' the last good definition, 'shipped' the one that came with the
    program, 'none' nothing (the tag is out of use until the file is corrected), '' when nothing was replaced.
    """

    file: str
    line: int
    code: str
    message: str
    tag: str = ""
    kept: str = ""

    def place(self) -> str:
        """File and line in words."""
        if not self.line:
            return self.file
        return _("{file} 第 {line} 行").format(file=self.file, line=self.line)

    def sentence(self) -> str:
        """Place, fault and what stays in force, as one text."""
        instead = {
            "last": _("沿用上一次正确的定义。"),
            "shipped": _("沿用随程序提供的定义。"),
            "none": _("改好之前这个标签不使用。"),
        }
        fault, after = f"{self.place()}: {self.message}", instead.get(self.kept, "")
        # a message that ends with a caret line must stay the last on its line
        return f"{fault}\n{after}".rstrip() if "\n" in fault else sentences((fault, after))

    def as_json(self) -> dict[str, Any]:
        """For programs, in the order of the fields."""
        return {
            "file": self.file, "line": self.line, "code": self.code, "message": self.message,
            "tag": self.tag, "kept": self.kept,
        }  # fmt: skip
