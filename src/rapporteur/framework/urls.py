from django.urls import path

import rapporteur.framework.converters  # noqa: F401 - registers the converters of the paths
from rapporteur.framework import views

app_name = "framework"
urlpatterns = [
    path("action-lines", views.ActionLines.as_view(), name="action-lines"),
    path("action-lines/<code:code>", views.ActionLine.as_view(), name="action-line"),
    path("sdgs", views.Goals.as_view(), name="goals"),
    path("sdgs/<code:number>", views.Goal.as_view(), name="goal"),
    path("matrix", views.MatrixPage.as_view(), name="matrix"),
    path("matrix.csv", views.MatrixFile.as_view(), name="matrix-file"),
    path("matrix/<code:action_line>/<int:number>", views.CellPage.as_view(), name="cell"),
    path("vocabularies", views.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies.<form:form>", views.VocabulariesFile.as_view(), name="vocabularies-file"),
    path("vocabularies/<slug:scheme>.<form:form>", views.SchemeFile.as_view(), name="scheme-file"),
    path("vocabularies/<slug:scheme>", views.SchemePage.as_view(), name="scheme"),
    path("vocabularies/<slug:scheme>/<code:code>", views.ConceptPage.as_view(), name="concept"),
]
