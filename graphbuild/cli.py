"""The command line. Exit codes: 0 fine, 1 did not conform, 2 bad input. Data go to standard output, messages to standard error."""

import errno
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from graphbuild import __version__
from graphbuild.errors import GraphbuildError, InputError
from graphbuild.vocabulary import BASE

if TYPE_CHECKING:
    from graphbuild.export.layers import RdfOptions
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.query import Rows
    from graphbuild.records import Document, Failure

BAD_INPUT, NOT_CONFORMING = 2, 1
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What the system says where no more can be written."""
ANSWERS = ("table", "csv", "tsv", "json", "xml")
DOCUMENTS = "Files (text, HTML, PDF, Word, mail, JSON, CSV, feeds, zip …), folders, globs, or - for standard input."
DIFFERENCES = ("table", "json", "html")
DEFAULT_FORMATS = "turtle,graphml,png,svg"
EXPORTS = (
    "turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml, gexf, nodelink, cytoscape, dot, neo4j-nodes, neo4j-relationships, "
    "cypher, csv, parquet, events, events-daily or annotations."
)
"""Written out, as reading them from the exporters would make every start of the program slower; a test compares."""

app = typer.Typer(
    name="graphbuild",
    help="Knowledge graphs from English news and official statements, offline; every fact with the words that say it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

BuildFolder = Annotated[Path, typer.Argument(metavar="BUILD", help="A build folder, as `graphbuild build … -o` writes it.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")]
Catalogues = Annotated[list[Path] | None, typer.Option("--catalogue", metavar="TOML", help="A file with further relations; may be given again.")]

Base = Annotated[str, typer.Option("--base", metavar="IRI", help="Under which the IRIs of the documents at hand stand; ends in /.")]
Layers = Annotated[str, typer.Option("--layers", metavar="direct|events|claims|all", help="How much becomes RDF; each has the ones before it.")]
Project = Annotated[str, typer.Option("--project", metavar="asserted|reported|all", help="Statuses that become direct triples and events; never denied ones.")]
RdfVersion = Annotated[str, typer.Option("--rdf", metavar="1.1|1.2", help="With 1.2, claims also reify their triples; few stores read that yet.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors become one line on standard error and exit code 2."""
    try:
        app(args=arguments, prog_name="graphbuild")
    except GraphbuildError as error:
        from graphbuild.console import say

        say(f"error: {error}")
        sys.exit(BAD_INPUT)
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:  # files are looked after where they are opened
            raise
        from graphbuild.console import give_up_output

        give_up_output(error)
        sys.exit(BAD_INPUT)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"graphbuild {__version__}")
        raise typer.Exit


@app.callback()
def common(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False) -> None:
    """Knowledge graphs from English news and official statements, offline; every fact with the words that say it."""


