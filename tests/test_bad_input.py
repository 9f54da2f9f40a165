"""What people have on their disks: endless lines, huge files, loops of links, files that vanish or change, places that may not be read or are full.

Each is named in one line, the rest goes on, and nothing is left half written.
"""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphbuild import console, formats, pipeline, read
from graphbuild.errors import OutputError
from graphbuild.records import Document, Failure
from graphbuild.retract import remove
from graphbuild.store import UNFINISHED, write_build
from graphbuild.verify import verify
from tests import toy
from tests.toy import contents

ROOT = Path(__file__).parent.parent
GOOD = "Ada Brook met Carl Dane."


def found(*paths: Path) -> tuple[list[str], list[str]]:
    """Return the texts and the reasons."""
    items = list(read.read(paths))
    return [item.text for item in items if isinstance(item, Document)], [item.reason for item in items if isinstance(item, Failure)]


def test_a_file_of_two_gigabytes_is_named_without_being_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text(GOOD)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(2 * 2**30)  # takes no room on disk
    texts, reasons = found(tmp_path)
    assert texts == [GOOD]
    assert reasons == [f"{tmp_path}/huge.txt: 2,147,483,648 bytes, more than the {formats.MAX_BYTES:,} that one text may have; split it, or use JSONL"]


def test_a_line_without_end_is_one_failure_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    (tmp_path / "rows.jsonl").write_text(f'{{"id": "a", "text": "{"x" * 350}"}}\n{{"id": "b", "text": "{GOOD}"}}\n')
    texts, reasons = found(tmp_path)
    assert texts == [GOOD]
    assert [reason.split(": ")[1] for reason in reasons] == ["a line of more than 100 bytes; split the text"]


