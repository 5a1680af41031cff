"""The people of the tests. The servers and the database under them are in testing/."""

pytest_plugins = ["testing.database"]
