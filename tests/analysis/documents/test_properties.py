"""What holds for any text: it is read or refused, and what is read is all there."""

from __future__ import annotations

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.analysis.documents.blocks import Source
from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.parse import parse_blocks, parse_document
from rapporteur.analysis.documents.reading.text import read_text
from rapporteur.analysis.names import Names
from tests.analysis.documents.samples import NARRATIVE, PLEDGE, REPORT, RESOLUTION, UNION

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)
SENTENCE = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(WORD, min_size=1, max_size=25),
    st.sampled_from([".", ";", ",", "", ":", ".¹", "?"]),
)
LEAD = st.sampled_from(
    [
        "", "1. ", "2. ", "17. ", "(a) ", "(ii) ", "I. ", "C. ", "¹ ", "² ", "# ", "### ", "- ",
        "· ", "* ", "Annex I\n\n", "Annex\n\n", "Recalling ", "Requests ", "We ", "considering\n\n",
        "resolves\n\n", "C2: ", "Objective 1. ", "| a | ", "\t", "> ", "The General Assembly,\n\n",
        "Summary\n\n", "Contents\n\n", "3rd plenary meeting\n\n", "Note: ", "[1] ", "1/ ", "1.1 ",
    ]
)  # fmt: skip
BREAK = st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n", "\x0c", "\n12\n"])
TEXT = st.lists(st.tuples(LEAD, SENTENCE, BREAK), min_size=1, max_size=30).map(
    lambda pieces: "".join(lead + sentence + gap for lead, sentence, gap in pieces)
)
KIND = st.sampled_from(["auto", "report", "resolution", "narrative"])
MASTHEAD = "United Nations\n\nGeneral Assembly\n\nA/91/15\n\nReport of the Secretary-General\n\n"


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", text.lower()))


def told(text: str, kind: str) -> set[str]:
    document = parse_document(text.encode(), kind=kind, names=Names())
    out = json.dumps(document.as_json(), ensure_ascii=False).replace("\\n", " ")
    return words(out)


@given(TEXT, KIND)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_no_word_of_any_text_is_lost(text, kind):
    text = MASTHEAD + text

    assert words(text) - told(text, kind) == set()


@given(st.sampled_from([REPORT, RESOLUTION, PLEDGE, UNION, NARRATIVE]), st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_no_word_of_a_shuffled_document_is_lost(sample, data):
    lines = sample.split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        first = data.draw(st.integers(0, len(lines) - 1))
        second = data.draw(st.integers(0, len(lines) - 1))
        lines[first], lines[second] = lines[second], lines[first]
    text = re.sub(r"</?sup>", "", MASTHEAD + "\n".join(lines))

    assert words(text) - told(text, data.draw(KIND)) == set()


@given(st.text(max_size=400), KIND)
@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
def test_any_characters_are_read_or_refused(text, kind):
    try:
        document = parse_document((MASTHEAD + text).encode("utf-8", "replace"), kind=kind)
    except NotADocument:
        return

    json.dumps(document.as_json())


@given(st.sampled_from([REPORT, RESOLUTION, PLEDGE, UNION, NARRATIVE]), st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_cut_is_read_or_refused(sample, data):
    cut = sample[data.draw(st.integers(0, 300)) : data.draw(st.integers(0, len(sample)))]

    try:
        document = parse_document(cut.encode(), kind=data.draw(KIND))
    except NotADocument:
        return

    anchors = [item.anchor for item in (*document.paragraphs, *document.operative)]
    assert len(anchors) == len(set(anchors))


def test_the_same_blocks_give_the_same_document():
    def once():
        source: Source = read_text(REPORT)
        return parse_blocks(source, kind="auto", names=Names())

    assert once() == once()
