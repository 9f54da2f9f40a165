"""Repairs of trees where labels contradict each other: each arc is labelled by itself, and the grammar knows what cannot stand together.

None of these looks at words beyond the closed classes (prepositions, relative pronouns, days and months) and verbs of saying, being and going.
"""

from spacy.tokens import Doc, Token

from graphbuild.language.repairs import clauses, items, labels, names, phrases
from graphbuild.language.repairs.moves import SUBJECTS, by_label, carry_out, hang, labelled, relabel

_PASSES = (
    (names.unjoined, "appos"),
    (names.listed_names, "conj"),
    (names.second_lists, "appos"),
    (names.described_names, "nmod:desc"),
    (names.lone_conjuncts, "appos"),
    (phrases.parted, "case"),
    (phrases.hidden_phrases, "nmod"),
    (clauses.hung_ahead, "acl"),
    (phrases.strayed_agents, "obl:agent"),
    (names.renamed_subjects, "appos"),
    (names.titles_beside, "nmod:desc"),
    (names.torn_names, "nsubj"),
    (clauses.torn_pronouns, "nsubj"),
    (phrases.crossing, "obl"),
    (clauses.told_clauses, "acl"),
    (names.misread_appositions, "appos"),
    (names.roles_apart, "appos"),
    (names.kinds_behind_names, "appos"),
    (names.second_roles, "conj"),
    (names.appositions_of_nearest, "appos"),
    (clauses.strayed, "nsubj"),
    (clauses.told_on, "conj"),
    (clauses.told_off, "conj"),
    (names.joined_parts, "conj"),
    (names.joined_roles, "conj"),
    (clauses.predicates_joined, "conj"),
    (clauses.suspects, "acl"),
    (clauses.suffered, "acl"),
    (clauses.finite_joined, "conj"),
    (clauses.bare_joined, "conj"),
)
"""Finders of words that hang wrong, each with the label that they are to have."""
_REBUILT = (
    phrases.included,
    phrases.terms_of_office,
    phrases.prepositions_behind,
    phrases.before_that,
    phrases.together_with,
    clauses.having_done,
    clauses.shared_beneficiary,
    names.announced,
    clauses.as_did,
    names.beneath_names,
    phrases.beyond_source,
    phrases.called_on,
    phrases.each_with_its_own,
    names.envoys_to,
    clauses.gerunds_of,
    clauses.participles_behind,
    clauses.seated_behind,
    names.commanding,
    names.possessors_joined,
    clauses.reduced,
    clauses.reduced_behind,
    names.subjects_renaming,
    names.behind_fronted,
    names.headline_pairs,
    names.joined_subjects,
    names.subjects_joined,
    names.joined_later,
    phrases.bound_particles,
    names.turned_appositions,
    clauses.below_auxiliaries,
    phrases.cut_off_by_preposition,
    clauses.strayed_relatives,
    clauses.said_between,
    clauses.done_to_objects,
    clauses.behind_gerunds,
    clauses.relatives,
    clauses.told_in_passing,
    clauses.quoted_behind,
    clauses.where_clauses,
    clauses.whose_predicates,
    names.kinds_between,
    names.children_born,
    names.names_of_objects,
    clauses.whose_deeds,
    clauses.places_acting,
    phrases.second_phrases,
    clauses.whose_titled,
    clauses.whose_named,
    clauses.whose_clauses,
    clauses.whereabouts,
    clauses.joined_relatives,
    clauses.before_infinitives,
    clauses.due_to_have,
    clauses.called_so,
    clauses.of_countries,
    clauses.predicated_relatives,
    clauses.speakers_beside,
    names.behind_openings,
    clauses.which_clauses,
    clauses.clauses_of_deeds,
    clauses.clauses_of_gatherings,
    clauses.held_by,
    clauses.some_of_whom,
    phrases.deeds_by,
    phrases.joined_agents,
    names.craft_named,
    names.owners_of_offices,
    clauses.appositions_of_places,
    clauses.nearest_described,
    clauses.within_relatives,
    clauses.finite_behind_gerunds,
    clauses.clauses_of_pacts,
    clauses.pacts_made,
    clauses.reduced_objects,
    clauses.beyond_clauses,
    names.titles_hung_back,
    names.speakers_apposed,
    clauses.semicolons,
    clauses.days_within,
    phrases.led_subjects,
    names.titled_pairs,
    phrases.beyond_adjectives,
    phrases.beyond_agents,
    phrases.beyond_worth,
    clauses.result_of_alleged,
    phrases.drawn_on,
    phrases.given_to_next,
    names.behind_second,
    phrases.hung_back,
    phrases.agents_of_none,
    phrases.held_between,
    phrases.agents_behind,
    phrases.agents_below,
    phrases.roles_with_as,
    phrases.nouns_joined,
    phrases.beside_roles,
    phrases.agents_with_of,
    phrases.speakers_behind_gerund,
    phrases.doers_of_objects,
    clauses.told_to,
    clauses.asked_to,
    phrases.behind_terms,
    clauses.beyond_parenthesis,
    phrases.unmarked,
    clauses.told_pronouns,
    clauses.verbless,
    clauses.fired_tests,
    clauses.disputed_charges,
    clauses.charges,
    clauses.joined_acts,
    clauses.series,
    clauses.told_alike,
    names.new_subjects,
    clauses.joined_below,
    clauses.behind_relatives,
    clauses.dismissed_as,
    clauses.said_within,
    clauses.fronted,
    clauses.asked_first,
)
"""Finders that say where each word of a construction belongs."""


def _relabel(words: list[Token]) -> None:
    for word in words:
        label = labels.needed_label(word)
        if label is not None:
            relabel(word, label)


def repair(doc: Doc) -> None:
    """Mend the labels (and, of some constructions, the arcs) of a Doc in place, in text order."""
    by_label.cache_clear()  # the Doc may have been read before
    labels.nouns_after_verbs(doc)
    labels.gerunds(doc)
    labels.nouns_in_ing(doc)
    labels.nationals(doc)
    carry_out(labels.kinds_of_craft(doc))
    carry_out(labels.prefixed(doc))
    carry_out(labels.freeing(doc))
    carry_out(labels.infinitives(doc))
    items.items(doc)
    carry_out(phrases.leading_names(doc))
    labels.copulas(doc)
    _relabel(labelled(doc, *SUBJECTS, "obj", "iobj", "compound", "obl", "obl:agent", "xcomp", "acl", "dep", "advcl", "conj", "ccomp"))
    carry_out(phrases.particles(doc))
    for strayed, label in _PASSES:
        for word, head in list(strayed(doc)):
            hang(word, head, label)
    _relabel(labelled(doc, "acl"))
    for moves in _REBUILT:
        carry_out(moves(doc))
