"""One construction a case, on hand-written trees: what the frames find, and what they leave alone."""

import pytest

from tests.trees import facts

CASES = {
    "active": (
        """
        Okoye NNP 2 nsubj Person
        met VBD 0 root =meet
        Lindqvist NNP 2 obj Person
        . . 2 punct
        """,
        {"Okoye met Lindqvist"},
    ),
    "object by a preposition": (
        """
        Okoye NNP 2 nsubj Person
        conferred VBD 0 root =confer
        with IN 4 case
        Lindqvist NNP 2 obl Person
        """,
        {"Okoye met Lindqvist"},
    ),
    "passive with agent": (
        """
        Tamale NNP 3 nsubj:pass City
        was VBD 3 aux:pass =be
        attacked VBN 0 root =attack
        by IN 5 case
        Anvil NNP 3 obl:agent ArmedGroup
        """,
        {"Anvil attacked Tamale"},
    ),
    "passive without agent says nobody did it": (
        """
        Tamale NNP 3 nsubj:pass City
        was VBD 3 aux:pass =be
        attacked VBN 0 root =attack
        """,
        set(),
    ),
    "relative clause, subject": (
        """
        Anvil NNP 0 root ArmedGroup
        , , 4 punct
        which WDT 4 nsubj
        attacked VBD 1 acl:relcl =attack
        Tamale NNP 4 obj City
        """,
        {"Anvil attacked Tamale"},
    ),
    "relative clause, object": (
        """
        Okoye NNP 0 root Person
        , , 5 punct
        whom WP 5 obj
        Lindqvist NNP 5 nsubj Person
        met VBD 1 acl:relcl =meet
        """,
        {"Lindqvist met Okoye"},
    ),
    "reduced relative": (
        """
        Tamale NNP 0 root City
        , , 3 punct
        attacked VBN 1 acl =attack
        by IN 5 case
        Anvil NNP 3 obl:agent ArmedGroup
        """,
        {"Anvil attacked Tamale"},
    ),
    "participle": (
        """
        Anvil NNP 0 root ArmedGroup
        attacking VBG 1 acl =attack
        Tamale NNP 2 obj City
        """,
        {"Anvil attacked Tamale"},
    ),
    "subject control is a plan": (
        """
        Okoye NNP 2 nsubj Person
        agreed VBD 0 root =agree
        to TO 4 mark
        visit VB 2 xcomp
        Tamale NNP 4 obj City
        """,
        {"Okoye visited Tamale [planned]"},
    ),
    "object control": (
        """
        Okoye NNP 2 nsubj Person
        urged VBD 0 root =urge
        Lindqvist NNP 2 obj Person
        to TO 5 mark
        visit VB 2 xcomp
        Tamale NNP 5 obj City
        """,
        {"Okoye requested Lindqvist", "Lindqvist visited Tamale [planned]"},
    ),
    "implicative control is a fact": (
        """
        Okoye NNP 2 nsubj Person
        managed VBD 0 root =manage
        to TO 4 mark
        visit VB 2 xcomp
        Tamale NNP 4 obj City
        """,
        {"Okoye visited Tamale"},
    ),
    "coordinated objects": (
        """
        Okoye NNP 2 nsubj Person
        met VBD 0 root =meet
        Lindqvist NNP 2 obj Person
        and CC 5 cc
        Tanaka NNP 3 conj Person
        """,
        {"Okoye met Lindqvist", "Okoye met Tanaka"},
    ),
    "coordinated verbs share their subject": (
        """
        Okoye NNP 2 nsubj Person
        visited VBD 0 root =visit
        Tamale NNP 2 obj City
        and CC 5 cc
        met VBD 2 conj =meet
        Lindqvist NNP 5 obj Person
        """,
        {"Okoye visited Tamale", "Okoye met Lindqvist"},
    ),
    "plural subject of a symmetric verb": (
        """
        Okoye NNP 4 nsubj Person
        and CC 3 cc
        Lindqvist NNP 1 conj Person
        met VBD 0 root =meet
        """,
        {"Okoye met Lindqvist"},
    ),
    "light verb": (
        """
        Okoye NNP 2 nsubj Person
        held VBD 0 root =hold
        talks NNS 2 obj =talk
        with IN 5 case
        Lindqvist NNP 3 nmod Person
        """,
        {"Okoye met Lindqvist"},
    ),
    "nominal with between": (
        """
        Talks NNS 6 nsubj =talk
        between IN 3 case
        Okoye NNP 1 nmod Person
        and CC 5 cc
        Lindqvist NNP 3 conj Person
        ended VBD 0 root =end
        """,
        {"Okoye met Lindqvist"},
    ),
    "possessor of an event noun": (
        """
        Okoye NNP 3 nmod:poss Person
        's POS 1 case
        visit NN 6 nsubj
        to IN 5 case
        Tamale NNP 3 nmod City
        ended VBD 0 root =end
        """,
        {"Okoye visited Tamale"},
    ),
    "adverbial meeting takes the subject of its clause": (
        """
        Okoye NNP 2 nsubj Person
        spoke VBD 0 root =comment
        after IN 5 case
        a DT 5 det
        meeting NN 2 obl
        with IN 7 case
        Lindqvist NNP 5 nmod Person
        """,
        {"Okoye met Lindqvist"},
    ),
    "negation": (
        """
        Okoye NNP 4 nsubj Person
        did VBD 4 aux =do
        not RB 4 advmod
        meet VB 0 root
        Lindqvist NNP 4 obj Person
        """,
        {"Okoye met Lindqvist [denied]"},
    ),
    "refusal": (
        """
        Okoye NNP 2 nsubj Person
        refused VBD 0 root =refuse
        to TO 4 mark
        meet VB 2 xcomp
        Lindqvist NNP 4 obj Person
        """,
        {"Okoye met Lindqvist [denied]"},
    ),
    "future": (
        """
        Okoye NNP 3 nsubj Person
        will MD 3 aux
        meet VB 0 root
        Lindqvist NNP 3 obj Person
        """,
        {"Okoye met Lindqvist [planned]"},
    ),
    "indirect speech about others": (
        """
        Tanaka NNP 2 nsubj Person
        said VBD 0 root =say
        Anvil NNP 4 nsubj ArmedGroup
        attacked VBD 2 ccomp =attack
        Tamale NNP 4 obj City
        """,
        {"Anvil attacked Tamale [reported]"},
    ),
    "title before a name, country before the title": (
        """
        Ghanaian JJ 4 amod Country
        Foreign NNP 3 compound Position/2
        Minister NNP 4 nmod:desc
        Okoye NNP 5 nsubj Person
        spoke VBD 0 root =comment
        """,
        {"Okoye holdsPosition Foreign Minister", "Okoye officialOf Ghana"},
    ),
    "apposition after a name": (
        """
        Okoye NNP 8 nsubj Person
        , , 4 punct
        the DT 4 det
        commander NN 1 appos Position
        of IN 6 case
        Sentinel NNP 4 nmod MilitaryForce
        , , 4 punct
        spoke VBD 0 root =comment
        """,
        {"Okoye holdsPosition Commander", "Okoye commands Sentinel"},
    ),
    "copula": (
        """
        Okoye NNP 4 nsubj Person
        is VBZ 4 cop =be
        the DT 4 det
        president NN 0 root Position
        of IN 6 case
        Ghana NNP 4 nmod Country
        """,
        {"Okoye holdsPosition President", "Okoye leads Ghana"},
    ),
    "compound alliance": (
        """
        The DT 5 det
        Ghanaian JJ 5 amod Country
        - HYPH 4 punct
        Malian JJ 5 amod Country
        alliance NN 6 nsubj
        holds VBZ 0 root =hold
        """,
        {"Ghana alliedWith Mali"},
    ),
    "class refuses": (
        """
        Sales NNS 2 nsubj
        met VBD 0 root =meet
        expectations NNS 2 obj
        """,
        set(),
    ),
    "accusation of an act": (
        """
        Ghana NNP 2 nsubj Country
        accused VBD 0 root =accuse
        Anvil NNP 2 obj ArmedGroup
        of IN 5 mark
        attacking VBG 2 advcl =attack
        Tamale NNP 5 obj City
        """,
        {"Ghana accused Anvil", "Anvil attacked Tamale [reported]"},
    ),
}


@pytest.mark.parametrize(("table", "expected"), CASES.values(), ids=CASES.keys())
def test_construction(table: str, expected: set[str]) -> None:
    assert facts(table) == expected
