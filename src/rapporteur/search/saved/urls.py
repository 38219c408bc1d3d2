from django.urls import path

from rapporteur.search.saved import feeds, views

urlpatterns = [
    path("search/feed", feeds.SearchFeed.as_view(), name="feed"),
    path("account/searches", views.SavedSearches.as_view(), name="saved-searches"),
    path("account/searches/new/<slug:scope>", views.SearchSave.as_view(), name="search-save"),
    path("account/searches/<int:pk>", views.SearchChange.as_view(), name="search-change"),
    path("account/searches/<int:pk>/open", views.SearchOpen.as_view(), name="search-open"),
    path("account/searches/<int:pk>/delete", views.SearchDelete.as_view(), name="search-delete"),
]
