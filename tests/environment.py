"""The real PostgreSQL and Redis of a test run, started before Django reads its settings.

Each run that goes on at the same time takes a folder of its own (`var/test/0`, `/1`, …) and keeps
it for the next; when a migration changed, the folder is emptied, so no old table survives.
"""

import atexit
import fcntl
import hashlib
import itertools
import os
import shutil
from pathlib import Path

from bch_portal.embedded.place import Place
from bch_portal.embedded.postgres import Postgres, end_leftover
from bch_portal.embedded.redis import Redis

ROOT = Path(__file__).resolve().parent.parent
# Nothing here must survive the machine. The tests that kill servers start servers of their own.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=200"]


def start():
    """Start the servers, or, in a process of xdist or where an environment is given, use those there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bch_portal.settings")
    os.environ.setdefault("SECRET_KEY", "for the tests only")
    os.environ.setdefault("EMAIL_URL", "memorymail://")
    if "DATABASE_URL" in os.environ:
        return
    place = Place(own_folder())
    place.prepare()
    fresh_when_migrations_changed(place)
    sockets = place.sockets()
    postgres = Postgres(place.postgres, sockets, place.logs / "postgres.log", settings=FAST)
    redis = Redis(place.redis, sockets, place.logs / "redis.log")
    for server in (postgres, redis):
        server.start()
        atexit.register(server.stop)
    atexit.register(place.remove_sockets, sockets)
    os.environ.update(PORTAL_DATA=str(place.data), DATABASE_URL=postgres.url, REDIS_URL=redis.url)


def own_folder():
    """The first folder that no other run holds; the lock ends with this process, however it ends."""
    base = Path(os.environ.get("PORTAL_DATA", ROOT / "var")) / "test"
    for number in itertools.count():
        folder = base / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return folder
    raise AssertionError("unreachable")


def fresh_when_migrations_changed(place):
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    mark = place.data / "migrations"
    if not mark.exists() or mark.read_text() != digest.hexdigest():
        end_leftover(place.postgres)
        shutil.rmtree(place.postgres, ignore_errors=True)
        mark.write_text(digest.hexdigest())


def manage(*words):
    """Run a command of `manage.py` beside servers that last only as long as it: `python -m tests.environment X`."""
    from django.core.management import execute_from_command_line

    start()
    execute_from_command_line(["manage.py", *words])


if __name__ == "__main__":
    import sys

    manage(*sys.argv[1:])
