"""Names as other pipelines label them (OntoNotes, CoNLL), in the classes of the catalogue, which are finer."""

from graphbuild.classes import classify_name
from graphbuild.gazetteer import Gazetteer
from graphbuild.language.encoder import Labels, Window
from graphbuild.language.spans import Mention

_ORGANIZATIONS = ("Organization", "GovernmentBody", "MilitaryForce", "Alliance", "ArmedGroup", "PoliticalParty", "Company", "MediaOrganization")
_THINGS = ("Vehicle", "Weapon", "Agreement", "Position", "Group")
"""Classes that OntoNotes has no label for, or only one that holds much else."""

_CLASSES: dict[str, tuple[str, ...]] = {
    "PERSON": ("Person",), "PER": ("Person",), "NORP": ("Group", "Country", "PoliticalParty", "ArmedGroup"), "ORG": _ORGANIZATIONS,
    "GPE": ("City", "Country", "Region"), "LOC": ("Place", "Region", "City", "Country", "Facility"), "FAC": ("Facility", "Place"),
    "EVENT": ("Event",), "WORK_OF_ART": ("Work",), "LAW": ("Agreement", "Work"),
    **dict.fromkeys(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"), ()),
}  # fmt: skip
"""The classes that a label may stand for, the likeliest first. Other labels (PRODUCT, MISC) say only that there is a name."""
UNSURE = 0.5
"""Score of a name whose class our own model does not share: below what `classify_name` takes for certain."""


def is_person(label: str) -> bool:
    """Whether a label is one for persons.

    >>> is_person("PER"), is_person("ORG")
    (True, False)
    """
    return _CLASSES.get(label, (label,)) == ("Person",)


def name_of(name: str, label: str, place: tuple[int, int], window: Window, labels: Labels, gazetteer: Gazetteer) -> Mention | None:
    """A name that another pipeline found, in our class; None for what is no name to us, as a date.

    The class is the one that our model gives the words if the label allows it, else the likeliest of the label; both
    give way to the gazetteer and to the name's own head noun as in `classify_name`.

    Args:
        name: the words.
        label: what the pipeline calls it: a label of OntoNotes or CoNLL, or a class of the catalogue.
        place: words `start` to `end` of the document, `start` in the window.
        window: what our model says.
        labels: its labels.
        gazetteer: who is who.
    """
    own, score, form = _own_class(place, window, labels)
    known = labels.classes("name")
    allowed = (label,) if label in known else _CLASSES.get(label, known if form == "name" else ())
    if not allowed:
        return None
    guess, certainty = (own, score) if own in allowed else (allowed[0], UNSURE)
    if label in ("GPE", "LOC", "NORP"):
        guess = _place(name, guess, gazetteer)
    refined = classify_name(name, guess, certainty, gazetteer)
    return Mention(*place, "name", refined if label not in known else label, certainty)


def _place(name: str, guess: str, gazetteer: Gazetteer) -> str:
    """A country is one that the gazetteer knows, or its capital where our model reads it so; what is none is a town sooner than a country."""
    if gazetteer.country(name) is not None or gazetteer.demonym_of(name) is not None:
        return "Country"
    return "City" if guess == "Country" and gazetteer.metonym_of(name) is None else guess


def _own_class(place: tuple[int, int], window: Window, labels: Labels) -> tuple[str, float, str]:
    """What our model would call the words as a name, how surely, and as what form it reads them."""
    start, width = place[0] - window.begin, place[1] - place[0] - 1
    if width >= window.forms.shape[1] or start + width >= len(window.sentences):
        return "", 0.0, ""
    form = ("", "", "name", "noun", "pronoun")[int(window.forms[start, width].argmax())]
    return labels.classes("name")[int(window.classes[start, width, 0])], round(float(window.class_shares[start, width, 0]), 4), form


def together(given: list[Mention], own: list[Mention]) -> list[Mention]:
    """The names of another pipeline, and what only our model tells: descriptions, pronouns and names of classes that others do not know.

    A body that is only the first word of a title ("Defense" in "Defense Minister", which OntoNotes marks) is no name to us.
    """
    named = {(m.start, m.end) for m in own if m.form == "name"}
    titles = [m for m in own if m.label == "Position"]
    names = [g for g in given if g.label not in _ORGANIZATIONS or (g.start, g.end) in named or not any(t.holds(g) for t in titles)]
    spans = {(m.start, m.end) for m in names}
    added = [m for m in own if (m.form != "name" or m.label in _THINGS) and (m.start, m.end) not in spans and not any(m.crosses(g) for g in names)]
    return sorted([*names, *added], key=lambda m: (m.start, -m.end))
