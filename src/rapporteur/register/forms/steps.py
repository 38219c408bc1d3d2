"""The steps of writing an activity, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rapporteur.common.texts import as_stored
from rapporteur.directory.choices import OrganizationKind
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries.names import find_organization, organizations_by_key
from rapporteur.register.choices import (
    ActivityKind,
    ActivityStatus,
    Coverage,
    GivenBy,
    ResultKind,
)
from rapporteur.register.content import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Content,
    Link,
    Partner,
    Result,
    Translation,
)
from rapporteur.register.forms.base import (
    CodesField,
    PlainField,
    RowForm,
    Rows,
    StepForm,
    in_order,
    lines_of,
)
from rapporteur.register.forms.labels import LabelsForm
from rapporteur.register.forms.vocabulary import language_choices

DIR_AUTO = {"dir": "auto"}


def languages_to_choose(held: str) -> list[tuple[str, str]]:
    """Return the languages of a select; one that is held and not among them too."""
    choices = [("", _("Not said yet")), *language_choices()]
    if held and held not in dict(choices):
        choices.append((held, held))
    return choices


class TextStep(StepForm):
    content_fields = ("title", "description", "language")

    title = PlainField(
        label=gettext_lazy("Title"),
        required=True,
        error_messages={"required": gettext_lazy("Enter a title; nothing is sent without one.")},
        help_text=gettext_lazy(
            "What was or is being done, in a few words. At most 300 characters."
        ),
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    description = PlainField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy(
            "What is done, for whom, and what came of it. Somebody who never heard of it should "
            "understand it. At most 20,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 10, **DIR_AUTO}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        required=False,
        help_text=gettext_lazy(
            "The language in which you wrote the title and the description. Translations can be "
            "added in the last step."
        ),
    )

    def set_choices(self) -> None:
        self.fields["language"].choices = languages_to_choose(self.content.language)  # type: ignore[attr-defined]

    def initial_of(self, content: Content) -> dict[str, Any]:
        initial = super().initial_of(content)
        if not (content.title or content.description or content.language):
            # Most people write in the language in which they read the page.
            initial["language"] = (get_language() or "en").split("-")[0]
        return initial

    def parts(self, content: Content) -> dict[str, Any]:
        return {
            "title": " ".join(self.typed("title").split()),
            "description": self.typed("description").replace("\r\n", "\n"),
            "language": self.typed("language"),
        }

    def change(self, content: Content) -> Content:
        """Return the content with the text, and the suggestions that were accepted beside it."""
        return accept(super().change(content), self.accepted)


def accept(content: Content, codes: list[str]) -> Content:
    """Return the content with suggested labels added, marked as accepted suggestions."""
    from dataclasses import replace

    lines = [c for c in codes if c.startswith("C") and c not in content.action_lines]
    goals = [c for c in codes if c.startswith("SDG") and c not in content.sdgs]
    if not lines and not goals:
        return content
    given = {**content.given, **dict.fromkeys([*lines, *goals], GivenBy.SUGGESTION.value)}
    return replace(
        content,
        action_lines=(*content.action_lines, *lines),
        sdgs=(*content.sdgs, *goals),
        given=given,
    )


class OrganizationStep(StepForm):
    content_fields = ("organization", "organization_slug", "stakeholder_group", "partners")
    shown_at = {"organization_slug": "organization"}

    organization = PlainField(
        label=gettext_lazy("Organization that carries it out"),
        help_text=gettext_lazy(
            "Its name or acronym. Its focal points on this site will see this entry and may "
            "change it."
        ),
        widget=forms.TextInput(attrs={**DIR_AUTO, "autocomplete": "organization"}),
    )
    organization_is = forms.ChoiceField(
        label=gettext_lazy("Is it one of these, or what is to be done?"),
        required=False,
        widget=forms.RadioSelect,
    )
    proposed_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the organization"),
        required=False,
        choices=[("", gettext_lazy("Not said yet")), *OrganizationKind.choices],
    )
    proposed_country = forms.ChoiceField(
        label=gettext_lazy("Country in which it is based"), required=False
    )
    proposed_website = PlainField(
        label=gettext_lazy("Its website"),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    stakeholder_group = forms.ChoiceField(
        label=gettext_lazy("Stakeholder group"),
        required=False,
        help_text=gettext_lazy(
            "Of the organization. Left open, it is taken from the directory where that knows it."
        ),
    )
    partners = PlainField(
        label=gettext_lazy("Partners"),
        help_text=gettext_lazy("Other organizations that take part, one on each line."),
        widget=forms.Textarea(attrs={"rows": 4, **DIR_AUTO}),
    )
    PROPOSAL = ("organization_is", "proposed_kind", "proposed_country", "proposed_website")

    def set_choices(self) -> None:
        groups = self.vocabulary.concepts("stakeholder-groups")
        fields: dict[str, Any] = self.fields
        fields["stakeholder_group"].choices = [
            ("", _("Not said yet")),
            *((group.code, group.name) for group in groups),
        ]
        if not self.asks_which:
            for name in self.PROPOSAL:
                del fields[name]
            return
        self.near = near_organizations(self.content.organization)
        fields["organization_is"].choices = [
            *((row.slug, row.display_name) for row in self.near),
            ("propose", _("Propose it to the secretariat for the directory")),
            ("text", _("Keep the name as it is written")),
        ]
        fields["proposed_country"].choices = [
            ("", _("Not known, or none")),
            *self.vocabulary.countries.items(),
        ]

    @property
    def asks_which(self) -> bool:
        """Whether the organization that is stored is one that the directory does not know."""
        return bool(self.content.organization) and not self.content.organization_slug

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {
            "organization": content.organization,
            "stakeholder_group": content.stakeholder_group,
            "partners": "\n".join(partner.name for partner in content.partners),
        }

    def parts(self, content: Content) -> dict[str, Any]:
        name = " ".join(self.typed("organization").split())
        chosen = self.chosen_organization(name)
        group = self.typed("stakeholder_group")
        if chosen is not None and not group and chosen.stakeholder_group is not None:
            group = chosen.stakeholder_group.code
        return {
            "organization": chosen.display_name if chosen is not None else name,
            "organization_slug": chosen.slug if chosen is not None else "",
            "stakeholder_group": group,
            "partners": self.partner_rows(),
        }

    def chosen_organization(self, name: str) -> Any:
        """Return the organization that is meant: the one ticked, else the one of that name."""
        if self.asks_which and name == self.content.organization:
            ticked = self.typed("organization_is")
            for row in self.near:
                if row.slug == ticked:
                    return row
        if not hasattr(self, "_found") or self._found[0] != name:
            self._found: tuple[str, Any] = (name, find_organization(name) if name else None)
        return self._found[1]

    def partner_rows(self) -> tuple[Partner, ...]:
        names = lines_of(self.typed("partners"))
        if not names:
            return ()
        if not hasattr(self, "_slugs"):
            self._slugs = slugs_of(names)
        return tuple(Partner(name, self._slugs.get(fold_name(name), "")) for name in names)

    @property
    def proposes(self) -> bool:
        """Whether the person asks that the organization be added to the directory."""
        same = " ".join(self.typed("organization").split()) == self.content.organization
        return self.asks_which and same and self.typed("organization_is") == "propose"


def slugs_of(names: tuple[str, ...]) -> dict[str, str]:
    """Return the slug of each name (folded) that the directory knows. Two queries."""
    from rapporteur.directory.models import Organization

    keys = organizations_by_key()
    wanted = {fold_name(name): keys[fold_name(name)] for name in names if fold_name(name) in keys}
    slugs = dict(Organization.objects.filter(pk__in=wanted.values()).values_list("pk", "slug"))
    return {key: slugs[pk] for key, pk in wanted.items()}


def near_organizations(name: str, most: int = 5) -> list[Any]:
    """Return the organizations whose names are nearest to a name, best first. Two queries."""
    from rapidfuzz import fuzz, process

    from rapporteur.directory.models import Organization

    keys = organizations_by_key()
    found = process.extract(
        fold_name(name), keys.keys(), scorer=fuzz.WRatio, limit=most * 2, score_cutoff=75
    )
    pks = list(dict.fromkeys(keys[key] for key, _score, _place in found))[:most]
    rows = Organization.objects.filter(pk__in=pks).select_related("stakeholder_group")
    by_pk = {row.pk: row for row in rows}
    return [by_pk[pk] for pk in pks]


class CountryRow(RowForm):
    country = PlainField(
        label=gettext_lazy("Country"),
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", **DIR_AUTO}),
    )


class PlaceStep(StepForm):
    content_fields = ("kind", "status", "starts", "ends", "coverage", "countries", "regions")
    row_lists = (
        Rows(
            "countries",
            CountryRow,
            gettext_lazy("Countries"),
            gettext_lazy("Write the name of a country, or its code. One in each field."),
            gettext_lazy("Add another country"),
        ),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of activity is it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=ActivityKind,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=ActivityStatus,
    )
    starts = PlainField(
        label=gettext_lazy("Start"),
        help_text=gettext_lazy(
            "As far as you know it: a year, a month or a day, such as 2024, 2024-05 or 2024-05-31."
        ),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )
    ends = PlainField(
        label=gettext_lazy("End"),
        help_text=gettext_lazy("The same way. Leave it empty where no end is planned."),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )
    coverage = forms.ChoiceField(
        label=gettext_lazy("Where does it take place?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Coverage,
    )
    regions = CodesField(
        label=gettext_lazy("Regions"),
        help_text=gettext_lazy(
            "Where it takes place in a region as a whole. Regions of countries need not be named."
        ),
    )

    def set_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["regions"].choices = [
            (scheme_title(rows), [(row.code, row.name) for row in rows])
            for scheme in ("regions", "itu-regions")
            if (rows := self.vocabulary.concepts(scheme))
        ]

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        names = self.vocabulary.countries
        return [{"country": names.get(code, code)} for code in self.content.countries]

    def parts(self, content: Content) -> dict[str, Any]:
        allowed = [
            row.code for s in ("regions", "itu-regions") for row in self.vocabulary.concepts(s)
        ]
        return {
            "kind": self.typed("kind"),
            "status": self.typed("status"),
            "starts": self.typed("starts"),
            "ends": self.typed("ends"),
            "coverage": self.typed("coverage"),
            "countries": tuple(
                dict.fromkeys(code for _row, code in self.resolved() if code is not None)
            ),
            "regions": in_order(self["regions"].value() or (), allowed),
        }

    def resolved(self) -> list[tuple[Any, str | None]]:
        """(row, code) of each country typed; ``None`` where no country has that name."""
        keys = self.vocabulary.country_keys
        return [
            (row, keys.get(fold_name(str(row["country"].value()))))
            for _place, row in self.typed_rows("countries")
        ]

    def check(self) -> bool:
        super().check()
        for row, code in self.resolved():
            if code is None:
                row.add_error("country", self.unknown_country(str(row["country"].value())))
        return not self.faults

    def unknown_country(self, typed: str) -> str:
        from rapidfuzz import process

        names = self.vocabulary.countries.values()
        near = [name for name, _s, _p in process.extract(typed, names, limit=3, score_cutoff=60)]
        said = _("“%(name)s” is no country or area of the list.") % {"name": typed[:80]}
        if near:
            return f"{said} {_('Nearest: %(values)s.') % {'values': ', '.join(near)}}"
        return said


def scheme_title(rows: list[Any]) -> str:
    return str(rows[0].scheme)


class ResultRow(RowForm):
    chosen = frozenset({"kind"})

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ResultKind, initial=ResultKind.RESULT, required=False
    )
    text = PlainField(
        label=gettext_lazy("What was reached, or who"),
        widget=forms.Textarea(attrs={"rows": 2, **DIR_AUTO}),
    )
    value = PlainField(
        label=gettext_lazy("How many"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "dir": "ltr"}),
    )
    unit = PlainField(
        label=gettext_lazy("What is counted"),
        help_text=gettext_lazy("For example people, schools or US dollars."),
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    year = PlainField(
        label=gettext_lazy("Year"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "dir": "ltr"}),
    )


class ResultsStep(StepForm):
    content_fields = ("results",)
    row_lists = (
        Rows(
            "results",
            ResultRow,
            gettext_lazy("Results and beneficiaries"),
            gettext_lazy(
                "One result, or one number of people reached, in each row. Words alone will do; a "
                "number is better with what is counted and the year. Empty a row to take it out."
            ),
            gettext_lazy("Add another row"),
        ),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {
                "kind": row.kind,
                "text": row.text,
                "value": row.value,
                "unit": row.unit,
                "year": row.year or "",
            }
            for row in self.content.results
        ]

    def parts(self, content: Content) -> dict[str, Any]:
        return {"results": tuple(self.result_of(row) for _p, row in self.typed_rows("results"))}

    def result_of(self, row: Any) -> Result:
        texts = {name: str(row[name].value() or "").strip() for name in row.fields}
        return Result(
            kind=texts["kind"] or ResultKind.RESULT.value,
            text=" ".join(texts["text"].split()),
            # Blanks between thousands are how many languages write them; a comma may be a point.
            value="".join(texts["value"].split()),
            unit=texts["unit"],
            year=int(texts["year"]) if is_year(texts["year"]) else 0,
        )

    def check(self) -> bool:
        super().check()
        for _place, row in self.typed_rows("results"):
            year = str(row["year"].value() or "").strip()
            if year and not is_year(year):
                row.add_error(
                    "year",
                    _("“%(value)s” is no year. Write four digits between %(first)s and %(last)s.")
                    % {"value": year[:20], "first": EARLIEST_YEAR, "last": LATEST_YEAR},
                )
        return not self.faults


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and int(text) >= EARLIEST_YEAR


class LinkRow(RowForm):
    url = PlainField(
        label=gettext_lazy("Web address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    label = PlainField(
        label=gettext_lazy("What is to be found there"), widget=forms.TextInput(attrs=DIR_AUTO)
    )


class ContactStep(StepForm):
    """Links, and whom to ask. The contact stands beside the content: it is private."""

    content_fields = ("links",)
    row_lists = (
        Rows(
            "links",
            LinkRow,
            gettext_lazy("Links"),
            gettext_lazy("Pages where readers find more. Write each address whole, with https://."),
            gettext_lazy("Add another link"),
        ),
    )

    name = PlainField(
        label=gettext_lazy("Name of the contact"),
        max_length=300,
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Enter an e-mail address in the form name@example.org, or leave it empty."
            )
        },
    )
    phone = PlainField(
        label=gettext_lazy("Telephone"),
        max_length=50,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [{"url": link.url, "label": link.label} for link in self.content.links]

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {}

    def parts(self, content: Content) -> dict[str, Any]:
        rows = []
        for _place, row in self.typed_rows("links"):
            url = str(row["url"].value() or "").strip()
            if url and "://" not in url and "." in url and " " not in url:
                url = f"https://{url}"
            rows.append(Link(url, " ".join(str(row["label"].value() or "").split())))
        return {"links": tuple(rows)}

    def contact(self, before: dict[str, str]) -> dict[str, str]:
        """Return the contact as typed; a field with something wrong in it stays as it was."""
        return {
            name: before[name] if self.errors.get(name) else as_stored(self.typed(name))
            for name in ("name", "email", "phone")
        }


class TranslationRow(RowForm):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    title = PlainField(label=gettext_lazy("Title"), widget=forms.TextInput(attrs=DIR_AUTO))
    description = PlainField(
        label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 5, **DIR_AUTO})
    )
    chosen = frozenset({"language"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial.get("language", "")
        self.fields["language"].choices = languages_to_choose(held)  # type: ignore[attr-defined]


class StoryStep(StepForm):
    content_fields = ("success_story", "translations")
    row_lists = (
        Rows(
            "translations",
            TranslationRow,
            gettext_lazy("Translations"),
            gettext_lazy("The title and the description in other languages, one in each row."),
            gettext_lazy("Add another translation"),
        ),
    )

    success_story = PlainField(
        label=gettext_lazy("Success story"),
        help_text=gettext_lazy(
            "If something went well that others can learn from: what was the problem, what was "
            "done, what changed, for whom? At most 20,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 10, **DIR_AUTO}),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {"language": code, "title": row.title, "description": row.description}
            for code, row in self.content.translations.items()
        ]

    def parts(self, content: Content) -> dict[str, Any]:
        made = {}
        for place, row in self.typed_rows("translations"):
            title, description = (
                str(row[name].value() or "").strip() for name in ("title", "description")
            )
            # Without a language it has no place among the translations: see ``check``.
            code = str(row["language"].value() or "")
            if code and code not in made:
                made[code] = Translation(" ".join(title.split()), description)
            self._rows_at = {**getattr(self, "_rows_at", {}), code: place}
        return {
            "success_story": self.typed("success_story").replace("\r\n", "\n"),
            "translations": made,
        }

    def show(self, problem: Any) -> None:
        name, _dot, rest = problem.field.partition(".")
        code, _dot, part = rest.partition(".")
        if name != "translations":
            super().show(problem)
            return
        row = self.row_sets[name][self._rows_at[code or problem.value]]
        from rapporteur.register.forms.base import add_once

        add_once(row, part or "language", problem)

    def check(self) -> bool:
        super().check()
        seen: set[str] = set()
        for _place, row in self.typed_rows("translations"):
            code = str(row["language"].value() or "")
            if not code:
                row.add_error("language", _("Choose the language of this translation."))
            elif code in seen:
                row.add_error("language", _("There is a translation in this language already."))
            seen.add(code)
        return not self.faults


@dataclass(frozen=True)
class Step:
    """One step: its part of the address, its title, its form."""

    slug: str
    title: Any
    form: type[StepForm]


STEPS = (
    Step("text", gettext_lazy("What was done"), TextStep),
    Step("organization", gettext_lazy("Who does it"), OrganizationStep),
    Step("place", gettext_lazy("Where and when"), PlaceStep),
    Step("labels", gettext_lazy("What it is about"), LabelsForm),
    Step("results", gettext_lazy("Results and beneficiaries"), ResultsStep),
    Step("contact", gettext_lazy("Links, contact and photographs"), ContactStep),
    Step("story", gettext_lazy("Success story and translations"), StoryStep),
)


def find_step(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> Step | None:
    """Return the step that follows, ``None`` after the last."""
    place = STEPS.index(step)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None


def step_of_field(name: str) -> Step:
    """Return the step in which a field of the content is written."""
    return next((step for step in STEPS if name in step.form.content_fields), STEPS[0])
