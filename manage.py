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

            execute_from_command_line(arguments)
    except (embedded.CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv)
