"""The preview of a tag being written: its faults, or its rule in words and how many customers it would name."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from workbench.insight.language.words import in_words
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.library import Tried
from workbench.insight.tags.resolver import LayerResolver


@dataclass(frozen=True, slots=True)
class TagPreview:
    """A tag as it would be; nothing is counted while it has faults or is given by hand.

    `hit` of a flag: customers for whom it holds; of any other kind: customers with a value.
    """

    tag: Tag | None
    faults: tuple[TagFault, ...]
    words: str = ""
    hit: int = 0
    no: int = 0
    unknown: int = 0


def counted(conn: Connection, layers: Layers, tried: Tried) -> TagPreview:
    """The preview of a tag without faults, counted over the layers in one statement."""
    tag, ruled = tried.tag, tried.ruled
    if tag is None or ruled is None:
        return TagPreview(tag, tried.faults)
    resolver = LayerResolver(layers, conn)
    column = ruled.expression(resolver)
    query = select(
        func.count(), func.count(column), func.sum(column) if tag.kind == "flag" else func.count(column)
    )
    total, with_value, hit = conn.execute(query.select_from(layers.source(resolver.names))).one()
    words, hit = in_words(ruled.rule) if ruled.rule else "", int(hit or 0)
    return TagPreview(tag, (), words, hit, with_value - hit, total - with_value)
