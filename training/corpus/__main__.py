"""`python -m training.corpus check [FILES]`: validate the corpus and print what it holds."""

import sys
from pathlib import Path

from graphbuild.catalogue import load_catalogue
from training.corpus.check import counts, problems, template_problems
from training.corpus.reader import TEXTS, CorpusError, CorpusText, read_text


def main(arguments: list[str]) -> int:
    """Check the named files, or the whole corpus; return 1 if anything is wrong."""
    if arguments[:1] != ["check"]:
        print(__doc__)
        return 2
    catalogue = load_catalogue()
    texts: list[CorpusText] = []
    wrong = 0
    for path in map(Path, arguments[1:]) if arguments[1:] else sorted(TEXTS.glob("*.txt")):
        try:
            text = read_text(path)
        except CorpusError as error:
            print(error)
            wrong += 1
            continue
        texts.append(text)
        for line in problems(text, catalogue):
            print(f"{path.name}: {line}")
            wrong += 1
    for line in template_problems(texts):
        print(line)
        wrong += 1
    for name, counter in counts(texts).items():
        print(f"{name}: " + ", ".join(f"{key} {count}" for key, count in sorted(counter.items(), key=lambda kc: (-kc[1], kc[0]))))
    print(f"{wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
