"""Suggests words of the language while somebody types a condition."""

from workbench.base.terms import Term, Vocabulary


def suggestions(vocabulary: Vocabulary, prefix: str, most: int) -> tuple[Term, ...]:
    """At most so many words that begin with `prefix`, then those that contain it; else words that look like it.

    Words that lists report come first, shorter labels before longer ones.
    """
    plain = "".join(prefix.split()).lower()
    ranked = sorted(
        (place, not term.reported, len(term.label), term.name)
        for term in vocabulary
        if (place := _likeness(term, plain)) is not None
    )
    names = [name for *_order, name in ranked[:most]]
    if not names and plain:
        near = (vocabulary.find(label) for label in vocabulary.near(plain, most))
        names = [term.name for term in near if term is not None]
    return tuple(vocabulary[name] for name in dict.fromkeys(names))


def _likeness(term: Term, plain: str) -> int | None:
    """0 when a word of the term begins with it, 1 when one contains it, else None."""
    words = ["".join(word.split()).lower() for word in (term.label, term.name, *term.aliases)]
    if any(word.startswith(plain) for word in words):
        return 0
    return 1 if any(plain in word for word in words) else None
