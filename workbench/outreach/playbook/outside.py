"""A prompt for an AI outside the bank (domain 17): what is true of a whole segment, rounded, and never a customer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.genes.data import Segment
from workbench.insight.tags.layers import Layers
from workbench.outreach.playbook.script import Scene
from workbench.outreach.playbook.text_check import GAPS
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, shipped_lines

_TOWER, _STAGE = "tower", "s_journey_stage_m0"
#: counts are rounded down to so many customers, shares to so many hundredths
_TENS, _STEP = 10, 5
#: texts that are asked for
_WANTED = 5
#: the gaps that a text from outside may leave open
_OPEN = GAPS[:3]


@dataclass(frozen=True, slots=True)
class OutsidePrompt:
    """`text` to be copied; `customers` of the segment, rounded."""

    text: str
    customers: int


def outside_prompt(
    conn: Connection,
    layers: Layers,
    rules: Rules,
    segment: Segment,
    scene: Scene,
    lines: Iterable[RedLine] | None = None,
) -> OutsidePrompt:
    """The prompt for a segment and a scene, by the tag layers. Raises WorkbenchError too_few for a segment of fewer customers
    than `playbook.least_k`."""
    least = rules.whole("playbook.least_k")
    source, theirs = layers.source([segment.column, _TOWER, _STAGE]), layers.column(segment.column) == 1
    count = conn.execute(select(func.count()).select_from(source).where(theirs)).scalar_one()
    if count < least:
        words = _("“{segment}”不足 {least} 户,不能生成给外部 AI 的提示词:户数太少,看得出是谁。")
        raise WorkbenchError(
            "too_few",
            words.format(segment=_(segment.name), least=least),
            _("请换一个客群,或者直接用库里的话术。"),
        )
    shares = {}
    for name, words_of in ((_TOWER, "tower"), (_STAGE, "journey")):
        column = layers.column(name)
        rows = conn.execute(
            select(column, func.count())
            .select_from(source)
            .where(theirs, column.is_not(None))
            .group_by(column)
            .order_by(column)
        )
        parts = {code: n for code, n in rows if n >= least and rules.has_text(f"{words_of}.{code}")}
        shares[name] = {rules.text(f"{words_of}.{code}"): _share(n, count) for code, n in parts.items()}
    rounded = count // _TENS * _TENS
    return OutsidePrompt(_text(segment, scene, rounded, shares, lines), rounded)


def _share(part: int, whole: int) -> int:
    """Per cent, rounded."""
    return round(part / whole * 100 / _STEP) * _STEP


def _text(
    segment: Segment,
    scene: Scene,
    customers: int,
    shares: Mapping[str, Mapping[str, int]],
    lines: Iterable[RedLine] | None,
) -> str:
    forbidden = dict.fromkeys(
        one.word for one in (shipped_lines() if lines is None else lines) if one.bars(regime="", scene=scene.code, quiet=False)
    )  # fmt: skip
    about = [
        _("听的人:{segment},{definition}。").format(
            segment=_(segment.name), definition=_(segment.definition)
        ),
        _("这一群人大约 {n} 户。").format(n=customers),
    ]
    for name, words in ((_TOWER, _("按资产分层:{parts}。")), (_STAGE, _("按往来阶段:{parts}。"))):
        parts = [
            _("{name}约 {share}%").format(name=one, share=share)
            for one, share in shares[name].items()
            if share
        ]
        if parts:
            about.append(words.format(parts=commas(parts)))
    about += [_("他们常有的难处:{pains}。").format(pains=commas(_(one) for one in segment.pains))]
    demands = [
        _("写 {n} 条,思路各不相同;每条不超过 {most} 个字。").format(n=_WANTED, most=scene.most),
        _("口语,短句,一句一个意思;有一个真实的由头,最后一个问题或者一个下一步。"),
        _("尊重对方,他可以说不;不催促,不承诺收益,不拿礼品换存款,不谈别人的事。"),
        _("不要编造姓名、数字、产品、活动和日期;要用到时留空位:{gaps}。").format(
            gaps=commas(f"{{{one}}}" for one in _OPEN)
        ),
        _("不能出现这些词:{words}。").format(words=commas(forbidden)),
    ]
    first = _("请替银行网点的客户经理写话术,用在“{scene}”这个场合。").format(scene=_(scene.name))
    numbered = [f"{number}. {one}" for number, one in enumerate(demands, 1)]
    return "\n".join([first, "", *about, "", _("要求:"), *numbered])
