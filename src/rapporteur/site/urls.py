from django.urls import path

from rapporteur.site import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("about", views.About.as_view(), name="about"),
    path("desk", views.Desk.as_view(), name="desk"),
    path("report-an-error", views.ErrorReported.as_view(), name="report-error"),
]
