"""What a text field stores, and what it refuses by name."""

from django import forms

from rapporteur.common.forms import TextForm
from rapporteur.common.texts import as_stored, refused_signs


class Words(TextForm):
    words = forms.CharField(required=False)


def test_text_is_stored_composed():
    assert as_stored("Cybersante\u0301") == "Cybersanté"
    form = Words({"words": "Cybersante\u0301"})

    assert form.is_valid()
    assert form.cleaned_data["words"] == "Cybersanté"


def test_signs_that_no_text_holds():
    assert refused_signs("a\x00b\x08c\x00") == ["\x00", "\x08"]
    assert refused_signs("a\tb\r\nc") == []
    assert refused_signs("\x7f\x85\ufffe\U0001ffff\ufdd0") == [
        "\x7f",
        "\x85",
        "\ufffe",
        "\U0001ffff",
        "\ufdd0",
    ]


def test_direction_signs_must_end_on_their_line():
    assert refused_signs("ITU \u2067\u0627\u0644\u0639\u2069 x") == []
    assert refused_signs("\u202bx\u202c \u2068y\u2069") == []
    assert refused_signs("ITU \u2067x") == ["\u2067"]
    assert refused_signs("ITU \u2067x\n\u2069") == ["\u2067"]
    assert refused_signs("gro.elpmaxe\u202e\u202c") == ["\u202e"]
    assert refused_signs("\u200e\u200f\u200d") == []


def test_a_refusal_names_the_sign_and_keeps_what_was_typed():
    form = Words({"words": "bell\x07"})

    assert not form.is_valid()
    assert "U+0007" in form.errors["words"][0]
    assert form["words"].value() == "bell\x07"