@app.command(epilog="Example: graphbuild build seeds/ -o outputs/  Or: graphbuild build news.jsonl -o out/ --gazetteer names.csv --corrections mine.jsonl")
def build(
    paths: Annotated[list[str], typer.Argument(metavar="DOCUMENT…", help=DOCUMENTS)],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FOLDER", help="Write a build folder; else facts go to standard output.")] = None,
    formats: Annotated[str, typer.Option("--formats", metavar="A,B,…", help="What to write beside the facts.")] = DEFAULT_FORMATS,
    root: Annotated[Path | None, typer.Option("--root", metavar="FOLDER", help="Document ids are paths relative to it.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Number of processes; by default one for each core.")] = None,
    engine: Annotated[str, typer.Option("--engine", metavar="processes|ray", help="What they run on: this machine, or a Ray cluster.")] = "processes",
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch the documents that are web addresses; nothing else touches the network.")] = False,
    any_language: Annotated[bool, typer.Option("--any-language", help="Read texts that are not English, too.")] = False,
    on_disk: Annotated[bool | None, typer.Option("--on-disk/--in-memory", help="Where the graph is put together; by default what is large on disk.")] = None,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Keep the documents' texts in the build, or only the quotes.")] = True,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline with a parser and entities, or a folder.")] = None,
    catalogue: Catalogues = None,
    gazetteer: Annotated[list[Path] | None, typer.Option("--gazetteer", metavar="CSV", help="A file with names of your own; may be given again.")] = None,
    corrections: Annotated[Path | None, typer.Option("--corrections", metavar="FILE", help="What you decided on entities and facts, a JSON line each.")] = None,
    base: Base = BASE,
    layers: Layers = "all",
    project: Project = "asserted",
    rdf: RdfVersion = "1.1",
) -> None:
    """Read documents and build their graph.

    A gazetteer file is CSV with a head line: id, type and name are needed; aliases and links (several divided by |), country,
    valid_from, valid_to and source are optional. One bad row refuses the file, with its line and the reason.

    A corrections file has a decision a line, on entities by a mention of them and on facts by their ends:
    {"same": [{"document": "a.txt", "start": 9, "end": 15}, {"document": "b.txt", "start": 0, "end": 12}]}, and likewise "apart";
    {"reject": {"document": "a.txt", "relation": "met", "subject": [9, 15], "object": [40, 43]}}, and likewise "accept" and "edit".
    `graphbuild export BUILD --format annotations` writes what was decided as annotated documents.

    From about 40,000 news items on, or with --on-disk, the graph is put together in the folder for temporary files (TMPDIR) instead of in
    memory; then only formats that are written line by line are: RDF but JSON-LD and RDF/XML, oxigraph, csv, annotations.
    """
    from graphbuild.store import split_formats

    wanted = _names(formats)
    exports, _ = split_formats(wanted)  # before the work, so that a typing mistake costs no time
    options = _rdf_options(base, layers, project, rdf)
    from graphbuild import console, pipeline

    with console.progress("documents read") as shown:
        built = pipeline.build(
            _fetched(paths) if fetch else paths,
            folder=output,
            text=text,
            root=root,
            model=model,
            catalogues=catalogue or (),
            gazetteers=gazetteer or (),
            corrections=corrections,
            workers=workers,
            engine=engine,
            any_language=any_language,
            on_disk=on_disk,
            progress=shown,
        )
    if not built.graph.documents and not _is_build(output):
        _take_back(output)
        if len(built.failures) == 1:
            raise InputError(console.reason_of(built.failures[0]))
        console.show_failures(built.failures)
        raise InputError("no document could be read, so nothing is written; give files, folders or - with news texts")
    if output is None:
        _show_facts(built.graph)
    else:
        from graphbuild.store import left_out, write_build

        written = write_build(built.graph, output, formats=wanted, info=built.info, rdf=options, text=text)
        missing = left_out(built.graph, wanted)
        _show_summary(built.graph, written)
        _say_losses(built.graph, [name for name in exports if name not in missing])
        if missing:
            console.say(f"not written, as the graph is on disk and they need all of it in memory: {', '.join(missing)}; --in-memory writes them")
    console.show_failures(built.failures)
    if built.failures:
        raise typer.Exit(BAD_INPUT)


@app.command(epilog='Example: graphbuild remove outputs/ 000_dead9ce46671d862.txt  Or: graphbuild remove outputs/ --person "Ada Brook"')
def remove(
    folder: BuildFolder,
    documents: Annotated[list[str] | None, typer.Argument(metavar="DOCUMENT…", help="Ids of documents, as entities.jsonl has them.")] = None,
    person: Annotated[list[str] | None, typer.Option("--person", metavar="NAME", help="Take a person out: names, facts; may be given again.")] = None,
    catalogue: Catalogues = None,
) -> None:
    """Take documents or persons out of a build.

    A document is taken out as if it had never been there, a person out of all documents.

    The words of a person's names are blotted out wherever they stand in the folder, its texts included; full names of others that
    share a word stay. Documents themselves are not touched: the next build of the same documents reads the name again.
    """
    from graphbuild import console
    from graphbuild.catalogue import load_catalogue
    from graphbuild.retract import remove as take_out

    graph = take_out(folder, documents or (), persons=person or (), catalogue=load_catalogue(tuple(catalogue or ())))
    console.console().print(f"{console.count(len(graph.documents), 'document')} left, {len(graph.nodes)} entities, {len(graph.listed)} facts.")


