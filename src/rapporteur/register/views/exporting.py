"""The archive's public page and its files."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.register import archive


class ArchivePage(View):
    """The archives that are kept, the newest first, with sizes and checksums."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        context = {
            "title": _("The whole register as files"),
            "archives": archive.archives(),
            "descriptions": tuple(archive.DESCRIPTIONS),
        }
        return render(request, "register/archive.html", context)


class ArchiveFile(View):
    """One file of an archive; of ``latest`` the newest one's, by its own address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, name, file_name):
        if name == "latest":
            newest = next(iter(archive.archives()), None)
            if newest is None:
                raise Http404
            return redirect("register:archive-file", newest.name, file_name)
        found = archive.find_file(name, file_name)
        if found is None:
            raise Http404
        path, media_type = found
        response = FileResponse(
            path.open("rb"), as_attachment=True, filename=file_name, content_type=media_type
        )
        # An archive never changes; it is gone one day.
        response.headers["Cache-Control"] = "public, max-age=86400, immutable"
        return response
