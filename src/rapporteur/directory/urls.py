from django.urls import path

from rapporteur.directory import views

app_name = "directory"
urlpatterns = [
    path("account/me", views.Me.as_view(), name="me"),
]