def test_a_file_that_vanishes_while_others_are_read_is_named(tmp_path: Path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{GOOD} {name}")
    items = read.read([tmp_path])
    first = next(items)
    (tmp_path / "b.txt").unlink()
    rest = list(items)
    assert isinstance(first, Document)
    assert [item.id for item in rest if isinstance(item, Document)] == ["c.txt"]
    assert ["not a regular file" in item.reason for item in rest if isinstance(item, Failure)] == [True]


@pytest.mark.parametrize("name", ["line\nbreak.txt", "🙂.txt", "space .txt", "quote'\".txt", "\u202e.txt", "-o.txt"])
def test_a_build_holds_documents_of_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_reader", toy.reader)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / name).write_text(GOOD)
    made = pipeline.build([tmp_path / "texts"], folder=tmp_path / "out")
    write_build(made.graph, tmp_path / "out", formats=["turtle", "graphml"], info=made.info)
    assert [d.id for d in made.graph.documents] == [name]
    assert list(verify(tmp_path / "out")) == []
    assert remove(tmp_path / "out", [name]).documents == ()


def test_loops_of_links_end(tmp_path: Path):
    (tmp_path / "a.txt").write_text(GOOD)
    for name, target in (("one", "two"), ("two", "one"), ("self", "self"), ("here", "."), ("self.txt", "self.txt")):
        (tmp_path / name).symlink_to(target)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to("..", target_is_directory=True)
    texts, reasons = found(tmp_path, tmp_path / "one")
    assert texts == [GOOD]
    assert sorted(reason.partition(": ")[2] for reason in reasons) == [
        "a link that leads nowhere; repair it or leave it out",
        "no reader for one, self, two; convert to text or move elsewhere",
        "not a regular file; leave it out",
    ]


@pytest.mark.parametrize("name", ["b.txt", "b.json", "b.csv", "b.html", "b.jsonl"])
def test_a_file_that_changes_while_it_is_read_is_left_out(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / name).write_text('{"id": "b", "text": "Ada Brook slept."}\n')
    real = os.fstat

    def grows(handle: int) -> os.stat_result:
        seen = real(handle)
        if os.path.samestat(seen, (tmp_path / name).stat()):
            with (tmp_path / name).open("a") as other:
                other.write("\n")
        return seen

    monkeypatch.setattr(read.os, "fstat", grows)
    texts, reasons = found(tmp_path)
    assert texts == [GOOD, *(["Ada Brook slept."] if name == "b.jsonl" else [])]  # lines that are whole are read as they come
    assert reasons == [f"{tmp_path}/{name}: changed while it was read; build again when nobody writes to it"]


@contextlib.contextmanager
def as_somebody() -> Iterator[None]:
    """Be a user who may not do everything."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system knows no users")
    mighty = os.geteuid() == 0
    if mighty:
        os.seteuid(65534)
    try:
        yield
    finally:
        if mighty:
            os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may go into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_what_may_not_be_read_is_named(public: Path):
    for name in ("a.txt", "b.txt", "closed/c.txt", "d.jsonl", "listed/e.txt"):
        (public / name).parent.mkdir(exist_ok=True)
        (public / name).write_text(GOOD)
    (public / "b.txt").chmod(0)
    (public / "d.jsonl").chmod(0)
    (public / "closed").chmod(0)
    (public / "listed").chmod(0o744)  # its names may be read, but not what is in it
    with as_somebody():
        texts, reasons = found(public)
    assert texts == [GOOD]
    assert reasons == [
        f"{public}/b.txt: permission denied; make the file readable or leave it out",
        f"{public}/closed: permission denied; make the folder readable or leave it out",
        f"{public}/d.jsonl: permission denied; make the file readable or leave it out",
        f"{public}/listed/e.txt: not a regular file; leave it out",
    ]


@pytest.mark.parametrize("place", ["out", "texts"])
def test_an_output_that_may_not_be_written_is_told_before_anything_is_read(place: str, public: Path):
    for name in ("out", "texts"):
        (public / name).mkdir()
    (public / "texts" / "a.txt").write_text(GOOD)
    before = sorted(public.rglob("*"))
    folder = public / "out" if place == "out" else public / "texts" / "new"
    with as_somebody(), pytest.raises(OutputError, match=r": cannot be written: Permission denied; make room there, or choose another place with -o"):
        pipeline.build(iter(lambda: pytest.fail("something was read"), None), folder=folder)
    with as_somebody(), pytest.raises(OutputError, match=r"picture\.svg: cannot be written: Permission denied"):
        console.write(b"<svg/>", folder / "picture.svg")
    assert sorted(public.rglob("*")) == before


def made(texts: dict[str, str], folder: Path) -> None:
    """Build documents."""
    built = pipeline.build([Document(name, f"{name}.txt", text) for name, text in texts.items()], folder=folder)
    write_build(built.graph, folder, formats=["turtle", "graphml"], info=built.info)


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let the system refuse to write more than so many bytes to a file."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [1, 300, 1200, 2500, 5000, 7000])
def test_a_build_that_runs_out_of_room_leaves_the_old_one_and_goes_on_later(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_reader", toy.reader)
    old, new = {"a": GOOD}, {name: f"Ada Brook met Carl Dane.\nEva Frost praised Gil Hart.\n{name}" for name in "abcdef"}
    made(old, tmp_path / "out")
    before = contents(tmp_path / "out")
    with room_for(size), pytest.raises(OutputError, match=r"cannot be written: File too large; make room there"):
        made(new, tmp_path / "out")
    assert {name: data for name, data in contents(tmp_path / "out").items() if not name.startswith(UNFINISHED)} == before
    made(new, tmp_path / "out")
    made(new, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


FULL = """
mount -t tmpfs -o size=16k none "$1" || exit 99
"$2" -m graphbuild build "$3" -o "$1/out" --formats turtle 2>&1 >&-
echo "exit code $?"
find "$1" -name manifest.json
"""


@pytest.mark.skipif(shutil.which("unshare") is None or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_is_full_is_one_line(tmp_path: Path):
    for name in ("disk", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "texts" / "a.txt").write_text(GOOD)
    command = ["unshare", "-m", "sh", "-c", FULL, "sh", str(tmp_path / "disk"), sys.executable, str(tmp_path / "texts")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120)
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip(f"no disk can be mounted here: {done.stderr}")
    said, code = done.stdout.splitlines()
    assert code == "exit code 2"
    assert "cannot be written: No space left on device; make room there, or choose another place with -o" in said


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [["query", "outputs/", "who-met-whom"], ["export", "outputs/", "-f", "nquads"]])
def test_a_full_standard_output_is_one_line(command: list[str]):
    with Path("/dev/full").open("wb") as full:
        started = [sys.executable, "-m", "graphbuild", *command]
        done = subprocess.run(started, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120)
    assert done.stderr == "graphbuild: error: standard output cannot be written: No space left on device; make room there, or send it elsewhere\n"
    assert done.returncode == 2


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(OutputError, match=r"file.out: cannot be written: .*choose another place with -o"):
        console.write(b"new", tmp_path / "file" / "out")
    with pytest.raises(OutputError, match=r": cannot be written: Is a directory"):
        console.write(b"new", tmp_path)
    with room_for(100), pytest.raises(OutputError, match="File too large"):
        console.write(b"new" * 100, tmp_path / "file")
    assert contents(tmp_path) == {"file": b"old"}
    console.write(b"new", tmp_path / "sub" / "file")
    assert contents(tmp_path) == {"file": b"old", "sub/file": b"new"}


def test_pipes_and_devices_are_written_to_and_stay_what_they_are(tmp_path: Path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    console.write(b"new", pipe)
    reader.join(timeout=10)
    assert got == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.listdir(tmp_path) == ["pipe"]  # noqa: PTH208  # hidden files, too


def test_a_device_that_is_full_is_told_and_stays_a_device(tmp_path: Path):
    full = tmp_path / "full"
    try:
        os.mknod(full, 0o666 | stat.S_IFCHR, os.makedev(1, 7))  # never the machine's own, which a mistake would replace
        full.open("wb").close()
    except (AttributeError, OSError) as error:
        pytest.skip(f"no device can be made here: {error}")
    with pytest.raises(OutputError, match="full: cannot be written: No space left on device"):
        console.write(b"new", full)
    assert full.is_char_device()
    with pytest.raises(OutputError, match="full: cannot be written"):
        pipeline.build([], folder=full)
    assert full.is_char_device()


def test_an_output_whose_disk_fails_is_told_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_reader", toy.reader)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"out: cannot be written: Permission denied; make room there, or choose another place with -o"):
        pipeline.build(iter(lambda: pytest.fail("something was read"), None), folder=tmp_path / "out")
