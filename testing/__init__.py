"""What the tests of all apps stand on: pytest plugins that pytest.ini loads. Personas are in the root conftest."""
