"""Commands that work on the data are held to the same as the processes: a batch may come in by one."""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands

from core.safe_start.refuse import DatabaseSilentError, of_database

# they mend what would be refused, or look at nothing
FREE = frozenset({"migrate", "reencrypt", "catalogues"})


def refuse_unsafe_command(name: str) -> None:
    """Raises ImproperlyConfigured with words; of commands of our own only. Needs the apps to be ready."""
    label = get_commands().get(name)
    if name in FREE or not isinstance(label, str) or "." in label or not apps.is_installed(label):
        return
    try:
        found = [*of_database()]
    except DatabaseSilentError:
        # the command says so itself
        return
    if found:
        raise ImproperlyConfigured("\n".join(one.words for one in found))
