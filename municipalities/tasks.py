"""Work that no page waits for."""

from celery import shared_task

from municipalities.rights.verbs import let_run_out


@shared_task(name="municipalities.let_rights_run_out")
def let_rights_run_out() -> None:
    let_run_out()
