"""What a reader typed, understood (words, phrases, exclusions), and the engine's query for it.

Nothing that can be typed is an error. A quote without its end, a lone sign or a bracket is a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from rapporteur.search import words

OPENING = '"“”„«»「」『』'
PART = re.compile(
    rf"(?P<sign>(?<!\S)[-−–])?(?:[{OPENING}](?P<quoted>[^{OPENING}]+)[{OPENING}]|(?P<plain>[^\s{OPENING}]+))"
)
# What one question may hold; the rest is left aside, and the page says so.
MOST_CHARACTERS, MOST_WORDS = 400, 24
EXACT, TITLE, TITLE_STEM = 5.0, 4.0, 1.5


@dataclass(frozen=True)
class Clause:
    """One thing asked for. Several words stand next to each other in this order.

    ``exact``: in these very forms (typed in quotes); else also other forms of the words.
    ``han``: the words are one run of Chinese characters.
    """

    words: tuple[str, ...]
    exact: bool = False
    excluded: bool = False
    han: bool = False


@dataclass(frozen=True)
class Asked:
    clauses: tuple[Clause, ...] = ()
    cut: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.excluded)


def understand(text: str) -> Asked:
    """Return what the text asks for; never fails."""
    cut = len(text) > MOST_CHARACTERS
    clauses: list[Clause] = []
    for match in PART.finditer(text[:MOST_CHARACTERS].replace("\x00", " ")):
        quoted = match["quoted"]
        clauses += clauses_of(
            quoted if quoted is not None else match["plain"],
            exact=quoted is not None,
            excluded=match["sign"] is not None,
        )
    kept: list[Clause] = []
    room = MOST_WORDS
    for clause in dict.fromkeys(clauses):
        room -= len(clause.words)
        if room < 0:
            cut = True
            break
        kept.append(clause)
    return Asked(tuple(kept), cut)


def clauses_of(text: str, *, exact: bool, excluded: bool) -> Iterable[Clause]:
    """Yield the clauses of one part: words that hang together, and runs of Chinese."""
    together: list[str] = []
    for token in words.tokens(text):
        if token.han:
            if together:
                yield Clause(tuple(together), exact, excluded)
                together = []
            yield Clause((token.word,), exact, excluded, han=True)
        else:
            together.append(token.word)
    if together:
        yield Clause(tuple(together), exact, excluded)


def query_of(asked: Asked, schema: tantivy.Schema, *, any_word: bool = False) -> tantivy.Query:
    """Return the engine's query: all that is wanted (or any of it), none of what is excluded."""
    must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
    wanted = [clause_query(clause, schema) for clause in asked.wanted]
    if not wanted:
        parts = [(must, tantivy.Query.all_query())]
    elif any_word:
        any_of = [(tantivy.Occur.Should, query) for query in wanted]
        parts = [(must, tantivy.Query.boolean_query(any_of))]
    else:
        parts = [(must, query) for query in wanted]
    parts += [(must_not, clause_query(clause, schema)) for clause in asked.excluded]
    return tantivy.Query.boolean_query(parts)


def clause_query(clause: Clause, schema: tantivy.Schema) -> tantivy.Query:
    """Return the query of one clause: its exact form above its stems, titles above texts."""
    if clause.han:
        return han_query(clause, schema)
    any_of = [
        boosted(in_order(schema, "words", clause.words), EXACT),
        boosted(in_order(schema, "title", clause.words), TITLE),
    ]
    if not clause.exact:
        for language in languages_of(clause.words):
            stems = tuple(stem_in(word, language) for word in clause.words)
            any_of.append(in_order(schema, f"stems_{language}", stems))
            any_of.append(boosted(in_order(schema, "title_stems", stems), TITLE_STEM))
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in any_of])


def languages_of(clause_words: Iterable[str]) -> list[str]:
    """Return the languages whose stems may match: those that the words' script allows."""
    found: dict[str, None] = {}
    for word in clause_words:
        if not word.isdigit():
            found.update(dict.fromkeys(words.languages_of(word)))
    return list(found)


def stem_in(word: str, language: str) -> str:
    return words.stem(word, language)


def han_query(clause: Clause, schema: tantivy.Schema) -> tantivy.Query:
    """Return the query of a run of Chinese: every pair of it; those in a row stand higher."""
    run = clause.words[0]
    if len(run) == 1:
        return term(schema, "signs", run, "freq")
    found = words.pairs(run)
    row = in_order(schema, "words", tuple(found))
    if clause.exact or len(found) == 1:
        return boosted(row, EXACT)
    must, should = tantivy.Occur.Must, tantivy.Occur.Should
    parts = [(must, term(schema, "words", pair)) for pair in found]
    return tantivy.Query.boolean_query([*parts, (should, boosted(row, EXACT))])


def in_order(schema: tantivy.Schema, field: str, found: tuple[str, ...]) -> tantivy.Query:
    if len(found) == 1:
        return term(schema, field, found[0])
    return tantivy.Query.phrase_query(schema, field, list(found))


def term(
    schema: tantivy.Schema, field: str, value: str, index_option: str = "position"
) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, value, index_option)


def boosted(query: tantivy.Query, boost: float) -> tantivy.Query:
    return tantivy.Query.boost_query(query, boost)
