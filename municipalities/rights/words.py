"""A request as a sentence, and what an admin is told of where it stands."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import Membership, RightRequest
from municipalities.rights.confirmers import confirmers
from municipalities.rights.verbs import Outcome

What = RightRequest.What
State = RightRequest.State


def request_words(wanted: RightRequest) -> str:
    """ "Rooli: sosiaalityöntekijä, Eteläinen tiimi, 13.11.2018 alkaen"."""
    if wanted.what == What.SECOND_FACTOR:
        return _("Reset of the two-step sign-in")
    if wanted.what == What.RESTORE:
        return _("The account back into use")
    if wanted.what == What.UNIT:
        before = wanted.membership.unit if wanted.membership else None
        if before == wanted.unit:  # it has happened
            return f"{held_role(wanted)}, {wanted.unit or _('no unit')}"
        return _("%(role)s: from %(before)s to %(unit)s") % {
            "role": held_role(wanted),
            "before": before or _("no unit"),
            "unit": wanted.unit or _("no unit"),
        }
    if wanted.what == What.LONGER:
        return _("%(role)s: last day %(day)s") % {"role": held_role(wanted), "day": short(wanted.ends)}
    return role_words(wanted)


def role_words(wanted: RightRequest) -> str:
    parts = [wanted.get_role_display(), wanted.unit.name if wanted.unit else ""]
    parts.append(_("from %(day)s") % {"day": short(wanted.starts)})
    if wanted.ends:
        parts.append(_("until %(day)s") % {"day": short(wanted.ends)})
    return ", ".join(filter(None, parts))


def held_role(wanted: RightRequest) -> str:
    return str(wanted.membership.get_role_display()) if wanted.membership else _("a role that has ended")


def short(day: object) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT")) if day else ""  # type: ignore[arg-type]


def ended_words(wanted: RightRequest) -> str:
    """What became of a request that waits no longer: what was done, and whether a role is in force today."""
    if wanted.state in {State.SECOND, State.PERSON}:
        return str(State.RAN_OUT.label)
    if wanted.state != State.DONE:
        return str(wanted.get_state_display())
    if wanted.what == What.SECOND_FACTOR:
        return _("reset")
    if wanted.what == What.RESTORE:
        return _("taken into use again")
    return role_today(wanted.membership)


def role_today(membership: Membership | None) -> str:
    if membership is None:
        return _("given, but ended before it had lasted a day")
    if membership.is_over:
        return _("given, ended %(day)s") % {"day": short(membership.ends)}
    if not membership.has_begun:
        return _("given, in force from %(day)s") % {"day": short(membership.starts)}
    return _("in force")


def effect_words(wanted: RightRequest) -> str:
    """What happens when it is confirmed: whoever decides sees it as the one who asked did."""
    name = wanted.shown_name
    if wanted.what == What.SECOND_FACTOR:
        return _(
            "When you confirm, the authenticator app and the recovery codes of %(name)s stop working, and the person "
            "is signed out. This cannot be undone. Make sure first that it is really this person who asks: meet, or "
            "call a number you know."
        ) % {"name": name}
    if wanted.what == What.RESTORE:
        return _("When you confirm, %(name)s can sign in again, with the roles that are in force.") % {"name": name}
    if wanted.must_accept:
        return _("When you confirm, %(name)s gets a link by e-mail and decides whether to take the role.") % {
            "name": name
        }
    if wanted.new_account:
        return _(
            "When you confirm, an invitation is sent to %(email)s, and the role is in force from its first day."
        ) % {"email": wanted.person.email}
    return _("When you confirm, it is done at once, and %(name)s is told by e-mail.") % {"name": name}


def standing(outcome: Outcome) -> str:
    """What the asker, or the second person, is told of where it stands now."""
    wanted = outcome.wanted
    if outcome.state == State.SECOND:
        return " ".join(filter(None, [who_confirms(wanted), not_sent_yet(wanted)]))
    if outcome.state == State.PERSON:
        return _(
            "The account was made by others. The person opens the link that was sent by e-mail, signs in and accepts "
            "the role, within 7 days."
        )
    return done_words(wanted)


def who_confirms(wanted: RightRequest) -> str:
    """Truly: in a municipality with nobody else it is the installation admin, to whom nobody here can walk over."""
    if by_installation(wanted):
        return _(
            "This waits for the installation admin, because nobody else here could be the second person. It is "
            "confirmed or refused within 7 days, or it lapses."
        )
    return _(
        "This waits for a second person: another admin or a supervisor confirms or refuses it within 7 days, or it "
        "lapses."
    )


def by_installation(wanted: RightRequest) -> bool:
    able = confirmers(wanted.municipality, wanted.asked_by, wanted.person)
    return all(user.is_installation_admin for user in able)


def not_sent_yet(wanted: RightRequest) -> str:
    if wanted.new_account:
        return _("The invitation is sent only after that.")
    return _("After that the person is asked too.") if wanted.must_accept else ""


def done_words(wanted: RightRequest) -> str:
    if wanted.what == What.SECOND_FACTOR:
        return _("The two-step sign-in was reset. The person takes an app into use at the next sign-in.")
    if wanted.what == What.RESTORE:
        return _("The account is in use again.")
    if wanted.what == What.UNIT:
        return _("The unit was changed.")
    if wanted.what == What.LONGER:
        return _("The role was given a later last day: %(day)s.") % {"day": short(wanted.ends)}
    if wanted.starts and wanted.starts > timezone.localdate():
        return _("The role was given. It comes into force on %(day)s.") % {"day": short(wanted.starts)}
    return _("The role was given, and is in force.")


def accepted_words(wanted: RightRequest) -> str:
    """What the person is told who took the role."""
    if wanted.starts and wanted.starts > timezone.localdate():
        return _("You took the role. It comes into force on %(day)s.") % {"day": short(wanted.starts)}
    return _("The role is yours now.")
