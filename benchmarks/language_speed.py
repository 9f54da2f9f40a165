"""Speed and memory of the whole language model on one core: `python -m benchmarks.language_speed [-o benchmarks/results/language_speed.json]`.

News: the texts of training/corpus, one after the other, as a build reads them; words are tokens other than white space, time is that of
the processor, so that other programs on the machine count little; the best of three rounds. Long: one text of 200,000 words made of
them, with what the process grew by at most while it was read, and a text of 2,000 words without a full stop.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

import onnxruntime
from spacy.language import Language

from graphbuild.language import load_model
from training.corpus.reader import read_corpus

ROUNDS = 3
LONG = 200_000
SENTENCE = 2_000


def main() -> None:
    """Measure, print, and write the result where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="what is measured instead of the shipped model, as `graphbuild build --model` takes it")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    text = json.dumps(measure(load_model(given.model)), indent=1) + "\n"
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    print(text, end="")


def measure(nlp: Language) -> dict[str, dict[str, float | int | str]]:
    """Return words, seconds of the processor and words a second for news, one long text and one long sentence."""
    texts = [text.text for text in read_corpus()]
    nlp(texts[0])  # what is read once only
    rounds = [seconds(nlp, texts) for _ in range(ROUNDS)]
    long = " ".join(islice(cycle(" ".join(texts).split()), LONG))
    stopless = " ".join(islice(cycle(word for word in long.split() if word.isalpha()), SENTENCE))
    before = peak()
    of_long = seconds(nlp, [long])
    return {
        "machine": {"processor": processor(), "onnxruntime": onnxruntime.__version__, "threads": 1},
        "news": {"texts": len(texts), **min(rounds, key=lambda r: r["seconds"])},
        "long text": {**of_long, "grown by MB": round((peak() - before) / 2**10)},
        "sentence without a stop": {**seconds(nlp, [stopless])},
    }


def seconds(nlp: Language, texts: Iterable[str]) -> dict[str, float | int]:
    """Read texts, and return how many words they have and how long that took."""
    before = time.process_time()
    words = sum(sum(not token.is_space for token in nlp(text)) for text in texts)
    taken = time.process_time() - before
    return {"words": words, "seconds": round(taken, 2), "words a second": round(words / taken)}


def peak() -> int:
    """Most memory that the process has had so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def processor() -> str:
    """Name of the processor, as far as the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), os.uname().machine)


if __name__ == "__main__":
    main()
