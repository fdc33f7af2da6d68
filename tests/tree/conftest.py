"""Both of PyYAML's parsers, for the tests that ask for them."""

from collections.abc import Iterator

import pytest
import yaml

from negsplit.tree import source


@pytest.fixture(scope="module", params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest) -> Iterator[str]:
    """Reads with libyaml's parser, then with the pure Python one."""
    if not hasattr(yaml, request.param):
        pytest.skip("this PyYAML was built without libyaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "LOADER", getattr(yaml, request.param))
        yield request.param
