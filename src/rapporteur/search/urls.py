from django.urls import include, path

from rapporteur.search import views

app_name = "search"
urlpatterns = [
    path("", include("rapporteur.search.saved.urls")),
    path("search", views.Results.as_view(), name="results"),
]
