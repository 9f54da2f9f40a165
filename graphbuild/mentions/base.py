"""A mention, and what its finders share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphbuild.classes import classify_name, classify_noun
from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import words_between
from graphbuild.records import Form
from graphbuild.surroundings import class_in_context

PERSONAL = frozenset(
    "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself they them their theirs"
    " themselves".split()
)
NOT_IN_NAMES = frozenset("the a an this that these those its his her their our my your some any every each other fellow".split())
_EDGE = frozenset("\"'“”‘’`´.,;:!?()[]{}–—-…•*/\\|")
ACTING = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "nmod:poss"))
OF_COUNTRIES = frozenset(("government", "people"))
"""Nouns that stand for a country each time they are used."""
LONGEST_EVENT = 7
QUOTES = frozenset("\"“”'‘’")
MEMBERS = frozenset("nations countries states members partners allies contributors".split())
LONGEST_NAME = 4
UNSURE = 0.5
WHOLES = frozenset(("Alliance", "Organization", "GovernmentBody", "MilitaryForce", "ArmedGroup"))
CERTAIN = 0.95
"""Score of a name whose form leaves no doubt about its class."""
FAINT = 0.3
"""Score of a phrase that only its being repeated makes a mention."""
MISREAD = {
    "MediaOrganization": ("Organization", "Company", "Person", "Work"),
    "Company": ("Person", "Organization"),
    "PoliticalParty": ("Organization", "Alliance", "Person", "Company"),
    "ArmedGroup": ("Organization", "Company", "Person"),
    "City": ("Person", "Organization", "Country"),
    "Region": ("Person", "Organization"),
    "Facility": ("City", "Facility", "Place"),
}
"""What a name with a noun of a class behind it is often taken for."""


@dataclass(frozen=True, slots=True)
class TokenMention:
    """Tokens `start:end` of a Doc that stand for something; `root` is the head word; `label` a class of the catalogue, `certainty` how sure that is."""

    start: int
    end: int
    root: int
    form: Form
    label: str
    score: float = 1.0
    certainty: float = 1.0

    def text(self, doc: Doc) -> str:
        """Return the words."""
        return words_between(doc, self.start, self.end)


def over(found: dict[tuple[int, int], TokenMention], longer: list[TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Put longer names in the place of what they hold, but for countries."""
    for mention in longer:
        found = {key: m for key, m in found.items() if not (mention.start <= m.start and m.end <= mention.end and m.label != "Country")}
        found[mention.start, mention.end] = mention
    return found


def instead(found: dict[tuple[int, int], TokenMention], better: Iterable[TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Put mentions in the place of those that they overlap."""
    for mention in better:
        found = {key: m for key, m in found.items() if not (mention.start < m.end and m.start < mention.end)}
        found[mention.start, mention.end] = mention
    return found


def redescribed(found: dict[tuple[int, int], TokenMention], better: Iterable[TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Put descriptions in the place of those with the same head; the names within them stay."""
    for mention in better:
        found = {key: m for key, m in found.items() if m.root != mention.root or (m.form == "name" and m.label != "Group")}
        found[mention.start, mention.end] = mention
    return found


def classify(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Correct the class of a name by what it is called and by what the gazetteer knows, that of a description by its head."""
    label = mention.label
    if mention.form == "noun":
        label = classify_noun(doc[mention.root].lemma_.lower(), label)
    elif mention.form == "name":
        label = classify_name(mention.text(doc), label, mention.certainty, gazetteer)
        label = class_in_context(doc, mention.start, mention.end, label, gazetteer)
    return mention if label == mention.label else replace(mention, label=label)


def trimmed(doc: Doc, start: int, end: int, form: str) -> tuple[int, int]:
    """Cut marks, spaces, possessive endings, and the words before a name that are none of it, off the ends of a span."""
    while start < end and (is_edge(first := doc[start]) or first.is_space or (form == "name" and first.lower_ in NOT_IN_NAMES)):
        start += 1
    while start < end and (is_edge(last := doc[end - 1]) or last.is_space or (form != "pronoun" and last.tag_ == "POS")):
        end -= 1
    return start, end


def is_edge(token: Token) -> bool:
    """Tell whether a word is made of marks that no mention begins or ends with."""
    return _EDGE.issuperset(token.text)
