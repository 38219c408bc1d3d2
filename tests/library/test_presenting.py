from rapporteur.library.presenting import lines_of, with_addresses, with_links

HELD = {"A/RES/70/125": "/documents/A/RES/70/125", "70/125": "/documents/A/RES/70/125"}


def test_symbols_that_are_held_are_links_and_all_else_is_escaped():
    shown = with_links("<b>See</b> resolution 70/125 & A/RES/70/1255, 170/125.", HELD)

    assert shown == (
        "&lt;b&gt;See&lt;/b&gt; resolution "
        '<a href="/documents/A/RES/70/125">70/125</a> &amp; A/RES/70/1255, 170/125.'
    )


def test_addresses_in_footnotes_are_links():
    shown = with_addresses('See <https://example.org/a?b=1&c="x">.', {})

    assert shown == (
        'See &lt;<a href="https://example.org/a?b=1&amp;c=" rel="external">'
        "https://example.org/a?b=1&amp;c=</a>&quot;x&quot;&gt;."
    )


def test_a_script_is_never_an_address():
    assert "<a" not in with_addresses("javascript:alert(1) data:text/html,x", {})


def test_the_opening_is_in_italics():
    assert lines_of("Requests the <i>Office</i>:\n(a) To dig;", "Requests", {}) == [
        "<em>Requests</em> the &lt;i&gt;Office&lt;/i&gt;:",
        "(a) To dig;",
    ]
