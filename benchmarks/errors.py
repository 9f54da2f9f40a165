"""Writes docs/errors.md: the kinds of miss and of wrong fact on the project's own gold, most frequent first, each with an example and what would mend it.

`python -m benchmarks.errors`. Every mistake is of one kind, told by what stands nearest on the other side; the text on each kind stands in errors.toml,
written by hand after reading the mistakes.
"""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.gold import ROOT, as_gold, measured, own_gold
from graphbuild.catalogue import load_catalogue
from graphbuild.evaluate import Result
from graphbuild.evaluate.definitions import Relations, name_form
from graphbuild.evaluate.errors import Mistake, mistakes
from graphbuild.evaluate.page import sentence
from graphbuild.language import load_model

PAGE = ROOT / "docs" / "errors.md"
SHOWN = 10
_DESCRIBED = ("Event", "Agreement", "Work")
_GROUPS = ("Group", "Position")

NOTES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def kind(mistake: Mistake, result: Result, relations: Relations) -> str:
    """Tell the kind of a mistake."""
    if mistake.reason in ("other relation", "polarity", "other subject", "other object") and mistake.kind == "missed":
        return mistake.reason
    return _kind_of_miss(mistake, result) if mistake.kind == "missed" else _kind_of_wrong(mistake, result, relations)


def _kind_of_miss(mistake: Mistake, result: Result) -> str:
    relation = load_catalogue().relations[mistake.relation]
    if mistake.reason != "end not found":
        return "state" if relation.shape == "state" else f"event, {'stated as fact' if '(' not in mistake.fact else 'not stated as fact'}"
    if relation.datatype:
        return "end: date"
    known = {name_form(e.name): (e.id, e.type) for e in result.judge.gold.entities}
    ends = [known.get(name_form(end.split(" (")[0])) for end in mistake.fact.split(" | ")[::2]]
    lost = {end[1] for end in ends if end and end[0] not in result.judge.stands_for.values()}
    return "end: described" if lost & set(_DESCRIBED) else "end: group" if lost & set(_GROUPS) else "end: name"


def _kind_of_wrong(mistake: Mistake, result: Result, relations: Relations) -> str:
    subject, _, target = mistake.fact.split(" | ")
    if mistake.reason in ("other subject", "other object"):
        role = mistake.reason.split()[1]
        named = name_form(subject if role == "subject" else target.split(" (")[0]) in name_form(mistake.quote)
        return f"{role}: {'read' if named else 'referred'}"
    if mistake.reason in ("subject not annotated", "object not annotated"):
        words = set(name_form(subject if mistake.reason.startswith("subject") else target).split())
        return "end: near" if any(words & set(name_form(e.name).split()) for e in result.judge.gold.entities) else "end: other"
    if mistake.reason == "other relation" and mistake.nearest:
        return "relation: near" if relations.agree(mistake.relation, [mistake.nearest.split(" | ")[1]], strict=False) else "relation: far"
    return "polarity" if mistake.reason == "polarity" else "none"


def section(title: str, found: dict[str, list[tuple[Mistake, str]]], notes: dict[str, dict[str, str]]) -> list[str]:
    """Write the kinds of one sort, most frequent first, with the shortest example of each."""
    lines = [f"## {title} ({sum(map(len, found.values()))})", ""]
    for number, name in enumerate(sorted(found, key=lambda k: (-len(found[k]), k))[:SHOWN], start=1):
        mistake, words = min(found[name], key=lambda one: (len(one[1]), one[0].doc, one[0].fact))
        near = f" Nearest: `{mistake.nearest}`." if mistake.nearest else ""
        lines += [f"{number}. **{notes[name]['heading']}: {len(found[name])}.** {notes[name]['mend']}", ""]
        lines += [f"    > {words} ({mistake.doc})", "", f"    {mistake.kind}: `{mistake.fact}`.{near}", ""]
    return lines


def main() -> None:
    """Measure, sort, write."""
    gold, relations = as_gold(own_gold()), Relations(load_catalogue(), every=True)
    texts = {one.id: one.text for one in gold[0]}
    found: dict[str, dict[str, list[tuple[Mistake, str]]]] = {"missed": defaultdict(list), "wrong": defaultdict(list)}
    results: Sequence[Result] = measured(gold, load_model(), every=True).results
    for result in results:
        for one in mistakes(result.judge, result.wrong, result.missed):
            words = texts[one.doc][slice(*sentence(texts[one.doc], one.span).to_json().values())] if one.span else ""
            found[one.kind][kind(one, result, relations)].append((one, " ".join(words.split())))
    head = [
        "# What goes wrong",
        "",
        "Misses and wrong facts on the project's own gold (tests/gold, all relations), sorted into kinds by what stands nearest on the other side, the ten",
        "most frequent first, each with its shortest example. Written by `python -m benchmarks.errors`; `graphbuild eval … -o page.html` shows each one.",
        "",
    ]
    lines = [*head, *section("Missed", found["missed"], NOTES["missed"]), *section("Wrong", found["wrong"], NOTES["wrong"])]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
