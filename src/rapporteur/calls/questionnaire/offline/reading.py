"""Read a filled form, Word or workbook, whatever program saved it last."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

from django.utils.translation import gettext as _

from rapporteur.analysis.tables import opening
from rapporteur.calls.questionnaire.errors import FormRefused
from rapporteur.calls.questionnaire.model import Questionnaire
from rapporteur.calls.questionnaire.offline import docx_in, xlsx_in
from rapporteur.calls.questionnaire.offline.docx_out import write_offline_docx
from rapporteur.calls.questionnaire.offline.filling import (
    Filled,
    Found,
    NotRead,
    answers_from,
    not_read,
)
from rapporteur.calls.questionnaire.offline.marks import FormMark, mark_of, read_mark
from rapporteur.calls.questionnaire.offline.places import CodeNames, keys_of, root_of
from rapporteur.calls.questionnaire.offline.values import is_ticked_mark
from rapporteur.calls.questionnaire.offline.xlsx_out import write_offline_xlsx
from rapporteur.calls.questionnaire.workbooks import ENCRYPTED, check_size, is_old_office

# A form with more that cannot be read is no longer read in parts.
FAULTS_AT_MOST = 500


def read_offline(
    data: bytes, questionnaire: Questionnaire, names: CodeNames | None = None
) -> Filled:
    """Return the answers of a filled form, and exactly what of it could not be read back.

    ``names`` are the codes that the form offered; names and codes are read in any language.

    Raises:
        FormRefused: the file is none that is opened, or not a form of this questionnaire.
    """
    names = names or CodeNames()
    check_size(data)
    if is_old_office(data):
        if ENCRYPTED in data:
            raise FormRefused(
                _("The file is protected by a password. Save it without one, and give that.")
            )
        raise FormRefused(_("The file is in an old form. Save it as DOCX or XLSX, and give that."))
    read = _word if _is_word(data) else _book
    found, faults, mark = read(data, questionnaire, names)
    known = set(keys_of(questionnaire, names))
    if mark is not None and mark.form != questionnaire.name:
        raise FormRefused(
            _(
                "The file is the form “%(given)s”, and this is “%(expected)s”. Give it where it "
                "belongs, or fill in this form."
            )
            % {"given": mark.form, "expected": questionnaire.name}
        )
    if not known & set(found):
        raise FormRefused(
            _(
                "The file holds no place of this form. Give the form that you downloaded here, "
                "filled in."
            )
        )
    answers, not_taken = answers_from(questionnaire, names, found)
    told = [*_about(mark, questionnaire, names), *not_taken, *faults][:FAULTS_AT_MOST]
    return Filled(answers, tuple(told), mark)


def _is_word(data: bytes) -> bool:
    if not data.startswith(opening.ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except Exception:  # a broken archive fails in many ways, and is refused where it is opened
        return False


def _about(mark: FormMark | None, questionnaire: Questionnaire, names: CodeNames) -> list[NotRead]:
    """Tell where the form is of another version, or does not say of which."""
    if mark is None:
        return [NotRead("", "no-mark")]
    if mark.digest == mark_of(questionnaire, mark.language, names).digest:
        return []
    details = {"given": mark.version, "expected": questionnaire.version}
    return [NotRead("", "other-version", details=details)]


Read = tuple[dict[str, list[Found]], list[NotRead], FormMark | None]


def _word(data: bytes, questionnaire: Questionnaire, names: CodeNames) -> Read:
    keys = list(keys_of(questionnaire, names))
    form = docx_in.open_word(data, iter(keys))
    mark = read_mark(form.properties)
    labels = {item.name: item.label for item in questionnaire.questions()}
    language = mark.language if mark else questionnaire.default_language

    def where(key: str) -> str:
        label = questionnaire.text(labels.get(root_of(key), {}), language)
        if not label:
            return _("at the beginning")
        return _("at or below “%(label)s”") % {"label": label[:80]}

    found: dict[str, list[Found]] = {}
    for piece in form.places:
        text = piece.text
        # What a box shows counts; where that cannot be told, what it says of itself.
        is_sign = len(text) == 1 and not text.isalnum()
        if piece.checked is not None and is_sign and is_ticked_mark(text) is None:
            text = "x" if piece.checked else ""
        found.setdefault(piece.key, []).append(Found(text, where(piece.key)))
    faults = [
        not_read(root_of(paragraph.after), "text-outside", where(paragraph.after), paragraph.text)
        for paragraph in _unexpected_lines(form, questionnaire, mark, names)
    ]
    faults += [not_read("", "comment", "", text) for text in form.notes]
    faults += [not_read(root_of(key), "picture", where(key), "") for key in form.pictures]
    return found, faults, mark


def _unexpected_lines(
    form: docx_in.WordForm, questionnaire: Questionnaire, mark: FormMark | None, names: CodeNames
) -> list[docx_in.Paragraph]:
    """Return the lines that the form did not have when it was made.

    Of a form of another version, or in words of another release, only lines in boxes are known
    not to be the form's own.
    """
    language = mark.language if mark else questionnaire.default_language
    own = docx_in.open_word(
        write_offline_docx(questionnaire, language, names), keys_of(questionnaire, names)
    )
    expected = Counter(_folded(line) for item in own.paragraphs for line in item.text.split("\n"))
    same = mark is not None and mark == mark_of(questionnaire, mark.language, names)
    unexpected = []
    for paragraph in form.paragraphs:
        lines = [line for line in paragraph.text.split("\n") if _folded(line)]
        left = [line for line in lines if not expected[_folded(line)]]
        for line in lines:
            expected[_folded(line)] -= expected[_folded(line)] > 0
        box = paragraph.box
        if left and (same or (box is not None and (box.keys or box.is_alone))):
            paragraph.text = "\n".join(left)
            unexpected.append(paragraph)
    return unexpected


def _book(data: bytes, questionnaire: Questionnaire, names: CodeNames) -> Read:
    book = xlsx_in.open_filled(data)
    mark = read_mark(book.properties)
    faults = [
        not_read(root_of(key), "formula-error", where, text) for key, where, text in book.errors
    ]
    for key, _where, _text in book.errors:
        book.found.setdefault(key, [])
    language = mark.language if mark else questionnaire.default_language
    own = xlsx_in.open_filled(write_offline_xlsx(questionnaire, language, names))
    expected = {_folded(item.text) for item in own.others}
    same = mark is not None and mark == mark_of(questionnaire, mark.language, names)
    faults += [
        not_read(root_of(item.key), "text-outside", item.where, item.text)
        for item in book.others
        if _folded(item.text) not in expected and (same or item.beside)
    ]
    faults += [not_read("", "comment", "", text) for text in book.notes]
    return book.found, faults, mark


def _folded(text: str) -> str:
    return " ".join(text.split())
