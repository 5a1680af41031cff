"""The web process and the tasks of the worker stand still, with words, while the database is not theirs."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from celery import Task
from celery.exceptions import Ignore
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from core.outage_pages import updating
from core.safe_start.refuse import DatabaseSilentError, refuse_unsafe_start
from core.safe_start.watch import Watch

log = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def guarded(application: Application) -> Application:
    """The application of the web process: looked over before it serves, and watched while it does."""
    try:
        refuse_unsafe_start("web")
        watch = Watch("web")
    except DatabaseSilentError as error:
        log.warning("the database does not answer, pages wait for it: %s", error)
        watch = Watch("web", unlooked=True)
    static = f"/{settings.STATIC_URL.strip('/')}/"

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(static) or not watch.found():
            return application(environ, start_response)
        page = updating(WSGIRequest(environ))
        start_response(f"{page.status_code} {page.reason_phrase}", [*page.items()])
        return [page.content]

    return answer


class GuardedTask(Task[Any, Any]):
    """A message is only a hint: what is not done now is found by the sweeper of a worker that may."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if _of_worker is not None and _of_worker.found():
            log.error("%s waits: the database is not this version's", self.name)
            raise Ignore
        return super().__call__(*args, **kwargs)


_of_worker: Watch | None = None


def watch_worker() -> None:
    """From now on the tasks of this process, and of those it makes, look before they run."""
    global _of_worker
    _of_worker = Watch("worker")
