"""What resolutions say and ask: openings, kinds, asks, addressees and deadlines.

The rules, in the words of the resolutions themselves:

- ``opening`` is the words in italics with which a paragraph begins. Where there are none it is the
  verb with its adverb and complement ("Takes note with appreciation", "Reaffirms its commitment",
  "Welcomes and urges"), without "We" ("We further request" opens with "further request") and
  without an aside ("Emphasizes, in this regard"). A paragraph that begins otherwise has the first
  verb of the organ in it, or ``""``.
- ``kind`` is that of the opening's first verb. Demands, urges and appeals are calls; instructs,
  directs and entrusts are requests; commits, resolves and pledges are decisions.
- An ask is what the organ wants of others, in a clause of its own wherever it stands in the
  paragraph. Its ``verb`` is as printed, lower case, with its particle and without adverbs
  ("calls upon"; "reiterates its request"). What another body asked, and what the organ undertakes
  itself, is no ask. Nor is "should".
- ``addressees`` are as worded, without the leading article, one by one: also those named after
  "in particular" or "including". "By all States" and "Member States’ efforts" name them too.
- ``action`` is what follows "to", up to the next clause or to a remark ("while noting").
- ``deadline`` is the first date, session or periodicity of the ask, not of something past.
- A chapeau that leaves its action to lettered items asks nothing itself; each item does.
"""

from rapporteur.analysis.asks.openings import opening_of_preamble
from rapporteur.analysis.asks.reading import (
    Frame,
    OperativeReading,
    read_operative,
    read_subparagraph,
)

__all__ = [
    "Frame",
    "OperativeReading",
    "opening_of_preamble",
    "read_operative",
    "read_subparagraph",
]
