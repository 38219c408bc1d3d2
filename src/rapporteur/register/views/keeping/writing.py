"""Writing an activity: the start, the steps, the check of one's answers, sending, the receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.register import suggesting
from rapporteur.register.actions import drafting, proposing, stepping
from rapporteur.register.answers import all_answers
from rapporteur.register.changes import changes_between
from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.content import Content, gaps_of
from rapporteur.register.errors import (
    FIELD_LABELS,
    FaultyContent,
    StepChanged,
    VersionMoved,
    message_of,
    place_of,
)
from rapporteur.register.forms import STEPS, after, find_step, step_of_field
from rapporteur.register.forms.vocabulary import Vocabulary
from rapporteur.register.models import Activity, Version
from rapporteur.register.queries.activities import open_version
from rapporteur.register.queries.desk import waiting_before
from rapporteur.register.views.keeping.finding import find_kept, find_open, saved_words
from rapporteur.site.limits import within_limit

# Requests for suggestions of one person in a minute; a page asks for one after each pause.
SUGGESTIONS_A_MINUTE = 60


class New(View):
    """What it takes to register an activity, and the button that begins a draft."""

    def get(self, request):
        context = {"title": _("Register an activity"), "steps": STEPS}
        return render(request, "register/keeping/new.html", context)

    def post(self, request):
        version = stepping.begin_once(by=request.user, at=timezone.now())
        return redirect("register:step", pk=version.activity_id, step=STEPS[0].slug)


class StepPage(View):
    """One step. Whatever the button, what was typed is saved first."""

    def get(self, request, pk, step):
        activity, version, step = self.find(request, pk, step)
        if version is None:
            return redirect("register:edit", pk=pk)
        if version.state == VersionState.SUBMITTED:
            return redirect("register:check", pk=pk)
        typed = held_forms.held(request)
        form = self.form_for(step, version, activity, request, typed)
        if typed is not None:
            form.check()
        return self.show(request, activity, version, step, form, held=typed is not None)

    def post(self, request, pk, step):
        activity, version, step = self.find(request, pk, step)
        now = timezone.now()
        if version is None and "take-back" in request.POST:
            version = drafting.begin_change(activity=activity, by=request.user, at=now)
        if version is None:
            # Decided while somebody wrote: what they typed stays on the page.
            return self.moved(request, activity, step, VersionMoved())
        form = self.form_for(step, version, activity, request, request.POST)
        valid = form.check()
        try:
            if "take-back" in request.POST and version.state == VersionState.SUBMITTED:
                version = stepping.take_back(version=version, by=request.user, at=now)
            version = self.save(step, version, activity, form, request, now)
        except (StepChanged, VersionMoved) as refusal:
            return self.moved(request, activity, step, refusal)
        held_forms.forget(request)
        if not valid:
            return self.show(request, activity, version, step, form, status=422)
        return self.go_on(request, activity, version, step, form)

    def find(self, request, pk, slug):
        step = find_step(slug)
        if step is None:
            raise Http404
        activity, version = find_open(request, pk)
        return activity, version, step

    def form_for(self, step, version, activity, request, data, content=None):
        initial = stepping.contact_of(activity) if step.slug == "contact" and data is None else {}
        return step.form(
            data,
            content=content or version.says,
            vocabulary=Vocabulary(),
            person=request.user,
            initial=initial,
        )

    def save(self, step, version, activity, form, request, now):
        contact = None
        if step.slug == "contact":
            contact = form.contact(stepping.contact_of(activity))
        saved = stepping.save_step(
            version=version,
            fields=step.form.content_fields,
            change=form.change,
            seen=request.POST.get("seen", ""),
            contact=contact,
            by=request.user,
            at=now,
        )
        if getattr(form, "proposes", False):
            proposing.propose_organization(
                name=saved.says.organization,
                kind=form.typed("proposed_kind"),
                country=form.typed("proposed_country"),
                website=form.typed("proposed_website"),
                by=request.user,
                at=now,
            )
            messages.success(
                request,
                _(
                    "The organization is proposed to the secretariat. Go on: the name stays in "
                    "your entry as you wrote it until then."
                ),
            )
        return saved

    def go_on(self, request, activity, version, step, form):
        then = request.POST.get("then", "next")
        here = reverse("register:step", args=[activity.pk, step.slug])
        came_from = "?from=check" if request.POST.get("from") == "check" else ""
        if then.startswith("more-"):
            name = then.removeprefix("more-")
            blank = len(form.typed_rows(name)) if name in form.row_sets else 0
            return redirect(f"{here}{came_from}#row-{name}-{blank}")
        if then == "suggest":
            return redirect(f"{here}?suggest=1#suggestions")
        if step.slug == "organization" and self.asks_which(form, version):
            return redirect(f"{here}{came_from}#which")
        if then.startswith("go-"):
            wanted = find_step(then.removeprefix("go-"))
            if wanted is not None:
                return redirect("register:step", pk=activity.pk, step=wanted.slug)
        if then == "photograph":
            return redirect("register:photograph-add", pk=activity.pk)
        if then == "leave":
            messages.success(request, saved_words(version.saved_at, now=timezone.now()))
            return redirect("register:mine")
        following = after(step)
        if then in ("check", "go-check") or came_from or following is None:
            return redirect("register:check", pk=activity.pk)
        return redirect("register:step", pk=activity.pk, step=following.slug)

    def asks_which(self, form, version):
        """Whether a name that the directory does not know was typed just now."""
        says = version.says
        unknown = says.organization and not says.organization_slug
        return unknown and says.organization != form.content.organization

    def moved(self, request, activity, step, refusal):
        """Show what was typed in the fields, and what is stored beside it. Nothing is lost."""
        version = open_version(activity) or activity.published_version
        if version is None:
            raise refusal
        form = self.form_for(step, version, activity, request, request.POST)
        form.check()
        fields = step.form.content_fields
        wanted = form.change(version.says)
        context: dict[str, Any] = {
            "refusal": refusal,
            "stored": changes_between(version.says, replace_fields(version.says, wanted, fields)),
            "waits": version.state not in stepping.WRITABLE,
        }
        if step.slug == "contact":
            context["stored_contact"] = stepping.contact_of(activity)
        return self.show(request, activity, version, step, form, status=409, **context)

    def show(self, request, activity, version, step, form, status=200, **more):
        fields = step.form.content_fields
        content = version.says
        contact = stepping.contact_of(activity) if step.slug == "contact" else None
        seen = stepping.mark_of_step(content, fields, contact)
        held = more.get("held", False)
        if held:
            seen = form.data.get("seen", seen)
        context = {
            "title": step.title,
            "activity": activity,
            "version": version,
            "step": step,
            "number": STEPS.index(step) + 1,
            "steps": steps_shown(content, activity, step),
            "form": form,
            "faults": form.faults,
            "seen": seen,
            "mark": held_forms.mark_of(request.user),
            "came_from": request.POST.get("from") or request.GET.get("from", ""),
            "saved": saved_words(version.saved_at, now=timezone.now()),
            "template": f"register/keeping/_{step.slug}.html",
            "suggestions": self.suggestions(request, activity, step, form, content),
            **more,
        }
        if step.slug == "contact":
            context["photographs"] = list(activity.photographs.all())
        return render(request, "register/keeping/step.html", context, status=status)

    def suggestions(self, request, activity, step, form, content):
        """Return the suggestions that the step shows, ``None`` where it shows none."""
        wanted = step.slug == "labels" or (step.slug == "text" and "suggest" in request.GET)
        if not wanted:
            return None
        ticked = form.data.getlist("suggested") if form.is_bound else ()
        found = suggesting.suggestions_for(
            content.title,
            content.description,
            language=content.language,
            but=activity,
            held=(*content.action_lines, *content.sdgs),
            ticked=ticked,
        )
        # The text's own step is where duplicates are looked at.
        return found if step.slug == "text" else replace(found, duplicates=())


def replace_fields(content: Content, other: Content, fields: tuple[str, ...]) -> Content:
    return replace(content, **{name: getattr(other, name) for name in fields})


def steps_shown(content: Content, activity: Activity, current: Any) -> list[dict[str, Any]]:
    """Return the list of steps for the margin: title, whether anything is said, where one is."""
    return [
        {
            "slug": step.slug,
            "title": step.title,
            "filled": any(getattr(content, name) for name in step.form.content_fields),
            "current": step is current,
        }
        for step in STEPS
    ]


class Suggestions(View):
    """What is suggested for a text that is being typed; stores nothing."""

    def post(self, request):
        found = None
        if within_limit(request, purpose="suggestions", limit=SUGGESTIONS_A_MINUTE, seconds=60):
            pk = request.POST.get("activity", "")
            known = pk.isascii() and pk.isdigit() and len(pk) < 19
            activity = Activity(pk=int(pk)) if known else None
            found = suggesting.suggestions_for(
                request.POST.get("title", "")[:400],
                request.POST.get("description", "")[:20_000],
                language=request.POST.get("language", "")[:3],
                but=activity,
                held=request.POST.getlist("held"),
                ticked=request.POST.getlist("suggested"),
            )
        return render(request, "register/keeping/_suggestions.html", {"suggestions": found})


class Check(View):
    """All answers with links to change them, what is wrong, what is missing; then send."""

    def get(self, request, pk):
        activity, version = find_open(request, pk)
        if version is None:
            return redirect("register:edit", pk=pk)
        return show_check(request, activity, version)


def show_check(
    request: Any, activity: Activity, version: Version, status: int = 200, **more: Any
) -> Any:
    content = version.says
    fields = tuple(name for step in STEPS for name in step.form.content_fields)
    answers = {answer.field: answer for answer in all_answers(content, fields)}
    published = activity.published_version
    context = {
        "title": _("Check your answers"),
        "activity": activity,
        "version": version,
        "parts": [
            {
                "step": step,
                "answers": [answers[n] for n in step.form.content_fields if n in answers],
            }
            for step in STEPS
        ],
        "problems": [
            {
                "step": step_of_field(problem.field.partition(".")[0]),
                "place": place_of(problem.field),
                "message": message_of(problem),
            }
            for problem in drafting.check_content(content)
        ],
        "gaps": [(FIELD_LABELS[name], step_of_field(name)) for name in gaps_of(content)],
        "contact": stepping.contact_of(activity),
        "photographs": list(activity.photographs.all()),
        "changes": changes_between(published.says, content) if published else None,
        "is_change": published is not None,
        "waits": version.state == VersionState.SUBMITTED,
        "saved": saved_words(version.saved_at, now=timezone.now()),
        **more,
    }
    return render(request, "register/keeping/check.html", context, status=status)


class Send(View):
    """Send the open version to the secretariat; sent twice, it counts once."""

    def post(self, request, pk):
        activity, version = find_open(request, pk)
        if version is None:
            return redirect("register:edit", pk=pk)
        if version.state == VersionState.SUBMITTED:
            return redirect("register:receipt", pk=pk)
        note = " ".join(request.POST.get("note", "").split())
        seen = request.POST.get("digest", version.digest)
        try:
            if seen != version.digest:
                raise VersionMoved
            drafting.submit(version=version, by=request.user, at=timezone.now(), note=note[:1000])
        except FaultyContent:
            return show_check(request, activity, version, status=422, note=note)
        except Refusal as refusal:
            version = open_version(activity)
            if version is None:
                raise
            return show_check(
                request, activity, version, status=refusal.status, refusal=refusal, note=note
            )
        return redirect("register:receipt", pk=pk)


class Receipt(View):
    """The number of what was sent, and what happens next."""

    def get(self, request, pk):
        activity, version = find_open(request, pk)
        if version is None:
            return redirect("register:edit", pk=pk)
        if version.state != VersionState.SUBMITTED:
            return redirect("register:check", pk=pk)
        context = {
            "title": _("Your entry is sent"),
            "activity": activity,
            "version": version,
            "before": waiting_before(version),
            "is_change": activity.state != ActivityState.DRAFT,
        }
        return render(request, "register/keeping/receipt.html", context)


class TakeBack(View):
    """Take back what waits, to go on writing."""

    def post(self, request, pk):
        activity = find_kept(request, pk)
        version = open_version(activity)
        if version is None:
            raise VersionMoved
        stepping.take_back(version=version, by=request.user, at=timezone.now())
        messages.success(request, _("It is a draft again. Send it when it is ready."))
        return redirect("register:check", pk=pk)