@app.command(epilog="Example: graphbuild verify outputs/")
def verify(folder: BuildFolder, catalogue: Catalogues = None) -> None:
    """Check that a build folder is whole and says what was read.

    Digests, quotations, and that the facts follow from the extractions; exit code 1 if something is wrong.
    """
    from graphbuild import console
    from graphbuild.catalogue import load_catalogue
    from graphbuild.verify import verify as check

    problems = list(check(folder, load_catalogue(tuple(catalogue or ()))))
    for problem in problems:
        console.console().print(problem)
    console.console().print("nothing is wrong" if not problems else f"{console.count(len(problems), 'problem')}")
    if problems:
        raise typer.Exit(NOT_CONFORMING)


@app.command(epilog="Example: graphbuild query outputs/ who-met-whom  Or: graphbuild query outputs/ what-happened-where -p name=Seoul")
def query(
    source: Annotated[Path, typer.Argument(metavar="BUILD", help="A build folder, or any RDF file.")],
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="SPARQL, a ready-made question, or - for standard input.")] = None,
    parameters: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=TEXT", help="A parameter of a ready-made question.")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|csv|tsv|json|xml", help="How to show the rows.")] = "table",
    engine: Annotated[str, typer.Option("--engine", metavar="oxigraph|rdflib|oxrdflib", help="What answers; all give the same rows.")] = "oxigraph",
    output: Output = None,
) -> None:
    """Ask the graph in SPARQL, or by a ready-made question.

    Without a question the ready-made ones are listed, with their parameters.
    """
    from graphbuild import query as asking

    _one_of(form, ANSWERS, "--format")
    _one_of(engine, asking.ENGINES, "--engine")
    if question is None:
        _list_questions()
        return
    text = sys.stdin.read() if question == "-" else question
    given = dict(_parameter(pair) for pair in parameters or ())
    if text.strip() and len(text.split()) == 1:
        rows = asking.ask(source, text.strip(), engine=cast(Any, engine), parameters=given)
    else:
        rows = asking.run(source, text, engine=cast(Any, engine), bindings=given)
    _write_rows(rows, form, output)


@app.command(epilog="Example: graphbuild validate outputs/")
def validate(
    source: Annotated[Path, typer.Argument(metavar="BUILD", help="A build folder, or any RDF file.")],
    shapes: Annotated[Path | None, typer.Option("--shapes", metavar="FILE", help="SHACL shapes other than those of the ontology.")] = None,
) -> None:
    """Check the graph against its SHACL shapes.

    Exit code 1 if it does not conform.
    """
    from graphbuild import console
    from graphbuild.validate import validate as check

    report = check(source, shapes)
    console.show_violations(report)
    if not report.conforms:
        raise typer.Exit(NOT_CONFORMING)


@app.command(epilog='Example: graphbuild draw outputs/ -o korea.svg --around "North Korea" --hops 2')
def draw(
    folder: BuildFolder,
    output: Output = None,
    form: Annotated[str | None, typer.Option("--format", metavar="png|svg|pdf|html", help="By default what the file name says, else png.")] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="network|timeline|matrix", help="Links between all, what happened when, or who × whom.")] = "network",
    around: Annotated[str | None, typer.Option("--around", metavar="NAME", help="Draw only what is near this entity.")] = None,
    hops: Annotated[int, typer.Option("--hops", min=1, help="How many steps from it.")] = 1,
    relations: Annotated[str, typer.Option("--relations", metavar="A,B,…", help="Draw only these relations, or families of relations.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most entities (or events) in a picture; the most important are kept. A page has all.")] = 60,
    title: Annotated[str | None, typer.Option("--title", help="Stands above the picture.")] = None,
    catalogue: Catalogues = None,
) -> None:
    """Draw a diagram, or a page to explore the graph: -o graph.html.

    An office such as "President" is drawn once for each holder, so that it ties no strangers together; --around "President" shows all.
    """
    from graphbuild import console
    from graphbuild.draw import KINDS
    from graphbuild.draw import draw as draw_graph

    _one_of(kind, KINDS, "--kind")
    chosen = _picture_format(form, output)
    graph = _load(folder, catalogue)
    options = {"around": around, "hops": hops, "relations": _names(relations), "limit": limit, "title": title}
    console.write(draw_graph(graph, chosen, kind=cast(Any, kind), **options), output)


