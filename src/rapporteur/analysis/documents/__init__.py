"""Read a UN document into sections, numbered paragraphs, footnotes, asks and figures."""
