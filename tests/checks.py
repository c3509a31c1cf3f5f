"""`make check`: everything that can be told without running the suite. Each check is named, and all are run."""

import subprocess
import sys
from pathlib import Path

from tests import environment

ROOT = environment.ROOT
TYPED = ("actions.py", "workflow.py", "rules.py", "tasks.py")
APART = {".venv", "var", "tests", "migrations"}


def tool(name):
    return str(Path(sys.executable).parent / name)


def ours(pattern):
    found = (path.relative_to(ROOT) for path in ROOT.rglob(pattern))
    return sorted(str(path) for path in found if not APART & set(path.parts))


def typed_modules():
    return [path for name in TYPED for path in ours(name)] + ours("actions/*.py")


def checks():
    """Name and command of each."""
    templates = [path for path in ours("*.html") if "templates" in path]
    manage = [sys.executable, "manage.py"]
    return {
        "style of the code": [tool("ruff"), "check", "."],
        "format of the code": [tool("ruff"), "format", "--check", "--quiet", "."],
        "format of the templates": [tool("djade"), "--target-version", "5.2", "--check", *templates],
        "indentation of the templates": [tool("djhtml"), "--check", "--tabwidth", "2", *templates],
        "types": [tool("mypy"), "--follow-imports=silent", *typed_modules()],
        "direction of the imports": [tool("lint-imports"), "--no-cache"],
        "system checks": [*manage, "check", "--fail-level", "WARNING"],
        "models and migrations agree": [*manage, "makemigrations", "--check", "--dry-run"],
        "safety of the migrations": [sys.executable, "-m", "tests.lint_migrations"],
        "translations": [*manage, "check_translations"],
    }


def main():
    environment.start()
    failed = [name for name, command in checks().items() if not passes(name, command)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks pass.")
    return 1 if failed else 0


def passes(name, command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
