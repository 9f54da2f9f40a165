"""Who is who, offline: countries, cities, bodies, leaders and forces, with their links; every row names its source."""

from graphbuild.gazetteer.entries import Demonym, Entry, Office, Title, TitleKind
from graphbuild.gazetteer.lookup import Gazetteer
from graphbuild.gazetteer.names import name_key

__all__ = ["Demonym", "Entry", "Gazetteer", "Office", "Title", "TitleKind", "name_key"]
