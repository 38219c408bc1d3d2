"""Records that are like a text: likely duplicates while somebody types one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tantivy

from rapporteur.search import words
from rapporteur.search.asked import SHOULD
from rapporteur.search.queries.asking import Asking, Question
from rapporteur.search.queries.finding import text_in
from rapporteur.search.schema import read_held

# The rarest words of a text are asked for; of those in more records than this, none.
MOST_WORDS, PART_OF_RECORDS, MOST_CHARACTERS = 16, 0.02, 4_000
# Records looked at more closely than the engine does.
LOOKED_AT = 4


@dataclass(frozen=True)
class Alike:
    """A record that is like the text. ``score``: 0 to 1, the share of the text's words that it
    holds, each counted by how rare it is. ``held``: what the index holds of it."""

    key: str
    score: float
    held: Mapping[str, Any]


def similar(text: str, *, kind: str, limit: int = 5) -> list[Alike]:
    """Return the records of a kind most like a text (title and description), most alike first.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(Question())
    found = words.folded(words.paired(words.normal(text[:MOST_CHARACTERS])))
    rarity = rarest(asking, dict.fromkeys(found))
    if not rarity:
        return []
    any_of = [(SHOULD, asking.maker.term("words", word)) for word in rarity]
    query = tantivy.Query.boolean_query(any_of)
    hits = asking.searcher.search(query, limit * LOOKED_AT, count=False).hits
    alike: dict[str, Alike] = {}
    for _score, place in hits:
        held = read_held(asking.searcher.doc(place))
        if held["kind"] == kind:
            alike.setdefault(held["key"], Alike(held["key"], share(held, rarity), held))
    order = sorted(alike.values(), key=lambda item: (-item.score, item.key))
    return order[:limit]


def rarest(asking: Asking, found: Mapping[str, object]) -> dict[str, float]:
    """Return the words that few records hold, with how much each tells."""
    total = asking.searcher.num_docs
    most = max(20, int(total * PART_OF_RECORDS))
    frequencies = {word: asking.searcher.doc_freq("words", word) for word in found}
    known = [(held, word) for word, held in frequencies.items() if 0 < held <= most]
    return {word: math.log(1 + total / held) for held, word in sorted(known)[:MOST_WORDS]}


def share(held: Mapping[str, Any], rarity: Mapping[str, float]) -> float:
    texts = " ".join([*held["title"].values(), *held["text"].values(), held["note"]])
    there = set(words.folded(words.paired(words.normal(texts))))
    told = sum(tells for word, tells in rarity.items() if word in there)
    return told / sum(rarity.values())


def title_of(alike: Alike, language: str) -> tuple[str, str]:
    """Return the title of a record that is alike, and its language: the reader's if it can be."""
    return text_in(alike.held["title"], language)
