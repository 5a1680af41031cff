"""Fixtures for every test: the servers and the database under them, and the people in them, are in testing/."""

pytest_plugins = [
    "testing.translations",
    "testing.clock",
    "testing.database",
    "testing.defaults",
    "testing.worker",
    "testing.browser",
    "testing.stage",
    "testing.people",
    "testing.undefined",
    "testing.garbage",
    "testing.repeated",
    "testing.order",
]
