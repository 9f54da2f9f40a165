"""How classes and statuses look: a colour and a shape each, told apart without colour sight and without colour."""

from dataclasses import dataclass

from graphbuild.catalogue import Catalogue
from graphbuild.records import Status


@dataclass(frozen=True, slots=True)
class Sign:
    """Fill colour and marker (a matplotlib marker code) of a class."""

    colour: str
    marker: str


@dataclass(frozen=True, slots=True)
class Pen:
    """Colour and dash pattern of a line, the latter in line widths (empty: solid); `crossed` lines carry a cross."""

    colour: str
    dashes: tuple[float, ...] = ()
    crossed: bool = False


# The colours are those of Okabe and Ito (2008), "Color universal design"; related classes share one and differ in shape.
SIGNS = {
    "Person": Sign("#0072B2", "o"),
    "Group": Sign("#0072B2", "8"),
    "Country": Sign("#009E73", "s"),
    "Place": Sign("#56B4E9", "o"),
    "City": Sign("#56B4E9", "p"),
    "Region": Sign("#56B4E9", "h"),
    "Facility": Sign("#56B4E9", "s"),
    "Organization": Sign("#E69F00", "D"),
    "GovernmentBody": Sign("#E69F00", "s"),
    "Alliance": Sign("#E69F00", "*"),
    "PoliticalParty": Sign("#E69F00", "P"),
    "Company": Sign("#E69F00", "o"),
    "MediaOrganization": Sign("#E69F00", "v"),
    "MilitaryForce": Sign("#D55E00", "^"),
    "ArmedGroup": Sign("#D55E00", "v"),
    "Position": Sign("#CC79A7", "d"),
    "Agreement": Sign("#F0E442", "s"),
    "Work": Sign("#F0E442", "o"),
    "Vehicle": Sign("#999999", ">"),
    "Weapon": Sign("#999999", "<"),
    "Event": Sign("#CC79A7", "*"),
}
OTHER = Sign("#FFFFFF", "o")

PENS: dict[Status, Pen] = {
    "asserted": Pen("#4D4D4D"),
    "reported": Pen("#4D4D4D", (4.5, 2.5)),
    "planned": Pen("#4D4D4D", (1.0, 1.8)),
    "denied": Pen("#B2182B", (4.5, 1.6, 1.0, 1.6), crossed=True),
}


def sign_of(label: str, catalogue: Catalogue) -> Sign:
    """Return the sign of a class; a class of a user's own has that of the nearest class above it."""
    return next((SIGNS[name] for name in (label, *catalogue.ancestors(label)) if name in SIGNS), OTHER)
