"""The secretariat's pages of an import: the file, what it would bring, the import, its outcome."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.jobs import progress
from rapporteur.common.jobs.models import Job, JobState
from rapporteur.common.refusals import Conflict
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.register.importing import choosing, jobs, uploads
from rapporteur.register.importing.forms import ColumnsForm, FileForm

KINDS = (jobs.LOOK, jobs.IMPORT)


class Upload(View):
    """Choose a file and say where its rows are from."""

    def get(self, request):
        return self.show(request, FileForm())

    def post(self, request):
        form = FileForm(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)  # that it is missing: it was left while it arrived
            form.add_error("file", too_large())
            return self.show(request, form, status=413)
        if not form.is_valid():
            return self.show(request, form, status=422)
        file = form.cleaned_data["file"]
        job = jobs.begin(
            token=uploads.keep(file.chunks()),
            name=file.name,
            source=form.cleaned_data["source"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("register:import-job", job.pk)

    def show(self, request, form, status=200):
        context = {
            "title": _("Import activities"),
            "form": form,
            "recent": Job.objects.filter(kind__in=KINDS).select_related("owner")[:10],
        }
        return render(request, "register/import.html", context, status=status)


def too_large():
    return _("The file is larger than %(limit)s. Pack it with gzip, or import it in parts.") % {
        "limit": filesizeformat(settings.UPLOAD_MAX_BYTES["register:import"])
    }


class JobPage(View):
    """How far a look or an import is; when it is over, what it found."""

    def get(self, request, pk):
        job = find_job(pk)
        if not job.is_over:
            done, _noted = progress.read(job.pk)
            context = {"title": _("Import activities"), "job": job, "done": done}
            response = render(request, "register/import_progress.html", context)
            response.headers["Cache-Control"] = "no-store"
            # Works without script; only this page comes anew by itself.
            response.headers["Refresh"] = "3"
            return response
        return render(request, "register/import_outcome.html", self.outcome(job))

    def outcome(self, job):
        result = job.result
        columns, mapping = result.get("columns"), result.get("mapping")
        form = None
        if job.kind == jobs.LOOK and columns and mapping is not None:
            form = ColumnsForm(columns=columns, initial=choosing.chosen_columns(mapping))
        return {
            "title": job.arguments["name"],
            "job": job,
            "result": result,
            "is_look": job.kind == jobs.LOOK,
            "failed": job.state == JobState.FAILED,
            "no_title": result.get("no_title", False),
            "accepted": result.get("added", 0) + result.get("changed", 0),
            "gaps": [
                (FIELD_LABELS.get(name, name), count)
                for name, count in result.get("gaps", {}).items()
            ],
            "form": form,
        }


class Columns(View):
    """Look through the file again with other columns for the fields."""

    http_method_names = ["post"]

    def post(self, request, pk):
        job = find_job(pk, kind=jobs.LOOK)
        columns, mapping = job.result.get("columns"), job.result.get("mapping")
        if not columns or mapping is None:
            raise NothingToDo
        form = ColumnsForm(request.POST, columns=columns)
        if not form.is_valid():
            context = {**JobPage().outcome(job), "form": form}
            return render(request, "register/import_outcome.html", context, status=422)
        again = jobs.look_again(
            job,
            mapping=choosing.with_choices(mapping, form.cleaned_data),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("register:import-job", again.pk)


class Run(View):
    """Import what the look showed: all rows, or the good ones."""

    http_method_names = ["post"]

    def post(self, request, pk):
        job = find_job(pk, kind=jobs.LOOK)
        if job.state != JobState.DONE:
            raise NothingToDo
        good_rows_only = request.POST.get("rows") == "good"
        if job.result["refused_rows"] and not good_rows_only:
            raise NothingToDo
        begun = jobs.begin_import(
            job, good_rows_only=good_rows_only, by=request.user, at=timezone.now()
        )
        return redirect("register:import-job", begun.pk)


class Refused(View):
    """The list of refused cells as CSV."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, pk):
        job = find_job(pk)
        path = uploads.refused_path(job.arguments["token"], job.pk)
        if not path.is_file():
            raise Http404
        return FileResponse(
            path.open("rb"), as_attachment=True, filename="refused.csv", content_type="text/csv"
        )


class NothingToDo(Conflict):
    """The look is not over, or shows faults that only an import of good rows passes over."""

    def __init__(self):
        super().__init__(_("This file cannot be imported so. Look at what was found, and choose."))


def find_job(pk, *, kind=None):
    return get_object_or_404(Job, pk=pk, kind__in=(kind,) if kind else KINDS)
