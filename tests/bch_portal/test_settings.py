"""What the environment says, and what is said when it says nothing."""

import re
import subprocess
import sys

import pytest
from django.core.cache import cache

from tests.bch_portal.running import ROOT, environment

READ = re.compile(r'(?:env(?:\.\w+)?|required|environ\.get)\(\s*"([A-Z_]+)"')
COMPLETE = {"SECRET_KEY": "x", "DATABASE_URL": "postgres:///x", "REDIS_URL": "redis://", "EMAIL_URL": "memorymail://"}


def settings_with(tmp_path, variables):
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG, settings.DEMONSTRATION)"],
        cwd=ROOT,
        env=environment(PORTAL_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="bch_portal.settings", **variables),
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_is_the_default(tmp_path):
    answer = settings_with(tmp_path, COMPLETE)

    assert answer.stdout.split() == ["False", "False"], answer.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_stops_the_start_and_says_where_to_read_on(tmp_path, name):
    answer = settings_with(tmp_path, {key: value for key, value in COMPLETE.items() if key != name})

    assert answer.returncode != 0
    assert f"{name} is not set" in answer.stderr
    assert ".env.example" in answer.stderr


def test_every_variable_that_is_read_stands_in_the_example():
    sources = [*ROOT.glob("bch_portal/*.py"), ROOT / "bch_portal/embedded/supervisor.py"]
    read = {name for path in sources for name in READ.findall(path.read_text())} - {"MAKELEVEL"}

    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read <= listed


@pytest.mark.django_db
def test_counts_of_attempts_are_not_crowded_out_by_others():
    cache.set("attempts", 5)

    cache.set_many({f"others-{number}": 1 for number in range(400)})

    assert cache.get("attempts") == 5
