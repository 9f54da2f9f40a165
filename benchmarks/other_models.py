"""How well other spaCy pipelines serve as the language model: `python -m benchmarks.other_models DATA NAME… [-o FILE]`, from the project's folder.

DATA is the folder with ud_ewt/ and gum_open/ (training/README.md), NAME what `graphbuild build --model` takes; the shipped model is
measured first. Trees are scored as they come out of the whole pipeline, so after conversion, on the test parts of EWT and GUM: with
gold tokens and sentences, and from raw text by the rules of CoNLL 2018; names and mentions on the held-out texts of the project's corpus.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from graphbuild.language import load_model
from training.evaluate import parse_scores, project_scores
from training.sources.conllu import read_documents
from training.sources.project import read_project

KEPT = ("uas", "las", "las_subtypes", "upos", "sentences")


def main() -> None:
    """Measure, print, and write the result where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    text = json.dumps({name or "shipped": scores(name, given.data) for name in (None, *given.names)}, indent=1) + "\n"
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    print(text, end="")


def scores(name: str | None, data: Path) -> dict[str, Any]:
    """Return the scores of one pipeline on both treebanks and on the corpus."""
    nlp = load_model(name)
    files = {"EWT test": [data / "ud_ewt" / "test.conllu"], "GUM test": sorted((data / "gum_open" / "test").rglob("*.conllu"))}
    found: dict[str, Any] = {}
    for treebank, paths in files.items():
        documents = [document for path in paths for document in read_documents(path)]
        for way, gold in (("gold tokens and sentences", True), ("raw text", False)):
            result = parse_scores(nlp, documents, gold_tokens=gold)
            found[f"{treebank}, {way}"] = {measure: result[measure] for measure in KEPT}
    held_out = [example for example, held in read_project() if held]
    found["corpus, held out"] = {measure: score for measure, score in project_scores(nlp, held_out).items() if measure in ("names", "mentions")}
    return found


if __name__ == "__main__":
    main()
