"""The words of each fault of a sheet: its sentence, the proposal, and its level."""

from functools import cache

from workbench.base.i18n import _, language

#: Codes that keep the whole row out of the book, and codes that are only worth knowing; others are warnings.
REFUSE = frozenset(
    {
        "missing_customer_number", "bad_customer_number", "missing_product_code", "missing_event_title",
        "number_rounded", "zeros_unclear", "missing_field", "duplicate_customer", "duplicate_product", "duplicate_event",
        "unknown_scope", "missing_target", "manager_changed", "other_month", "unknown_customer", "unit_suspect",
        "left_out", "deleted_person",
    }
)  # fmt: skip
INFO = frozenset(
    {
        "same_row_twice", "two_numbers", "hidden_sheet", "hidden_rows", "hidden_columns", "removed_lines",
        "not_recognised", "row_not_chosen", "rows_summed", "number_merged", "zeros_differ", "empty_column", "list_limit",
        "early_export", "short_month", "year_average_reset", "same_figures", "level_lag", "text_numbers",
        "masked_values", "formula_text", "joint_account", "old_id", "same_name", "shared_phone",
        "template_rows", "filled_down", "number_in_text",
    }
)  # fmt: skip


def level_of(code: str) -> str:
    """The level of a fault: 'refuse', 'info' or 'warning'."""
    return "refuse" if code in REFUSE else "info" if code in INFO else "warning"


def words(code: str) -> tuple[str, str]:
    """The sentence of a fault and the proposal ('' when there is nothing to do).

    Both may hold {other} (rows or figures concerned), {count} (of cells or rows), {rows} (the first rows).
    """
    return _all_words(language())[code]


@cache
def _all_words(_language: str) -> dict[str, tuple[str, str]]:
    return {**_of_numbers(), **_of_rows(), **_of_cells(), **_of_people(), **_of_figures(), **_of_sheets()}


def _of_numbers() -> dict[str, tuple[str, str]]:
    again = _("请在源表中改为文本格式后重发。")
    return {
        "missing_customer_number": (
            _("这一行没有客户号,没有导入。"), _("请补上客户号;有姓名和手机号的,可在“核对客户”里确认是哪位客户。"),
        ),
        "missing_product_code": (_("这一行没有产品代码,没有导入。"), _("请补上产品代码。")),
        "missing_event_title": (_("这一行没有事件标题,没有导入。"), _("请补上标题。")),
        "bad_customer_number": (_("这不像客户号,这一行没有导入。"), _("请改成完整的客户号。")),
        "number_rounded": (
            _("号码超过 15 位又按数字存放,Excel 已把末尾改成 0,无法还原。"), again,
        ),
        "bad_number_text": (_("这不像号码,该项按未填处理,原值留在备查栏。"), again),
        "leading_zeros_lost": (
            _("客户号比同表(或账本)通常的位数短,可能丢了前导零,请核对。"), _("确实丢了的,一键补足到 {other} 位。"),
        ),
        "zeros_differ": (
            _("有 {count} 行的客户号与账本里(或同表)的只差前导零(如第 {rows} 行),认作同一客户,按已有的写法。"),
            _("确实不是同一客户的,可在上方选择按原样导入。"),
        ),
        "zeros_unclear": (
            _("账本里有几个只差前导零的客户号,分不清是哪一位,这一行没有导入。"), _("请写完整的客户号;是同一人的,请先合并。"),
        ),
        "deleted_person": (
            _("已按本人要求删除(回执 {other}),这一行没有导入。"),
            _("本人重新同意的,请在“登记簿”的“个人信息”里按回执号恢复收录,再导入。"),
        ),
        "number_in_text": (
            _("有 {count} 行的文字里写着手机号或证件号(如第 {rows} 行),会随备注存下来。"),
            _("不需要的,可在上方选择遮住再导入。"),
        ),
        "number_merged": (_("这个客户号已确认与 {other} 是同一人,并入该客户。"), ""),
        "same_id_two_numbers": (
            _("同一证件号码用在第 {other} 行几个不同的客户号上。"), _("可能是同一人,请在“同一人”里确认。"),
        ),
        "same_name": (
            _("有 {count} 个姓名由不止一位客户使用。"), _("请按客户号区分,不要只看姓名。"),
        ),
    }  # fmt: skip


