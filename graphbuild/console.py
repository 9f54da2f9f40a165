"""What the command line shows: tables, progress and messages, readable at 100 columns and safe on any terminal."""

import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphbuild.display import day_of_year, one_line
from graphbuild.errors import OutputError

if TYPE_CHECKING:
    from graphbuild.diff import Change, Difference
    from graphbuild.evaluate import Evaluation, Score
    from graphbuild.explain import Explanation, Reading
    from graphbuild.records import Failure
    from graphbuild.validate import Report
    from graphbuild.whynot import WhyNot

WIDTH = 100
"""Columns where the terminal does not say."""
ROWS = 60
"""Most facts shown after a build; the files have all."""
_COLOURS = {"asserted": "", "reported": "cyan", "planned": "yellow", "denied": "red"}


def console(*, stderr: bool = False) -> Console:
    """Return a console on standard output or standard error."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False, markup=False, emoji=False, soft_wrap=False)


def facts_table(facts: Iterable[dict[str, Any]], total: int, limit: int = ROWS, *, kept: bool = False) -> Table:
    """Make a table of rows of facts.jsonl, quotations last; the caption counts what exceeds the limit, and says where it is kept."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", caption_justify="left")
    for name, width in (("subject", 21), ("relation", 15), ("object", 30), ("when, where", 12), ("status", 12)):
        table.add_column(name, overflow="fold", max_width=width)
    table.add_column("conf.", justify="right", no_wrap=True)
    for fact in _first(facts, limit):
        table.add_row(*(Text(one_line(cell), style=_COLOURS[fact["status"]]) for cell in _cells(fact)))
    if total > limit:
        table.caption = f"… and {total - limit} more; facts.jsonl has all" if kept else f"… and {total - limit} more"
    return table


