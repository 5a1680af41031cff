"""The data of the demo: invented people, and what could have been done with them in the last months."""
