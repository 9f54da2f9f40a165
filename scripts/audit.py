"""Asks whether a weakness is known of any library that is installed here, by pip-audit; exit code 1 if so.

Where the list of weaknesses cannot be reached, one line says so and the exit code is 0: a check of one's own work must not hang on a network.
"""

import json
import subprocess
import sys
from typing import Any

COMMAND = [sys.executable, "-m", "pip_audit", "--format", "json", "--skip-editable", "--progress-spinner", "off", "--timeout", "10"]
SECONDS = 300


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """Return the exit code and what is to be said of a report of pip-audit."""
    seen = [library for library in report["dependencies"] if "skip_reason" not in library]
    known = [f"{library['name']} {library['version']}: {_weakness(weak)}" for library in seen for weak in library["vulns"]]
    if not seen:
        return 0, ["not audited: no list of known weaknesses can be reached from here"]
    return int(bool(known)), [*known, f"audited {len(seen)} libraries, {len(known)} known weaknesses; {len(report['dependencies']) - len(seen)} are on no list"]


def _weakness(weak: dict[str, Any]) -> str:
    fixed = ", ".join(weak["fix_versions"])
    return f"{weak['id']}, mended in {fixed}" if fixed else f"{weak['id']}, not mended yet"


def main() -> int:
    """Ask, and say what came of it."""
    try:
        done = subprocess.run(COMMAND, capture_output=True, encoding="utf-8", check=False, timeout=SECONDS)
        code, lines = verdict(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        code, lines = 0, [f"not audited: no answer within {SECONDS} seconds"]
    except ValueError:  # no report: pip-audit is not there, or it could not ask
        code, lines = 0, [f"not audited: {(done.stderr.strip().splitlines() or ['pip-audit says nothing'])[-1]}"]
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
