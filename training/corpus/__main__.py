"""The corpus: validate it, and compare it with its second annotation.

python -m training.corpus check                       the whole corpus, with what it must have as a whole
python -m training.corpus check texts/a-001.txt …     single texts
python -m training.corpus agreement                   second/ beside texts/: entities, facts, statuses
python -m training.corpus agreement FOLDER            the same for second annotations elsewhere
python -m training.corpus agreement FOLDER FIRST      and for first annotations elsewhere, e.g. tests/gold/second tests/gold
python -m training.corpus export FOLDER OUT           the texts of a folder as OUT/docs.jsonl, for graphbuild build, and OUT/gold.jsonl, for graphbuild eval
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from graphbuild.catalogue import load_catalogue
from training.corpus.check import corpus_problems, counts, problems, template_problems, vocabulary
from training.corpus.gold import document_lines, gold_lines
from training.corpus.reader import SECOND, TEXTS, CorpusError, CorpusText, read_text


def main(arguments: list[str]) -> int:
    """Run one command; return 1 if anything is wrong, 2 if the command is unknown."""
    match arguments:
        case ["check", *files]:
            return check([Path(name) for name in files])
        case ["agreement"]:
            return agreement(SECOND)
        case ["agreement", second, *first] if len(first) < 2 and not any(name.startswith("-") for name in (second, *first)):
            return agreement(Path(second), *map(Path, first))
        case ["export", folder, out] if not any(name.startswith("-") for name in (folder, out)):
            return export(Path(folder), Path(out))
    print(__doc__)
    return 0 if {"-h", "--help"} & set(arguments) else 2


def check(files: list[Path]) -> int:
    """Check the files, or without any the whole corpus; return 1 if anything is wrong."""
    catalogue = load_catalogue()
    texts, wrong = _read(files or sorted(TEXTS.glob("*.txt")))
    wrong += [f"{text.id}.txt: {line}" for text in texts for line in problems(text, catalogue)]
    wrong += template_problems(texts)
    words = vocabulary(texts)
    if not files:
        wrong += corpus_problems(texts, catalogue, words)
    for line in wrong:
        print(line)
    for name, counter in counts(texts).items():
        print(f"{name}: " + ", ".join(f"{key} {count}" for key, count in sorted(counter.items(), key=lambda kc: (-kc[1], kc[0]))))
    print(f"lemmas: {words.lemmas} (outside names {words.outside_names})")
    print(f"{len(wrong)} problems")
    return 1 if wrong else 0


def _read(paths: Iterable[Path]) -> tuple[list[CorpusText], list[str]]:
    """Read the texts, and say which cannot be read."""
    texts: list[CorpusText] = []
    wrong: list[str] = []
    for path in paths:
        try:
            texts.append(read_text(path))
        except (CorpusError, OSError, UnicodeDecodeError) as error:
            wrong.append(str(error) if isinstance(error, CorpusError) else f"{path}: cannot be read: {error}")
    return texts, wrong


def agreement(second: Path, first: Path = TEXTS) -> int:
    """Compare the second annotations of a folder with the first ones; return 1 if one cannot be compared, or there are none."""
    from training.corpus.agreement import compared, read_pairs, report  # needs scipy, which checking does not

    catalogue = load_catalogue()
    pairs, wrong = read_pairs(second, catalogue, first)
    for line in wrong:
        print(line)
    if not pairs:
        print(f"{second}: no second annotation (ID.txt) of a text of {first}")
        return 1
    for line in report([compared(one, other, catalogue) for one, other in pairs]):
        print(line)
    return 1 if wrong else 0


def export(folder: Path, out: Path) -> int:
    """Write the texts of a folder as documents and as annotations; return 1 if one cannot be read or there are none."""
    texts, wrong = _read(sorted(folder.glob("*.txt")))
    for line in wrong or ([] if texts else [f"{folder}: has no text (ID.txt)"]):
        print(line)
    if wrong or not texts:
        return 1
    out.mkdir(parents=True, exist_ok=True)
    for name, lines in (("docs", document_lines(texts)), ("gold", gold_lines(texts))):
        path = out / f"{name}.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
