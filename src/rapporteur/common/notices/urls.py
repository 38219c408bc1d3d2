from django.urls import path

from rapporteur.common.notices import views

app_name = "notices"
urlpatterns = [path("notices/stop/<str:token>", views.Stop.as_view(), name="stop")]
