"""The corpus of UN documents: labelled samples, and no document that the reader cannot take."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rapporteur.analysis.asks import opening_of_preamble, read_operative, read_subparagraph
from rapporteur.analysis.names import Names
from tests.analysis.asks.scoring import labelled, score

NAMES = Names()
_SYMBOL = re.compile(r'\{"symbol": "([^"]*)"')


@pytest.fixture(scope="module")
def corpus(shared_data: Path) -> Path:
    return shared_data / "un_documents" / "resolutions" / "other_un_documents.jsonl.gz"


def lines(corpus: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        for line in stream:
            match = _SYMBOL.match(line)
            yield (match[1] if match else "", line)


def texts(document: dict[str, Any]) -> dict[int, str]:
    return {item["n"]: item.get("text") or "" for item in document["paragraphs"]}


@pytest.fixture(scope="module")
def samples(corpus) -> dict[str, dict[int, str]]:
    wanted = {
        label["document"]
        for name in ("asks_corpus_1.json", "asks_corpus_2.json", "asks_corpus_3.json")
        for label in labelled(name)
    }
    return {symbol: texts(json.loads(line)) for symbol, line in lines(corpus) if symbol in wanted}


# Before anything was mended for them, the samples scored 0.84, 0.88 and 0.93 in this order.
@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [("asks_corpus_1.json", 60), ("asks_corpus_2.json", 60), ("asks_corpus_3.json", 40)],
)
def test_asks_of_a_sample_drawn_by_lot(samples, name, paragraphs):
    pairs = []
    for label in labelled(name):
        document = samples[label["document"]]
        text = document[label["paragraph"]]
        if label["chapeau"] is None:
            reading = read_operative(text, names=NAMES)
        else:
            chapeau = read_operative(document[label["chapeau"]], names=NAMES)
            reading = read_subparagraph(chapeau, text, names=NAMES)
        pairs.append((reading.asks, label["asks"]))

    result = score(pairs)

    assert len(pairs) == paragraphs
    assert result.f1 >= 0.95, result


def test_every_tenth_document_is_read(corpus):
    read = asks = 0
    for index, (_, line) in enumerate(lines(corpus)):
        if index % 10:
            continue
        read += 1
        chapeau = read_operative("", names=NAMES)
        for item in json.loads(line)["paragraphs"]:
            text = item.get("text") or ""
            opening_of_preamble(text)
            if (item.get("paragraph_level") or 1) == 1:
                reading = chapeau = read_operative(text, names=NAMES)
            else:
                reading = read_subparagraph(chapeau, text, names=NAMES)
            asks += len(reading.asks)

    assert read == 301
    assert asks > 3000
