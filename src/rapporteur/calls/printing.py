"""Letters of invitation as files, to be signed and sent by post or diplomatic channels."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.calls.letters import invitation_letter
from rapporteur.calls.models import Invitation
from rapporteur.common.notices.letters import as_html
from rapporteur.common.refusals import Refusal

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def printed_letter(invitation: Invitation, form: str) -> bytes:
    """Return the letter of an invitation, in its language, as ``docx`` or ``pdf``.

    Raises:
        Refusal: the program that writes such files is not installed.
    """
    language = invitation.language
    with override(language):
        letter = invitation_letter(
            invitation.call, invitation.token, language=language, reminder=False
        )
        # On paper a link is an address.
        items = tuple(replace(item, note=item.url) for item in letter.items)
        page = as_html(replace(letter, items=items))
    return as_docx(page) if form == "docx" else as_pdf(page)


def as_docx(page: str) -> bytes:
    try:
        import pypandoc

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "letter.docx"
            # Sandboxed: pandoc reads no file and fetches nothing while it reads the letter.
            pypandoc.convert_text(
                page, "docx", format="html", outputfile=str(path), extra_args=["--sandbox"]
            )
            return path.read_bytes()
    except (ImportError, OSError) as error:
        raise Refusal(
            _("This platform lacks pandoc, which writes such files. Tell who runs it.")
        ) from error


def as_pdf(page: str) -> bytes:
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise Refusal(
            _("This platform lacks WeasyPrint or Pango, which write such files. Tell who runs it.")
        ) from error
    # A letter fetches nothing.
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    written: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf()
    return written
