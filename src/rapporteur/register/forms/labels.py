"""The step of labels: action lines, goals and targets, objectives, target groups, technologies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.register.choices import GivenBy
from rapporteur.register.content import SCHEME_OF, Content
from rapporteur.register.forms.base import CodesField, PlainField, StepForm, in_order, lines_of

# Vocabularies whose codes people know.
CODED = ("action_lines", "sdgs", "compact")


class LabelsForm(StepForm):
    content_fields = ("action_lines", "sdgs", "compact", "target_groups", "technologies", "given")
    VOCABULARIES = ("action_lines", "sdgs", "compact", "target_groups")

    action_lines = CodesField(
        label=_("Action lines"),
        help_text=_("The fields of work that the World Summit agreed on. Choose all that apply."),
    )
    sdgs = CodesField(
        label=_("Sustainable Development Goals and targets"),
        help_text=_("Open a goal to choose its targets."),
    )
    compact = CodesField(
        label=_("Objectives of the Global Digital Compact"),
        help_text=_("Open an objective to choose its commitments."),
    )
    target_groups = CodesField(
        label=_("Target groups"), help_text=_("The people whom it is made for.")
    )
    technologies = PlainField(
        label=_("Technologies"),
        help_text=_("One on each line, for example mobile broadband or satellite images."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def set_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        for name in self.VOCABULARIES:
            fields[name].choices = [(row.code, row.name) for row in self.choosable(name)]

    def choosable(self, name: str) -> list[Any]:
        """Return the concepts to choose from; of a divided action line only its parts."""
        rows = self.vocabulary.concepts(SCHEME_OF[name])
        if name != "action_lines":
            return rows
        held = set(self.content.action_lines)
        divided = {row.broader_id for row in rows}
        return [row for row in rows if row.pk not in divided or row.code in held]

    def tree(self, name: str) -> list[dict[str, Any]]:
        """Return the concepts of a field as its template shows them.

        Each: the concept, its narrower ones, what is chosen, and whether it stands open.
        """
        chosen = set(self[name].value() or ())
        given = self.content.given
        rows = self.choosable(name)
        made: dict[int, dict[str, Any]] = {}
        tops: list[dict[str, Any]] = []
        for row in rows:
            node = {
                "concept": row,
                "code": row.code if name in CODED else "",
                "chosen": row.code in chosen,
                "suggested": given.get(row.code) == GivenBy.SUGGESTION,
                "narrower": [],
                "open": False,
            }
            made[row.pk] = node
            # Deeper levels stand flat under the topmost: two levels are read on one page.
            top = made.get(row.broader_id) if row.broader_id else None
            if top is None:
                tops.append(node)
                continue
            made[row.pk] = top
            top["narrower"].append(node)
            top["open"] = top["open"] or node["chosen"]
        return tops

    @property
    def label_parts(self) -> list[dict[str, Any]]:
        """The four vocabularies, each with its field and its tree, for the template."""
        return [{"field": self[name], "tree": self.tree(name)} for name in self.VOCABULARIES]

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {
            **{name: list(getattr(content, name)) for name in self.VOCABULARIES},
            "technologies": "\n".join(content.technologies),
        }

    def parts(self, content: Content) -> dict[str, Any]:
        suggested = self.accepted
        parts: dict[str, Any] = {}
        for name in self.VOCABULARIES:
            ticked = list(self[name].value() or ())
            allowed = [row.code for row in self.choosable(name)]
            accepted = [code for code in suggested if code in allowed]
            parts[name] = in_order([*ticked, *accepted], allowed)
        held = {code for name in self.VOCABULARIES for code in parts[name]}
        by_hand = {code for name in self.VOCABULARIES for code in self[name].value() or ()}
        given = {code: giver for code, giver in content.given.items() if code in held}
        given.update(
            {c: GivenBy.SUGGESTION.value for c in suggested if c in held and c not in by_hand}
        )
        return {**parts, "technologies": lines_of(self.typed("technologies")), "given": given}
