"""`python -m benchmarks`: its own servers and data, every figure measured in this run, and a table at the end."""

import argparse
import importlib
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from bch_portal.embedded.place import Place
from bch_portal.embedded.postgres import Postgres
from bch_portal.embedded.redis import Redis
from benchmarks import noise

SIZED = ("search", "pages", "feed", "record")  # need an index of that many records, and no database
WITH_A_DATABASE = ("visible", "form", "import", "bulk", "index")  # each wants an empty one
MODULES = {"import": "import_rows", "record": "record_read", "form": "form_save", "index": "indexing"}


def main() -> int:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        place = Place(given.data or folder)
        place.prepare()
        servers = start(place)
        try:
            rows = measure(given)
        finally:
            for server in reversed(servers):
                server.stop()
    print(table(rows), *machine(), sep="\n")
    return 0


def arguments() -> argparse.Namespace:
    known = (*SIZED, *WITH_A_DATABASE)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="How many records the index holds (100000).")
    parser.add_argument("--only", nargs="+", choices=known, default=known, help="Measure only these.")
    parser.add_argument("--data", help="A folder to keep: the index in it is used again.")
    return parser.parse_args()


def start(place: Place) -> list:
    """A real PostgreSQL with its usual, crash-safe settings, and a real Redis; told to Django by the environment."""
    sockets = place.sockets()
    servers = [Postgres(place.postgres, sockets, place.logs / "postgres.log")]
    servers.append(Redis(place.redis, sockets, place.logs / "redis.log"))
    for server in servers:
        server.start()
    os.environ |= {
        "PORTAL_DATA": str(place.data),
        "DATABASE_URL": servers[0].url,
        "REDIS_URL": servers[1].url,
        "SECRET_KEY": "for measuring only",
        "DJANGO_SETTINGS_MODULE": "bch_portal.settings",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
        "DEMONSTRATION": "no",
    }
    return servers


def measure(given: argparse.Namespace) -> list:
    """The rows of all that is asked for, and how much the machine itself wavered meanwhile."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare", verbosity=0)
    rows, steady = [], noise.Steadiness()
    for name in given.only:
        say(f"measuring: {name}")
        module = importlib.import_module(f"benchmarks.{MODULES.get(name, name)}")
        began = time.monotonic()
        if name in SIZED:
            rows += module.run(given.records)
        else:
            call_command("flush", interactive=False, verbosity=0)
            rows += module.run()
        say(f"    {time.monotonic() - began:.0f} s")
        steady.look()
    return [*rows, *steady.rows()]


def table(rows: list) -> str:
    """The rows as a table in Markdown, as it stands in `docs/performance.md`."""
    lines = ["| measured | value | ratio | against |", "|---|---:|---:|---|"]
    lines += [f"| {row.name} | {shown(row.value)} {row.unit} | {row.ratio:.2f} | {row.against} |" for row in rows]
    return "\n".join(lines)


def shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def machine() -> list[str]:
    model = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?: ?")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        "",
        f"{os.cpu_count()} cores, {model.partition(':')[2].strip()}; Python {platform.python_version()}; load {load}",
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
