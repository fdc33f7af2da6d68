"""Our frozen dataclasses behave as the standard ones do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from negsplit.frozen import dataclass as ours
from negsplit.units import Distance

STANDARD = dataclasses.dataclass(frozen=True, slots=True)
OURS = ours(frozen=True, slots=True)


def pair(decorate):
    class Base:
        __slots__ = ()

        def double(self):
            return 2 * self.a

    class Pair(Base):
        """A pair."""

        a: int
        b: tuple[int, ...] = ()
        where: str = field(default="", compare=False, repr=False, kw_only=True)

    Pair.__qualname__ = "Pair"
    return decorate(Pair)


decorated = pytest.mark.parametrize("decorate", [STANDARD, OURS], ids=["standard", "ours"])


@decorated
def test_equal_by_content_but_for_fields_that_do_not_compare(decorate):
    kind, other = pair(decorate), pair(decorate)
    assert kind(1, (2,), where="here") == kind(1, (2,), where="there")
    assert kind(1) != kind(2)
    assert kind(1) != other(1)
    assert kind(1) != (1, ())
    assert len({kind(1, where="x"), kind(1), kind(2)}) == 2


@decorated
def test_fields_are_set_once(decorate):
    one = pair(decorate)(1)
    with pytest.raises(FrozenInstanceError):
        one.a = 2
    with pytest.raises(FrozenInstanceError):
        del one.a
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        one.c = 3
    assert one.a == 1


@decorated
def test_it_is_shown_copied_and_matched(decorate):
    kind = pair(decorate)
    one = kind(1, where="here")
    assert repr(one) == "Pair(a=1, b=())"
    assert replace(one, b=(3,)) == kind(1, (3,))
    assert kind.__match_args__ == ("a", "b")
    assert one.double() == 2
    with pytest.raises(TypeError):
        kind()


def test_a_copy_and_what_was_pickled_are_equal():
    """Models go to other processes."""
    distance = Distance(1_609_344)
    assert pickle.loads(pickle.dumps(distance)) == copy.deepcopy(distance) == distance


def test_no_fields_are_equal():
    @OURS
    class Nothing:
        pass

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_only_frozen_ones_with_slots_are_made():
    with pytest.raises(TypeError):
        ours(frozen=False, slots=True)
