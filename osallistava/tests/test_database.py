import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_as_the_application_role_without_any_power() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("osallistava_app", False, False, False)
