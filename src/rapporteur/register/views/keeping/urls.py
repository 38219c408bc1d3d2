"""Addresses of the keepers' pages and of the secretariat's desk."""

from django.urls import path

from rapporteur.register.views.desk import deciding, merging, organizations
from rapporteur.register.views.keeping import entries, pictures, writing

urlpatterns = [
    path("activities/new", writing.New.as_view(), name="new"),
    path("activities/suggestions", writing.Suggestions.as_view(), name="suggestions"),
    path("activities/<int:pk>/edit", entries.Edit.as_view(), name="edit"),
    path("activities/<int:pk>/edit/<slug:step>", writing.StepPage.as_view(), name="step"),
    path("activities/<int:pk>/check", writing.Check.as_view(), name="check"),
    path("activities/<int:pk>/send", writing.Send.as_view(), name="send"),
    path("activities/<int:pk>/receipt", writing.Receipt.as_view(), name="receipt"),
    path("activities/<int:pk>/take-back", writing.TakeBack.as_view(), name="take-back"),
    path("activities/<int:pk>/confirm", entries.Confirm.as_view(), name="confirm"),
    path("activities/<int:pk>/follow-up", entries.FollowUpPage.as_view(), name="follow-up"),
    path("activities/<int:pk>/withdraw", entries.Withdraw.as_view(), name="withdraw"),
    path("activities/<int:pk>/discard", entries.Discard.as_view(), name="discard"),
    path(
        "activities/<int:pk>/photographs/add",
        pictures.PhotographAdd.as_view(),
        name="photograph-add",
    ),
    path(
        "activities/photographs/<int:pk>/remove",
        pictures.PhotographRemove.as_view(),
        name="photograph-remove",
    ),
    path("account/activities", entries.Mine.as_view(), name="mine"),
    path("account/organizations/propose", entries.Propose.as_view(), name="organization-propose"),
    # The secretariat
    path("desk/register", deciding.Queue.as_view(), name="desk"),
    path("desk/register/merge", merging.Merge.as_view(), name="desk-merge"),
    path("desk/register/photographs", deciding.Photographs.as_view(), name="desk-photographs"),
    path(
        "desk/register/photographs/<int:pk>",
        deciding.PhotographDecide.as_view(),
        name="desk-photograph",
    ),
    path(
        "desk/register/organizations",
        organizations.Proposals.as_view(),
        name="desk-organizations",
    ),
    path(
        "desk/register/organizations/<int:pk>",
        organizations.ProposalPage.as_view(),
        name="desk-organization",
    ),
    path(
        "desk/register/follow-ups/<int:pk>",
        deciding.FollowUpDesk.as_view(),
        name="desk-follow-up",
    ),
    path("desk/register/<int:pk>", deciding.VersionDesk.as_view(), name="desk-version"),
    path("desk/register/<int:pk>/publish", deciding.Publish.as_view(), name="desk-publish"),
    path("desk/register/<int:pk>/return", deciding.Return.as_view(), name="desk-return"),
    path("desk/register/entries/<int:pk>/restore", merging.Restore.as_view(), name="desk-restore"),
]
