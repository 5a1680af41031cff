#!/usr/bin/env python
import os
import sys

from osallistava import embedded

WITHOUT_SERVERS = {
    "help",
    "catalogues",
    "collectstatic",
    "startapp",
    "--help",
    "-h",
    "--version",
}


def main(arguments: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
    needed = not WITHOUT_SERVERS.intersection(arguments[1:2]) and "--help" not in arguments
    try:
        with embedded.servers(start=needed):
            from django.core.management import execute_from_command_line

            _refuse_demo(arguments)
            if needed and len(arguments) > 1:
                _refuse_unsafe(arguments[1])
            execute_from_command_line(arguments)
    except (embedded.CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))


def _refuse_demo(arguments: list[str]) -> None:
    """Where the data is real, the demo is not even installed: say so instead of that its command is not known."""
    if arguments[1:2] != ["demo"]:
        return
    from django.conf import settings

    from demo import ONLY_IN_THE_DEMO

    if not settings.DEMO:
        sys.exit(ONLY_IN_THE_DEMO)


def _refuse_unsafe(name: str) -> None:
    import django

    from core.safe_start.commands import refuse_unsafe_command

    django.setup()
    refuse_unsafe_command(name)


if __name__ == "__main__":
    main(sys.argv)
