"""Two builds against each other: entities and facts that came, went, or changed."""

from graphbuild.diff.compare import Build, Change, Difference, compare, of_graph, read_build
from graphbuild.diff.page import diff_page

__all__ = ["Build", "Change", "Difference", "compare", "diff_page", "of_graph", "read_build"]