@app.command(epilog="Example: graphbuild diff outputs-before/ outputs-after/ -o difference.html")
def diff(
    before: Annotated[Path, typer.Argument(metavar="BUILD", help="The build folder to compare with.")],
    after: Annotated[Path, typer.Argument(metavar="BUILD", help="The build folder that may differ from it.")],
    form: Annotated[str | None, typer.Option("--format", metavar="table|json|html", help="By default what the file name says, else table.")] = None,
    output: Output = None,
) -> None:
    """Say in which documents, entities and facts two builds differ."""
    import json

    from graphbuild import console
    from graphbuild.diff import compare, diff_page, read_build

    chosen = (form or (output.suffix.lstrip(".") if output else "") or "table").lower()
    _one_of(chosen, DIFFERENCES, "--format")
    found = compare(read_build(before), read_build(after))
    if chosen == "html":
        console.write(diff_page(found, str(before), str(after)), output)
    elif chosen == "json":
        console.write((json.dumps(found.to_json(), ensure_ascii=True, indent=1) + "\n").encode(), output)
    elif output is None:
        console.show_difference(found)
    else:
        raise InputError(f"{output}: a table is for the terminal; write --format json or html to a file")


@app.command(epilog='Example: graphbuild explain outputs/ --between "Austin" "Lee Jung-sup"')
def explain(
    folder: BuildFolder,
    fact: Annotated[str | None, typer.Argument(metavar="ID", help="Id of a fact, as in facts.jsonl, or its start.")] = None,
    between: Annotated[tuple[str, str] | None, typer.Option("--between", metavar="NAME NAME", help="Explain all facts between two entities.")] = None,
    why_not: Annotated[str | None, typer.Option("--why-not", metavar="SENTENCE", help='Say why a fact is missing: "Austin met Kim Jong Un".')] = None,
    catalogue: Catalogues = None,
) -> None:
    """Say why a fact is in the graph, or why it is not."""
    from graphbuild import console, whynot
    from graphbuild import explain as explaining

    if sum(given is not None for given in (fact, between, why_not)) != 1:
        raise InputError("give one of: the ID of a fact, --between NAME NAME, --why-not SENTENCE")
    graph = _load(folder, catalogue)
    if why_not is not None:
        console.show_why_not(whynot.why_not(graph, why_not))
        return
    found = explaining.between(graph, *between) if between else (explaining.why(graph, fact or ""),)
    for explanation in found:
        console.show_explanation(explanation)
    if not found and between:
        console.say(f"no fact links {' and '.join(graph.node(name).name for name in between)}; ask why with --why-not SENTENCE")


