"""Offline knowledge graphs from English news and official statements: every fact with the words that say it.

>>> from graphbuild import build
>>> graph = build(["seeds/"]).graph        # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphbuild.errors import GraphbuildError, InputError, ModelError, OutputError
    from graphbuild.graph import KnowledgeGraph, assemble
    from graphbuild.language import load_model
    from graphbuild.pipeline import Build, build, extract
    from graphbuild.records import Claim, Document, Entity, Evidence, Extraction, Node, Span, Statement
    from graphbuild.store import load_build, write_build

__version__ = "0.1.0"

__all__ = [
    "Build",
    "Claim",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "GraphbuildError",
    "InputError",
    "KnowledgeGraph",
    "ModelError",
    "Node",
    "OutputError",
    "Span",
    "Statement",
    "assemble",
    "build",
    "extract",
    "load_build",
    "load_model",
    "write_build",
]

_HOME = {
    "graphbuild.errors": ("GraphbuildError", "InputError", "ModelError", "OutputError"),
    "graphbuild.graph": ("KnowledgeGraph", "assemble"),
    "graphbuild.language": ("load_model",),
    "graphbuild.pipeline": ("Build", "build", "extract"),
    "graphbuild.records": ("Claim", "Document", "Entity", "Evidence", "Extraction", "Node", "Span", "Statement"),
    "graphbuild.store": ("load_build", "write_build"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import graphbuild` stays fast."""
    home = next((module for module, names in _HOME.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'graphbuild' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
