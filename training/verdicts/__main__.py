"""Lists the facts that graphbuild finds in the texts and that have no verdict: `python -m training.verdicts`.

Each with the fields of `verdicts.tsv`, tabs between them, and behind them the words that say it.
"""

from collections.abc import Iterator

from spacy.language import Language

from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Claim
from training.verdicts import Key, key_of, texts, verdicts


def read_apart(nlp: Language) -> Iterator[KnowledgeGraph]:
    """Read every text by itself."""
    return (assemble([extract(document, nlp)]) for document in texts())


def found(graph: KnowledgeGraph) -> Iterator[tuple[Key, Claim]]:
    """Yield the facts of a text."""
    (extraction,), claims = graph.extractions, {claim.id: claim for claim in graph.claims}
    for row in graph.facts():
        if row["relation"] != "said":
            yield key_of(extraction.document.id, row), claims[row["id"]]


def main() -> None:
    """List them."""
    known = verdicts()
    for graph in read_apart(load_model()):
        for key, claim in found(graph):
            if key not in known:
                print(*key, " ".join(claim.evidence[0].quote.split()), sep="\t")


if __name__ == "__main__":
    main()
