from django.urls import path

from rapporteur.search import views

app_name = "search"
urlpatterns = [
    path("search", views.Results.as_view(), name="results"),
]
