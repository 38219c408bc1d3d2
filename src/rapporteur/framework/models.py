"""What was agreed, as vocabularies: concept schemes, concepts, and mappings between them (SKOS)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from rapporteur.framework.addresses import concept_address


def in_language(names: dict[str, str], language: str | None = None) -> str:
    """Return the name in the reader's language, else in English, else the first there is."""
    code = (language or get_language() or "en").split("-")[0]
    return names.get(code) or names.get("en") or next(iter(names.values()), "")


class ConceptScheme(models.Model):
    """One vocabulary: the action lines, the SDGs, the regions of one system."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    # {"en": …, "fr": …}; keys are ar, en, es, fr, ru, zh; a missing key is a name not known.
    titles = models.JSONField(default=dict)
    description = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    source_link = models.URLField(blank=True, max_length=500)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def title(self) -> str:
        return in_language(self.titles)

    def get_absolute_url(self) -> str:
        return reverse("framework:scheme", args=[self.code])


class Concept(models.Model):
    """One term of a scheme: an action line, a goal, a target, a theme, a region.

    ``code`` is unique over all schemes: ``C1``, ``C7.4``, ``SDG9``, ``SDG9.c``, ``GDC-11a``,
    ``theme:financing``, ``region:africa``. A concept is retired, never deleted.
    """

    scheme = models.ForeignKey(ConceptScheme, models.PROTECT, related_name="concepts")
    code = models.CharField(max_length=60, unique=True)
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    order = models.PositiveIntegerField(default=0)
    names = models.JSONField(default=dict)
    short_names = models.JSONField(default=dict)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_link = models.URLField(blank=True, max_length=500)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["scheme__order", "order", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def short_name(self) -> str:
        return in_language(self.short_names) or self.name

    def get_absolute_url(self) -> str:
        """Return the concept's page. Reads ``scheme``: select it with the concept."""
        return concept_address(self.scheme.code, self.code)


class Mapping(models.Model):
    """A link between two concepts of two schemes, with its reason and its source.

    The WSIS-SDG matrix is the set of mappings from action lines to goals and targets: a link to a
    goal that names no target maps to the goal. ``cell`` is the goal in whose column the source
    prints the link; now and then it prints there a target of another goal, or one link twice
    (``place`` counts them from 1). Outside the matrix, ``cell`` is the target's own goal.
    """

    source_concept = models.ForeignKey(Concept, models.PROTECT, related_name="mappings_out")
    target_concept = models.ForeignKey(Concept, models.PROTECT, related_name="mappings_in")
    cell = models.ForeignKey(Concept, models.PROTECT, related_name="mappings_in_cell")
    place = models.PositiveSmallIntegerField(default=1)
    rationale = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    source_link = models.URLField(blank=True, max_length=500)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_concept", "target_concept", "cell", "place"],
                name="one_mapping_per_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(source_concept=models.F("target_concept")),
                name="no_mapping_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_concept.code} → {self.target_concept.code}"

    @property
    def anchor(self) -> str:
        """What names this link on its source concept's page."""
        return f"link-{self.target_concept.code}-{self.cell.code}-{self.place}"