def _of_rows() -> dict[str, tuple[str, str]]:
    choose = _("请留下正确的一行,或在上方选择怎样合并。")
    return {
        "duplicate_customer": (_("同一客户号在第 {other} 行都有,内容不同,这几行都没有导入。"), choose),
        "duplicate_product": (_("同一产品代码在第 {other} 行都有,内容不同,这几行都没有导入。"), choose),
        "duplicate_event": (
            _("同一标题在第 {other} 行都有,内容不同,这几行都没有导入。"),
            _("涉及几个机构或产品的,请写在一行的对象里,用顿号隔开。"),
        ),
        "unknown_scope": (_("看不懂这个影响范围,这一行没有导入。"), _("请写成全行、机构、产品或地区。")),
        "missing_target": (_("没有写影响的是哪个机构、产品或地区,这一行没有导入。"), _("请在对象里补上,写法和清单里一样。")),
        "manager_changed": (
            _("同一客户在第 {other} 行,只有管户不同,像是月中换过客户经理,这几行都没有导入。"),
            _("请在上方选择取较新的一行。"),
        ),
        "same_row_twice": (_("与第 {other} 行完全相同,只算一次。"), ""),
        "row_not_chosen": (_("按您的选择取第 {other} 行,这一行没有采用。"), ""),
        "rows_summed": (_("金额已与第 {other} 行相加,合为一行。"), ""),
        "other_month": (_("这一行的数据日期不属于本表的月份,没有导入。"), _("请改正日期,或按它的月份单独导入。")),
        "unknown_customer": (
            _("账本里没有这个客户号,这一行没有导入。"), _("请先导入含该客户的客户清单。"),
        ),
        "missing_field": (_("这一行缺“{other}”,没有导入。"), _("请补上后再导入。")),
        "template_rows": (
            _("有 {count} 行只有序号、公式或预先填好的文字,没有填写内容(如第 {rows} 行),不算数据行。"), "",
        ),
        "filled_down": (
            _("有 {count} 格是合并单元格或每组只写一次的标签,已按上面的值读入(如第 {rows} 行)。"), "",
        ),
        "left_out": (_("按您的选择没有导入(测试或员工账户)。"), ""),
    }  # fmt: skip


def _of_cells() -> dict[str, tuple[str, str]]:
    mend = _("请双击改正,或在源表中改正后重发。")
    return {
        "bad_date": (_("看不出是哪一天,该项按未填处理,原值留在备查栏。"), mend),
        "ambiguous_date": (
            _("分不清哪个是日、哪个是月,该项按未填处理,原值留在备查栏。"), _("请在上方选择“日在前”还是“月在前”。"),
        ),
        "future_date": (_("日期在 {other} 之后,请核对;照原样保存。"), mend),
        "bad_term": (_("不是期限(如 90天、一年、T+1),该项按未填处理,原值留在备查栏。"), mend),
        "bad_number": (_("不是数字,该项按未填处理,原值留在备查栏。"), mend),
        "bad_flag": (_("看不出是“是”还是“否”,该项按未填处理,原值留在备查栏。"), mend),
        "bad_gender": (_("看不出性别,该项按未填处理,原值留在备查栏。"), mend),
        "bad_phone": (_("不像电话号码,该项按未填处理,原值留在备查栏。"), mend),
        "two_numbers": (_("一格里有两个号码,取了第一个手机号,原值留在备查栏。"), ""),
        "placeholder_phone": (_("这是占位号码,不能拨打。"), _("请向客户核实手机号。")),
        "shared_phone": (
            _("有 {count} 个手机号各登记在 {other} 位以上客户名下。"), _("可能是代填的号码,外呼前请核实。"),
        ),
        "error_cell": (
            _("有 {count} 格是 Excel 的错误值({other};如第 {rows} 行),读不出来,不作猜测。"), _("请在源表中修复公式后重发。"),
        ),
        "formula_without_value": (
            _("有 {count} 格是公式但没有存下结果(如第 {rows} 行),按未填处理,不作猜测。"),
            _("请用 Excel 打开源表、保存一次后再导入。"),
        ),
        "formula_text": (_("有 {count} 格文字以 = + - @ 开头(如第 {rows} 行),只当文字保存,导出时不会执行。"), ""),
        "text_numbers": (_("有 {count} 格数字以文本存放(如第 {rows} 行),已照数字读入。"), ""),
        "masked_values": (_("有 {count} 格带星号(脱敏),不会覆盖账本里完整的值,也不会去还原。"), ""),
        "empty_column": (_("这一列全是空的。"), _("需要这一项时,请让发送人补上。")),
        "secret_cell": (
            _("这一格像是密码、CVV 或磁道数据,不得保存,已丢弃。"), _("请从源表中删除,并提醒发送人。"),
        ),
    }  # fmt: skip


