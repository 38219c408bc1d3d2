"""The evaluation: its measures exactly, its messages, and the figures reached on real texts."""

from __future__ import annotations

import json

import pytest

from rapporteur.analysis.classify.evaluation.baselines import by_keywords, commonest, has_keyword
from rapporteur.analysis.classify.evaluation.command import evaluate
from rapporteur.analysis.classify.evaluation.measures import Measured, measure
from rapporteur.analysis.classify.evaluation.sets import SETS, Labelled
from rapporteur.cli import main as rapporteur

PRIZES, PARAGRAPHS, EXPERTS = SETS

# A little below what was measured: accuracy, top three, macro-F1.
FLOORS = {
    "prizes": (0.40, 0.62, 0.34),
    "paragraphs": (0.68, 0.78, 0.69),
    "experts": (0.86, 0.93, 0.86),
}


def test_measure_which_concept():
    texts = [
        Labelled("Telemedicine", "C7.4"),
        Labelled("Hospitals", "C7.4"),
        Labelled("Crops", "C7.7"),
        Labelled("zzz", "C5"),
    ]

    classifier, keywords, majority = measure(PRIZES, texts)

    assert classifier == Measured("classifier", 0.75, 0.75, 0.6667)
    assert keywords == Measured("keywords", 0.25, 0.25, 0.2222)
    assert majority == Measured("majority", 0.5, None, 0.2222)


def test_measure_whether_a_goal_is_present():
    texts = [
        Labelled("Malaria vaccines", "SDG3"),
        Labelled("Malaria vaccines", "SDG14", present=False),
        Labelled("Sea level and global warming", "SDG14", present=False),
        Labelled("zzz", "SDG1", present=True),
    ]

    classifier, keywords, majority = measure(EXPERTS, texts)

    assert classifier == Measured("classifier", 0.75, 1.0, 0.7333)
    assert keywords == Measured("keywords", 0.25, None, 0.2)
    assert majority == Measured("majority", 0.5, None, 0.3333)


def test_measure_refuses_no_texts():
    with pytest.raises(ValueError, match="No labelled texts in the set 'prizes'"):
        measure(PRIZES, [])


def test_baselines():
    assert commonest(["b", "a", "b", "a"]) == "b"
    assert by_keywords("A hospital for farmers in hospital", "action-lines")[:2] == ["C7.4", "C7.7"]
    assert has_keyword("On cities", "SDG11")
    assert not has_keyword("On towns", "SDG11")


def test_absent_sets_are_named(tmp_path, capsys):
    code = rapporteur(["analysis", "evaluate", "--data", str(tmp_path), "--json"])
    out, err = capsys.readouterr()

    assert code == 1
    assert json.loads(out) == {"sets": []}
    assert err.splitlines() == [
        f"{one.title}: no file {tmp_path / one.path}. Name the folder that has it with --data,"
        " or in RAPPORTEUR_SHARED_DATA."
        for one in SETS
    ]


def test_no_folder(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("RAPPORTEUR_SHARED_DATA", raising=False)

    assert rapporteur(["analysis", "evaluate"]) == 2
    assert "Name it with --data FOLDER" in capsys.readouterr().err
    assert rapporteur(["analysis", "evaluate", "--data", str(tmp_path / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_table_for_people(tmp_path, capsys):
    path = tmp_path / PRIZES.path
    path.parent.mkdir()
    path.write_text("id,action_line,Project\n1,C7.4,Hospitals\n2,C7,Left out\n")

    code = rapporteur(["analysis", "evaluate", "--data", str(tmp_path)])

    assert code == 1
    assert capsys.readouterr().out == (
        "Titles of nominees for the WSIS Prizes 2015, by category (action-lines, 1 texts)\n"
        "               accuracy  top three  macro-F1\n"
        "  classifier     100.0%     100.0%     1.000\n"
        "  keywords       100.0%     100.0%     1.000\n"
        "  majority       100.0%                1.000\n"
    )


@pytest.mark.documents
def test_figures_on_real_texts(shared_data):
    results, absent = evaluate(shared_data)

    assert absent == []
    assert [(result["set"], result["texts"]) for result in results] == [
        ("prizes", 223),
        ("paragraphs", 51),
        ("experts", 951),
    ]
    for result in results:
        classifier, *baselines = result["methods"]
        accuracy, top_three, macro_f1 = FLOORS[result["set"]]
        assert classifier["accuracy"] >= accuracy
        assert classifier["top_three"] >= top_three
        assert classifier["macro_f1"] >= macro_f1
        assert all(classifier["accuracy"] > baseline["accuracy"] for baseline in baselines)
        assert all(classifier["macro_f1"] > baseline["macro_f1"] for baseline in baselines)
