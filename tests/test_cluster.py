"""The Ray engine on two workers: results, order, errors and deaths as on any other."""

import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from graphbuild.engines import apply
from graphbuild.errors import GraphbuildError, InputError, ReadError
from graphbuild.jobs import Lost
from tests import test_engines as engines

DIED = Lost("the process that read it died, twice; it may need more memory than there is")


def test_results_come_in_order(ray: Any):
    assert list(apply(engines.doubler, range(25), 2, engine="ray")) == engines.DOUBLED


def test_errors_of_graphbuild_reach_the_caller(ray: Any):
    with pytest.raises(ReadError, match="number 0"):
        list(apply(engines.breaker, range(3), 2, engine="ray"))


def test_what_harms_one_item_does_not_harm_the_others(ray: Any, tmp_path: Path):
    lost = Lost("reading it failed (ZeroDivisionError: integer division or modulo by zero); please report it with the document")
    for start, reason in ((engines.crasher, lost), (engines.quitter, DIED), (engines.staller, DIED)):
        expected = [(n, reason) if n == engines.BAD else (n, d) for n, d in engines.DOUBLED[:10]]
        assert list(apply(start, range(10), 2, engine="ray", limit=lambda _: 0.7)) == expected
    assert list(apply(engines.OnceBroken(tmp_path / "flag"), range(10), 2, engine="ray")) == engines.DOUBLED[:10]


def test_what_cannot_start_is_an_error(ray: Any):
    with pytest.raises(GraphbuildError, match="a Ray actor could not start"):
        list(apply(engines.unloadable, range(3), 2, engine="ray"))


def test_without_ray_it_is_said_what_to_install():
    with mock.patch.dict(sys.modules, {"ray": None}), pytest.raises(InputError, match=r"needs Ray .*; pip install 'graphbuild\[cluster\]'"):
        list(apply(engines.doubler, range(3), engine="ray"))
