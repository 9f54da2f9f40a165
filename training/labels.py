"""Label inventories of the heads, and which of our labels a coarser label of an open data set admits."""

from functools import cache

ORGANIZATIONS = (
    "Organization", "GovernmentBody", "MilitaryForce", "Alliance", "ArmedGroup", "PoliticalParty", "Company",
    "MediaOrganization",
)  # fmt: skip
PLACES = ("Place", "Country", "City", "Region", "Facility")
THINGS = ("Position", "Agreement", "Vehicle", "Weapon", "Event", "Work")
CLASSES = ("Person", *ORGANIZATIONS, *PLACES, *THINGS, "Group")
OTHER = "Other"
"""What is talked about but no class of the catalogue: needed as a mention, so that "it" can refer to it."""

NONE = "none"
PHRASE = "phrase"
"""A noun phrase around a name, as GUM marks it ("the United Nations", "President Obama"); never shown to users."""

SPAN_LABELS = (
    NONE, PHRASE,
    *(f"name:{c}" for c in CLASSES),
    *(f"noun:{c}" for c in (*CLASSES, OTHER)),
    *(f"pronoun:{c}" for c in (*CLASSES, OTHER)),
)  # fmt: skip

CASES = ("lower", "title", "upper", "mixed")

# A class that two coarse labels admit draws both: then "ORG" and "LOC" would end as Facility. So they share none, and a place is a
# Country only where the tables of countries say so (`COUNTRY`).
_COARSE: dict[str, tuple[str, ...]] = {
    "PER": ("Person",),
    "ORG": ORGANIZATIONS,
    "PARTY": ("PoliticalParty",),
    "BODY": tuple(c for c in ORGANIZATIONS if c != "PoliticalParty"),
    "LOC": ("Place", "City", "Region", "Facility"),
    "AREA": ("Place", "City", "Region", "Facility"),
    "COUNTRY": ("Country",),
    "EVENT": ("Event",),
    "MISC": (*THINGS, "Group"),
    "PERSONS": ("Person", "Group"),
    "ORGANIZATIONS": (*ORGANIZATIONS, "Country", "Group"),
    "PLATFORM": ("Vehicle", "Weapon"),
    "DOCUMENT": ("Work", "Agreement"),
    "OBJECT": ("Vehicle", "Weapon", "Work", "Facility", "Agreement", OTHER),
    "ABSTRACT": ("Work", "Agreement", "Position", "Event", OTHER),
    "OTHER": (OTHER,),
    "ANY": (*CLASSES, OTHER),
}
_FORMS = ("name", "noun", "pronoun")


def _expand(forms: tuple[str, ...], classes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{form}:{c}" for form in forms for c in classes) & frozenset(SPAN_LABELS)


def _names_unknown_but(*known: str) -> frozenset[str]:
    """What may stand unmarked in a set that marks only names of the classes `known`."""
    hidden = tuple(c for c in CLASSES if c not in known)
    return frozenset({NONE}) | _expand(("noun", "pronoun"), (*CLASSES, OTHER)) | _expand(("name",), hidden)


_RESTS: dict[str, frozenset[str]] = {
    "rest:nothing": frozenset({NONE}),
    "rest:names": _names_unknown_but("Person", *ORGANIZATIONS, *PLACES),
    "rest:names-and-events": _names_unknown_but("Person", *ORGANIZATIONS, *PLACES, "Event"),
    "rest:gum": frozenset({NONE, "name:Position", "name:Country"}),
    "rest:corpus": frozenset({NONE}) | _expand(("noun", "pronoun"), (OTHER,)),
    "rest:ace": frozenset({NONE, "name:Position"}) | _expand(("noun", "pronoun"), (OTHER, *THINGS)),
    "mention:name": frozenset({PHRASE}) | _expand(("name",), CLASSES),
    "mention:noun": frozenset({PHRASE}) | _expand(("noun",), (*CLASSES, OTHER)),
    "anything": frozenset(SPAN_LABELS),
}


@cache
def admitted(name: str) -> frozenset[str]:
    """The span labels that the set called `name` admits.

    `name` is a label (`name:Person`), a form and a coarse class (`noun:ORG`, `*:PER` for any form), one of the `rest:`
    sets, or a coarse class with `?` at its end, which admits no label at all besides (`name:MISC?`).

    Raises:
        KeyError: the name is none of these.
    """
    if name in _RESTS:
        return _RESTS[name]
    if name.endswith("?"):
        return admitted(name[:-1]) | _RESTS["rest:names"]
    if name in SPAN_LABELS:
        return frozenset({name})
    form, coarse = name.split(":")
    return _expand(_FORMS if form == "*" else (form,), _COARSE[coarse])
