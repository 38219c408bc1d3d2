from django.urls import path

from rapporteur.directory.accounts import views

urlpatterns = [
    path("account/me", views.Me.as_view(), name="me"),
    path("account/memberships", views.MembershipAsk.as_view(), name="membership-ask"),
    path(
        "account/memberships/<int:pk>/confirm",
        views.MembershipDecide.as_view(),
        name="membership-confirm",
    ),
    path("account/memberships/<int:pk>/end", views.MembershipEnd.as_view(), name="membership-end"),
    path("accounts", views.Accounts.as_view(), name="accounts"),
    path("accounts/<int:pk>", views.AccountPage.as_view(), name="account"),
    path("accounts/<int:pk>/roles", views.RoleGrantView.as_view(), name="role-grant"),
    path("accounts/roles/<int:pk>/withdraw", views.RoleWithdraw.as_view(), name="role-withdraw"),
    path("accounts/<int:pk>/suspend", views.AccountSuspend.as_view(), name="account-suspend"),
    path("accounts/<int:pk>/reinstate", views.AccountReinstate.as_view(), name="account-reinstate"),
]
