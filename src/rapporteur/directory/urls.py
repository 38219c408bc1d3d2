from django.urls import include, path

import rapporteur.framework.converters  # noqa: F401 - registers the converter of codes
from rapporteur.directory import views

app_name = "directory"
urlpatterns = [
    path("", include("rapporteur.directory.accounts.urls")),
    path("organizations", views.Organizations.as_view(), name="organizations"),
    path("organizations/add", views.OrganizationAdd.as_view(), name="organization-add"),
    path("organizations/<slug:slug>", views.OrganizationPage.as_view(), name="organization"),
    path(
        "organizations/<slug:slug>/edit",
        views.OrganizationEdit.as_view(),
        name="organization-edit",
    ),
    path(
        "organizations/<slug:slug>/merge",
        views.OrganizationMerge.as_view(),
        name="organization-merge",
    ),
    path("countries", views.Countries.as_view(), name="countries"),
    path("countries/<slug:iso3>", views.CountryPage.as_view(), name="country"),
    path("regions", views.Regions.as_view(), name="regions"),
    path("regions/<code:code>", views.RegionPage.as_view(), name="region"),
]
