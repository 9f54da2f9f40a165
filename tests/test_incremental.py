"""A build folder after any sequence of changes is what a fresh build makes of the documents that are left, byte by byte."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuild import cache, pipeline, store
from graphbuild.cache import _NO_PART_IN_READING, _PACKAGE, Shelf, _program, digests, key_maker
from graphbuild.catalogue import load_catalogue
from graphbuild.errors import ModelError
from graphbuild.gazetteer import Gazetteer
from graphbuild.graph import KnowledgeGraph
from graphbuild.language.components import MODEL
from graphbuild.records import Document, Extraction
from graphbuild.retract import remove
from graphbuild.shards import read_shard, shards_in
from graphbuild.store import write_build
from graphbuild.verify import verify
from tests import toy
from tests.test_architecture import FILES, LAYERS, inner, module_of
from tests.toy import contents

PEOPLE = ["Ada Brook", "Carl Dane", "Eva Frost", "Gil Hart"]
TEXT = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["met", "praised"]), st.sampled_from(PEOPLE)), max_size=3).map(
    lambda rows: "".join(f"{a} {what} {b}.\n" for a, what, b in rows) + "The end of the report."
)
NAME = st.sampled_from(["a", "b/c", "d\n🙂", "é"])
CHANGE = st.one_of(st.tuples(st.just("write"), NAME, TEXT), st.tuples(st.just("delete"), NAME, st.just("")), st.tuples(st.just("remove"), NAME, st.just("")))
FORMATS = ("turtle", "csv")


@pytest.fixture(autouse=True)
def toy_model() -> Iterator[mock.Mock]:
    with mock.patch.object(pipeline, "_reader", toy.reader):
        yield


def build(documents: dict[str, str], folder: Path, *, text: bool = True, corrections: Path | None = None) -> KnowledgeGraph:
    given_ = [Document(id, f"{id}.txt", words) for id, words in documents.items()]
    made = pipeline.build(given_, folder=folder, text=text, corrections=corrections)
    write_build(made.graph, folder, formats=FORMATS, info=made.info, text=text)
    return made.graph


def fresh(documents: dict[str, str], **options: bool) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        build(documents, Path(folder) / "out", **options)
        return contents(Path(folder) / "out")


@given(st.lists(CHANGE, max_size=6), st.booleans(), st.integers(1, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_changes_give_what_a_fresh_build_gives(changes: list[tuple[str, str, str]], text: bool, shard: int):
    with TemporaryDirectory() as parent, mock.patch.object(store, "SHARD_SIZE", shard), mock.patch("graphbuild.cache.SHARD_SIZE", shard):
        folder, documents = Path(parent) / "out", {"first": "Ada Brook met Gil Hart."}
        build(documents, folder, text=text)
        for what, name, words in changes:
            if what == "write":
                documents[name] = words
            elif name in documents and len(documents) > 1:
                del documents[name]
                if what == "remove":
                    remove(folder, [name])
                    continue
            build(documents, folder, text=text)
        assert contents(folder) == fresh(documents, text=text)
        assert list(verify(folder)) == []


def test_only_what_is_new_or_changed_is_read(tmp_path: Path):
    asked: Counter[str] = Counter()

    def read(document: Document) -> Extraction:
        asked[document.id] += 1
        return toy.read(document)

    documents = {name: f"Ada Brook met Carl Dane.\n{name}" for name in "abcd"}
    with mock.patch.object(pipeline, "_reader", return_value=read):
        build(documents, tmp_path)
        assert asked == Counter("abcd")
        build(documents | {"b": "Ada Brook met Eva Frost.", "e": "new"}, tmp_path)
        assert asked == Counter("abbcde")
        build(documents, tmp_path)  # b is as it was at first, but nobody keeps what a build no longer has
        assert asked == Counter("abbbcde")


def test_a_document_that_lies_elsewhere_is_not_read_again_but_says_so(tmp_path: Path):
    with mock.patch.object(pipeline, "_reader", toy.reader):
        build({"a": "Ada Brook met Carl Dane."}, tmp_path)
    moved = Document("a", "other/a.txt", "Ada Brook met Carl Dane.", publisher="The Post")
    with mock.patch.object(pipeline, "_reader", side_effect=AssertionError("it was read again")):
        graph = pipeline.build([moved], folder=tmp_path).graph
    assert graph.documents == (moved,)
    assert len(graph.listed) == 1


@pytest.mark.parametrize("name", ["id", "text", "title", "published"])
def test_what_an_extraction_depends_on_is_in_its_key(name: str):
    document = Document("a", "a.txt", "text", "title", "2031-01-01")
    key = key_maker(digests(MODEL, load_catalogue(), Gazetteer.load()))
    changed = Document.from_json(document.to_json() | {name: "2032-02-02"})
    assert key(document) != key(changed)
    assert key(document) == key(Document.from_json(document.to_json() | {"source": "b.txt", "publisher": "x"}))
    assert key_maker({"model": "1"})(document) != key_maker({"model": "2"})(document)


def test_what_has_no_part_in_reading_is_not_imported_by_what_has():
    reading = set().union(*LAYERS[: next(n for n, layer in enumerate(LAYERS) if "relations" in layer) + 1]) - _NO_PART_IN_READING
    used = set().union(*(inner(path) for path in FILES if module_of(path) in reading))
    assert used & _NO_PART_IN_READING == {"errors"}  # they say what went wrong, and change nothing


@pytest.mark.parametrize("model", ["no_such_package", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_an_error(model: str):
    with pytest.raises(ModelError, match="neither a folder nor an installed spaCy pipeline"):
        digests(model, load_catalogue(), Gazetteer.load())


def test_a_model_may_be_an_installed_package():
    package, folder, shipped = (digests(m, load_catalogue(), Gazetteer.load())["model"] for m in ("graphbuild", Path(cache.__file__).parent, MODEL))
    assert package == folder != shipped


def test_a_file_of_the_users_changes_the_keys(tmp_path: Path):
    (tmp_path / "my.csv").write_text("id,type,name\nfirm/acme,Company,Acme Ltd\n")
    own, shipped = Gazetteer.load((tmp_path / "my.csv",)), Gazetteer.load()
    assert digests(MODEL, load_catalogue(), own) != digests(MODEL, load_catalogue(), shipped)


def test_a_torn_line_is_read_again(tmp_path: Path):
    build({name: f"Ada Brook met Carl Dane.\n{name}" for name in "ab"}, tmp_path)
    whole = contents(tmp_path)
    (shard,) = shards_in(tmp_path / "extractions")
    packed = shard.read_bytes()
    first, second = (line + b"\n" for line in read_shard(shard))
    lines = (first + second[: len(second) // 2], first + b"\0" * len(second), first + second[:90] + b"\0" * 99 + b"\n")
    for torn in (*map(zstandard.compress, lines), packed[: len(packed) // 2], packed[:-90] + b"\0" * 90, packed + b"\0" * 90, b""):
        shard.write_bytes(torn)
        build({name: f"Ada Brook met Carl Dane.\n{name}" for name in "ab"}, tmp_path)
        assert contents(tmp_path) == whole


def test_what_an_interrupted_build_has_read_is_taken_over(tmp_path: Path):
    document = Document("a", "a.txt", "Ada Brook met Carl Dane.")
    shelf = Shelf(tmp_path)
    shelf.put("0" * 64, toy.read(document))
    shelf.close()
    again = Shelf(tmp_path)
    assert not again.take("1" * 64, document)
    assert list(again) == []
    assert again.take("0" * 64, document)
    assert list(again) == [toy.read(document)]


def test_corrections_outlive_removal_where_they_speak_of_others(tmp_path: Path):
    documents = {"a": "Ada Brook met Carl Dane.", "b": "Ada Brook met Eva Frost."}
    rows = [{"reject": {"document": name, "relation": "met", "subject": [0, 9], "object": [14, 23]}} for name in "ab"]
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build(documents, tmp_path / "out", corrections=tmp_path / "mine.jsonl", text=False)
    assert remove(tmp_path / "out", ["a"]).listed == ()
    (tmp_path / "mine.jsonl").write_text(json.dumps(rows[1]))
    build({"b": documents["b"]}, tmp_path / "fresh", corrections=tmp_path / "mine.jsonl", text=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_fitted_tables_have_a_part_in_reading() -> None:
    fitted = {path.relative_to(_PACKAGE).as_posix() for path in (_PACKAGE / "relations").glob("*.toml")}
    assert {"relations/confidence.toml", "relations/thresholds.toml"} <= fitted <= dict(_program()).keys()
