from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.api.tokens import actions, forms, queries
from rapporteur.common.refusals import Refusal


class Tokens(View):
    """A person's tokens, and a form for a new one. A new token is shown in the answer, once."""

    def get(self, request, form=None, made=None, secret="", status=200):
        now = timezone.now()
        tokens = [
            {"token": token, "live": token.is_live(at=now)}
            for token in queries.tokens_of(request.user)
        ]
        context = {
            "title": _("Tokens for programs"),
            "tokens": tokens,
            "form": form or forms.TokenForm(),
            "made": made,
            "secret": secret,
        }
        return render(request, "api/tokens.html", context, status=status)

    def post(self, request):
        form = forms.TokenForm(request.POST)
        if not form.is_valid():
            return self.get(request, form=form, status=422)
        try:
            made, secret = actions.make_token(
                account=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.get(request, form=form, status=refusal.status)
        return self.get(request, made=made, secret=secret)


class TokenRevoke(View):
    def post(self, request, pk):
        token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
        actions.revoke_token(token=token, by=request.user, at=timezone.now())
        messages.success(request, _("The token is revoked. No program can use it any more."))
        return redirect("programs:tokens")
