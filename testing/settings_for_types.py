"""The settings as the type checker needs them: values that start nothing and open nothing."""

import os

for name, value in {
    "DATA_DIR": "/none",
    "DATABASE_URL": "postgres://nobody:nothing@%2Fnone%2Frun/none",
    "DATABASE_OWNER_URL": "postgres://nobody:nothing@%2Fnone%2Frun/none",
    "BROKER_URL": "redis://localhost/0",
    "SECRET_KEY": "types only " * 5,
    "FIELD_KEYS": "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "INDEX_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "DEMO": "1",
}.items():
    os.environ.setdefault(name, value)

from osallistava.settings import *  # noqa: E402, F403
