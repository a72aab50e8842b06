"""The words for a file that is not read: what happened, and what to do."""

from pathlib import Path

from db.errors import BookError
from workbench.base.errors import WorkbenchError, worded
from workbench.base.i18n import _, commas
from workbench.intake.reading.doors import readable
from workbench.intake.reading.frames import SHEETS_MAX, TroubleFacts
from workbench.intake.reading.letters import letter
from workbench.intake.reading.unseen import LONGEST

#: Codes of the system for any file; their words are in `workbench.base.errors`.
_OF_SYSTEM = frozenset({"name_too_long", "no_permission", "device_failed"})
#: Characters of a file name in a sentence.
_SHOWN = 80


def refusal(path: Path, code: str, facts: TroubleFacts) -> WorkbenchError:
    """The WorkbenchError for a code of the reading process."""
    makers = {
        "file_missing": _missing, "is_folder": _folder, "not_a_file": _device, "in_use": _in_use,
        "file_empty": _empty, "file_encrypted": _encrypted, "file_sealed": _sealed, "lock_file": _lock_file,
        "unknown_encoding": _encoding, "no_memory": _no_memory, "reader_crashed": _crashed, "reader_killed": _killed,
        "file_too_old": _too_old, "not_a_spreadsheet": _no_spreadsheet, "no_sheet": _no_sheet,
        "too_large": _too_large, "long_cell": _long_cell, "too_slow": _too_slow, "memory": _memory,
        "too_many_sheets": _too_many_sheets,
        "reader_failed": _reader_failed,
    }  # fmt: skip
    name = readable(path).name
    name = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    if code in _OF_SYSTEM:
        return worded(BookError(code, path=name))
    message, hint = makers.get(code, _corrupt)(name, facts)
    shown_code = (
        "too_large" if code in ("memory", "no_memory") else code if code in makers else "file_corrupt"
    )
    return WorkbenchError(shown_code, message, hint)


def _missing(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return _("没有找到文件“{file}”。").format(file=name), _("请检查文件名和所在的文件夹。")


def _folder(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("“{file}”是文件夹,不是文件。").format(file=name),
        _("请选择文件夹里的表格文件;命令行可以写成 文件夹/*.xlsx。"),
    )


def _device(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("“{file}”是设备或管道,不是普通文件。").format(file=name),
        _("请先把内容存成文件,再导入那个文件。"),
    )


def _in_use(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”正被别的程序占用,打不开。").format(file=name),
        _("请在那个程序(多半是 Excel 或 WPS)里关闭它,再导入。"),
    )


def _reader_failed(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”的程序没能启动,文件还没有读。").format(file=name),
        _("请关闭一些程序后重试;仍不行的,请重新安装本程序,或看看是不是被杀毒软件拦下了。"),
    )


def _empty(name: str, facts: TroubleFacts) -> tuple[str, str]:
    if facts.get("sheets") == 0:
        return (
            _("文件“{file}”里没有一张工作表。").format(file=name),
            _("请在 Excel 中打开看看;只有图表时,请向发送人要一份带数据的文件。"),
        )
    return _("文件“{file}”是空的。").format(file=name), _("请向发送人要一份完整的文件。")


def _encrypted(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”设有打开密码,读不出内容。").format(file=name),
        _("请在 Excel 中打开它,另存一份不带密码的再导入。"),
    )


def _sealed(name: str, facts: TroubleFacts) -> tuple[str, str]:
    words = _("文件“{file}”是用文档安全(防泄密)软件加密的,本程序读到的是密文。")
    if facts.get("what") == "like":
        words = _("文件“{file}”的内容全是密文,像是被文档安全(防泄密)软件加密了。")
    return (
        words.format(file=name),
        _("请在装有该软件的电脑上解密,或按行内规定申请明文后再导入;文件没有坏,不必重新下载。"),
    )


def _lock_file(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("“{file}”是 Excel 或 WPS 打开表格时留下的临时文件,不是表格。").format(file=name),
        _("请导入名字里没有 ~$ 的那个文件。"),
    )


def _encoding(name: str, facts: TroubleFacts) -> tuple[str, str]:
    known = facts.get("what", "")
    if known:
        words = _("文件“{file}”的文字编码是 {encoding},本系统不读这种编码。")
    else:
        words = _("认不出文件“{file}”的文字编码(不是 UTF-8,也不是 GBK)。")
    return (
        words.format(file=name, encoding=known),
        _("请用 Excel 或 WPS 按原来的编码打开,另存为 xlsx 或 UTF-8 的 CSV 再导入。"),
    )


def _no_memory(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”时内存不够,已停止读取;文件不一定有问题。").format(file=name),
        _("请关闭一些程序后重试;仍不行的,请删去多余的空行空列,或分成几个文件再导入。"),
    )


def _crashed(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”的程序中途意外退出(代码 {status}),文件不一定有问题。").format(
            file=name, status=facts.get("status", 0)
        ),
        _("请重试;仍不行的,请在 Excel 中打开后另存为 xlsx 再导入。"),
    )


