"""Bodies that no list knows, recognised by how UN texts name bodies.

A body is a capitalised phrase around a head word ("Commission", "Alliance", "Task Force"), with
what goes before it ("World Benchmarking Alliance") and what follows of/for/on ("Coalition for
Digital Environment Sustainability"). Office-holders ("Special Rapporteur on the right to privacy")
and working groups ("open-ended working group on …") go on in small letters up to the verb.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from rapporteur.analysis.organizations.heads import around_head
from rapporteur.analysis.organizations.holders import find_holders, may_have_small_groups
from rapporteur.analysis.organizations.paragraphs import Found, Paragraph
from rapporteur.analysis.organizations.spans import Taken

# Characters to either side of a head in which its name stands.
_BEFORE = 200
_BEHIND = 300


def find_patterns(paragraph: Paragraph, heads: list[int], *, holders: bool) -> list[Found]:
    """Return the bodies that patterns find, none overlapping another, in text order.

    ``heads`` are the places of capitalised head words that no known name holds; ``holders`` says
    that the paragraph has a word of the names of office-holders and Governments.
    """
    found: list[Found] = []
    if not (holders or heads or may_have_small_groups(paragraph.flat)):
        return found
    taken = Taken(len(paragraph.flat))

    def keep(item: Found) -> None:
        if taken.take(item.start, item.end):
            found.append(item)

    for item in find_holders(paragraph, named=holders):
        keep(item)
    for first, last in _clusters(heads):
        paragraph.read_words(max(0, first - _BEFORE), last + _BEHIND)
        places = set(heads[bisect_left(heads, first) : bisect_right(heads, last)])
        for index, token in enumerate(paragraph.tokens):
            if token.start in places:
                named = around_head(paragraph, index)
                if named:
                    keep(named)
    found.sort(key=lambda item: item.start)
    return found


def _clusters(heads: list[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the heads whose surroundings meet, so that each is read once."""
    first = last = -1
    for head in heads:
        if first >= 0 and head - last <= _BEFORE + _BEHIND:
            last = head
            continue
        if first >= 0:
            yield first, last
        first = last = head
    if first >= 0:
        yield first, last
