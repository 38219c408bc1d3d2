"""What a reader typed, understood (words, phrases, exclusions), and the engine's query for it.

Nothing that can be typed is an error. A quote without its end, a lone sign or a bracket is a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
SHOULD, MUST, MUST_NOT = tantivy.Occur.Should, tantivy.Occur.Must, tantivy.Occur.MustNot


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
    for token in words.tokens(text, particles=exact):
        if token.han:
            if together:
                yield Clause(tuple(together), exact, excluded)
                together = []
            yield Clause((token.word,), exact, excluded, han=True)
        else:
            together.append(token.word)
    if together:
        yield Clause(tuple(together), exact, excluded)


Frequency = Callable[[str, str], int]


@dataclass(frozen=True)
class Maker:
    """Makes the engine's queries of one index.

    ``frequency(field, term)`` says how many records hold a term; a form of a word that none holds
    is left out, which is most of the forms of a word in the languages that share its script.
    """

    schema: tantivy.Schema
    frequency: Frequency

    def ranked(self, asked: Asked, *, any_word: bool = False) -> tantivy.Query:
        """Return the query for hits in order: exact forms above stems, titles above texts."""
        return self.query(asked, any_word=any_word, clause_query=self.ranked_clause)

    def matching(self, asked: Asked, *, any_word: bool = False) -> tantivy.Query:
        """Return a query for the same records as ``ranked``, in no order: what is counted."""
        return self.query(asked, any_word=any_word, clause_query=self.matching_clause)

    def query(
        self, asked: Asked, *, any_word: bool, clause_query: Callable[[Clause], tantivy.Query]
    ) -> tantivy.Query:
        """Return the query for all that is wanted (or any of it), none of what is excluded."""
        wanted = [clause_query(clause) for clause in asked.wanted]
        if not wanted:
            parts = [(MUST, tantivy.Query.all_query())]
        elif any_word and len(wanted) > 1:
            any_of = [(SHOULD, query) for query in wanted]
            parts = [(MUST, tantivy.Query.boolean_query(any_of))]
        else:
            parts = [(MUST, query) for query in wanted]
        parts += [(MUST_NOT, self.matching_clause(clause)) for clause in asked.excluded]
        return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)

    def ranked_clause(self, clause: Clause) -> tantivy.Query:
        if clause.han:
            return self.han_query(clause)
        any_of = self.forms("words", clause.words, EXACT)
        any_of += self.forms("title", clause.words, TITLE)
        if not clause.exact:
            for language in languages_of(clause.words):
                stems = stems_of(clause.words, language)
                any_of += self.forms(f"stems_{language}", stems)
                any_of += self.forms(f"title_{language}", stems, TITLE_STEM)
        return any_query(any_of)

    def matching_clause(self, clause: Clause) -> tantivy.Query:
        """Return the query of one clause without what only lifts a score: titles are in words."""
        if clause.han:
            return self.han_query(clause)
        any_of = self.forms("words", clause.words)
        if not clause.exact:
            for language in languages_of(clause.words):
                any_of += self.forms(f"stems_{language}", stems_of(clause.words, language))
        return any_query(any_of)

    def forms(self, field: str, found: tuple[str, ...], boost: float = 1.0) -> list[tantivy.Query]:
        """Return the query for these words in a row in a field; none where no record has one."""
        if not all(self.frequency(field, word) for word in found):
            return []
        query = self.in_order(field, found)
        return [query if boost == 1.0 else tantivy.Query.boost_query(query, boost)]

    def han_query(self, clause: Clause) -> tantivy.Query:
        """Return the query of a run of Chinese: every pair of it; those in a row stand higher."""
        run = clause.words[0]
        if len(run) == 1:
            return self.term("signs", run, "freq")
        found = words.pairs(run)
        row = self.in_order("words", tuple(found))
        if clause.exact or len(found) == 1:
            return tantivy.Query.boost_query(row, EXACT)
        parts = [(MUST, self.term("words", pair)) for pair in found]
        parts.append((SHOULD, tantivy.Query.boost_query(row, EXACT)))
        return tantivy.Query.boolean_query(parts)

    def in_order(self, field: str, found: tuple[str, ...]) -> tantivy.Query:
        if len(found) == 1:
            return self.term(field, found[0])
        return tantivy.Query.phrase_query(self.schema, field, list(found))

    def term(self, field: str, value: str, index_option: str = "position") -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, index_option)


def any_query(queries: list[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(SHOULD, query) for query in queries])


def languages_of(clause_words: Iterable[str]) -> list[str]:
    """Return the languages whose stems may match: those that the words' script allows."""
    found: dict[str, None] = {}
    for word in clause_words:
        if not word.isdigit():
            found.update(dict.fromkeys(words.languages_of(word)))
    return list(found)


def stems_of(clause_words: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(words.stem(word, language) for word in clause_words)