def _killed(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”的程序被系统强行结束,多半是内存不够;文件不一定有问题。").format(file=name),
        _("请关闭一些程序后重试。"),
    )


def _corrupt(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”已损坏或不完整,读不出来。").format(file=name),
        _("请重新下载或向发送人再要一份;能用 Excel 打开的,另存为 xlsx 再导入。"),
    )


def _too_old(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”是 Excel 5.0/95 或更早的格式({form}),读不出来。").format(
            file=name, form=facts.get("what", "BIFF")
        ),
        _("请在 Excel 中打开后另存为 xlsx 再导入。"),
    )


def _no_spreadsheet(name: str, facts: TroubleFacts) -> tuple[str, str]:
    kinds = {
        "pdf": _("PDF 文档"),
        "image": _("图片"),
        "word": _("文字文档"),
        "slides": _("演示文稿"),
        "document": _("别的程序的文档"),
        "drawing": _("绘图文件"),
        "mail": _("邮件"),
        "ofd": _("OFD 版式文档"),
        "rtf": _("写字板文档"),
        "json": _("JSON 数据"),
        "xml": _("不含表格的 XML 文件"),
        "html": _("没有表格的网页"),
        "text": _("没有分列的文字"),
        "database": _("数据库文件"),
        "program": _("程序"),
    }
    convertible = {
        "sylk": _("SYLK 表格"),
        "dif": _("DIF 表格"),
        "lotus": _("Lotus 表格"),
        "dbf": _("dBase 数据表"),
    }
    what = facts.get("what", "")
    hint = _("请选择 xlsx、xls、xlsb、ods 或 csv 文件。")
    if what in ("archive", "packed"):
        return (
            _("文件“{file}”是压缩包,不是电子表格。").format(file=name),
            _("请先解压,再导入里面的表格文件。"),
        )
    if what in convertible:
        return (
            _("文件“{file}”是{kind},本系统不读这种格式。").format(file=name, kind=convertible[what]),
            _("请在 Excel 中打开后另存为 xlsx 再导入。"),
        )
    if what in kinds:
        return _("文件“{file}”是{kind},不是电子表格。").format(file=name, kind=kinds[what]), hint
    return _("文件“{file}”不是电子表格。").format(file=name), hint


def _no_sheet(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”里没有名为“{sheet}”的工作表。").format(file=name, sheet=facts["sheet"]),
        _("文件里有:{names}。").format(names=commas(facts["names"])),
    )


def _too_large(name: str, facts: TroubleFacts) -> tuple[str, str]:
    hint = _("请删去多余的空行空列,或分成几个文件再导入。")
    if "rows" not in facts:
        return _("文件“{file}”过大,读不下。").format(file=name), hint
    return (
        _("文件“{file}”的工作表“{sheet}”过大({rows} 行 × {columns} 列)。").format(
            file=name, sheet=facts["sheet"], rows=facts["rows"], columns=facts["columns"]
        ),
        hint,
    )


def _too_many_sheets(name: str, _facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”的工作表超过 {most} 张,没有读。").format(file=name, most=SHEETS_MAX),
        _("请只留下名单所在的工作表,或者另存成几个文件;命令行可以用 --sheet 指定一张。"),
    )


def _long_cell(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("文件“{file}”的工作表“{sheet}”里,{cell} 单元格有 {n} 个字,一格最多 {most} 个,整个文件没有导入。").format(
            file=name, sheet=facts["sheet"], cell=f"{letter(facts['column'])}{facts['row']}",
            n=f"{facts['length']:,}", most=f"{LONGEST:,}",
        ),
        _("请打开文件缩短或清空这一格再导入;CSV 里也可能是少了一个引号。"),
    )  # fmt: skip


def _memory(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”超出了允许使用的内存({limit} MB),已停止读取。").format(
            file=name, limit=facts["limit"]
        ),
        _("表里可能有远离数据的零星单元格:请删去多余的空行空列,或分成几个文件再导入。"),
    )


def _too_slow(name: str, facts: TroubleFacts) -> tuple[str, str]:
    return (
        _("读取文件“{file}”连续 {seconds} 秒没有进展,已停止读取。").format(
            file=name, seconds=facts["seconds"]
        ),
        _("请在 Excel 中打开后另存为 xlsx,或只保留需要的工作表,再导入。"),
    )
