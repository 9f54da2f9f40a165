"""How well `graphbuild.dates` finds and resolves dates, against the TEI dates of GUM: `python benchmarks/dates.py DATA [split…]`.

DATA is the folder that holds train/, dev/ and test/, each with xml/*.xml (dates) and dep/*.conllu (the running text). The day of
publication is the date line of the text, else `dateCreated`, as it would come with the document. A gold date counts as right if
one of ours shares a character with it and has its value; of a range that is annotated as two dates, each end counts. Years
before Christ are compared as TEI numbers them (508 BC is -0508). Explicit dates tell a year, decade or century; dates without
year tell a month; named ones ("World War II", "the opening night") tell neither and are counted apart. False are our resolved
expressions that share no character with a gold date, among all that we resolve.
"""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from graphbuild.dates import TimeExpression, dateline, find_times
from graphbuild.records import Time

Gold = tuple[int, int, dict[str, str], str]
_EXPLICIT = re.compile(r"[0-9]{4}|[0-9]0['’]?s\b|[Cc]entur|\bBCE?\b|\bAD\b|\bCE\b")
_YEARLESS = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|ago|last|next|past|this|later|earlier|before|after|following|that (?:day|year|month)|year end|end of "
    r"the year|weekend|\w+day)\b",
    re.IGNORECASE,
)


def document(xml: Path, conllu: Path) -> tuple[str, date | None, list[Gold]]:
    """Return running text, day of creation and gold dates (offsets, attributes, words) of one document."""
    text, offsets = running_text(conllu)
    source = xml.read_text(encoding="utf-8")
    created = re.search(r'dateCreated="([0-9]{4}-[0-9]{2}-[0-9]{2})"', source)
    golds: list[Gold] = []
    token, open_dates = 0, []
    for line in source.splitlines():
        if line.startswith("<date"):
            open_dates.append((token, dict(re.findall(r'(\w+)="([^"]*)"', line))))
        elif line.startswith("</date"):
            first, attributes = open_dates.pop()
            start, end = offsets[first][0], offsets[token - 1][1]
            golds.append((start, end, attributes, text[start:end]))
        elif "\t" in line:
            token += 1
    if token != len(offsets):
        sys.exit(f"{xml}: {token} tokens, but {len(offsets)} in {conllu}")
    return text, date.fromisoformat(created[1]) if created else None, golds


def running_text(conllu: Path) -> tuple[str, list[tuple[int, int]]]:
    """Rebuild the text of a CoNLL-U file, paragraphs on lines of their own, with the offsets of its tokens."""
    parts: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    for line in conllu.read_text(encoding="utf-8").splitlines():
        piece = "\n" if line.startswith("# newpar") and parts and "block" not in line else ""
        if re.match(r"[0-9]+\t", line):
            columns = line.split("\t")
            offsets.append((length, length + len(columns[1])))
            piece = columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
        parts.append(piece)
        length += len(piece)
    return "".join(parts), offsets


def kind(words: str) -> str:
    """Classify a gold date by its words."""
    return "explicit" if _EXPLICIT.search(words) else "yearless" if _YEARLESS.search(words) else "relative" if _RELATIVE.search(words) else "named"


def days(value: str | None, last: bool) -> tuple[int, int, int] | None:
    """Return a value's first or last day as numbers; year 0 stands for none."""
    match = re.match(r"(-?[0-9]+|-)(?:-([0-9]{2}))?(?:-([0-9]{2}))?", value or "")
    if not match:
        return None
    year, month, day = match.groups()
    return int(year) if year != "-" else 0, int(month or (12 if last else 1)), int(day or (31 if last else 1))


def right(ours: TimeExpression, attributes: dict[str, str]) -> bool:
    """Tell whether our value is the gold one, or for bounds whether it lies between them."""
    time = ours.time
    if time is None:
        return False
    start, end = days(_tei(time.start), last=False), days(_tei(time.end), last=True)
    if "when" in attributes:
        low, high = days(attributes["when"], last=False), days(attributes["when"], last=True)
        return (start, end) == (low, high) or start == low or end == high
    low = days(attributes.get("from") or attributes.get("notBefore"), last=False)
    high = days(attributes.get("to") or attributes.get("notAfter"), last=True)
    if "from" in attributes or "to" in attributes:
        return _bound_fits(start, low, time) and (time.precision == "season" or _bound_fits(end, high, time))
    return (low is None or end is None or low <= end) and (high is None or start is None or start <= high)


def _bound_fits(ours: tuple[int, int, int] | None, gold: tuple[int, int, int] | None, time: Time) -> bool:
    """Compare the ends of intervals: an open end fits all; "the past five years" fits to the year, decades also where they end on 1 January."""
    if ours is None or gold is None:
        return True
    years_only = time.basis == "dateline" and len(time.start or time.end or "") == 4
    return ours == gold or ours[:2] == gold[:2] or (years_only and ours[0] == gold[0]) or (gold[1:] == (1, 1) and abs(gold[0] - ours[0]) <= 1)


def _tei(value: str | None) -> str | None:
    match = re.match(r"(-?)([0-9]{4,})(.*)", value or "")
    if not match or not (match[1] or int(match[2]) == 0):
        return value
    return f"-{int(match[2]) + 1:04d}{match[3]}"


def _shown(text: str, start: int, end: int) -> str:
    return f"…{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}…".replace("\n", "⏎")


def measure(folder: Path, verbose: bool) -> dict[str, object]:
    """Measure one split."""
    gold_counts, right_counts, ours, false = Counter[str](), Counter[str](), 0, 0
    for xml in sorted((folder / "xml").glob("*.xml")):
        text, created, golds = document(xml, folder / "dep" / f"{xml.stem}.conllu")
        head = dateline(text)
        expressions = [e for e in find_times(text, head.published if head else created) if e.time]
        ours += len(expressions)
        for e in expressions:
            if not any(e.span.start < end and start < e.span.end for start, end, *_ in golds):
                false += 1
                if verbose:
                    print(f"FALSE {xml.stem}: {_shown(text, e.span.start, e.span.end)} {e.time}")
        for start, end, attributes, words in golds:
            gold_counts[kind(words)] += 1
            near = [e for e in expressions if e.span.start < end and start < e.span.end]
            if any(right(e, attributes) for e in near):
                right_counts[kind(words)] += 1
            elif verbose:
                print(f"MISS {kind(words)} {xml.stem}: {_shown(text, start, end)} {attributes} {[e.time for e in near]}")
    shares = {k: f"{right_counts[k]}/{n} = {right_counts[k] / n:.3f}" for k, n in sorted(gold_counts.items())}
    return {"split": folder.name, "right": shares, "false": f"{false}/{ours} = {false / max(ours, 1):.3f}"}


def main() -> None:
    """Measure the splits named and print one JSON line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("splits", nargs="*", default=["train", "dev"])
    parser.add_argument("--verbose", action="store_true", help="list each miss and each false date")
    arguments = parser.parse_args()
    for split in arguments.splits:
        print(json.dumps(measure(arguments.data / split, arguments.verbose)))


if __name__ == "__main__":
    main()