def _first(facts: Iterable[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """Return the first facts of two entities, and then those that end in a value; no more are looked at than needed."""
    linking, quoting = list[dict[str, Any]](), list[dict[str, Any]]()
    for fact in facts:
        (quoting if "value" in fact["object"] else linking).append(fact)
        del quoting[limit:]
        if len(linking) == limit:
            break
    return [*linking, *quoting][:limit]


def table_of(names: Sequence[str], rows: Iterable[Sequence[str]], width: int = WIDTH) -> Table:
    """Make a table of plain rows that fits into a width: no word is broken where that can be, and what is long gets most room."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    widths = _widths(names, shown, width)
    for i, name in enumerate(names):
        table.add_column(Text(one_line(name)), overflow="fold", width=widths[i] if widths else None)
    for row in shown:
        table.add_row(*map(Text, row))
    return table


_GAP = 3
"""Columns between two cells."""
_LEAST, _NAME, _MOST = 11, 15, 24
"""At first cells stay whole up to the largest of these lengths, then of names the middle one, then only words, down to the least."""


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share a width among columns: each has room for its words, and what is left goes where most lines are saved; None if that does not fit."""
    cells = [[name, *(row[i] for row in rows)] for i, name in enumerate(names)]
    words = [max(cell_len(word) for cell in column for word in (cell.split() or [""])) for column in cells]
    room = width - _GAP * len(names)
    whole = [max(cell_len(cell) for cell in column) for column in cells]
    wishes = [(whole, most) for most in range(_MOST, _NAME, -1)] + [(words, most) for most in range(_MOST, _LEAST - 1, -1)]
    widths = next((widths for longest, most in wishes if sum(widths := [min(one, most) for one in longest]) <= room), None)
    if widths is None:
        return None
    for _ in range(room - sum(widths)):
        longest = max(range(len(names)), key=lambda i: (whole[i] > widths[i], whole[i] / max(1, widths[i])))
        if whole[longest] > widths[longest]:
            widths[longest] += 1
    return widths


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show the rows of an answer as a table, or one below the other where they are too long for one, and how many there are."""
    screen = console()
    if rows and _is_tabular(columns, rows, screen.width):
        screen.print(table_of(columns, rows, screen.width))
    elif rows:
        for row in rows:
            screen.print(_record(columns, row))
    screen.print(f"{count(len(rows), 'row')}")


def _is_tabular(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether rows fit into a table that can be read: many columns of which several are long do not."""
    demand = sum(max(len(cell) for cell in (name, *(row[i] for row in rows))) for i, name in enumerate(columns))
    return _widths(columns, rows, width) is not None and (len(columns) < _MANY or demand < 3 * width)


_MANY = 9
"""Columns that are too many for long text in them."""


def _record(columns: Sequence[str], row: Sequence[str]) -> Table:
    """Show a row as a list of its cells; what is empty is left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, cell in zip(columns, row, strict=True):
        if cell:
            table.add_row(Text(one_line(name)), Text(one_line(cell)))
    table.add_row()
    return table


def show_violations(report: "Report") -> None:
    """Show what breaks the shapes, with the words behind it, or that nothing does."""
    screen = console()
    for violation in report.violations:
        screen.print(Text(one_line(violation.message), style="red"))
        screen.print(Text(f"  {one_line(violation.focus)} {one_line(violation.path)} {one_line(violation.value)}"))
        for document, quote in violation.evidence:
            screen.print(Text(f"  {one_line(document)}: “{one_line(quote)}”"))
    verdict = "conforms" if report.conforms else f"does not conform: {count(len(report.violations), 'violation')}"
    screen.print(f"{verdict} ({report.triples} triples)")


def show_evaluation(evaluation: "Evaluation") -> None:
    """Show the scores of a build, overall and by relation."""
    from graphbuild.evaluate import MEASURES

    screen = console()
    rows = [[m.label, *_shares(evaluation.scores[m.name], share=m.is_share)] for m in MEASURES]
    screen.print(table_of(("measure", "P", "R", "F1", "95 %", "right", "found", "annotated"), rows))
    relations = [[name, *_shares(one)] for name, one in evaluation.by_relation.items()]
    screen.print(table_of(("relation", "P", "R", "F1", "", "right", "found", "annotated"), relations))
    tallies = ", ".join(f"{name} {number}" for name, number in evaluation.tallies.items())
    screen.print(f"{count(len(evaluation.results), 'document')}; {tallies}")
    if evaluation.unannotated:
        screen.print(f"{count(evaluation.unannotated, 'document')} of the build left out: no annotation")


def _shares(score: "Score", *, share: bool = False) -> list[str]:
    some = score.found + score.wanted > 0
    shares = [f"{value:.3f}" if some else "–" for value in (score.precision, score.recall, score.f1)]
    interval = "–".join(f"{end:.3f}" for end in score.intervals.get("F1", ()))
    counts = [str(score.right), str(score.found), str(score.wanted)]
    return ["", "", shares[2], interval, *counts[:2], ""] if share else [*shares, interval, *counts]


def write_json(value: dict[str, Any]) -> None:
    """Write a value to standard output as JSON."""
    write((json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(), None)


def show_failures(failures: Sequence["Failure"]) -> None:
    """Say on standard error what was left out, and why, one line each."""
    for failure in failures:
        say(f"left out: {reason_of(failure)}")


def reason_of(failure: "Failure") -> str:
    """Return why something was left out, with its place."""
    return failure.reason if failure.reason.startswith(failure.source) else f"{failure.source}: {failure.reason}"


def say(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"graphbuild: {one_line(message)}\n")


def write(data: bytes, path: Path | None) -> None:
    """Write to a file, which is there whole or not at all, or to standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    write_by(lambda out: out.write(data), path)


def write_by(write: Callable[[BinaryIO], object], path: Path | None) -> None:
    """Let something write piece by piece to a file, which is there whole or not at all, or to standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None:
        sys.stdout.flush()
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    # Nothing can be put in the place of a device, a pipe, or what a link such as /dev/stdout leads to.
    through = path.is_symlink() or (path.exists() and not path.is_file())
    aside = path if through else path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as out:
            write(out)
            if not through:
                out.flush()
                os.fsync(out.fileno())
        if not through:
            aside.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}; make room there, or choose another place with -o") from error
    finally:
        if not through:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def give_up_output(error: OSError) -> None:
    """Say that standard output takes no more, as of a full disk; what is still waiting to be written is dropped, so that nothing else is said of it."""
    say(f"error: standard output cannot be written: {error.strerror or error}; make room there, or send it elsewhere")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """Show on standard error, where that is a terminal, how much is done; how much there is, nobody knows beforehand."""
    shown = console(stderr=True)
    if not shown.is_terminal:
        yield lambda done: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn(f"{what}: {{task.completed:.0f}}"), TimeElapsedColumn()
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done: bar.update(task, completed=done)


def shorten(text: str, width: int = 50) -> str:
    """Return the beginning of a long text, in whole words; what is short stays as it is."""
    return textwrap.shorten(one_line(text), width, placeholder=" …")


def _cells(fact: dict[str, Any]) -> tuple[str, ...]:
    status = fact["status"]
    if fact["speaker"] and status != "asserted":  # who speaks of their own side asserts
        status += f" by {fact['speaker']['name']}" if status == "reported" else f" (says {fact['speaker']['name']})"
    return fact["subject"]["name"], fact["relation"], _object(fact), _when_where(fact), status, f"{fact['confidence']:.2f}"


def _object(fact: dict[str, Any]) -> str:
    shown = fact["object"].get("name") or f"“{shorten(fact['object']['value'])}”"
    theme = fact["theme"]
    return f"{shown} ({shorten(theme if isinstance(theme, str) else theme['name'])})" if theme else shown


def _when_where(fact: dict[str, Any]) -> str:
    time, place = fact["time"] or {}, fact["place"]
    start, end = (day_of_year(day) if (day := time.get(key)) else "" for key in ("start", "end"))
    when = start if start == end else f"{start or '…'} – {end or '…'}"
    return ", ".join(part for part in (when if start or end else "", place["name"] if place else "") if part)


def show_explanation(explanation: "Explanation") -> None:
    """Show a fact, and each passage that says it with the words marked."""
    screen = console()
    screen.print(Text(one_line(explanation.sentence), style="bold"))
    _indented(screen, 2, f"{explanation.fact.id}  {explanation.fact.relation}  {_sure(explanation)}")
    for reading in explanation.readings:
        _show_reading(screen, reading)
    for merge in explanation.merges:
        _indented(screen, 2, one_line(merge))
    screen.print()


def _indented(screen: Console, columns: int, text: str | Text) -> None:
    """Print text whose later lines stand as far in as its first one."""
    for line in (Text(text) if isinstance(text, str) else text).wrap(screen, screen.width - columns):
        screen.print(Text(" " * columns) + line)


def _sure(explanation: "Explanation") -> str:
    """Say how the confidence comes from the sources."""
    told = f"confidence {explanation.fact.confidence:.2f} from {count(len(explanation.parts), 'independent source')}"
    if len(explanation.parts) < 2:
        return told
    shown = "".join(f"(1 − {part.score:.2f})" for part in explanation.parts[:4]) + ("…" if len(explanation.parts) > 4 else "")
    return f"{told}: 1 − {shown}"


def show_why_not(answer: "WhyNot") -> None:
    """Show the stage, the reason and what comes nearest."""
    screen = console()
    screen.print(Text(f"{answer.stage}: ", style="bold") + Text(one_line(answer.reason)))
    for line in answer.nearest:
        _indented(screen, 2, one_line(line))


def show_difference(found: "Difference") -> None:
    """Show what two builds have more, less or otherwise, one line each, and how much it is."""
    from graphbuild.diff.words import entity_words, fact_words

    screen = console()
    for verdict, name in found.documents:
        screen.print(_difference_line(verdict, f"document {name}"))
    for change in found.entities:
        _show_change(screen, change, f"entity {entity_words(change.row)}")
    for change in found.facts:
        status = "" if change.row["status"] == "asserted" else f" ({change.row['status']})"
        _show_change(screen, change, f"fact {fact_words(change.row)}{status}")
    for what in ("documents", "entities", "facts"):
        screen.print(f"{what}: {found.count(what, 'added')} added, {found.count(what, 'lost')} lost, {found.count(what, 'changed')} changed")


def _show_change(screen: Console, change: "Change", words: str) -> None:
    from graphbuild.diff.words import changes

    screen.print(_difference_line(change.verdict, words))
    for name, before, after in changes(change):
        screen.print(Text(f"    {name}: {one_line(before) or 'none'} → {one_line(after) or 'none'}"))


def _difference_line(verdict: str, words: str) -> Text:
    from graphbuild.diff.words import SIGNS

    colours = {"added": "green", "lost": "red", "changed": "yellow"}
    return Text(f"{SIGNS[verdict]} {one_line(words)}", style=colours[verdict])


def _show_reading(screen: Console, reading: "Reading") -> None:
    published = f", {reading.published}" if reading.published else ""
    _indented(screen, 2, f"{one_line(reading.document)}{published}, from character {reading.start}; {_found_by(reading.rule)}, score {reading.score:.2f}")
    _indented(screen, 4, _marked(reading))
    if parts := _scored(reading):
        _indented(screen, 4, f"score from: {'; '.join(parts)}")
    for words, name, others in reading.chains:
        also = f", also “{'”, “'.join(map(one_line, others[:4]))}”" if others else ""
        _indented(screen, 4, f"“{one_line(words)}” is {one_line(name)}{also}")


def _found_by(rule: str) -> str:
    """Say what found a fact: "met.noun" is the noun construction, "met.model" the relation model."""
    _, dot, construction = rule.partition(".")
    if not dot:
        return f"{rule} by hand"
    return f"{rule}, by the relation model" if construction == "model" else f"{rule}, by the construction “{construction}”"


_FEATURES = {
    "model": "the relation model gives it {:.2f}",
    "relation": "facts of this relation {:+.2f}",
    "entity": "the ends are read with {:.2f}",
    "arcs": "the tree between them with {:.2f}",
    "rival": "another relation between them {:.2f}",
    "distance": "{:.0f} words between them",
    "names": "{:.0f} by name",
    "nouns": "{:.0f} by description",
    "pronouns": "{:.0f} by pronoun",
    "first_person": "{:.0f} by “we” or “I”",
    "corrected": "{:.0f} from lists of names or by rule",
    "reclassed": "{:.0f} of another class than its words",
    "heading": "in a line without a full stop",
    "quoted": "in a quotation",
    "country": "done to a country",
    "hops": "{:.0f} steps from phrase to entity",
    "back": "{:.0f} words back to what is referred to",
    "facts": "{:.0f} facts of the object",
    "others": "{:.0f} other objects of the subject",
    "main": "said by the main clause",
}
"""Features of evidence in words, in the order in which they are shown; a relation counts by its logarithmic odds beside the average."""


def _scored(reading: "Reading") -> list[str]:
    """Say what a score was made of; counts of none are left out."""
    found = dict(reading.features)
    known = [words.format(found[name]) for name, words in _FEATURES.items() if found.get(name) or (name in ("model", "entity") and name in found)]
    return known + [f"{name} {value:g}" for name, value in reading.features if name not in _FEATURES]


def _marked(reading: "Reading") -> Text:
    """Write [role: words] around marked words, in colour too; marks that overlap an earlier one are left out."""
    out, at = Text(), 0
    for start, end, name in reading.marks:
        if start < at:
            continue
        out.append(_joined(reading.passage[at:start]))
        out.append(f"[{name}: {one_line(reading.passage[start:end])}]", style="bold cyan")
        at = end
    return out.append(_joined(reading.passage[at:]))


def _joined(text: str) -> str:
    """Make text one line without losing the spaces at its ends."""
    return (" " if text[:1].isspace() else "") + one_line(text) + (" " if text[-1:].isspace() and text.strip() else "")


def count(number: int, what: str) -> str:
    """Return a number with its noun: "1 document", "2 documents"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
