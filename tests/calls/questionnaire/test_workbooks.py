"""Files that are broken, hostile or not what they say: each is refused, with what to do."""

import io
import random
import zipfile

import pytest

from rapporteur.calls.questionnaire import workbooks
from rapporteur.calls.questionnaire.errors import FormRefused
from rapporteur.calls.questionnaire.workbooks import open_workbook
from rapporteur.calls.questionnaire.xlsform import read_xlsform, write_xlsform
from tests.calls.questionnaire.forms import FULL

GOOD = write_xlsform(FULL)
LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
NO_WORKBOOK = "The file is no workbook that can be read."
UNPACKS = "The file unpacks to far more than it should"


def changed(**parts):
    """Return the good workbook with parts replaced or added; names have __ for a slash."""
    stream = io.BytesIO()
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = named.pop(name, None)
            new.writestr(name, old.read(name) if content is None else content)
        for name, content in named.items():
            new.writestr(name, content)
    return stream.getvalue()


def part(name):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return archive.read(name)


SHEET = part("xl/worksheets/sheet1.xml")
TYPES = part("[Content_Types].xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def far_cell():
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return SHEET.replace(b"</sheetData>", cell)


def encrypted_member():
    """Return the good workbook with the flag of encryption on every member."""
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


HOSTILE = {
    "empty": (b"", "The file is empty."),
    "blanks": (b"  \n ", "The file is empty."),
    "text": (b"type,name,label\ntext,a,A\n", NO_WORKBOOK),
    "json": (b'{"survey": []}', NO_WORKBOOK),
    "pdf": (b"%PDF-1.7", NO_WORKBOOK),
    "html": (b"<html><table><tr><td>type</td></tr></table></html>", NO_WORKBOOK),
    "binary": (bytes(range(32)) * 20, NO_WORKBOOK),
    "gzip": (b"\x1f\x8b" + b"\x00" * 40, NO_WORKBOOK),
    "old": (OLE, "The file is an old Excel file."),
    "encrypted": (OLE + workbooks.ENCRYPTED, "The file is protected by a password."),
    "encrypted-member": (encrypted_member(), "The file is protected by a password."),
    "cut": (GOOD[: len(GOOD) // 2], NO_WORKBOOK),
    "only-the-start": (GOOD[:40], NO_WORKBOOK),
    "other-archive": (changed(**{"xl__workbook.xml": b""}), NO_WORKBOOK),
    "macros": (changed(**{"xl__vbaProject.bin": b"x"}), "The file holds macros"),
    "macro-type": (
        changed(**{"[Content_Types].xml": TYPES.replace(b"sheet.main", b"sheet.macroEnabled")}),
        "The file holds macros",
    ),
    "entities": (
        changed(**{"xl__styles.xml": LAUGHS + part("xl/styles.xml")}),
        "The file holds definitions",
    ),
    "entity-of-a-file": (
        changed(**{"xl__workbook.xml": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'}),
        "The file holds definitions",
    ),
    "bomb": (changed(xl__media=b"\x00" * (20 * workbooks.MEGABYTE)), UNPACKS),
    "many-members": (changed(**{f"m{n}": b"" for n in range(1001)}), UNPACKS),
    "far-cell": (changed(**{"xl__worksheets__sheet1.xml": far_cell()}), "A sheet reaches over far"),
    "outside": (changed(**{"..__evil.xml": b"<a/>"}), NO_WORKBOOK),
    "no-sheet": (changed(**{"xl__worksheets__sheet1.xml": b"<worksheet"}), NO_WORKBOOK),
    "no-content-types": (changed(**{"[Content_Types].xml": b""}), None),
    "large": (b"PK\x03\x04" + b"\x00" * workbooks.FILE_MOST, "The file is larger than"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_what_to_do(name):
    data, message = HOSTILE[name]
    if message is None:
        read_xlsform(data)  # nothing that is read is missing
        return

    with pytest.raises(FormRefused) as caught:
        read_xlsform(data)
    assert str(caught.value).startswith(message)


def test_sheets_that_reach_too_far_together_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "CELLS_MOST", 100)

    with pytest.raises(FormRefused) as caught:
        read_xlsform(GOOD)
    assert str(caught.value).startswith("A sheet reaches over far more cells")


def test_mutations_of_a_good_file_are_read_or_refused():
    chance = random.Random(4)
    for _ in range(60):
        data = bytearray(GOOD)
        for _flip in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            read_xlsform(bytes(data))
        except FormRefused:
            continue


def test_cells_are_read_from_the_first_on_with_their_errors():
    sheet = SHEET.replace(b"</sheetData>", b'<row r="40"><c r="C40" t="e"><v>#REF!</v></c></row>')
    cells = open_workbook(changed(**{"xl__worksheets__sheet1.xml": sheet + b"</sheetData>"}))[0]

    assert cells.name == "survey"
    assert cells.text(1, 1) == "type"
    assert cells.text(900, 1) == cells.text(1, 900) == cells.text(0, 1) == ""
