"""Time and memory of identity over a million mentions: extractions of a build, again and again with renamed entities.

    python -m benchmarks.identity BUILD [--mentions 1000000] [-o benchmarks/results/identity.json]

Each copy of a document gets names of its own: of every ten copies of a name nine are new ones, drawn from a fixed list of name
parts, so that blocks grow as they do in the world: family names are shared by many, full names by few. Links are kept.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from graphbuild.catalogue import load_catalogue
from graphbuild.identity import identify
from graphbuild.records import Entity, Extraction
from graphbuild.store import load_extractions

_STARTS = "Ba Ca Da Fe Ga Ha Jo Ka Li Ma Ne Or Pa Qui Ro Sa Ti Ul Va We Ya Zo".split()
_MIDDLES = "lan men ri do va ske to nu bel ga rim wo shi pel tar".split()
_ENDS = "n r s ta do vic son man ev ez ini aya ul ko en".split()


def main() -> None:
    """Measure, print, and write the result where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    result = measure([x for _, x in load_extractions(given.build)], given.mentions)
    text = json.dumps(result, indent=1) + "\n"
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    print(text, end="")


def measure(originals: Sequence[Extraction], mentions: int) -> dict[str, float | int]:
    """Return sizes, seconds and peak memory (GB, of the whole process) of one run."""
    extractions = list(renamed(originals, mentions))
    before = time.perf_counter()
    identities = identify(extractions, load_catalogue())
    seconds = time.perf_counter() - before
    return {
        "documents": len(extractions),
        "mentions": sum(len(x.mentions) for x in extractions),
        "entities": sum(len(x.entities) for x in extractions),
        "nodes": len(identities.nodes),
        "decisions": len(identities.decisions),
        "seconds": round(seconds, 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def renamed(originals: Sequence[Extraction], mentions: int) -> Iterator[Extraction]:
    """Yield copies of the documents until they hold so many mentions."""
    rng, copy = Random(7), 0
    while mentions > 0:
        for original in originals:
            document = replace(original.document, id=f"{copy:06d}/{original.document.id}", text="")
            yield replace(original, document=document, entities=tuple(_renamed(e, rng) for e in original.entities), rejected=())
            mentions -= len(original.mentions)
            if mentions <= 0:
                return
        copy += 1


def _renamed(entity: Entity, rng: Random) -> Entity:
    if entity.links or entity.type == "Position" or rng.random() < 0.1:
        return entity
    words = entity.name.split()
    return replace(entity, name=" ".join(_word(rng) for _ in words), aliases=())


def _word(rng: Random) -> str:
    return rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)


if __name__ == "__main__":
    main()
