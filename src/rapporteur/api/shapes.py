"""What answers hold, for the documentation; a test compares answers with it.

Nothing that is not named here goes out: an object with another field fails that test.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

Address = Annotated[str, Field(description="An absolute address.", pattern="^https?://")]
Names = Annotated[
    dict[str, str], Field(description="A text per language (ar, en, es, fr, ru, zh).")
]
Code = Annotated[str, Field(description="A code of a vocabulary.", examples=["C7.4", "SDG4"])]


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class PartnerShape(Shape):
    name: str = Field(description="The organization's name as given.")
    slug: str = Field("", description="The directory's name of it, where it is known.")


class ResultShape(Shape):
    kind: str = Field(description="`result` or `beneficiaries`.")
    text: str = Field("", description="What was reached.")
    value: str = Field("", description="A decimal number, as text.")
    unit: str = Field("", description="What is counted.")
    year: int = Field(0, description="The year it holds for; 0 or missing: not known.")


class LinkShape(Shape):
    url: str
    label: str = ""


class TranslationShape(Shape):
    title: str = ""
    description: str = ""


class ContentShape(Shape):
    """What an activity says. A field that is missing is not known."""

    title: str = ""
    description: str = ""
    language: str = Field("", description="Language of the text, ISO 639.")
    kind: str = ""
    status: str = ""
    organization: str = Field("", description="The name of the organization, as given.")
    organization_slug: str = Field("", description="The directory's name of it.")
    stakeholder_group: str = ""
    partners: list[PartnerShape] = []
    coverage: str = ""
    countries: list[str] = Field([], description="ISO 3166-1 alpha-3.")
    regions: list[Code] = []
    starts: str = Field("", description="A year, a month or a day.")
    ends: str = Field("", description="A year, a month or a day.")
    action_lines: list[Code] = []
    sdgs: list[Code] = Field([], description="Goals and targets.")
    compact: list[Code] = Field([], description="Objectives of the Global Digital Compact.")
    target_groups: list[Code] = []
    technologies: list[str] = []
    results: list[ResultShape] = []
    links: list[LinkShape] = []
    success_story: str = ""
    translations: dict[str, TranslationShape] = {}
    given: dict[str, str] = Field(
        {}, description="Who gave a label, by its code, where it was no person."
    )


class SourceShape(Shape):
    """Where an imported entry stands in its source."""

    name: str
    key: str
    link: str


class OpenVersionShape(Shape):
    """The version that is being written or waits."""

    number: int
    state: str = Field(description="`draft`, `submitted` or `returned`.")
    base: int = Field(description="The published version that it was begun from; 0: none.")
    content: ContentShape
    gaps: list[str]
    saved_at: datetime
    submitted_at: datetime | None
    note: str
    reason: str = Field(description="Why the secretariat returned it.")


class ActivityShape(Shape):
    """An entry of the register."""

    id: int
    url: Address
    page: Address = Field(description="Its page for people.")
    state: str = Field(description="`draft` or `published`.")
    version: int | None = Field(description="The version published; null: none was yet.")
    content: ContentShape
    gaps: list[str] = Field(description="What a full entry would say and this one does not.")
    standing: str | None = Field(
        description="`verified`: confirmed in the last two years; `unconfirmed`: not yet; `stale`:"
        " not for two years."
    )
    published_at: datetime | None
    updated_at: datetime
    confirmed_at: datetime | None
    source: SourceShape | None
    open_version: OpenVersionShape | None = Field(
        description="For those who keep the entry; null for everybody else."
    )


class VersionShape(Shape):
    """One version of an entry that was published."""

    activity: int
    number: int
    url: Address
    page: Address
    state: str = Field(description="`published` or `superseded`.")
    origin: str = Field(description="`form`, `import` or `api`.")
    made_at: datetime
    published_at: datetime | None
    digest: str = Field(description="SHA-256 of the content.")
    content: ContentShape


class FollowUpShape(Shape):
    """A report on what became of an activity in one year."""

    id: int
    activity: int
    url: Address
    state: str
    year: int
    text: str
    language: str
    status: str
    results: list[ResultShape]
    made_at: datetime


class SchemeShape(Shape):
    """A vocabulary."""

    code: str
    url: Address
    page: Address
    titles: Names
    description: str
    source: str
    source_link: str
    concepts: Address


class ConceptShape(Shape):
    """A term of a vocabulary."""

    code: str
    scheme: str
    url: Address
    page: Address
    broader: str | None
    names: Names
    short_names: Names
    definition: str
    source: str
    source_link: str
    retired: bool


class OrganizationShape(Shape):
    slug: str
    url: Address
    page: Address
    name: str
    names: Names
    acronym: str
    kind: str
    stakeholder_group: str | None
    country: str | None
    website: str
    retired: bool


class CountryShape(Shape):
    iso3: str
    iso2: str
    m49: str
    url: Address
    page: Address
    names: Names
    groups: list[str] = Field(description="Codes of the regions and groups it stands in today.")
    retired: bool


class DocumentShape(Shape):
    id: int
    url: Address
    page: Address
    symbol: str | None
    title: str
    kind: str
    bodies: list[str]
    date: date | None
    year: int | None
    language: str
    link: str
    paragraphs: Address


class ParagraphShape(Shape):
    anchor: str
    page: Address
    kind: str
    number: int | None
    section: list[str]
    titles: list[str]
    text: str | None = Field(description="Null: the text is not held.")
    concepts: list[str]


Next = Annotated[
    str | None, Field(description="The address of the next page; null on the last one.")
]


class ActivityPage(Shape):
    items: list[ActivityShape]
    next: Next


class VersionPage(Shape):
    items: list[VersionShape]
    next: Next


class FollowUpPage(Shape):
    items: list[FollowUpShape]
    next: Next


class SchemePage(Shape):
    items: list[SchemeShape]
    next: Next


class ConceptPage(Shape):
    items: list[ConceptShape]
    next: Next


class OrganizationPage(Shape):
    items: list[OrganizationShape]
    next: Next


class CountryPage(Shape):
    items: list[CountryShape]
    next: Next


class DocumentPage(Shape):
    items: list[DocumentShape]
    next: Next


class ParagraphPage(Shape):
    items: list[ParagraphShape]
    next: Next


class FaultShape(Shape):
    """One thing wrong in the request."""

    field: str = Field(description="The field or parameter, with its place in a list.")
    code: str = Field(description="What is wrong, for programs: `empty`, `not-allowed` …")
    message: str = Field(description="What is wrong, in the reader's language.")
    nearest: list[str] = Field(description="The nearest allowed values.")


class ProblemShape(Schema):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultShape] = []


def schemas() -> dict[str, Any]:
    """Return the shapes that no operation names by itself: those of refusals."""
    held = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**held.pop("$defs"), "ProblemShape": held}