def _of_people() -> dict[str, tuple[str, str]]:
    check = _("请核对证件后改正。")
    return {
        "id_check": (_("身份证校验位不对,请核对;号码照原样保存。"), check),
        "old_id": (_("有 {count} 个 15 位的旧身份证号(如第 {rows} 行),照原样保存。"), ""),
        "id_contradiction": (_("与身份证上的{other}不一致,请核对;两项都照原样保存。"), check),
        "bad_age": (_("年龄不合常理,请核对;照原样保存。"), check),
        "joint_account": (_("户名不止一人(联名或家庭),按一位客户保存。"), ""),
        "test_account": (_("像是测试或员工账户。"), _("不该计入业绩的,可在上方选择不导入。")),
        "deceased": (_("资料显示客户已故或已注销。"), _("请停止营销,核实后按规定办理。")),
        "level_lag": (
            _("有 {count} 位客户标着当年升级(或降级),等级却与上月相同(如第 {rows} 行)。"),
            _("等级可能还没有更新,以下月的清单为准。"),
        ),
    }  # fmt: skip


def _of_figures() -> dict[str, tuple[str, str]]:
    return {
        "unit_mixed": (
            _("这一列与“{other}”相差约一万倍,可能一列是元、一列是万元。"), _("核对后可在上方一键换算。"),
        ),
        "swapped_measures": (
            _("各项之和与“{other}”相符,与这一列不符,时点与日均可能填反了。"), _("核对后可在上方一键对调。"),
        ),
        "same_figures": (
            _("这一列与“{other}”逐行相同,可能是同一项指标。"), _("请确认一列是时点、一列是日均。"),
        ),
        "negative_balance": (_("余额是负数(透支或冲正),照原样保存。"), _("请核对。")),
        "foreign_currency": (
            _("这一行是外币({other}),金额没有折成人民币,不采用,原值留在备查栏。"), _("请让发送人折成人民币后重发。"),
        ),
        "foreign_column": (
            _("这一列是外币金额,没有折成人民币,不采用,原值随行保存。"), _("请让发送人折成人民币后重发。"),
        ),
        "list_limit": (
            _("表里资产最少的客户有 {other} 元,这张清单可能只包括这个数以上的客户。"),
            _("不在表里的客户不一定流失,可能只是低于清单的下限。"),
        ),
    }  # fmt: skip


def _of_sheets() -> dict[str, tuple[str, str]]:
    return {
        "hidden_sheet": (_("这是一张隐藏的工作表,也读了。"), ""),
        "hidden_rows": (_("有 {count} 行是隐藏的或被筛选掉的(如第 {rows} 行),也导入了。"), _("不想要的,请先在表里删除。")),
        "hidden_columns": (_("有 {count} 列是隐藏的({other}),也读了。"), ""),
        "early_export": (
            _("数据日期 {other} 不是月末,日均只算到这一天。"), _("月末的清单到了之后,请再导入一次。"),
        ),
        "short_month": (
            _("2 月天数少,按 30 天平均的月日均会偏低,与上月比较时请留意。"), "",
        ),
        "year_average_reset": (_("年日均每年 1 月 1 日重新计算,1 月的值与去年 12 月不可比。"), ""),
    }  # fmt: skip
