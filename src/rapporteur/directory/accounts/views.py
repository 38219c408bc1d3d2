from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.common.policy import Role
from rapporteur.directory.accounts import actions, forms, queries, rules
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Membership, RoleGrant
from rapporteur.site.lists import Column, Filter, ListPage


class Me(View):
    """A person's own page: name, organizations, roles, second factor."""

    def get(self, request, name_form=None, ask_form=None):
        memberships = list(queries.memberships_of(account=request.user))
        context = {
            "title": _("Your account"),
            "memberships": memberships,
            "grants": request.user.grants.select_related("concept").order_by("role", "pk"),
            "to_decide": queries.memberships_to_decide(by=request.user),
            "kinds": kinds_for(request.user),
            "name_form": name_form or forms.NameForm(initial={"name": request.user.name}),
            "ask_form": ask_form or forms.AskMembershipForm(),
        }
        faulty = name_form or ask_form
        status = 422 if faulty is not None else 200
        return render(request, "directory/accounts/me.html", context, status=status)

    def post(self, request):
        form = forms.NameForm(request.POST)
        if not form.is_valid():
            return self.get(request, name_form=form)
        actions.change_name(account=request.user, name=form.cleaned_data["name"], at=timezone.now())
        messages.success(request, _("Your name is saved."))
        return redirect("directory:me")


def kinds_for(person):
    """Return the kinds of membership that the person may confirm."""
    return MembershipKind.choices if person.is_staff else MembershipKind.choices[:1]


class MembershipAsk(View):
    def post(self, request):
        form = forms.AskMembershipForm(request.POST)
        if not form.is_valid():
            return Me().get(request, ask_form=form)
        actions.ask_membership(
            account=request.user,
            organization=form.cleaned_data["organization"],
            at=timezone.now(),
        )
        messages.success(request, _("Asked. You will see it here when it is confirmed."))
        return redirect("directory:me")


class MembershipDecide(View):
    def post(self, request, pk):
        membership = get_object_or_404(queries.memberships_to_decide(by=request.user), pk=pk)
        form = forms.DecideMembershipForm(request.POST)
        kind = form.cleaned_data["kind"] if form.is_valid() else MembershipKind.MEMBER
        actions.confirm_membership(
            membership=membership, kind=MembershipKind(kind), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The membership is confirmed."))
        return redirect("directory:me")


class MembershipEnd(View):
    def post(self, request, pk):
        membership = get_object_or_404(Membership.objects.select_related("organization"), pk=pk)
        own = membership.account_id == request.user.pk
        if not own and not rules.can_confirm(
            request.user, membership, MembershipKind(membership.kind)
        ):
            # Whether somebody else belongs to an organization is private.
            membership = get_object_or_404(Membership.objects.none())
        actions.end_membership(membership=membership, by=request.user, at=timezone.now())
        messages.success(request, _("The membership has ended."))
        return redirect("directory:me")


class Accounts(ListPage):
    title = gettext_lazy("Accounts")
    empty = gettext_lazy("No account answers to this.")
    file_name = "accounts"
    template_name = "directory/accounts/accounts.html"
    columns = (
        Column("email", lambda account: account.email),
        Column("name", lambda account: account.name),
        Column("roles", lambda account: [grant.role for grant in account.grants.all()]),
        Column("organizations", lambda a: [m.organization.slug for m in a.memberships.all()]),
        Column("suspended_at", lambda account: account.suspended_at),
    )
    filters = (
        Filter(
            "role",
            gettext_lazy("Role"),
            lambda request: GrantedRole.choices,
            lambda rows, value: rows.filter(grants__role=value).distinct(),
        ),
    )

    def rows(self, request):
        return queries.accounts_by_email()


class AccountPage(View):
    """One account, for administrators: its roles, and whether it is suspended."""

    def get(self, request, pk, form=None):
        account = get_object_or_404(queries.accounts_by_email(), pk=pk)
        context = {
            "title": account,
            "account": account,
            "form": form or forms.GrantForm(),
            "administrator": Role.ADMINISTRATOR in request.user.roles,
        }
        status = 422 if form is not None else 200
        return render(request, "directory/accounts/account.html", context, status=status)


class RoleGrantView(View):
    def post(self, request, pk):
        account = get_object_or_404(Account, pk=pk)
        form = forms.GrantForm(request.POST)
        if not form.is_valid():
            return AccountPage().get(request, pk=pk, form=form)
        actions.grant_role(
            account=account,
            role=GrantedRole(form.cleaned_data["role"]),
            concept=form.cleaned_data["concept"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The role is given."))
        return redirect("directory:account", pk=pk)


class RoleWithdraw(View):
    def post(self, request, pk):
        grant = get_object_or_404(RoleGrant.objects.select_related("account"), pk=pk)
        actions.withdraw_role(grant=grant, by=request.user, at=timezone.now())
        messages.success(request, _("The role is taken back."))
        return redirect("directory:account", pk=grant.account_id)


class AccountSuspend(View):
    def post(self, request, pk):
        account = get_object_or_404(Account, pk=pk)
        actions.suspend(account=account, by=request.user, at=timezone.now())
        messages.success(request, _("The account is suspended."))
        return redirect("directory:account", pk=pk)


class AccountReinstate(View):
    def post(self, request, pk):
        account = get_object_or_404(Account, pk=pk)
        actions.reinstate(account=account, by=request.user, at=timezone.now())
        messages.success(request, _("The suspension has ended."))
        return redirect("directory:account", pk=pk)
