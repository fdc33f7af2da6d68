"""What the measures of :mod:`work` let pass, and what they do not."""

import pytest

from work import at_most_calls, at_most_turns


def test_calls_are_counted_of_python_and_of_c():
    with at_most_calls(10):
        assert [sorted(()) for _ in range(4)] == [[]] * 4
    with pytest.raises(pytest.fail.Exception), at_most_calls(10):
        assert [sorted(()) for _ in range(11)]


def test_what_never_ends_is_ended():
    with pytest.raises(pytest.fail.Exception), at_most_calls(10_000):
        without_end()


def without_end():
    while True:
        sorted(())


def test_what_works_inside_one_call_is_compared_with_a_loop():
    with at_most_turns(10_000_000):
        sum(range(10_000))
    with pytest.raises(AssertionError), at_most_turns(10_000):
        sum(range(1_000_000))
