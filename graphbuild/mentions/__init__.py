"""From a parsed Doc to mentions: names, titles, nouns and pronouns that stand for something, each with a class."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from graphbuild.classes import ABSTRACT, ATTACKS, classify_noun
from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.language.index import spelled, words_between
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import (
    ACTING,
    CERTAIN,
    FAINT,
    LONGEST_NAME,
    MEMBERS,
    MISREAD,
    NOT_IN_NAMES,
    OF_COUNTRIES,
    PERSONAL,
    UNSURE,
    WHOLES,
    TokenMention,
    classify,
    instead,
    is_edge,
    over,
    redescribed,
    trimmed,
)
from graphbuild.mentions.bodies import (
    bodies_unseen,
    body_and_whole,
    cities_owning,
    firms_led,
    groups_within,
    is_front_of_site,
    is_government,
    is_pair,
    is_royal,
    is_shortened,
    known_bodies,
    known_groups_alone,
    known_in_full,
    named_by_noun,
    parts_of_pair,
    regimes,
    towns_unseen,
    without_owner,
)
from graphbuild.mentions.described import (
    ADDRESSED,
    all_of_them,
    between_parties,
    described_events,
    described_objects,
    described_works,
    judged_things,
    landforms,
    named_gatherings,
    own_states,
    people_and_things,
    people_together,
    titles_of_works,
    victims,
    without_clause,
    without_time,
    works_carried,
)
from graphbuild.mentions.forces import (
    behind_name,
    coalitions,
    fighters_backed,
    fighters_of_peoples,
    forces,
    known_types,
    named_task_forces,
    of_members,
    peoples,
    ship_groups,
    units_of_regiments,
    without_forces,
    without_type,
)
from graphbuild.mentions.offices import (
    after_rank,
    as_office,
    departments,
    envoys,
    fielded,
    holders_unseen,
    in_command,
    is_honorific,
    is_in_field,
    is_no_office,
    is_office_of,
    is_respect,
    is_titled_person,
    kin_named,
    memberships,
    nicknamed,
    office_and_rank,
    offices_alone,
    person_by_title,
    respected,
    titles_apart,
    unit_and_office,
    whole_office,
    whole_rank,
    with_field,
    with_first_country,
    with_plain_field,
    with_portfolio,
    with_titles,
    without_country,
    without_nationality,
    without_origin,
    without_respect,
    without_served,
    without_state,
    without_title,
    without_whole,
)
from graphbuild.names import family, words_of
from graphbuild.phrases import countries_sharing_head, is_one_of_people
from graphbuild.records import Form
from graphbuild.surroundings import FOR_PEOPLE
from graphbuild.syntax import has_copula

__all__ = ["PERSONAL", "TokenMention", "classify", "find_mentions", "sharing_head"]

_CONTINENTAL = frozenset("European African Asian Arab Western Nordic Baltic American Eurasian Pacific Gulf".split())
_CODE = 3
"""Letters in the sign of a currency."""
_MAX_COUNTRY_WORDS = 5
_HELD = frozenset("held controlled occupied run ruled administered backed supported trained equipped armed funded sponsored besieged aligned".split())
"""Participles that say, behind a hyphen, whose somebody or something is."""
_HELD_OR_LED = _HELD | {"led"}
_WHOLES_OR_PARTIES = WHOLES | {"PoliticalParty"}
_LEANING = frozenset("pro anti non".split())
_TRADES = frozenset(
    "group supplier maker giant rival firm company agency organisation organization charity watchdog operator developer subsidiary affiliate broker".split()
)
"""Nouns for what a body is, before its name."""
_HEADING = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss conj appos compound".split())
_TIMES = frozenset("time year month week day hour minute second decade century morning afternoon evening night moment date weekend".split())
_TAKEN_UP_BY_NONE = CALENDAR | _TIMES
"""Nouns that nothing else in a text takes up when they are repeated."""
_BRACKETED = (*MISREAD["MediaOrganization"], "City", "Region", "Place")
_COUNTRY_ADJACENT = frozenset(("Place", "Region", "City", "Organization", "GovernmentBody", "Group", "Country", "Person"))


def find_mentions(doc: Doc, gazetteer: Gazetteer) -> tuple[TokenMention, ...]:
    """Collect all mentions of a Doc, sorted by start, outer before inner.

    The model's spans are taken as they are but for their edges; country names and demonyms that the gazetteer knows are added
    or corrected, because a closed list beats a learned one there; titles are cut off the names of persons.
    """
    told = (m for m in _from_model(doc, gazetteer) if m.form != "noun" or doc[m.root].lemma_.lower() not in ABSTRACT)
    told = (m for m in told if m.form != "noun" or not _is_following(doc, m))
    told = (m for m in told if m.form != "pronoun" or not is_respect(doc, doc[m.start], gazetteer))
    told = (m for m in told if m.label != "Position" or m.end - m.start > 1 or not is_one_of_people(doc[m.start], gazetteer))
    told = (m for m in told if not _is_currency(doc, m) and not _is_of_continent(doc, m) and not _is_phrase(doc, m, gazetteer))
    told = (without_time(doc, without_clause(doc, m)) for m in told)
    told = (m for m in told if m.label != "Group" or not all(t.like_num for t in doc[m.start : m.end]))  # "wounding 15": nobody can tell whom
    found = {(m.start, m.end): m for m in told if not _runs_over(doc, m) and not is_honorific(doc, m, gazetteer)}
    found = instead({key: m for key, m in found.items() if not _is_creed(doc, m)}, nicknamed(doc, found, gazetteer))
    found |= {(m.start, m.end): m for m in respected(doc, found, gazetteer)}
    for mention in _countries(doc, gazetteer):
        found.update(_with_country(mention, found, doc, gazetteer))
    found = {(m.start, m.end): m for whole in found.values() for m in _told_of_people(doc, whole, gazetteer)}
    for mention in [m for m in found.values() if m.label == "Person" and m.form == "name"]:
        found.pop((mention.start, mention.end))
        for part in without_title(mention, doc, gazetteer):
            found.setdefault((part.start, part.end), part)
    found = instead(found, firms_led(doc, found, gazetteer))
    found = {key: m for key, m in found.items() if not is_pair(doc, m, found) and not is_government(doc, m, found) and not is_shortened(m, found)}
    found = {key: m for key, m in found.items() if not any(token.like_email for token in doc[m.start : m.end])}
    found = {key: m for key, m in found.items() if not is_royal(doc, m, found) and not is_titled_person(doc, m, found, gazetteer)}
    found = found | {(m.start, m.end): m for m in cities_owning(doc, found, gazetteer)}
    found = {key: part for whole in found.values() for m in without_owner(doc, whole, found) for key, part in parts_of_pair(doc, m, gazetteer)}
    found = {(m.start, m.end): m for whole in found.values() for m in body_and_whole(doc, whole, gazetteer)}
    found = over(found, list(known_in_full(doc, found, gazetteer)))
    found = over(_with_firms_joined(doc, found), list(bodies_unseen(doc, found)))
    found = instead(found, titles_of_works(doc, found))
    bodies = partial(known_bodies, gazetteer=gazetteer)
    groups = partial(known_groups_alone, gazetteer=gazetteer)
    named_regimes = partial(regimes, gazetteer=gazetteer)
    owners = partial(groups_within, gazetteer=gazetteer)
    described = (described_works, described_events, described_objects, judged_things, fighters_backed, victims, landforms, own_states, named_gatherings)
    for finder in (*described, bodies, groups, owners, of_members, coalitions, named_regimes, all_of_them, named_by_noun, ship_groups):
        found.update({(m.start, m.end): m for m in finder(doc, found)})
    found = {(m.start, m.end): m for m in between_parties(doc, found)} | found
    found = peoples(doc, found)
    found = instead(found, [*fighters_of_peoples(doc, found), *towns_unseen(doc, found)])
    found = over(found, forces(doc, found))
    for force in list(named_task_forces(doc, found)):
        found = over({(m.start, m.end): m for m in (behind_name(doc, m, force) for m in found.values())}, [force])
    found = over(found, units_of_regiments(doc, found))
    found = instead(found, works_carried(doc, found))
    found = redescribed(found, people_and_things(doc, found))
    found = people_together(doc, found)
    found = {(m.start, m.end): m for m in (without_type(doc, m) for m in found.values())}
    found |= {(m.start, m.end): m for m in known_types(doc, found, gazetteer)}
    found = {(m.start, m.end): m for whole in found.values() for m in as_office(doc, after_rank(doc, classify(doc, whole, gazetteer), gazetteer), gazetteer)}
    found = instead(found, without_origin(doc, found))
    names = {m.start: m.end for m in found.values() if m.label == "Person" and m.form == "name"}
    found = {key: m for key, m in found.items() if not is_no_office(doc, m, gazetteer, names)}
    found = {key: m for key, m in found.items() if m.label != "Facility" or not is_shortened(m, found)}  # "Qayyarah" of "Qayyarah airfield"
    found = {key: m for key, m in found.items() if not is_front_of_site(doc, m, found, gazetteer)}
    found = {(m.start, m.end): m for whole in found.values() if not is_office_of(doc, whole, found) for m in titles_apart(doc, whole, gazetteer)}
    found = instead(found, [m for whole in found.values() if (m := whole_rank(doc, whole_office(doc, whole, gazetteer), gazetteer)) is not whole])
    found = instead(found, list(fielded(doc, found, gazetteer)))
    found = with_titles(doc, found, gazetteer)
    found = {(m.start, m.end): m for m in (in_command(doc, without_respect(doc, m, gazetteer)) for m in found.values())}
    found = {(m.start, m.end): m for whole in found.values() for m in unit_and_office(doc, whole, found)}
    found = {(m.start, m.end): m for whole in found.values() for part in titles_apart(doc, whole, gazetteer) for m in office_and_rank(doc, part, gazetteer)}
    found = instead(found, [m for whole in found.values() if (m := with_field(doc, whole, found, gazetteer)) is not whole])
    found = {(m.start, m.end): m for m in (with_portfolio(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in (with_plain_field(doc, without_state(doc, m), found) for m in found.values())}
    found = {key: m for key, m in found.items() if not is_in_field(doc, m, found)}
    found = {(m.start, m.end): m for m in (without_served(doc, without_whole(doc, without_country(doc, m, found), found), found) for m in found.values())}
    found = instead(found, [without_respect(doc, m, gazetteer) for m in departments(doc, found, gazetteer)])
    found = _with_offices(doc, found)
    found = {(m.start, m.end): m for m in (with_first_country(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in (person_by_title(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in offices_alone(doc, found, gazetteer)} | found
    found = {(m.start, m.end): m for m in holders_unseen(doc, found)} | found
    found = {(m.start, m.end): m for m in (without_forces(doc, _agency(doc, _acting_capital(doc, m, gazetteer))) for m in found.values())}
    found = instead(found, _sharing_a_head(doc, gazetteer))
    for mention in _pronouns(doc, gazetteer):
        found.setdefault((mention.start, mention.end), mention)
    found = {(m.start, m.end): m for m in _repeated_phrases(doc, found)} | found
    found = {key: m for key, m in found.items() if not _repeats_name(doc, m, found)}
    found = {key: m for key, m in found.items() if not _runs_on(doc, m, found)}
    found = _as_named_in_full(doc, _named_elsewhere(doc, found))
    found = _named_again(doc, found)
    return tuple(sorted(found.values(), key=lambda m: (m.start, -m.end)))


def _told_of_people(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Read names by what stands at them as people: by where they come from, or as somebody's kin."""
    named = mention.form == "name" and family(mention.label) in ("person", "organization")
    yield from without_nationality(doc, mention, gazetteer) if named else (kin_named(doc, mention),)