@app.command("eval", epilog="Example: graphbuild eval gold.jsonl outputs/ -o errors.html")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated documents, one JSON object a line.")],
    folder: BuildFolder,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="HTML", help="Write a page: each miss and wrong fact in its sentence.")] = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help="How to show the scores.")] = "table",
    every: Annotated[bool, typer.Option("--every-relation", help="Also relations often left unannotated: business, courts, dates of life.")] = False,
    least: Annotated[float, typer.Option("--at-least", min=0, max=1, metavar="F1", help="Exit with 1 if strict F1 of facts is lower.")] = 0.0,
    catalogue: Catalogues = None,
) -> None:
    """Measure a build against documents that people annotated.

    GOLD has a line a document: {"doc": its id, "entities": [{"id", "type", "name", "aliases"?}], "facts": [{"s", "r", "o", "status"?, "place"?,
    "date"?, "speaker"?, "span"?}]}; s and o are ids of entities, r is a relation of the catalogue, span is [start, end] in the text. What is
    as right as the answer given stands in lists: "alt" (relations), "s_alt", "o_alt", "status_alt", "place_alt", "date_alt", "type_alt". Facts under
    "optional" and entities with "optional": true count neither for nor against. `graphbuild export BUILD --format annotations` writes a first draft.
    """
    _one_of(form, ("table", "json"), "--format")
    from graphbuild import console
    from graphbuild.catalogue import load_catalogue
    from graphbuild.evaluate import evaluate_build

    found, outputs = evaluate_build(gold, folder, load_catalogue(tuple(catalogue or ())), every_relation=every)
    if output is not None:
        from graphbuild.evaluate.page import page

        console.write(page(found, outputs.texts, f"{folder.name} against {gold.name}"), output)
    console.show_evaluation(found) if form == "table" else console.write_json(found.to_json())
    if found.scores["strict"].f1 < least:
        console.say(f"strict F1 of facts is {found.scores['strict'].f1:.3f}, below {least}")
        raise typer.Exit(NOT_CONFORMING)


@app.command(epilog="Example: graphbuild export outputs/ --format turtle -o graph.ttl  Or: graphbuild export outputs/ -f nquads --layers claims --project all")
def export(
    folder: BuildFolder,
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help=EXPORTS)] = "turtle",
    output: Output = None,
    base: Base = BASE,
    layers: Layers = "all",
    project: Project = "asserted",
    rdf: RdfVersion = "1.1",
    catalogue: Catalogues = None,
) -> None:
    """Write the graph in another format.

    --base, --layers and --rdf matter to RDF; --project also to events. What each format keeps stands in docs/formats.md.
    """
    from graphbuild import console
    from graphbuild.export import write_export

    options = _rdf_options(base, layers, project, rdf)
    graph = _load(folder, catalogue)
    console.write_by(lambda out: write_export(graph, form, out, options), output)
    _say_losses(graph, [form])


