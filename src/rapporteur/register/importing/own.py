"""Rows of the register's own export, read back: exact where nothing was changed."""

from __future__ import annotations

from rapporteur.analysis.tables.rows import SourceRow
from rapporteur.register.content import gaps_of, problems_of, stored_text, to_json
from rapporteur.register.exporting.columns import COLUMN_OF, KINDS, content_of, typed_cells
from rapporteur.register.importing.messages import cell_words
from rapporteur.register.importing.outcome import RefusedCell
from rapporteur.register.importing.rows import Faults, ReadRow, said_of
from rapporteur.register.importing.words import Words

OTHER_REGISTER = "another-register"


class OwnReader:
    """Reads the rows of an own export; ``form`` is the file's (``csv``, ``xlsx``, ``jsonl``).

    A row of a record that this register does not have is of another register: it comes in under
    the source and key that the row names, else under its number there.
    """

    def __init__(self, form: str, words: Words) -> None:
        self.form = form
        self.words = words
        self.unread: dict[str, None] = {}

    def column_of(self, name: str) -> str:
        return name

    def read(self, row: SourceRow) -> ReadRow | list[RefusedCell]:
        """Return what the row says, or its faulty cells, each once."""
        faults = Faults(row)
        for fault in row.faults:
            faults.note(fault)
        if row.faults:
            return faults.cells()
        values, bad = typed_cells(row.cells, form=self.form)
        for column in bad:
            faults.add(column, cell_words(KINDS[column]))
        content, problems = content_of(values)
        problems += problems_of(content, self.words.known)
        for problem in problems:
            name = problem.field.split(".")[0]
            faults.add(COLUMN_OF.get(name, name), said_of(problem), value=problem.value)
        number, made = values.get("number"), values.get("created_at")
        if not bad and (number is None or made is None):
            faults.add("number" if number is None else "created_at", cell_words("number"))
        if faults.found or number is None or made is None:
            return faults.cells()
        moment = made.isoformat()
        key = str(values.get("source_key", "")) or f"{number} {moment}"
        text, digest = stored_text(to_json(content))
        return ReadRow(
            row=row.number,
            content=content,
            key=key,
            identified=True,
            text=text,
            digest=digest,
            gaps=gaps_of(content),
            source_link=str(values.get("source_link", "")),
            source=str(values.get("source_name", "")) or OTHER_REGISTER,
            number=number,
            version=int(values.get("version") or 0),
            made=moment,
        )
