"""A tidy drawing of a tree: parents centred over their children, nothing closer than 1, the same shape drawn the same.

The algorithm of Buchheim, Jünger and Leipert (2002), which makes that of Walker linear; without recursion, so that no chain is
too long. Pure: knows neither customers nor pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands: `across` in units of the least distance, `depth` 0 for the root."""

    across: float
    depth: int


def tidy(children: Sequence[Sequence[int]], root: int = 0) -> dict[int, Spot]:
    """Node -> its place, for the tree below `root`; `children[node]`: in their order. The leftmost node stands at 0.

    Every node but the root must be the child of exactly one node.
    """
    drawing = _Drawing(children, root)
    return drawing.spots()


class _Drawing:
    """The figures of the first walk: preliminary places, shifts of whole subtrees, threads along their contours."""

    def __init__(self, children: Sequence[Sequence[int]], root: int) -> None:
        size = len(children)
        self.children = children
        self.root = root
        self.parent = [-1] * size
        self.number = [0] * size
        self.prelim = [0.0] * size
        self.mod = [0.0] * size
        self.shift = [0.0] * size
        self.change = [0.0] * size
        self.thread = [-1] * size
        self.ancestor = list(range(size))
        #: of a parent, the child that stands for all those left of the one placed last
        self.default = [-1] * size

    def spots(self) -> dict[int, Spot]:
        """Walk up once to place subtrees against each other, down once to add up what moved them."""
        order = self._order()
        for node in reversed(order):
            self._place(node)
        across = {self.root: 0.0}
        depth = {self.root: 0}
        total = {self.root: 0.0}
        for node in order:
            for child in self.children[node]:
                total[child] = total[node] + self.mod[node]
                across[child] = self.prelim[child] + total[child]
                depth[child] = depth[node] + 1
        across[self.root] = self.prelim[self.root]
        left = min(across.values())
        return {node: Spot(across[node] - left, depth[node]) for node in order}

    def _order(self) -> list[int]:
        """Parents before children, and the last child's subtree first: backwards, every node stands behind its subtree and
        behind its left neighbour."""
        order, waiting = [], [self.root]
        while waiting:
            node = waiting.pop()
            order.append(node)
            for number, child in enumerate(self.children[node]):
                self.parent[child] = node
                self.number[child] = number
                waiting.append(child)
            if self.children[node]:
                self.default[node] = self.children[node][0]
        return order

    def _place(self, node: int) -> None:
        """The place of a node whose children are placed, beside its left neighbour."""
        below = self.children[node]
        middle = 0.0
        if below:
            self._spread(node)
            middle = (self.prelim[below[0]] + self.prelim[below[-1]]) / 2
        left = self._left(node)
        if left >= 0:
            self.prelim[node] = self.prelim[left] + 1
            self.mod[node] = self.prelim[node] - middle if below else 0.0
        else:
            self.prelim[node] = middle
        if node != self.root:
            self._apportion(node)

    def _left(self, node: int) -> int:
        """The neighbour left of a node under the same parent; -1 for the first."""
        number = self.number[node]
        return self.children[self.parent[node]][number - 1] if number and node != self.root else -1

    def _apportion(self, node: int) -> None:
        """Move the subtree of a node as far as those left of it ask; follow the contours on both sides."""
        left = self._left(node)
        if left < 0:
            return
        parent = self.parent[node]
        inner_right = outer_right = node
        inner_left, outer_left = left, self.children[parent][0]
        sir = sor = self.mod[node]
        sil, sol = self.mod[inner_left], self.mod[outer_left]
        while (further := self._rightmost(inner_left)) >= 0 and (nearer := self._leftmost(inner_right)) >= 0:
            inner_left, inner_right = further, nearer
            outer_left, outer_right = self._leftmost(outer_left), self._rightmost(outer_right)
            self.ancestor[outer_right] = node
            gap = (self.prelim[inner_left] + sil) - (self.prelim[inner_right] + sir) + 1
            if gap > 0:
                self._move(self._mover(inner_left, node), node, gap)
                sir += gap
                sor += gap
            sil += self.mod[inner_left]
            sir += self.mod[inner_right]
            sol += self.mod[outer_left]
            sor += self.mod[outer_right]
        if self._rightmost(inner_left) >= 0 and self._rightmost(outer_right) < 0:
            self.thread[outer_right] = self._rightmost(inner_left)
            self.mod[outer_right] += sil - sor
        if self._leftmost(inner_right) >= 0 and self._leftmost(outer_left) < 0:
            self.thread[outer_left] = self._leftmost(inner_right)
            self.mod[outer_left] += sir - sol
            self.default[parent] = node

    def _mover(self, inner_left: int, node: int) -> int:
        """The neighbour whose subtree holds the node of the contour."""
        known = self.ancestor[inner_left]
        parent = self.parent[node]
        return known if self.parent[known] == parent else self.default[parent]

    def _move(self, from_left: int, node: int, gap: float) -> None:
        """Move a subtree right; those between it and `from_left` share the room, by `_spread`."""
        between = self.number[node] - self.number[from_left]
        self.change[node] -= gap / between
        self.shift[node] += gap
        self.change[from_left] += gap / between
        self.prelim[node] += gap
        self.mod[node] += gap

    def _spread(self, node: int) -> None:
        """Carry out the shifts of the children, from the last to the first."""
        shift = change = 0.0
        for child in reversed(self.children[node]):
            self.prelim[child] += shift
            self.mod[child] += shift
            change += self.change[child]
            shift += self.shift[child] + change

    def _leftmost(self, node: int) -> int:
        below = self.children[node]
        return below[0] if below else self.thread[node]

    def _rightmost(self, node: int) -> int:
        below = self.children[node]
        return below[-1] if below else self.thread[node]