@app.command(epilog="Example: graphbuild serve outputs/")
def serve(
    source: Annotated[Path, typer.Argument(metavar="BUILD", help="A build folder, any RDF file, or an Oxigraph store on disk.")],
    host: Annotated[str, typer.Option("--host", help="Address to listen on; by default only this machine can ask.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8000,
    cors: Annotated[list[str] | None, typer.Option("--cors", metavar="ORIGIN", help="Let pages of this origin ask, or * of any.")] = None,
    seconds: Annotated[float, typer.Option("--max-seconds", min=0.1, help="Longest time of a query.")] = 10.0,
    rows: Annotated[int, typer.Option("--max-rows", min=1, help="Most rows of an answer.")] = 100_000,
    memory: Annotated[int, typer.Option("--max-memory", metavar="MIB", min=256, help="Most memory of a process that answers.")] = 4096,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Number of processes that answer.")] = 2,
) -> None:
    """Answer SPARQL over HTTP, read only, with a page to ask from.

    Ctrl-C ends it.
    """
    from graphbuild import console, endpoint

    if not endpoint.is_loopback(host):
        console.say(f"warning: on {host} other machines can ask; put a server with access control in front of it")
    limits = endpoint.Limits(seconds=seconds, rows=rows, memory_bytes=memory * 2**20, workers=workers)

    def started(address: str) -> None:
        console.say(f"serving {source} at {address} (SPARQL at {address}sparql); end with Ctrl-C")

    explorer = _explorer(source) if (source / "extractions").is_dir() else None
    endpoint.serve(source, host=host, port=port, limits=limits, cors=cors or (), started=started, explorer=explorer)


def _take_back(folder: Path | None) -> None:
    if folder is not None:
        from graphbuild.store import take_back

        take_back(folder)


def _is_build(folder: Path | None) -> bool:
    """Tell whether a folder holds a build already, which a build of nothing then empties."""
    return folder is not None and (folder / "manifest.json").exists()


def _explorer(source: Path) -> Callable[[], str]:
    """Return what makes the explorer's page of a build, once, when it is first asked for."""

    @cache
    def made() -> str:
        from graphbuild.draw.page import page

        return page(_load(source, None), title=source.resolve().name, source=str(source)).decode()

    return made


def _load(folder: Path, catalogue: list[Path] | None) -> "KnowledgeGraph":
    from graphbuild.catalogue import load_catalogue
    from graphbuild.store import load_build

    return load_build(folder, load_catalogue(tuple(catalogue or ())))


def _rdf_options(base: str, layers: str, project: str, version: str) -> "RdfOptions":
    from graphbuild.export.layers import LAYERS, PROJECTIONS, VERSIONS, RdfOptions, check_base

    _one_of(layers, LAYERS, "--layers")
    _one_of(project, tuple(PROJECTIONS), "--project")
    _one_of(version, VERSIONS, "--rdf")
    check_base(base)
    return RdfOptions(base=base, layers=cast(Any, layers), project=cast(Any, project), version=cast(Any, version))


def _say_losses(graph: "KnowledgeGraph", formats: Sequence[str]) -> None:
    from graphbuild.console import say
    from graphbuild.export import losses

    for lost in losses(graph, formats):
        say(lost)


def _parameter(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise InputError(f"a parameter is written NAME=TEXT, not {pair!r}")
    return name.strip().lstrip("?"), value


def _one_of(value: str, choices: Sequence[str], option: str) -> None:
    if value not in choices:
        raise InputError(f"{option} cannot be {value!r}; choose from {', '.join(choices)}")


def _list_questions() -> None:
    from graphbuild import console, query

    rows = [(name, question.title, ", ".join(map(question.mark, question.parameters))) for name, question in query.questions().items()]
    console.console().print(console.table_of(("name", "question", "parameters"), rows))
    console.console().print("Ask one with its parameters as -p NAME=TEXT; those in brackets can be left out. Example: -p name=Seoul", soft_wrap=True)


def _write_rows(rows: "Rows", form: str, output: Path | None) -> None:
    from graphbuild import console

    if rows.turtle is not None:
        console.write(rows.turtle.encode(), output)
    elif form != "table" or output is not None:
        text = {"csv": rows.to_csv, "tsv": rows.to_tsv, "json": rows.to_json, "xml": rows.to_xml, "table": rows.to_csv}[form]()
        console.write((text if text.endswith("\n") else f"{text}\n").encode(), output)
    elif rows.truth is not None:
        console.write(b"yes\n" if rows.truth else b"no\n", None)
    else:
        console.show_rows(rows.columns, rows.texts())


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _fetched(paths: Sequence[str]) -> "Iterator[str | Document | Failure]":
    """Yield paths, and in place of web addresses the documents that are there."""
    from graphbuild.fetch import fetch, is_address

    for path in paths:
        if is_address(path):
            yield from fetch(path)
        else:
            yield path


def _picture_format(form: str | None, output: Path | None) -> Any:
    from graphbuild.draw import FORMATS

    chosen = (form or (output.suffix.lstrip(".") if output else "") or "png").lower()
    if chosen not in FORMATS:
        raise InputError(f"a picture cannot be written as {chosen!r}; choose --format from {', '.join(FORMATS)}")
    return chosen


def _show_facts(graph: "KnowledgeGraph") -> None:
    """Show a table on a terminal; give a program JSON lines."""
    import json

    from graphbuild import console

    if sys.stdout.isatty():
        console.console().print(console.facts_table(graph.facts(), len(graph.listed)))
        return
    console.write("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in graph.facts()).encode("utf-8", "replace"), None)


def _show_summary(graph: "KnowledgeGraph", written: Sequence[Path]) -> None:
    from graphbuild import console

    screen = console.console()
    if graph.listed:
        screen.print(console.facts_table(graph.facts(), len(graph.listed), kept=True))
    documents = console.count(len(graph.documents), "document")
    screen.print(f"{documents}, {len(graph.nodes)} entities, {len(graph.listed)} facts. Written:")
    for path in written:
        screen.print(f"  {path}", soft_wrap=True)  # a path is copied whole
