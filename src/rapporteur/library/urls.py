from django.urls import path, register_converter

from rapporteur.library.views import coverage, desk, documents, lists


class AnchorConverter:
    """A paragraph's anchor: ``op23``, ``p28``, ``pp4``, ``n3`` (unnumbered), ``annex-1-p11``."""

    regex = r"(?:[a-z]+-(?:[0-9a-z]+-)?)?(?:pp|opn|op|p|n)[0-9]+(?:-[0-9]+)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(AnchorConverter, "anchor")

app_name = "library"
urlpatterns = [
    path("documents", lists.Documents.as_view(), name="documents"),
    path("paragraphs", lists.Paragraphs.as_view(), name="paragraphs"),
    path("figures", lists.Figures.as_view(), name="figures"),
    path("publications", lists.Publications.as_view(), name="publications"),
    path("milestones", lists.Milestones.as_view(), name="milestones"),
    path("coverage", coverage.Coverage.as_view(), name="coverage"),
    path("desk/documents/new", desk.Upload.as_view(), name="upload"),
    path("desk/documents/<int:pk>", desk.Draft.as_view(), name="draft"),
    path("desk/documents/<int:pk>/facts", desk.DocumentFacts.as_view(), name="document-facts"),
    path(
        "desk/documents/<int:pk>/paragraphs/<anchor:anchor>",
        desk.ParagraphFacts.as_view(),
        name="paragraph-facts",
    ),
    path("desk/documents/<int:pk>/publish", desk.Publish.as_view(), name="publish"),
    path("desk/documents/<int:pk>/withdraw", desk.Withdraw.as_view(), name="withdraw"),
    path("desk/documents/<int:pk>/discard", desk.Discard.as_view(), name="discard"),
    path("desk/documents/files/<int:pk>", desk.RenditionFile.as_view(), name="file"),
    path("desk/names", desk.UnknownNames.as_view(), name="unknown-names"),
    # A document's address holds slashes (E/RES/2024/13): what follows it is matched first.
    path(
        "documents/<path:address>/versions/<int:number>",
        documents.VersionPage.as_view(),
        name="version",
    ),
    path("documents/<path:address>.json", documents.DocumentJson.as_view(), name="document-json"),
    path(
        "documents/<path:address>/<anchor:anchor>",
        documents.ParagraphPage.as_view(),
        name="paragraph",
    ),
    path("documents/<path:address>", documents.DocumentPage.as_view(), name="document"),
]
