from django.urls import include, path

app_name = "directory"
urlpatterns = [
    path("", include("rapporteur.directory.accounts.urls")),
]
