"""Proposing an organization to the directory, and the secretariat's decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.analysis.tables import is_link
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.accounts.actions import ask_membership
from rapporteur.directory.actions.organizations import OrganizationDetails, add_organization
from rapporteur.directory.choices import OrganizationKind
from rapporteur.directory.models import Account, Country, Organization
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries.names import find_organization
from rapporteur.register.actions.drafting import new_version, next_number
from rapporteur.register.actions.projecting import clear_links
from rapporteur.register.actions.publishing import must_review, put_in_force
from rapporteur.register.choices import (
    OPEN_STATES,
    ActivityState,
    Origin,
    ProposalState,
    VersionState,
)
from rapporteur.register.content import Content, digest_of, to_json
from rapporteur.register.errors import VersionMoved
from rapporteur.register.letters import notify_people, proposal_letter
from rapporteur.register.models import Activity, OrganizationProposal
from rapporteur.register.searchables import note_activities

LONGEST_NAME = 300


@transaction.atomic
def propose_organization(
    *, name: str, kind: str, country: str, website: str, by: Account, at: datetime
) -> OrganizationProposal:
    """Propose an organization; of one name, one proposal is open, whoever asks again.

    ``country`` is an ISO 3166-1 alpha-3 code or empty. A website that is none is left out: the
    secretariat looks it up anyway.

    Raises:
        Refusal: the name is empty, too long, or known to the directory.
    """
    name = " ".join(name.split())
    key = fold_name(name)
    if not key or len(name) > LONGEST_NAME:
        raise Refusal(_("Write the organization's name, in at most 300 characters."))
    known = find_organization(name)
    if known is not None:
        raise Refusal(
            _("The directory has this organization already: %(name)s. Ask to join it instead.")
            % {"name": known.display_name}
        )
    try:
        with transaction.atomic():
            made = OrganizationProposal.objects.create(
                name=name,
                key=key,
                kind=kind if kind in OrganizationKind.values else OrganizationKind.OTHER,
                country=Country.objects.filter(iso3=country).first() if country else None,
                website=website if is_link(website) and len(website) <= 500 else "",
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError:
        return OrganizationProposal.objects.get(key=key, state=ProposalState.OPEN)
    record_event("register.organization.proposed", by=by, at=at, target=made)
    return made


def held_proposal(proposal: OrganizationProposal) -> OrganizationProposal:
    """Return the proposal, locked; raise ``VersionMoved`` where it is decided already."""
    held = OrganizationProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != ProposalState.OPEN:
        raise VersionMoved
    return held


@transaction.atomic
def accept_proposal(
    *, proposal: OrganizationProposal, details: OrganizationDetails, by: Account, at: datetime
) -> OrganizationProposal:
    """Add the organization to the directory and link the entries that bear its name.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
        VersionMoved: somebody decided meanwhile.
        NameTaken: the directory has an organization of that name; match the proposal to it.
    """
    must_review(by)
    held = held_proposal(proposal)
    organization = add_organization(details=details, by=by, at=at)
    return decide(held, ProposalState.ACCEPTED, organization, by=by, at=at)


@transaction.atomic
def match_proposal(
    *, proposal: OrganizationProposal, organization: Organization, by: Account, at: datetime
) -> OrganizationProposal:
    """Say that the organization is in the directory already, and link the entries.

    Raises:
        NotAllowed, VersionMoved: as ``accept_proposal``.
        Refusal: the organization is no longer in use.
    """
    must_review(by)
    held = held_proposal(proposal)
    return decide(held, ProposalState.MATCHED, organization, by=by, at=at)


@transaction.atomic
def refuse_proposal(
    *, proposal: OrganizationProposal, reason: str, by: Account, at: datetime
) -> OrganizationProposal:
    """Refuse a proposal with a reason; the entries keep the name as it was written.

    Raises:
        NotAllowed, VersionMoved: as ``accept_proposal``.
        Refusal: no reason was given.
    """
    must_review(by)
    if not reason.strip():
        raise Refusal(_("Say why: the person who proposed it reads it."))
    held = held_proposal(proposal)
    held.state, held.reason = ProposalState.REFUSED, reason[:1000]
    held.decided_by, held.decided_at = by, at
    held.save()
    record_event("register.organization.refused", by=by, at=at, target=held)
    tell(held, by=by, at=at)
    return held


def tell(proposal: OrganizationProposal, *, by: Account, at: datetime) -> None:
    """Tell the person who proposed it, in the language in which they wrote last."""
    author = proposal.proposed_by
    if author is None or author.pk == by.pk:
        return
    entries = Activity.objects.filter(entered_by=author).exclude(language="")
    language = entries.order_by("-pk").values_list("language", flat=True).first()
    notify_people(
        [author],
        key=f"register.proposal:{proposal.pk}",
        letter=lambda reads: proposal_letter(proposal, language=reads),
        language=language or "",
        at=at,
    )


def decide(
    held: OrganizationProposal,
    state: ProposalState,
    organization: Organization,
    *,
    by: Account,
    at: datetime,
) -> OrganizationProposal:
    held.state, held.organization = state, organization
    held.decided_by, held.decided_at = by, at
    held.save()
    if held.proposed_by is not None:
        ask_membership(account=held.proposed_by, organization=organization, at=at)
    linked = link_entries(held.key, organization, by=by, at=at)
    record_event(
        f"register.organization.{state}",
        by=by,
        at=at,
        target=held,
        details={"organization": organization.slug, "entries": linked},
    )
    tell(held, by=by, at=at)
    return held


def link_entries(key: str, organization: Organization, *, by: Account, at: datetime) -> int:
    """Link the entries without an organization whose name folds to this key; return how many.

    What is published gets a next version that names the organization, so that its history shows
    the link; it neither confirms the entry nor touches its dates. A version being written gets the
    link in place, and builds on that next version.
    """
    named = Activity.objects.filter(organization=None).exclude(organization_name="")
    names = named.order_by().values_list("organization_name", flat=True).distinct()
    alike = [name for name in names.iterator() if fold_name(name) == key]
    rows = Activity.objects.select_for_update().filter(
        organization=None, organization_name__in=alike
    )
    linked = []
    for activity in rows.exclude(state=ActivityState.MERGED).order_by("pk"):
        link_entry(activity, key, organization, by=by, at=at)
        linked.append(activity.pk)
    if linked:
        note_activities(linked)
    return len(linked)


def link_entry(
    activity: Activity, key: str, organization: Organization, *, by: Account, at: datetime
) -> None:
    opened = activity.versions.filter(state__in=OPEN_STATES).first()
    published = activity.published_version
    if opened is not None:
        opened.content = to_json(linked_content(opened.says, key, organization))
        opened.digest = digest_of(opened.content)
        if published is not None:
            # It comes after the version made here, and builds on it.
            opened.base, opened.number = opened.number, next_number(activity)
        opened.save(update_fields=["content", "digest", "base", "number"])
    if published is None:
        activity.organization = organization
        activity.save(update_fields=["organization"])
        return
    version = new_version(
        activity,
        number=opened.base if opened is not None else next_number(activity),
        base=published.number,
        content=linked_content(published.says, key, organization),
        by=by,
        at=at,
        origin=Origin.FORM,
        # Not open for a moment, whatever else is open of this entry.
        state=VersionState.SUPERSEDED,
    )
    state = activity.state
    put_in_force(activity, version, at=at)
    activity.state = state
    activity.save()
    if state == ActivityState.WITHDRAWN:
        clear_links(activity)


def linked_content(content: Content, key: str, organization: Organization) -> Content:
    """Return a content that names the directory's organization where it named it in words."""
    if content.organization_slug or fold_name(content.organization) != key:
        return content
    return replace(
        content, organization=organization.display_name, organization_slug=organization.slug
    )
