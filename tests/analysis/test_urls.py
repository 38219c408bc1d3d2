from rapporteur.analysis.urls import find_urls


def test_find_urls_takes_off_the_sentence_punctuation():
    text = "See <https://example.org/report>; https://example.org/a_b.pdf. And (www.example.int/x)."

    assert find_urls(text) == [
        "https://example.org/report",
        "https://example.org/a_b.pdf",
        "www.example.int/x",
    ]


def test_find_urls_undoes_markdown():
    text = r"at [https://example.org/a\_b\_c.pdf](https://example.org/a\_b\_c.pdf) and on"

    assert find_urls(text) == ["https://example.org/a_b_c.pdf"]


def test_find_urls_keeps_brackets_that_the_address_opened():
    assert find_urls("https://example.org/wiki/Summit_(2003).") == [
        "https://example.org/wiki/Summit_(2003)"
    ]


def test_find_urls_gives_each_address_once_and_none_without_addresses():
    assert find_urls("https://example.org/a, then https://example.org/a") == [
        "https://example.org/a"
    ]
    assert find_urls("www. and http:// alone are no addresses, nor is example.org") == []


def test_find_urls_is_linear():
    assert find_urls("https://example.org/" + "(" * 100_000 + ")" * 200_000) == [
        "https://example.org/" + "(" * 100_000 + ")" * 100_000
    ]
