"""The gazetteer: who is who, offline. One object that looks names up in the shipped tables and in the user's own.

Loading reads the small tables; cities are read when first asked for. Entries are made when asked for, and kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from graphbuild.gazetteer import tables
from graphbuild.gazetteer.cities import GEONAMES, city_entry, city_index, weight
from graphbuild.gazetteer.entries import Demonym, Entry, Office, Title
from graphbuild.gazetteer.names import is_acronym, make_of, may_be_name, name_key, without_possessive, written_as_word
from graphbuild.gazetteer.userfile import read_user_file

_NAME_KINDS = frozenset({"short", "official", "abbreviation", "spelling", "former"})
_DEMONYM_KINDS = frozenset({"adjective", "noun", "plural"})
_BODIES = frozenset({"GovernmentBody", "MilitaryForce", "PoliticalParty", "ArmedGroup", "Organization", "Company", "MediaOrganization"})
_MADE = ("Vehicle", "Weapon")
_SHARED_FROM = 3
_LONGEST_TITLE = 6
_KEPT = 20_000
"""Forms that are remembered with what was found for them."""
_LARGE_CITY = 80_000  # from this size on news that names the region's namesake means the city


class Gazetteer:
    """Looks up countries, places, bodies and people by any of their names.

    Names compare without case, diacritics, full stops and a leading "the"; but a form without a capital is no name ("turkey"),
    and a short acronym must be in capitals ("US", not "Us"). All results are in a fixed order.
    """

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        """Use :meth:`load`, which shares one instance per list of files."""
        self._files = tuple(extra)
        self._lines = tables.read_entry_lines()
        self._made: dict[int, Entry] = {}
        self._cities_made: dict[int, Entry] = {}
        self._forms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        names: dict[str, list[str]] = defaultdict(list)
        for form, kind, code, *_ in tables.read_forms():
            self._forms[name_key(form)].append((form, kind, code))
            if kind in _NAME_KINDS:
                names[code].append(form)
        self._countries = {row[2]: _country(row, names[row[2]]) for row in tables.read_rows("countries")}
        self._by_id = {c.id: c for c in self._countries.values()}
        self._index = _index_entries(self._lines)
        # Texts ask for the same few forms over and over.
        self._country_of = lru_cache(maxsize=_KEPT)(self._find_country)
        self._entries_named = lru_cache(maxsize=_KEPT)(self._find_named)
        self._metonym_of = lru_cache(maxsize=_KEPT)(self._find_metonym)
        self._cities_named = lru_cache(maxsize=_KEPT)(self._find_cities)
        self._title_of = lru_cache(maxsize=_KEPT)(self._find_title)
        self._row_of_ambiguous = lru_cache(maxsize=_KEPT)(self._find_ambiguous)
        self._begins_country = lru_cache(maxsize=_KEPT)(self._may_begin_country)
        self._own: dict[str, list[Entry]] = defaultdict(list)
        for path in self._files:
            for entry in read_user_file(path, self._by_code_or_name):
                self._add(entry)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> "Gazetteer":
        """The gazetteer, with the entries of the user's CSV files added.

        Raises:
            GazetteerError: a row of a file is bad; the message names file, line and reason.
        """
        return cls(tuple(extra)) if extra else _shared()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides what this gazetteer says."""
        return tables.digest_of(self._files)

    # --- any entry ------------------------------------------------------------------------------------------------------------

    def lookup(self, name: str, types: Collection[str] | None = None) -> tuple[Entry, ...]:
        """Every entry of this name: the user's own, countries, bodies and people, regions, cities by likelihood.

        A city that bears the name of the region around it ("Aleppo", "Seoul", "New York") stands before the region.

        Args:
            name: a name or alias as a text writes it; a possessive ending is ignored.
            types: keep entries of these classes only (their subclasses must be named).
        """
        return self._entries_named(name, None if types is None else frozenset(types))

    def _find_named(self, name: str, types: frozenset[str] | None) -> tuple[Entry, ...]:
        for form in _as_written(name):
            found: dict[str, Entry] = {}
            for entry in self._named(form, types):
                if types is None or entry.type in types:
                    found.setdefault(entry.id, entry)
            if found:
                return tuple(found.values())
        return ()

    def get(self, id: str) -> Entry | None:
        """The entry with this id, or with this link."""
        if id in self._by_id:
            return self._by_id[id]
        id = self._id_of_link.get(id, id) if "://" in id else id
        if id in self._row_of:
            return self._entry(self._row_of[id])
        line = city_index().line_of.get(id) if id.startswith(GEONAMES) else None
        return None if line is None else self._city(line)

    def _named(self, form: str, types: Collection[str] | None) -> Iterator[Entry]:
        if not may_be_name(form):
            return
        key = _key(form)
        yield from (e for e in self._own.get(key, ()) if _written_so(form, key, (e.name, *e.aliases)))
        if types is None or "Country" in types:
            yield from self._countries_of(form, _NAME_KINDS)
        entries = [e for e in map(self._entry, self._index.get(key, ())) if _written_so(form, key, (e.name, *e.aliases))]
        regions = [e for e in entries if e.type == "Region"]
        around = {e.country for e in regions}
        cities = self.cities(form) if types is None or "City" in types else ()
        yield from (e for e in entries if e.type != "Region")
        yield from (c for c in cities if c.country in around and c.population >= _LARGE_CITY)
        yield from regions
        yield from cities

    # --- countries --------------------------------------------------------------------------------------------------------------

    def country(self, form: str) -> Entry | None:
        """The country that a name, abbreviation, demonym or adjective means; None if none, or if several candidates share it.

        An ambiguous form with one candidate in the gazetteer and that as default ("Jordan", also a given name) means that country.
        """
        return self._country_of(form)

    def may_begin_country(self, word: str) -> bool:
        """Whether the name of a country or its people may begin with a word; most names of a text need not be looked up any further.

        Args:
            word: with the white space behind it, if there is any: without, the word may go on.
        """
        return self._begins_country(word)

    def _may_begin_country(self, word: str) -> bool:
        bare = word.rstrip()
        keys = map(_key, _as_written(bare))
        return any(key in ("", "the") or (key if bare == word else f"{key} ") in self._beginnings for key in keys)

    def _find_country(self, form: str) -> Entry | None:
        row = self._ambiguous_row(form)
        if row and row[1] != row[2]:
            return None
        found = self._country_candidates(form)
        return found[0] if len(found) == 1 else None

    def by_code(self, code: str) -> Entry | None:
        """The country with this ISO 3166 code of two or three letters."""
        return self._countries.get(self._iso3.get(code.upper(), code.upper()))

    def candidates(self, form: str) -> tuple[Entry, ...]:
        """What a form may mean: the countries it names, and for ambiguous forms the states, cities and regions beside them."""
        row = self._ambiguous_row(form)
        if row is None:
            return self._country_candidates(form)
        return tuple(e for e in map(self._by_reference, filter(None, row[1].split("|"))) if e)

    def is_ambiguous(self, form: str) -> bool:
        """Whether the form stands in the list of ambiguous ones: "Korea", "Congolese", "Georgia", "Washington"."""
        return self._ambiguous_row(form) is not None

    def default(self, form: str) -> Entry | None:
        """What an ambiguous form means where nothing around it decides; None where the list states no default."""
        row = self._ambiguous_row(form)
        return self._by_reference(row[2]) if row and row[2] else None

    def resolve(self, form: str, context: Collection[str] = ()) -> Entry | None:
        """The entry that a country form means, with the ids named around it deciding between candidates; None if undecided."""
        certain = self.country(form)
        if certain or not self.is_ambiguous(form):
            return certain
        supported = [c for c in self.candidates(form) if c.id in context]
        if len(supported) == 1:
            return supported[0]
        inside = [c for c in self.candidates(form) if c.type != "Country" and c.country in context and c.country is not None]
        return inside[0] if not supported and len(inside) == 1 else self.default(form)

    def demonym_of(self, form: str) -> Demonym | None:
        """The people or adjective that a form names, and of which country or countries; None if it is no demonym."""
        for written in _as_written(form):
            found = [f for f in self._forms.get(_key(written), ()) if f[1] in _DEMONYM_KINDS and _agrees(written, f[0])]
            if found and may_be_name(written):
                kinds = {kind for _, kind, _ in found}
                return Demonym(self.candidates(written), "adjective" in kinds, "noun" in kinds, "plural" in kinds)
        return None

    def metonym_of(self, form: str) -> Entry | None:
        """The country whose government a form may stand for: "the Kremlin", "Downing Street", "Beijing"; None if none or several."""
        return self._metonym_of(form)

    def _find_metonym(self, form: str) -> Entry | None:
        found = {e.id: e for written in _as_written(form) for e in self._countries_of(written, frozenset({"metonym"}))}
        if not found:
            found = {c.country: self._by_id[c.country] for c in self.cities(form) if c.capital and c.country in self._by_id}
        return next(iter(found.values())) if len(found) == 1 else None

    def capital_of(self, country: Entry) -> Entry | None:
        """The capital city; of several the one that the factbook names first."""
        row = self._country_rows.get(country.id)
        for name in row[8].split("|") if row else ():
            for city in self.cities(name, country):
                if city.capital:
                    return city
        return None

    def _country_candidates(self, form: str) -> tuple[Entry, ...]:
        for written in _as_written(form):
            found = self._countries_of(written, _NAME_KINDS | _DEMONYM_KINDS)
            if found:
                return found
        return ()

    def _countries_of(self, form: str, kinds: frozenset[str]) -> tuple[Entry, ...]:
        forms = self._forms.get(_key(form))
        if not forms or not may_be_name(form):
            return ()
        codes = {code for written, kind, code in forms if kind in kinds and _agrees(form, written)}
        return tuple(self._countries[code] for code in sorted(codes))

    def _ambiguous_row(self, form: str) -> list[str] | None:
        return self._row_of_ambiguous(form)

    def _find_ambiguous(self, form: str) -> list[str] | None:
        for written in _as_written(form):
            row = self._ambiguous.get(_key(written))
            if row and may_be_name(written) and _agrees(written, row[0]):
                return row
        return None

    def _by_reference(self, reference: str) -> Entry | None:
        return self._countries.get(reference) or self.get(reference)

    def _by_code_or_name(self, form: str) -> Entry | None:
        return self._by_id.get(form) or self.by_code(form) or self.country(form) or self.default(form)

    # --- cities -----------------------------------------------------------------------------------------------------------------

    def cities(self, name: str, country: Entry | None = None) -> tuple[Entry, ...]:
        """Cities of this name, the likeliest first.

        Likelihood is population, ten times as much for a national capital, half as much where the name is an alternate.
        """
        found = self._cities_named(name)
        return found if country is None else tuple(c for c in found if c.country == country.id)

    def _find_cities(self, name: str) -> tuple[Entry, ...]:
        if not may_be_name(name):
            return ()
        key = _key(name)
        own = [e for e in self._own.get(key, ()) if e.type == "City"]
        return (*own, *sorted(map(self._city, city_index().lines_of.get(key, ())), key=lambda c: (-weight(c, key), c.id)))

    def city(self, name: str, country: Entry | None = None) -> Entry | None:
        """The likeliest city of this name, in the country if one is given; None if there is none."""
        return next((c for form in _as_written(name) for c in self.cities(form, country)), None)

    def _city(self, number: int) -> Entry:
        if number not in self._cities_made:
            self._cities_made[number] = city_entry(number, self._country_of_iso2)
        return self._cities_made[number]

    def region_code(self, region: Entry) -> str | None:
        """The GeoNames first-level code of a region, as the cities in it carry it; None where no source gives it."""
        return self._region_codes.get(region.id)

    def is_own_name(self, form: str) -> bool:
        """Whether a body's name says whose it is: not "Ministry of Defense" or "National Guard", whose words bodies of many countries share."""
        return not set(_key(form).split()) <= self._shared_words

    def class_of_make(self, form: str) -> str | None:
        """Vehicle or Weapon, where a model is of a make whose known models all are that: a "Hwasong-8" is a weapon as the Hwasong-14 is."""
        make = make_of(form)
        return self._makes.get(_key(make)) if make != form else None

    # --- organisations, people, titles ------------------------------------------------------------------------------------------

    def members(self, organization: Entry | str, standing: str = "member") -> tuple[Entry, ...]:
        """The countries that belong to an organisation (an entry, its id, or its acronym) in this standing, by ISO code."""
        id = organization.id if isinstance(organization, Entry) else organization
        codes = self._members.get((id, standing)) or self._members.get((f"org/{id}", standing)) or ""
        return tuple(self._countries[code] for code in codes.split() if code in self._countries)

    def offices(self, person: Entry) -> tuple[Office, ...]:
        """The offices that the sources give for a person, by date."""
        return self._held(tables.read_office_lines().get(person.id, ()))

    def officials(self, country: Entry, on: str | None = None) -> tuple[Office, ...]:
        """Who is known to have held office for a country, on an ISO day if one is given.

        An office without an end is taken to last; one without a title ("") is a term in government that the source does not name.
        """
        held = self._offices_of.get(country.id, ())
        return tuple(o for o in held if on is None or ((o.valid_from or "") <= on and on <= (o.valid_to or "9999")))

    def title(self, form: str) -> Title | None:
        """The title that a form writes, written out: "Lt. Gen." is the rank Lieutenant General. Abbreviations need a capital."""
        return self._title_of(form)

    def _find_title(self, form: str) -> Title | None:
        for written, title in self._titles.get(_key(form), ()):
            if (written == title.name or may_be_name(form)) and _agrees(form, written):
                return title
        return None

    def may_end_title(self, word: str) -> bool:
        """Whether a title may end with a word; most words before a name need not be looked up any further."""
        return _key(word) in self._title_endings

    def strip_titles(self, name: str) -> tuple[tuple[Title, ...], str]:
        """The titles at the head of a name, and the name without them; a name is never stripped to nothing."""
        words = name.split()
        titles: list[Title] = []
        while len(words) > 1:
            sizes = range(min(_LONGEST_TITLE, len(words) - 1), 0, -1)
            size, title = next(((n, t) for n in sizes if (t := self.title(" ".join(words[:n])))), (0, None))
            if title is None:
                break
            titles.append(title)
            words = words[size:]
        return tuple(titles), " ".join(words)

    def gender(self, given_name: str) -> str | None:
        """"male" or "female" where at least 95 of 100 bearers of a given name are (United States); else None."""
        return self._genders.get(_key(given_name))

    # --- what is made when first asked for ----------------------------------------------------------------------------------------

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What the keys of all country forms begin with, cut anywhere; a space behind each."""
        return frozenset(f"{key} "[:length] for key in self._forms for length in range(1, len(key) + 2))

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {line[: line.index("\t")]: number for number, line in enumerate(self._lines)}

    @cached_property
    def _makes(self) -> dict[str, str]:
        """Makes of vehicles and weapons, by key, with the class that all their models have."""
        found: dict[str, set[str]] = defaultdict(set)
        for line in self._lines:
            _, type, name, aliases, _ = line.split("\t", 4)
            if type in _MADE:
                for written in (name, *_cells(aliases)):
                    found[name_key(make_of(written))].add(type)
        return {key: types.pop() for key, types in found.items() if len(types) == 1}

    @cached_property
    def _id_of_link(self) -> dict[str, str]:
        cells = (line.split("\t", 6) for line in self._lines)
        return {link: c[0] for c in cells for link in _cells(c[5])}

    @cached_property
    def _offices_of(self) -> dict[str, tuple[Office, ...]]:
        found: dict[str, list[Office]] = defaultdict(list)
        for office in self._held(line for lines in tables.read_office_lines().values() for line in lines):
            found[office.of].append(office)
        return {country: tuple(offices) for country, offices in found.items()}

    @cached_property
    def _region_codes(self) -> dict[str, str]:
        return {row[0]: row[1] for row in tables.read_rows("region_codes")}

    @cached_property
    def _shared_words(self) -> frozenset[str]:
        """Words in the names of bodies of three countries and more."""
        countries: dict[str, set[str]] = defaultdict(set)
        for line in self._lines:
            _, type, name, aliases, code, _ = line.split("\t", 5)
            if code and type in _BODIES:
                for word in name_key(f"{name} {aliases.replace('|', ' ')}").split():
                    countries[word].add(code)
        return frozenset(word for word, codes in countries.items() if len(codes) >= _SHARED_FROM) | {"of", "the", "and", "for"}

    @cached_property
    def _country_rows(self) -> dict[str, list[str]]:
        return {row[0]: row for row in tables.read_rows("countries")}

    @cached_property
    def _country_of_iso2(self) -> dict[str, str]:
        return {row[1]: row[0] for row in tables.read_rows("countries") if row[1]}

    @cached_property
    def _iso3(self) -> dict[str, str]:
        return {row[1]: row[2] for row in tables.read_rows("countries") if row[1]}

    @cached_property
    def _ambiguous(self) -> dict[str, list[str]]:
        return {name_key(row[0]): row for row in tables.read_rows("ambiguous")}

    @cached_property
    def _members(self) -> dict[tuple[str, str], str]:
        return {(row[0], row[1]): row[2] for row in tables.read_rows("memberships")}

    def _held(self, lines: Iterable[str]) -> tuple[Office, ...]:
        cells = (line.split("\t") for line in lines)
        held = (Office(c[0], c[1], self._countries[c[2]].id, c[3] or None, c[4] or None, c[5]) for c in cells)
        return tuple(sorted(held, key=lambda o: (o.valid_from or "", o.person, o.title)))

    @cached_property
    def _titles(self) -> dict[str, list[tuple[str, Title]]]:
        found: dict[str, list[tuple[str, Title]]] = defaultdict(list)
        for name, kind, forms, *_ in tables.read_handmade("titles"):
            for form in (name, *filter(None, forms.split("|"))):
                found[name_key(form)].append((form, Title(name, kind)))  # type: ignore[arg-type]
        return found

    @cached_property
    def _title_endings(self) -> frozenset[str]:
        """What the keys of all titles end with, cut anywhere; and nothing, which signs come to."""
        return frozenset(key[start:] for key in self._titles for start in range(len(key) + 1))

    @cached_property
    def _genders(self) -> dict[str, str]:
        return {name_key(row[0]): row[1] for row in tables.read_rows("given_names")}

    def _entry(self, number: int) -> Entry:
        if number not in self._made:
            id, type, name, aliases, code, links, start, end, source, *_ = self._lines[number].split("\t")
            home = self._countries[code].id if code else None
            self._made[number] = Entry(id, type, name, _cells(aliases), home, _cells(links), start or None, end or None, source=source)
        return self._made[number]

    def _add(self, entry: Entry) -> None:
        for found in (self._country_of, self._entries_named, self._metonym_of, self._cities_named, self._begins_country):
            found.cache_clear()
        for name in (entry.name, *entry.aliases):
            self._own[name_key(name)].append(entry)
        if entry.type == "Country":
            shipped = next((code for code, c in self._countries.items() if c.id == entry.id), entry.id)
            self._countries.setdefault(shipped, entry)
            for name in (entry.name, *entry.aliases):
                self._forms[name_key(name)].append((name, "short", shipped))
        self._by_id.setdefault(entry.id, entry)


@lru_cache(maxsize=1)
def _shared() -> Gazetteer:
    return Gazetteer()


def _country(row: list[str], names: list[str]) -> Entry:
    aliases = tuple(n for n in dict.fromkeys([row[6], *sorted(names)]) if n != row[5])
    return Entry(row[0], "Country", row[5], aliases, None, _cells(row[12]), source=row[13])


def _index_entries(lines: Iterable[str]) -> dict[str, tuple[int, ...]]:
    index: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(lines):
        _, _, name, aliases, _ = line.split("\t", 4)
        keys = {name_key(name)} if not aliases else {name_key(name), *map(name_key, aliases.split("|"))}
        for key in keys:
            index[key] = (*index[key], number) if key in index else (number,)
    return index


_key = lru_cache(maxsize=20_000)(name_key)
"""The key of a form of a text, where the same few forms are looked up in many ways."""


@lru_cache(maxsize=20_000)
def _as_written(form: str) -> tuple[str, ...]:
    """The form, and the form without a possessive ending if that differs."""
    bare = without_possessive(form.strip())
    return (form.strip(), bare) if bare != form.strip() else (bare,)


def _agrees(form: str, name: str) -> bool:
    """Whether a form may write this name: a short acronym is not written as a word."""
    return not (is_acronym(name) and written_as_word(form))


def _written_so(form: str, key: str, names: Iterable[str]) -> bool:
    return any(name_key(name) == key and _agrees(form, name) for name in names)


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
