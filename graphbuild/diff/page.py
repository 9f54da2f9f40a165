"""The coloured page of a difference: one HTML file without scripts, which asks nothing of any host."""

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template

from graphbuild.diff.compare import VERDICTS, Change, Difference, Row
from graphbuild.diff.words import SIGNS, changes, entity_words, fact_words
from graphbuild.display import one_line

_FILES = Path(__file__).parent
_TOLD = {"documents": "Documents", "facts": "Facts", "entities": "Entities"}


def diff_page(found: Difference, before: str, after: str) -> bytes:
    """Return the page as the bytes of an HTML file.

    Args:
        found: what `compare` found.
        before: the name of the first build.
        after: the name of the second.
    """
    css = (_FILES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    parts = {"before": _text(before), "after": _text(after), "css": css, "digest": f"'sha256-{digest}'", "body": "\n".join(_body(found))}
    return Template((_FILES / "page.html").read_text(encoding="utf-8")).substitute(parts).encode("utf-8", "replace")


def _text(text: str) -> str:
    return html.escape(one_line(text)) or "·"


def _name(text: str) -> str:
    return f"<bdi>{_text(text)}</bdi>"


def _body(found: Difference) -> Iterator[str]:
    if not found:
        yield '<p class="equal">The two builds tell the same.</p>'
        return
    yield from _counts(found)
    yield from _section("Facts", [_fact(change) for change in found.facts])
    yield from _section("Entities", [_entity(change) for change in found.entities])
    yield from _section("Documents", [_line(verdict, _name(name)) for verdict, name in found.documents])


def _counts(found: Difference) -> Iterator[str]:
    yield '<table class="counts"><caption>How much differs</caption><thead><tr><td></td>'
    yield "".join(f'<th scope="col" class="{verdict}">{SIGNS[verdict]} {verdict}</th>' for verdict in VERDICTS)
    yield "</tr></thead><tbody>"
    for what, label in _TOLD.items():
        numbers = "".join(f"<td>{found.count(what, verdict)}</td>" for verdict in VERDICTS)  # type: ignore[arg-type]  # keys of _TOLD
        yield f'<tr><th scope="row">{label}</th>{numbers}</tr>'
    yield "</tbody></table>"


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"<section><h2>{title}</h2><ul>"
        yield from lines
        yield "</ul></section>"


def _line(verdict: str, *content: str) -> str:
    sign = f'<span class="sign" aria-hidden="true">{SIGNS[verdict]}</span><span class="unseen">{verdict}: </span>'
    return f'<li class="{verdict}">{sign}<div>{"".join(content)}</div></li>'


def _fact(change: Change) -> str:
    row = change.row
    about = " · ".join([row["status"], *([f"by {row['speaker']['name']}"] if row.get("speaker") else []), f"{row['confidence']:.2f}"])
    return _line(change.verdict, _name(fact_words(row)), f' <span class="about">{_text(about)}</span>', _changed(change), _sentences(row["evidence"]))


def _entity(change: Change) -> str:
    return _line(change.verdict, _name(entity_words(change.row)), _changed(change))


def _changed(change: Change) -> str:
    rows = "".join(f"<dt>{_text(name)}</dt><dd>{_value('del', old)} {_value('ins', new)}</dd>" for name, old, new in changes(change))
    return f"<dl>{rows}</dl>" if rows else ""


def _value(tag: str, value: str) -> str:
    return f"<{tag}>{_name(value)}</{tag}>" if value else ""


def _sentences(evidence: Iterable[Row]) -> str:
    quotes = "".join(f"<blockquote>{_name(e['quote'])}<cite>{_text(e['document'])}</cite></blockquote>" for e in evidence)
    return f"<details><summary>sentence</summary>{quotes}</details>"
