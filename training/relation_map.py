"""How the relations of open sets read in the catalogue. Committed before any training on them.

`REDOCRED` maps a Wikidata property to catalogue relations, each with whether the ends change places. A property that says
less, or something else, than a relation of the catalogue is not in the table. Symmetric relations are stored once and learned in
both directions.
"""

REDOCRED: dict[str, tuple[tuple[str, bool], ...]] = {
    "P6": (("leads", True),),  # head of government
    "P35": (("leads", True),),  # head of state
    "P488": (("leads", True),),  # chairperson
    "P27": (("citizenOf", False),),  # country of citizenship
    "P131": (("locatedIn", False),),  # located in the administrative territorial entity
    "P150": (("locatedIn", True),),  # contains the administrative territorial entity
    "P276": (("locatedIn", False),),  # location
    "P706": (("locatedIn", False),),  # located on terrain feature
    "P159": (("basedIn", False),),  # headquarters location
    "P463": (("memberOf", False),),  # member of
    "P102": (("memberOf", False),),  # member of political party
    "P54": (("memberOf", False),),  # member of sports team
    "P108": (("employedBy", False),),  # employer
    "P69": (("educatedAt", False),),  # educated at
    "P551": (("livesIn", False),),  # residence
    "P26": (("spouseOf", False),),  # spouse
    "P40": (("childOf", True),),  # child
    "P22": (("childOf", False),),  # father
    "P25": (("childOf", False),),  # mother
    "P3373": (("familyOf", False),),  # sibling
    "P19": (("bornIn", False),),  # place of birth
    "P20": (("diedIn", False),),  # place of death
    "P112": (("founded", True),),  # founded by
    "P127": (("subsidiaryOf", False),),  # owned by
    "P749": (("subsidiaryOf", False),),  # parent organization
    "P355": (("subsidiaryOf", True),),  # subsidiary
    "P137": (("operates", True),),  # operator
    "P241": (("memberOf", False),),  # military branch
    "P607": (("attended", False),),  # conflict: took part in
    "P1344": (("attended", False),),  # participant of
    "P710": (("attended", True),),  # participant
    "P50": (("wrote", True),),  # author
    "P123": (("published", True),),  # publisher
    "P449": (("published", True),),  # original broadcaster
    "P1365": (("succeeded", False),),  # replaces
    "P1366": (("succeeded", True),),  # replaced by
    "P39": (("holdsPosition", False),),  # position held
}
REDOCRED_RELATIONS = frozenset(relation for targets in REDOCRED.values() for relation, _ in targets)

KNOWLEDGENET: dict[str, tuple[str, bool]] = {
    "SPOUSE": ("spouseOf", False),
    "CHILD_OF": ("childOf", False),
    "PLACE_OF_BIRTH": ("bornIn", False),
    "PLACE_OF_RESIDENCE": ("livesIn", False),
    "EDUCATED_AT": ("educatedAt", False),
    "NATIONALITY": ("citizenOf", False),
    "POLITICAL_AFFILIATION": ("memberOf", False),
    "EMPLOYEE_OR_MEMBER_OF": ("employedBy", False),
    "CEO": ("leads", True),
    "FOUNDED_BY": ("founded", True),
    "HEADQUARTERS": ("basedIn", False),
    "SUBSIDIARY_OF": ("subsidiaryOf", False),
}

RE3D: dict[str, tuple[str, bool]] = {
    "FightingAgainst": ("foughtAgainst", False),
    "AlliesOf": ("alliedWith", False),
    "InChargeOf": ("leads", False),
    "CommWith": ("met", False),
    "Likes": ("supported", False),
    "Dislikes": ("condemned", False),
}

SYMMETRIC = frozenset(
    {"alliedWith", "familyOf", "spouseOf", "met", "spokeWith", "agreedWith", "cooperatedWith", "exercisedWith"}
)
RELATIONS = (
    "holdsPosition", "officialOf", "leads", "commands", "memberOf", "partOf", "locatedIn", "basedIn", "citizenOf",
    "alliedWith", "partyTo", "operates", "controls", "familyOf", "spouseOf", "childOf", "employedBy", "educatedAt",
    "livesIn", "subsidiaryOf", "met", "spokeWith", "visited", "hosted", "attended", "agreedWith", "signed", "supported",
    "praised", "cooperatedWith", "exercisedWith", "aided", "withdrewFrom", "released", "requested", "accused",
    "condemned", "rejected", "violated", "threatened", "protestedAgainst", "sanctioned", "deployedTo", "tested",
    "arrested", "seized", "attacked", "foughtAgainst", "killed", "claimedResponsibilityFor", "wrote", "published",
    "appointed", "resignedFrom", "founded", "bornIn", "diedIn", "acquired", "investedIn", "sued", "charged",
    "convicted", "succeeded", "condoledWith", "provoked",
)  # fmt: skip
"""The relations between entities; those whose object is a date (bornOn, diedOn, foundedOn) are read off the text by rule."""
