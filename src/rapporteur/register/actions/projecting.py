"""Writing the columns and links by which a published content is counted and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept
from rapporteur.register.choices import GivenBy
from rapporteur.register.content import SCHEME_OF, Content, gaps_of
from rapporteur.register.models import (
    Activity,
    ActivityConcept,
    ActivityCountry,
    ActivityPartner,
)

# After this long without a confirmation an entry is stale (the register's own rule).
CONFIRMED_FOR = timedelta(days=2 * 365)


def stale_day(at: datetime) -> date:
    """Return the day on which an entry confirmed (or published) at this time becomes stale."""
    return (at + CONFIRMED_FOR).date()


def labels_of(content: Content) -> Iterator[tuple[str, str]]:
    """Yield (code, who gave it) of every concept that a content is filed under, each once."""
    codes: dict[str, None] = {}
    for name in SCHEME_OF:
        codes.update(dict.fromkeys(getattr(content, name)))
    for code in codes:
        yield code, content.given.get(code, GivenBy.PERSON)


def partner_slugs(content: Content) -> list[str]:
    """Return the slugs of the partners that the directory knows, each once, not the keeper's."""
    slugs = dict.fromkeys(partner.slug for partner in content.partners if partner.slug)
    slugs.pop(content.organization_slug, None)
    return list(slugs)


def organization_of(slug: str) -> Organization | None:
    """Return the organization of a slug; for a merged one, the one that it was merged into."""
    if not slug:
        return None
    found = Organization.objects.select_related("merged_into").filter(slug=slug).first()
    return found.merged_into or found if found is not None else None


def set_columns(activity: Activity, content: Content) -> None:
    """Set (without saving) the columns that repeat a content. At most two queries."""
    activity.title = content.title
    activity.language = content.language
    activity.kind = content.kind
    activity.status = content.status
    activity.coverage = content.coverage
    activity.organization_name = content.organization
    activity.organization = organization_of(content.organization_slug)
    activity.stakeholder_group = (
        Concept.objects.filter(code=content.stakeholder_group).first()
        if content.stakeholder_group
        else None
    )
    activity.start_year = content.start_year
    activity.end_year = content.end_year
    activity.has_story = bool(content.success_story)
    activity.gaps = gaps_of(content)


def set_links(activity: Activity, content: Content) -> None:
    """Make the labels, places and partnerships those of the content. Nine queries at most."""
    replace_labels(activity, list(labels_of(content)))
    countries = Country.objects.filter(iso3__in=content.countries).values_list("pk", flat=True)
    replace(ActivityCountry, activity, "country_id", countries)
    partners = Organization.objects.filter(slug__in=partner_slugs(content))
    replace(ActivityPartner, activity, "organization_id", partners.values_list("pk", flat=True))


def replace_labels(activity: Activity, labels: list[tuple[str, str]]) -> None:
    keys = dict(
        Concept.objects.filter(code__in=[code for code, _giver in labels]).values_list("code", "pk")
    )
    ActivityConcept.objects.filter(activity=activity).delete()
    ActivityConcept.objects.bulk_create(
        ActivityConcept(activity=activity, concept_id=keys[code], given_by=giver)
        for code, giver in labels
        if code in keys
    )


def replace(model: type, activity: Activity, column: str, keys: Iterable[int]) -> None:
    manager = model._default_manager  # type: ignore[attr-defined]
    manager.filter(activity=activity).delete()
    manager.bulk_create(model(activity=activity, **{column: key}) for key in keys)


def clear_links(activity: Activity) -> None:
    """Take away what is counted of an activity that is no longer published."""
    ActivityConcept.objects.filter(activity=activity).delete()
    ActivityCountry.objects.filter(activity=activity).delete()
    ActivityPartner.objects.filter(activity=activity).delete()
