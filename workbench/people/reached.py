"""Whether a contact reached the customer: asked by the week's list, the life of a light, the contact log."""

from workbench.rules.parameters import Rules


class Reaching:
    """By the rules: a result that is a talk, or the customer came by himself."""

    def __init__(self, rules: Rules) -> None:
        self._talks = frozenset(rules.words("contact.two_way"))

    def reached(self, result: str, initiated_by: str) -> bool:
        """Whether a contact with this result (code), begun by 'manager' or 'customer', reached him."""
        return result in self._talks or initiated_by == "customer"
