"""The outline: which numbered points are open, and who is addressed there."""

from __future__ import annotations

from .document import Period
from .draft import DraftAddressee, Node
from .layout import RANKS, Paragraph
from .patterns import plain


class Outline:
    """The path of open points from the root down to the one being read, and the addressees met so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.root = Node(-1, "root", "")
        self.path: list[Node] = []
        self.addressees: list[DraftAddressee] = []

    def open(self, p: Paragraph) -> None:
        """Open a numbered point; points of its rank and below are closed."""
        kind = str(p.kind)
        while self.path and self.path[-1].rank >= rank_of(p):
            self.path.pop()
        label = {"paren": f"({p.label})", "annex": "PL"}.get(kind, p.label)
        self.path.append(Node(rank_of(p), kind, label, period=self.period))

    @property
    def item(self) -> str | None:
        """The label of the open point: "II.12", "2.b.(i)"; "1.1" holds its "1" already."""
        labels: list[str] = []
        for node in self.path:
            if node.hidden or node.kind in ("dash", "ordinal"):
                continue
            if labels and node.label.startswith(labels[-1] + "."):
                labels.pop()
            labels.append(node.label)
        return ".".join(labels) or None

    @property
    def top(self) -> Node:
        return self.path[-1] if self.path else self.root

    @property
    def parent(self) -> Node:
        return self.path[-2] if len(self.path) > 1 else self.root

    @property
    def period(self) -> Period | None:
        return self.path[-1].period if self.path else None

    @property
    def skipped(self) -> bool:
        """Whether an open section holds no work (assessment, purpose)."""
        return any(n.skip for n in self.path)

    @property
    def asked(self) -> bool:
        return any(n.asked for n in self.path)

    @property
    def field_parent(self) -> int:
        """A plan's fields belong to the nearest point that is no letter and no dash."""
        return next((id(n) for n in reversed(self.path) if n.kind not in ("dash", "letter")), 0)

    @property
    def addressee(self) -> DraftAddressee | None:
        return next((n.addressee for n in reversed(self.path) if n.addressee), None)

    @property
    def under_heading(self) -> bool:
        """Whether the addressee was named by a heading, and not as the subject of a sentence."""
        return next((n.heading for n in reversed(self.path) if n.addressee), False)

    @property
    def sibling(self) -> DraftAddressee | None:
        """Who was last addressed in a point beside this one."""
        return next((n.sibling for n in reversed([self.root, *self.path[:-1]]) if n.sibling), None)

    def address(self, start: int, end: int, *, asked: bool) -> DraftAddressee:
        """A new entry for the name in this span (an empty span: nobody is named)."""
        numbers = [n.label for n in self.path if n.kind in ("number", "article")]
        addressee = DraftAddressee(
            item=self.item,
            number=numbers[-1] if numbers else None,
            section=next((n.label for n in self.path if n.kind in ("roman", "annex")), None),
            name=plain(self._text[start:end]) or None,
            asked=asked,
            start=start,
            end=end,
            period=self.period,
        )
        self.addressees.append(addressee)
        return addressee


def rank_of(p: Paragraph) -> int:
    """How deep a numbered paragraph lies: "1.1." is deeper than "1."."""
    return RANKS[str(p.kind)] + (p.label.count(".") if p.kind == "number" else 0)
