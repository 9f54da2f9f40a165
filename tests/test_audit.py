"""What is said of a report of pip-audit, and that a machine without network says so in one line."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SPEC = importlib.util.spec_from_file_location("audit", Path(__file__).parent.parent / "scripts" / "audit.py")
assert SPEC is not None
assert SPEC.loader is not None
audit = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit)
FINE: dict[str, Any] = {"name": "fine", "version": "1", "vulns": []}
WEAK: dict[str, Any] = {"name": "weak", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}, {"id": "X-2", "fix_versions": []}]}
SKIPPED: dict[str, Any] = {"name": "own", "skip_reason": "not found"}


@pytest.mark.parametrize(("libraries", "code", "said"), [
    ([SKIPPED], 0, ["not audited: no list of known weaknesses can be reached from here"]),
    ([FINE, SKIPPED], 0, ["audited 1 libraries, 0 known weaknesses; 1 are on no list"]),
    ([FINE, WEAK], 1, ["weak 1: X-1, mended in 2", "weak 1: X-2, not mended yet", "audited 2 libraries, 2 known weaknesses; 0 are on no list"]),
])  # fmt: skip
def test_a_known_weakness_fails_the_check(libraries: list[dict[str, Any]], code: int, said: list[str]):
    assert audit.verdict({"dependencies": libraries}) == (code, said)


def test_without_pip_audit_one_line_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(audit, "COMMAND", [*audit.COMMAND[:2], "no_such_module"])
    assert audit.main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("not audited: ")
    assert "no_such_module" in line
