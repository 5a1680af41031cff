from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.mfa.base import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.people import has_second_factor


@login_not_required
def second_step(request: HttpRequest) -> HttpResponseBase:
    """The code after the password.

    If an admin has reset the second factor meanwhile, signing in begins anew: the library would lead in a circle.
    """
    stage = get_pending_stage(request)
    if stage and stage.login.user and not has_second_factor(stage.login.user):
        clear_login(request)
        return redirect("account_login")
    response: HttpResponseBase = views.authenticate(request)
    return response