def _with_offices(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Add the offices that are told by whom or what they are of, and take from what stands inside them only other offices."""
    for office in (*envoys(doc, found), *memberships(doc, found)):
        inside = (m for m in found.values() if office.start <= m.start and m.end <= office.end and m.label == "Position")
        for other in list(inside):
            del found[other.start, other.end]
        found[office.start, office.end] = office
    return found


def _is_following(doc: Doc, mention: TokenMention) -> bool:
    """Recognise what is only to come: "the following statement"."""
    return "following" in (doc[mention.start].lower_, doc[min(mention.start + 1, mention.end - 1)].lower_)


def _is_of_continent(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether what was taken for a body only says from which part of the world others are: "European leaders"."""
    alone = mention.end - mention.start == 1 and family(mention.label) == "organization" and doc[mention.root].dep_ in ("amod", "compound")
    return alone and doc[mention.root].text in _CONTINENTAL


def _is_phrase(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether what was taken for a country is a phrase with countries in it: "U.S. support for Sweden"."""
    if mention.label != "Country" or mention.form != "name" or mention.end - mention.start < LONGEST_NAME or gazetteer.country(mention.text(doc)) is not None:
        return False
    return any(t.is_lower and t.pos_ in ("NOUN", "VERB") for t in doc[mention.start : mention.end])


def _is_currency(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is the sign of a currency before its amount: "AUD 15 million"."""
    text, after = mention.text(doc), doc[mention.end : mention.end + 1]
    return len(text) == _CODE and text.isupper() and bool(len(after)) and after[0].pos_ == "NUM" and mention.end - mention.start == 1


def _is_creed(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is that of a faith or doctrine, or what every country is: "Islam", "Buddhism", "our Nation" are neither places nor somebody."""
    word = doc[mention.start].lower_
    if mention.form != "name" or mention.end - mention.start > 1:
        return False
    addressed = word in ADDRESSED and mention.start > 0 and doc[mention.start - 1].lower_ in ("all", "other")  # "all States"
    return addressed or word in ("islam", "nation") or word.endswith("ism")


def sharing_head(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Entry | None:
    """Return the country whose name shares its last word with the next: the first of "North and South Korea"."""
    last = doc[mention.end + 2].text if mention.end + 2 < len(doc) and doc[mention.end].lower_ == "and" else ""
    return gazetteer.country(f"{mention.text(doc)} {last}") if last else None


def _sharing_a_head(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find two countries that share the last word of their names: "North and South Korea"."""
    for first in countries_sharing_head(doc, gazetteer):
        yield TokenMention(first, first + 1, first, "name", "Country", CERTAIN)
        yield TokenMention(first + 2, first + 4, first + 3, "name", "Country", CERTAIN)


def _runs_on(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Recognise a description with the clause behind it, where it is found without that too: "an opinion piece published today"."""
    if mention.form != "noun":
        return False
    inner = [m for m in found.values() if m.form == "noun" and m.root == mention.root and m.start == mention.start and m.end < mention.end]
    return any(doc[m.end].dep_ in ("acl", "acl:relcl") or doc[m.end].head.dep_ == "acl:relcl" for m in inner)


def _named_elsewhere(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Read as a name what the model takes for a description here and for a name elsewhere, article and possessive ending aside: "Chrome", "DAB's"."""
    names: dict[tuple[str, ...], TokenMention] = {}
    for mention in found.values():
        if mention.form == "name" and mention.label not in ("Position", "Group"):
            names.setdefault(words_of(mention.text(doc)), mention)
    out = dict(found)
    for mention in found.values():
        if mention.form != "noun" or doc[mention.root].tag_ not in ("NNP", "NNPS") or doc[mention.root].is_lower:
            continue
        start, end = trimmed(doc, mention.start, mention.end, "name")
        named = names.get(words_of(words_between(doc, start, end))) if start < end else None
        if named is not None and found.get((start, end), mention) is mention:
            del out[mention.start, mention.end]
            out[start, end] = replace(named, start=start, end=end, root=mention.root)
    return out


def _with_firms_joined(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Read two names with "&" between them as that of one firm: "Kell & Strand"."""
    names = [m for m in found.values() if m.form == "name" and m.label in ("Company", "Organization", "Person")]
    ends, starts = {m.end: m for m in names}, {m.start: m for m in names}
    pairs = [(ends[t.i], starts[t.i + 1]) for t in spelled(doc, ("&",)) if t.i in ends and t.i + 1 in starts]
    return over(found, [TokenMention(a.start, b.end, doc[a.start : b.end].root.i, "name", "Company", CERTAIN) for a, b in pairs])


def _as_named_in_full(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Read as a person who is called by the surname alone, and taken for a place or body: "denounced Lind", where the text names "Ana Lind"."""
    people = {doc[m.end - 1].text for m in found.values() if m.form == "name" and m.label == "Person" and m.end - m.start > 1}
    out = dict(found)
    for key, mention in found.items():
        alone = mention.form == "name" and mention.end - mention.start == 1 and mention.label in FOR_PEOPLE and mention.text(doc) in people
        if alone and doc[mention.root].dep_ in ACTING and not any(c.dep_ in ("case", "det") and c.tag_ != "POS" for c in doc[mention.root].children):
            out[key] = replace(mention, label="Person")
    return out


def _named_again(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Add the names of persons and bodies in several words that the model passes over where they are said again: in lists, in captions."""
    told = (m for m in found.values() if m.form == "name" and m.end - m.start > 1 and family(m.label) in ("person", "organization"))
    names = {tuple(t.text for t in doc[m.start : m.end]): m for m in told if doc[m.start].text[0].isupper() and doc[m.end - 1].text[0].isupper()}
    if not names:
        return found
    named = {i for m in found.values() if m.form == "name" and m.label != "Country" for i in range(m.start, m.end)}  # "Georgian" in "Georgian Dream"
    firsts: dict[str, list[tuple[str, ...]]] = {}
    for words in names:
        firsts.setdefault(words[0], []).append(words)
    out = dict(found)
    for token in doc:
        for words in sorted(firsts.get(token.text, ()), key=len, reverse=True):
            end = token.i + len(words)
            if named.isdisjoint(range(token.i, end)) and tuple(t.text for t in doc[token.i : end]) == words:
                out[token.i, end] = replace(names[words], start=token.i, end=end, root=doc[token.i : end].root.i)
                named.update(range(token.i, end))
                break
    return out


def _repeated_phrases(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find noun phrases that the model passes over and whose head the text has more than once, so that one may take up the other: "the spill"."""
    taken = {m.root for m in found.values()} | {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    heads = [t for t in doc if (t.tag_ in ("NN", "NNS") or _is_called(t)) and t.dep_ in _HEADING and t.lemma_.lower() not in _TAKEN_UP_BY_NONE]
    count = Counter((t.lemma_.lower(), t.tag_) for t in heads)
    for token in heads:
        if token.i in taken or count[token.lemma_.lower(), token.tag_] < 2 or not token.is_alpha or has_copula(token) or token.lower_ in OF_COUNTRIES:
            continue
        start = min([token.i, *(c.i for c in token.children if c.i < token.i and c.dep_ in ("det", "amod", "compound", "nmod:poss", "nummod"))])
        yield TokenMention(start, token.i + 1, token.i, "noun", classify_noun(token.lemma_.lower(), "Other"), FAINT)


def _is_called(word: Token) -> bool:
    """Recognise what is called by its kind in capitals: "the Court", "this Agreement"."""
    plain = word.tag_ in ("NNP", "NNPS") and not any(c.dep_ in ("compound", "flat", "appos") for c in word.children)
    return plain and any(c.dep_ == "det" and c.lower_ in ("the", "this") for c in word.children)


def _repeats_name(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Recognise a description that is only a name with its article: "the Korean forces" beside "Korean forces"."""
    if mention.form != "noun":
        return False
    start = next((i for i in range(mention.start, mention.end) if doc[i].pos_ != "DET"), mention.end)
    inner = found.get((start, mention.end)) if start > mention.start else None
    return inner is not None and inner.form == "name"


def _from_model(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    for span in doc.spans.get("mentions", ()):
        told_of = span._
        form = told_of.form
        first, last = _name_in(span, gazetteer) if form == "name" else (span.start, span.end)
        start, end = trimmed(doc, first, _with_hyphen(doc, last) if span.label_ == "Person" and form == "name" else last, form)
        if start < end:
            root = doc[start:end].root
            attack = form == "name" and span.label_ in ("Vehicle", "Weapon") and root.pos_ == "NOUN" and root.lemma_.lower() in ATTACKS
            told: Form
            told, label = ("noun", "Event") if attack else (form, span.label_)  # "an Israeli airstrike"
            yield TokenMention(start, end, root.i, told, label, told_of.score, told_of.certainty)
            if form == "name" and doc[min(end, len(doc) - 1)].lower_ == "in" and span.label_ in ("City", "Facility") and end + 1 < span.end:
                yield TokenMention(end + 1, span.end, doc[end + 1 : span.end].root.i, "name", "City", UNSURE, UNSURE)


def _with_hyphen(doc: Doc, end: int) -> int:
    """Add the second half of a name with a hyphen that was cut off: "Kwok Ka" before "-ki"."""
    if end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        half = doc[end + 1]
        named = half.tag_ in ("NNP", "NNPS") and doc[end - 1].tag_ == "NNP"
        return end + 2 if named or (half.is_lower and half.dep_ == "flat") else end
    return end


def _name_in(span: Span, gazetteer: Gazetteer) -> tuple[int, int]:
    """Return the part of a name that is one: what is "based" somewhere, and what lies somewhere, are names without that."""
    last = min(_before_comma(span), _before_city(span, gazetteer), _before_members(span, gazetteer), _before_body(span), _before_aside(span))
    district = span.text == "Washington" and [t.text for t in span.doc[span.end : span.end + 2]] in ([",", "D.C."], [",", "DC"])
    first = max(_after_base(span), _after_held(span, gazetteer), _after_trade(span), _after_country(span, gazetteer), _after_leaning(span))
    return first, last + 2 * district


def _after_country(span: Span, gazetteer: Gazetteer) -> int:
    """Cut the country that an office is of, or where somebody is from, off the front of a name: "President of China Li Wei", "Briton Ana Lind"."""
    if span.label_ != "Person" or len(span) < 3:
        return span.start
    of = span.start > 1 and span.doc[span.start - 1].lower_ == "of" and gazetteer.country(span[0].text) is not None
    return span.start + (of or is_one_of_people(span[0], gazetteer))


def _after_leaning(span: Span) -> int:
    """Cut for or against whom others are off the front of a name: "Non-NATO" allies, "the pro-European Dignity bloc"; "Anti-Corruption Bureau" is a name."""
    if len(span) < 3 or span[0].lower_ not in _LEANING or span[1].text not in ("-", "–"):
        return span.start
    if len(span) == 3:
        return span.start + 2
    return span.start + 3 * (span[0].text == "pro" and span[3].is_title)


def _before_members(span: Span, gazetteer: Gazetteer) -> int:
    """Cut "nations" off "Coalition nations", and "Allies" off "NATO Allies": those who belong to a body are not the body."""
    last = span[-1]
    if len(span) < 2 or span.label_ != "Alliance" or last.text.lower() not in MEMBERS:
        return span.end
    listed = any(family(e.type) == "organization" for e in gazetteer.lookup(span[:-1].text))
    return span.end - (listed or span[-2].lower_ in ("coalition", "alliance", "bloc"))


def _after_base(span: Span) -> int:
    """Cut "London-based" off the front of a name."""
    based = next((t.i for t in span if t.lower_ == "based" and t.i > span.start + 1), None)
    return based + 1 if based is not None and span.doc[based - 1].text == "-" and based + 1 < span.end else span.start


def _after_held(span: Span, gazetteer: Gazetteer) -> int:
    """Cut whose a force or place is off the front of its name: "UAE-backed Giants Brigade", "insurgent-held Karabilah"; "Saudi-led coalition" is a name."""
    held = next((t.i for t in span if t.lower_ in _HELD_OR_LED and t.i > span.start + 1 and t.nbor(-1).text in ("-", "–")), None)
    behind = span.doc[held + 1] if held is not None and held + 1 < span.end else None
    if behind is None or not behind.text[0].isupper():
        return span.start
    led = span.doc[behind.i - 1].lower_ == "led" and not gazetteer.lookup(words_between(span.doc, behind.i, span.end), _WHOLES_OR_PARTIES)  # "Russian-led CSTO"
    return span.start if led else behind.i


def _after_trade(span: Span) -> int:
    """Cut what a body does off the front of its name: "Tesla supplier Kobold Industries", "Aid group Clean Wells"."""
    if family(span.label_) != "organization":
        return span.start
    trade = max((t.i for t in span[1:-1] if t.is_lower and t.tag_ == "NN" and t.lower_ in _TRADES), default=span.start - 1)
    return trade + 1 if span.doc[trade + 1].is_title or span.doc[trade + 1].is_upper else span.start


def _before_body(span: Span) -> int:
    """Cut the body that somebody belongs to off their name: "Ana Lind of the Labour Party"."""
    cut = next((t.i for t in span[2:] if t.lower_ == "of"), span.end) if span.label_ == "Person" else span.end
    return cut if all(t.is_title for t in span.doc[span.start : cut]) else span.end


def _before_comma(span: Span) -> int:
    """Cut "Honiara, Solomon Islands" before the comma, "Camp Lind in Bam" before the preposition: the larger place is a name of its own."""
    if span.label_ in ("City", "Region", "Place", "Facility", "Country"):
        apart = (",", "from", "in") if span.label_ in ("City", "Facility") and span[0].is_title and span[-1].is_title else (",", "from")
        return next((t.i for t in span if t.i > span.start and t.lower_ in apart), span.end)
    return span.end


def _before_city(span: Span, gazetteer: Gazetteer) -> int:
    """Cut "International Court of Justice in The Hague" before the preposition: the city is a name of its own, a country may be part of the name."""
    cuttable = span.label_ == "Event" or family(span.label_) == "organization"
    if not cuttable or span.label_ == "Group":
        return span.end
    places = [t.i for t in span if t.lower_ in ("in", "at") and t.i > span.start]
    if not places or gazetteer.lookup(span.text):
        return span.end
    cities = {s.start for s in span.doc.spans["mentions"] if s.label_ == "City" and s.end == span.end and s.start > span.start + 1}
    cut = next((i for i in places if {i + 1, i + 2} & cities), None)
    return cut if cut is not None and any(t.text[0].isupper() for t in span.doc[span.start : cut]) else span.end


def _before_aside(span: Span) -> int:
    """Cut what a clause goes on with off a name: "Progress Front, in the presence of …", "protocol on Tuesday", "Almaty after returning"."""
    if span.label_ in ("Work", "Position"):
        return span.end
    body = family(span.label_) == "organization" and span.label_ != "Group"
    aside = (t.i for t in span[1:-1] if body and t.text == "," and t.nbor(1).is_lower and t.nbor(1).is_alpha and t.nbor(1).lower_ != "and")
    day = (t.i for t in span[1:-1] if t.lower_ == "on" and t.nbor(1).lower_ in CALENDAR)
    later = (t.i for t in span[1:-1] if family(span.label_) == "place" and t.lower_ in ("after", "before", "while", "when"))
    return min([span.end, *aside, *day, *later])


def _is_between_names(token: Token, mention: TokenMention) -> bool:
    """Tell whether a participle in a name parts two: "UN updated Security Council" is read so for want of the tense."""
    return mention.start < token.i < mention.end - 1 and token.nbor(-1).tag_ == token.nbor(1).tag_ == "NNP"


def _runs_over(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is none because a clause runs through it: it holds a finite verb or one side of a bracket."""
    if mention.form != "name" or mention.label in ("Work", "Event", "Group", "Agreement"):
        return False
    words = list(doc[mention.start : mention.end])
    finite = any(t.is_lower and (t.tag_ in ("VBZ", "VBP", "VBD", "MD") or (t.tag_ == "VBN" and _is_between_names(t, mention))) for t in words)
    return finite or sum(t.text in "([" for t in words) != sum(t.text in ")]" for t in words)


def _countries(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find country names, demonyms and abbreviations, longest first."""
    position = 0
    text, tokens = doc.text, list(doc)
    capital = [not token.is_lower and any(c.isupper() for c in token.text) for token in tokens]
    ends = [-1 if is_edge(token) or token.is_space or token.tag_ == "POS" else token.idx + len(token) for token in tokens]
    starts = [-1 if end < 0 or token.lower_ in NOT_IN_NAMES else token.idx for token, end in zip(tokens, ends, strict=True)]
    while position < len(tokens):
        start = starts[position]
        likely = start >= 0 and any(capital[position : position + _MAX_COUNTRY_WORDS]) and gazetteer.may_begin_country(tokens[position].text_with_ws)
        longest = min(_MAX_COUNTRY_WORDS, len(tokens) - position) if likely else 0
        lengths = (n for n in range(longest, 0, -1) if any(capital[position : position + n]) and ends[position + n - 1] >= 0)
        length = next((n for n in lengths if _is_country(text[start : ends[position + n - 1]], gazetteer)), 0)
        if length:
            yield TokenMention(position, position + length, doc[position : position + length].root.i, "name", "Country")
        position += max(1, length)


def _is_country(form: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.country(form) is not None or _is_shared_demonym(form, gazetteer)


def _is_shared_demonym(form: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a form is a demonym of several countries, which those named around it will decide: "Korean"."""
    demonym = gazetteer.demonym_of(form) if gazetteer.is_ambiguous(form) else None
    return demonym is not None and demonym.adjective


def _is_people(doc: Doc, country: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether what the model took for a person is a country or its people: "Palau", "the Turks"; not "Jordan", "two Syrians"."""
    text = country.text(doc)
    demonym = gazetteer.demonym_of(text)
    if demonym is not None and demonym.plural:
        return country.start > 0 and doc[country.start - 1].lower_ == "the"
    return gazetteer.gender(text) is None or country.end - country.start > 1  # "Timor-Leste", whatever "Timor" may be


def _with_country(country: TokenMention, found: dict[tuple[int, int], TokenMention], doc: Doc, gazetteer: Gazetteer) -> dict[tuple[int, int], TokenMention]:
    key = (country.start, country.end)
    same = found.get(key)
    if same and (same.label not in _COUNTRY_ADJACENT or (same.label == "Person" and not _is_people(doc, country, gazetteer))):
        return {}
    inside = [m for m in found.values() if m.form == "name" and m.start <= country.start and country.end <= m.end and (m.start, m.end) != key]
    if any(m.label in ("Person", "City", "Work", "Facility") for m in inside):
        return {}
    crossing = any(m.start < country.start < m.end < country.end or country.start < m.start < country.end < m.end for m in found.values())
    return {} if crossing else {key: replace(country, score=same.score if same else 1.0)}


def _acting_capital(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read the capital that acts, and that the model took for a person, as the country: "Rabat called the step unjustified"."""
    if mention.label != "Person" or mention.form != "name" or mention.end - mention.start > 2 or doc[mention.root].dep_ not in ACTING:
        return mention
    text = mention.text(doc)
    alone = gazetteer.metonym_of(text) is not None and gazetteer.gender(text) is None
    return replace(mention, label="Country") if alone else mention


def _agency(doc: Doc, mention: TokenMention) -> TokenMention:
    """Read a name in brackets before a dash as that of the agency: "SEOUL, July 2 (Yonhap) --"."""
    around = [doc[i].text for i in (mention.start - 1, mention.end, mention.end + 1) if 0 <= i < len(doc)]
    bracketed = len(around) == 3 and around[:2] == ["(", ")"] and around[2] in ("-", "--", "–", "—")
    return replace(mention, label="MediaOrganization") if bracketed and mention.label in _BRACKETED else mention


def _pronouns(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    for token in doc:
        if token.lower_ in PERSONAL and token.tag_ in ("PRP", "PRP$") and not is_respect(doc, token, gazetteer):
            yield TokenMention(token.i, token.i + 1, token.i, "pronoun", "Person" if token.lower_ in _PERSON_PRONOUNS else "", 0.5)


_PERSON_PRONOUNS = frozenset("i me my mine myself he him his himself she her hers herself".split())
