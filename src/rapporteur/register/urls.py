from django.urls import path

from rapporteur.register.views import activities

app_name = "register"
urlpatterns = [
    path("activities", activities.Activities.as_view(), name="activities"),
    path("activities/<int:pk>", activities.ActivityPage.as_view(), name="activity"),
    path(
        "activities/<int:pk>/versions/<int:number>",
        activities.VersionPage.as_view(),
        name="version",
    ),
    path("activities/photographs/<int:pk>", activities.PhotographFile.as_view(), name="photograph"),
]
