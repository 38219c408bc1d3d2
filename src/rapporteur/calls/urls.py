from django.urls import path

from rapporteur.calls.views import answering, filling, joining, reading
from rapporteur.calls.views.desk import deciding, inviting, keeping

app_name = "calls"
urlpatterns = [
    path("calls", reading.Calls.as_view(), name="calls"),
    path("calls/invited/<str:token>", joining.Invited.as_view(), name="invited"),
    path("calls/<slug:slug>", reading.CallPage.as_view(), name="call"),
    path(
        "calls/<slug:slug>/questionnaire", reading.QuestionnairePage.as_view(), name="questionnaire"
    ),
    path("calls/<slug:slug>/begin", answering.Begin.as_view(), name="begin"),
    path("calls/<slug:slug>/responses", reading.Responses.as_view(), name="responses"),
    path(
        "calls/<slug:slug>/responses/<slug:response>",
        reading.ResponsePage.as_view(),
        name="response",
    ),
    path(
        "calls/<slug:slug>/questions/<str:name>",
        reading.QuestionAnswers.as_view(),
        name="question",
    ),
    path("responses", answering.Mine.as_view(), name="mine"),
    path("responses/join/<str:token>", joining.Join.as_view(), name="join"),
    path("responses/<int:pk>", answering.Check.as_view(), name="check"),
    path(
        "responses/<int:pk>/sections/<str:section>",
        answering.SectionPage.as_view(),
        name="section",
    ),
    path("responses/<int:pk>/form", filling.Fill.as_view(), name="fill"),
    path("responses/<int:pk>/files/<int:file>", filling.File.as_view(), name="file"),
    path("responses/<int:pk>/send", answering.Send.as_view(), name="send"),
    path("responses/<int:pk>/receipt", answering.Receipt.as_view(), name="receipt"),
    path("responses/<int:pk>/withdraw", answering.Withdraw.as_view(), name="withdraw"),
    path("responses/<int:pk>/colleagues", joining.Colleagues.as_view(), name="colleagues"),
    path(
        "responses/<int:pk>/colleagues/<int:member>/remove",
        joining.ColleagueRemove.as_view(),
        name="colleague-remove",
    ),
    path("desk/calls", keeping.DeskCalls.as_view(), name="desk-calls"),
    path("desk/calls/new", keeping.NewCall.as_view(), name="desk-new"),
    path("desk/calls/<int:pk>", keeping.DeskCall.as_view(), name="desk-call"),
    path("desk/calls/<int:pk>/edit", keeping.Edit.as_view(), name="desk-edit"),
    path(
        "desk/calls/<int:pk>/questionnaire",
        keeping.QuestionnaireFile.as_view(),
        name="desk-questionnaire",
    ),
    path("desk/calls/<int:pk>/extend", keeping.Extend.as_view(), name="desk-extend"),
    path("desk/calls/<int:pk>/act", keeping.Act.as_view(), name="desk-act"),
    path(
        "desk/calls/<int:pk>/invitations", inviting.Invitations.as_view(), name="desk-invitations"
    ),
    path(
        "desk/calls/<int:pk>/invitations/<int:invitation>/renew",
        inviting.Renew.as_view(),
        name="desk-renew",
    ),
    path(
        "desk/calls/<int:pk>/invitations/<int:invitation>/letter",
        inviting.Printed.as_view(),
        name="desk-printed",
    ),
    path("desk/calls/<int:pk>/responses", deciding.DeskResponses.as_view(), name="desk-responses"),
    path("desk/calls/<int:pk>/letters/new", deciding.EnterLetter.as_view(), name="desk-enter"),
    path("desk/responses/<int:pk>", deciding.DeskResponse.as_view(), name="desk-response"),
    path("desk/responses/<int:pk>/files/<int:file>", deciding.File.as_view(), name="desk-file"),
    path("desk/responses/<int:pk>/letter", deciding.Letter.as_view(), name="desk-letter"),
]
