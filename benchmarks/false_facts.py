"""How often facts are found where texts tell of none: GUM's academic, voyage and textbook documents.

`python -m benchmarks.false_facts DATA [--sample 50]`: DATA is the folder with `gum_open` (see training/README.md for where it comes from).
Prints a seeded sample of the facts with their sentences, to be read one by one, and the number of facts per 1,000 words. What the
reading gave stands in `results/false_facts.json`, by hand.
"""

import argparse
import random
from pathlib import Path

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Value
from training.evaluate import raw_text
from training.sources.conllu import read_documents

GENRES = ("academic", "voyage", "textbook")
SEED = 20240301


def main() -> None:
    """Extract, count, and print a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=50)
    options = parser.parse_args()
    nlp = load_model()
    told: list[str] = []
    words = 0
    for path in sorted((options.data / "gum_open").glob("*/dep/*.conllu")):
        if not any(f"_{genre}_" in path.name for genre in GENRES):
            continue
        for document in read_documents(path):
            text, _ = raw_text(document)
            words += len(text.split())
            extraction = extract(Document(path.stem, path.name, text), nlp)
            names = {e.id: e.name for e in extraction.entities}
            for s in extraction.statements:
                if s.relation != "said":
                    object_ = s.object.value if isinstance(s.object, Value) else names[s.object]
                    told.append(f"{path.stem}: {names[s.subject]} | {s.relation} | {object_} | {s.status} | {' '.join(s.evidence[0].quote.split())}")
    print(f"{len(told)} facts in {words} words: {1000 * len(told) / words:.2f} per 1,000 words")
    for line in sorted(random.Random(SEED).sample(told, min(options.sample, len(told)))):
        print(line)


if __name__ == "__main__":
    main()
