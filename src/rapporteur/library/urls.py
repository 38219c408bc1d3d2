from django.urls import path

from rapporteur.library import views

app_name = "library"
urlpatterns = [
    path("documents", views.Documents.as_view(), name="documents"),
]
