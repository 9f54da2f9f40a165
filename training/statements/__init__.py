"""Statements and reports written and annotated for this project: see README.md."""

from pathlib import Path

FOLDER = Path(__file__).parent
