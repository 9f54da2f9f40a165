"""One HTML file that shows how good a build is: the scores, and each miss and each wrong fact in its sentence.

It works offline, runs no script, and asks nothing of any host; text of documents is escaped, never markup.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from graphbuild.display import one_line
from graphbuild.evaluate import MEASURES, Evaluation, Score
from graphbuild.evaluate.errors import Mistake, mistakes
from graphbuild.records import Span

_HERE = Path(__file__).parent
_BREAK = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n\s*\n")
"""Where a sentence ends, for showing it: not behind an initial or a short title ("U.S. forces", "Lt. Gen. Berg")."""
REASONS: Final[Mapping[str, str]] = {
    "said twice": "the same fact is said twice",
    "both ends are one thing": "its two ends are one thing",
    "other relation": "the other side has another relation between the two",
    "ends swapped": "the other side has it the other way round",
    "polarity": "one side denies it",
    "subject not annotated": "its subject is not annotated",
    "object not annotated": "its object is not annotated",
    "end not found": "an end was not found, or taken for something else",
    "other subject": "the other side has another subject",
    "other object": "the other side has another object",
    "nothing near": "nothing on the other side is like it",
}


def page(evaluation: Evaluation, texts: Mapping[str, str | None], title: str) -> bytes:
    """Return the page; without a document's text the quotes of the evidence stand for its sentences."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    found = [mistakes(r.judge, r.wrong, r.missed) for r in evaluation.results]
    parts = {
        "title": escape(one_line(title)),
        "style": style,
        "digest": "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "summary": _summary(evaluation),
        "scores": "\n".join(_score_row(m.label, evaluation.scores[m.name], share=m.is_share) for m in MEASURES),
        "relations": "\n".join(_relation_row(name, score) for name, score in evaluation.by_relation.items()),
        "missed": str(sum(m.kind == "missed" for one in found for m in one)),
        "wrong": str(sum(m.kind == "wrong" for one in found for m in one)),
        "documents": "\n".join(_document(one, texts.get(one[0].doc)) for one in found if one),
    }
    return Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(parts).encode("utf-8", "replace")


def _summary(evaluation: Evaluation) -> str:
    tallies = ", ".join(f"{name} {count}" for name, count in evaluation.tallies.items())
    left_out = f" {evaluation.unannotated} documents of the build are not annotated and left out." if evaluation.unannotated else ""
    return escape(f"{len(evaluation.results)} annotated documents. Besides: {tallies}.{left_out}")


def _score_row(label: str, score: Score, *, share: bool) -> str:
    interval = " – ".join(f"{end:.3f}" for end in score.intervals.get("F1", ()))
    shares = ("", "", _share(score.f1, score)) if share else (_share(v, score) for v in (score.precision, score.recall, score.f1))
    return _row([label, *shares, interval, *map(str, (score.right, score.found, score.wanted))])


def _relation_row(name: str, score: Score) -> str:
    return _row([name, *(_share(v, score) for v in (score.precision, score.recall, score.f1)), *map(str, (score.right, score.found, score.wanted))])


def _share(value: float, score: Score) -> str:
    return f"{value:.3f}" if score.found + score.wanted else "–"


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _document(found: list[Mistake], text: str | None) -> str:
    return f"<h3>{escape(one_line(found[0].doc))}</h3>\n<ul>\n" + "\n".join(_item(mistake, text) for mistake in found) + "\n</ul>"


def _item(mistake: Mistake, text: str | None) -> str:
    near = f": {mistake.nearest}" if mistake.nearest else ""
    lines = (
        f'<p><span class="kind">{mistake.kind}</span> {escape(one_line(mistake.fact))}</p>',
        f"<p>{''.join(_passage(mistake, text))}</p>",
        f'<p class="why">{escape(one_line(REASONS[mistake.reason] + near))}</p>',
    )
    return f'<li class="{mistake.kind}">{"".join(lines)}</li>'


def _passage(mistake: Mistake, text: str | None) -> Iterator[str]:
    if text is None or mistake.span is None:
        yield escape(one_line(mistake.quote))
        return
    whole = sentence(text, mistake.span)
    yield escape(text[whole.start : mistake.span.start])
    yield f"<mark>{escape(text[mistake.span.start : mistake.span.end])}</mark>"
    yield escape(text[mistake.span.end : whole.end])


def sentence(text: str, span: Span) -> Span:
    """Return the sentence or sentences around a span.

    >>> text = "One came. Mr. Two met U.S. envoys. Three left."
    >>> text[slice(*sentence(text, Span(18, 21)).to_json().values())]
    'Mr. Two met U.S. envoys. '
    """
    ends = [match.end() for match in _BREAK.finditer(text)]
    start = max((end for end in ends if end <= span.start), default=0)
    return Span(start, min((end for end in ends if end >= span.end), default=len(text)))
