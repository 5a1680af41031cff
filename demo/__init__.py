"""The data of the demo: invented people, and what could have been done with them in the last months.

The app is installed only where DEMO is set: an installation with real data has no code that makes known accounts.
"""

ONLY_IN_THE_DEMO = (
    "The demo data is for the demo only: this installation has DEMO off, so that its data is real. Nothing was loaded. "
    "Set DEMO=1 on an installation of its own to try the program out."
)
