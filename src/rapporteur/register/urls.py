from django.urls import include, path

from rapporteur.register.views import activities, counts, exporting, importing, pictures, search
from rapporteur.search.saved.feeds import SearchFeed

app_name = "register"
urlpatterns = [
    path("", include("rapporteur.register.views.keeping.urls")),
    path("activities", search.Activities.as_view(), name="activities"),
    path("activities/feed", SearchFeed.as_view(scope="activities"), name="feed"),
    path("activities/definitions", counts.Definitions.as_view(), name="definitions"),
    path("activities/statistics", counts.Statistics.as_view(), name="statistics"),
    path("activities/table", counts.CountTable.as_view(), name="table"),
    path("activities/archive", exporting.ArchivePage.as_view(), name="archive"),
    path(
        "activities/archive/<str:name>/<str:file_name>",
        exporting.ArchiveFile.as_view(),
        name="archive-file",
    ),
    path("desk/register/import", importing.Upload.as_view(), name="import"),
    path("desk/register/import/<int:pk>", importing.JobPage.as_view(), name="import-job"),
    path(
        "desk/register/import/<int:pk>/columns", importing.Columns.as_view(), name="import-columns"
    ),
    path("desk/register/import/<int:pk>/run", importing.Run.as_view(), name="import-run"),
    path(
        "desk/register/import/<int:pk>/refused.csv",
        importing.Refused.as_view(),
        name="import-refused",
    ),
    path("activities/map.svg", pictures.Map.as_view(), name="map"),
    path("activities/timeline.svg", pictures.Timeline.as_view(), name="timeline"),
    path("activities/photographs/<int:pk>", activities.PhotographFile.as_view(), name="photograph"),
    path("activities/<int:pk>", activities.ActivityPage.as_view(), name="activity"),
    path("activities/<int:pk>.jsonld", activities.ActivityData.as_view(), name="activity-data"),
    path(
        "activities/<int:pk>/versions/<int:number>",
        activities.VersionPage.as_view(),
        name="version",
    ),
]
