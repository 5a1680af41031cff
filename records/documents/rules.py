"""What can be done to a document, and the words why not: asked by the verb that refuses and the button that hides.

Whoever sees the client may read and write; what depends on the state of the document stands here.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access.rights import is_own_worker
from core.saving import NotPossible
from municipalities.access import access_of
from records.models import Document, OpenVersion

Reason = str | Promise | None
Rule = Callable[[User, Document], Reason]


def require(rule: Rule, actor: User, document: Document) -> None:
    """Raises NotPossible with the reason."""
    reason = rule(actor, document)
    if reason is not None:
        raise NotPossible(reason)


def open_version_of(document: Document) -> OpenVersion | None:
    return getattr(document, "open_version", None)


def can_write(actor: User, document: Document) -> Reason:
    """The open version is its author's; another one may take it over."""
    being_written = open_version_of(document)
    if being_written is None:
        return _("The document is not being written.")
    if being_written.started_by_id != actor.pk:
        return _("%(name)s is writing the document.") % {"name": being_written.started_by.name}
    return None


def can_take_over(actor: User, document: Document) -> Reason:
    """The client's own worker and the supervisor may go on with what a colleague began."""
    being_written = open_version_of(document)
    if being_written is None:
        return _("The document is not being written.")
    if being_written.started_by_id == actor.pk:
        return _("The document is already yours to write.")
    if is_own_worker(actor, document.client) or access_of(actor, document.municipality_id).all_units:
        return None
    return _("The client's own worker or the supervisor may go on with a colleague's document.")


def can_correct(_actor: User, document: Document) -> Reason:
    if document.cancelled_at is not None:
        return _("The document has been cancelled.")
    if not document.is_finished:
        return _("The document is not finished yet.")
    being_written = open_version_of(document)
    if being_written is not None:
        return _("%(name)s is already writing a new version.") % {"name": being_written.started_by.name}
    return None


def can_cancel(_actor: User, document: Document) -> Reason:
    if document.cancelled_at is not None:
        return _("The document has been cancelled.")
    if not document.is_finished:
        return _("The document is not finished: throw the draft away instead.")
    if open_version_of(document) is not None:
        return _("A new version is being written. Finish it or throw it away first.")
    return None
