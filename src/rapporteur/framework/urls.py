from django.urls import path

from rapporteur.framework import views

app_name = "framework"
urlpatterns = [
    path("action-lines", views.ActionLines.as_view(), name="action-lines"),
]
