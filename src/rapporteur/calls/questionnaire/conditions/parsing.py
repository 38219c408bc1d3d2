"""Read a condition into a tree, or say where it is none. Nothing is evaluated here.

The language is XPath 1.0 without paths, predicates, axes and variables: texts in quotes, numbers,
``${question}``, ``and or``, ``= != < <= > >=``, ``+ - * div mod``, parentheses, and the functions
of ``FUNCTIONS``. Whatever else XLSForm allows is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 2000
TOKENS_AT_MOST = 300
DEEPEST = 20

# Name of a function and how many arguments it takes.
FUNCTIONS = {
    "selected": 2,
    "count-selected": 1,
    "not": 1,
    "true": 0,
    "false": 0,
    "string-length": 1,
    "date": 1,
    "number": 1,
}
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
TOKEN = re.compile(
    rf"""\s*(?:
    (?P<question>\$\{{\s*{NAME}\s*\}})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>\d{{1,15}}(?:\.\d{{1,10}})?)
    | (?P<word>{NAME})
    | (?P<sign><=|>=|!=|[=<>+\-*(),])
    )""",
    re.VERBOSE,
)
# XML holds none of these, so no answer does, and XPath could not be given them.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class BadCondition(ValueError):
    """A text that is no condition. ``code`` says why, ``at`` where (from 0), ``found`` what.

    ``code``: ``too-long``, ``too-deep``, ``not-read`` (a sign or word that has no place in the
    language), ``unknown-function``, ``arguments``, ``unfinished``, ``signs``.
    """

    def __init__(self, code: str, at: int = 0, found: str = "") -> None:
        super().__init__(code, at, found)
        self.code, self.at, self.found = code, at, found[:80]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a condition: ``kind`` is ``text``, ``number``, ``question``, ``call`` or
    ``operator``; ``value`` its text, number, name or sign; ``parts`` what it joins."""

    kind: str
    value: str
    parts: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield the piece and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read."""

    tree: Node

    @property
    def questions(self) -> tuple[str, ...]:
        """The names of the questions that it asks, each once, in order."""
        names = (node.value for node in self.tree.walk() if node.kind == "question")
        return tuple(dict.fromkeys(names))

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The pairs of a question and a value that it compares it with, as the text gives them."""
        found = []
        for node in self.tree.walk():
            compares = node.value in ("=", "!=") or node.value == "selected"
            if node.kind in ("call", "operator") and compares and len(node.parts) == 2:
                left, right = node.parts
                if left.kind == "text" and right.kind == "question":
                    left, right = right, left
                if left.kind == "question" and right.kind == "text":
                    found.append((left.value, right.value))
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2000)
def parse_condition(text: str) -> Condition:
    """Return the condition that a text says.

    Raises:
        BadCondition: it says none, or one that is longer or deeper than is evaluated.
    """
    if len(text) > LONGEST:
        raise BadCondition("too-long", LONGEST)
    unwritable = UNWRITABLE.search(text)
    if unwritable:
        raise BadCondition("signs", unwritable.start(), f"U+{ord(unwritable[0]):04X}")
    return Condition(_Parser(text).whole())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    at: int


class _Parser:
    """A recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._split())
        self.place = 0
        self.depth = 0

    def _split(self) -> Iterator[_Token]:
        at, end, count = 0, len(self.text.rstrip()), 0
        while at < end:
            match = TOKEN.match(self.text, at)
            if match is None:
                at += len(self.text[at:]) - len(self.text[at:].lstrip())
                raise BadCondition("not-read", at, self.text[at : at + 20])
            count += 1
            if count > TOKENS_AT_MOST:
                raise BadCondition("too-long", match.start(match.lastgroup or 0))
            kind = match.lastgroup or ""
            yield _Token(kind, match[kind], match.start(kind))
            at = match.end()

    def whole(self) -> Node:
        tree = self._level(0)
        if self.place < len(self.tokens):
            raise self._unexpected()
        return tree

    def _peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def _unexpected(self) -> BadCondition:
        token = self._peek()
        if token is None:
            return BadCondition("unfinished", len(self.text))
        return BadCondition("not-read", token.at, self.text[token.at : token.at + 20])

    def _take(self, sign: str) -> None:
        token = self._peek()
        if token is None or token.kind != "sign" or token.value != sign:
            raise self._unexpected()
        self.place += 1

    def _level(self, level: int) -> Node:
        """Return an expression whose operators bind at least as tightly as those of a level."""
        if level == len(LEVELS):
            return self._single()
        node = self._level(level + 1)
        while (token := self._peek()) and token.kind in ("sign", "word"):
            if token.value not in LEVELS[level]:
                break
            self.place += 1
            right = self._level(level + 1)
            if token.value in ("and", "or") and node.value == token.value and self._joins(node):
                node = Node("operator", token.value, (*node.parts, right))
            else:
                node = Node("operator", token.value, (node, right))
        return node

    @staticmethod
    def _joins(node: Node) -> bool:
        return node.kind == "operator"

    def _single(self) -> Node:
        token = self._peek()
        if token is None:
            raise self._unexpected()
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadCondition("too-deep", token.at)
        try:
            return self._of(token)
        finally:
            self.depth -= 1

    def _of(self, token: _Token) -> Node:
        if token.kind == "word":
            return self._call(token)
        if token.kind == "sign":
            if token.value == "(":
                self.place += 1
                node = self._level(0)
                self._take(")")
                return node
            if token.value == "-":
                self.place += 1
                return Node("operator", "-", (self._single(),))
            raise self._unexpected()
        self.place += 1
        if token.kind == "text":
            return Node("text", token.value[1:-1])
        if token.kind == "question":
            return Node("question", token.value[2:-1].strip())
        return Node("number", token.value)

    def _call(self, token: _Token) -> Node:
        if token.value not in FUNCTIONS:
            raise BadCondition("unknown-function", token.at, token.value)
        self.place += 1
        self._take("(")
        parts: list[Node] = []
        while not (closing := self._peek()) or closing.value != ")" or closing.kind != "sign":
            if parts:
                self._take(",")
            parts.append(self._level(0))
        self._take(")")
        expected = FUNCTIONS[token.value]
        if len(parts) != expected:
            raise BadCondition("arguments", token.at, token.value)
        if token.value in ("selected", "count-selected") and parts[0].kind != "question":
            raise BadCondition("arguments", token.at, token.value)
        return Node("call", token.value, tuple(parts))
