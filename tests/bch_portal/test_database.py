import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_tests_run_on_a_real_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        version = cursor.fetchone()[0]

    assert version.startswith("PostgreSQL 18")
