"""What docs/account.md says to type into Python for a file of tokens, typed in: against the double, by the library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negsplit.account.garmin.tokens import tokens_in

garminconnect = pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

PAGE = (Path(__file__).parents[3] / "docs" / "account.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```py\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def service(double, monkeypatch, tmp_path):
    """A double that every client of the library speaks to, in an empty folder, and without its pauses."""
    service = double(warm_up=False)
    module = garminconnect.client
    make = module.Client.__init__

    def pointed(self, *words, **more):
        make(self, *words, **more)
        self._sso = self._connect = self._connectapi = service.url
        self._di_token_url = f"{service.url}/di-oauth2-service/oauth/token"

    monkeypatch.setattr(module.Client, "__init__", pointed)
    monkeypatch.setattr(module, "DI_TOKEN_URL", f"{service.url}/di-oauth2-service/oauth/token")
    pace = getattr(module, "sso", module)
    for name in ("MOBILE_DELAY_MIN_S", "MOBILE_DELAY_MAX_S"):
        monkeypatch.setattr(pace, name, 0.0, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "GARMINTOKENS"):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return service


def typed(monkeypatch, recipe, *answers):
    said = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _="": next(said))
    monkeypatch.setattr("getpass.getpass", lambda _="": next(said))
    exec(compile(recipe, "docs/account.md", "exec"), {"__name__": "page"})
    file = Path("tokens", "garmin_tokens.json")
    file.chmod(0o600)
    return tokens_in(file)


def test_by_password_and_code(service, monkeypatch):
    service.sessions.mfa = "123456"
    tokens = typed(monkeypatch, RECIPES[0], service.sessions.email, service.sessions.password, "123456")
    assert {tokens.refresh} == service.sessions.refresh


def test_by_a_ticket_of_the_browser_s(service, monkeypatch):
    tokens = typed(monkeypatch, RECIPES[1], service.sessions.ticket("/sso/embed"))
    assert {tokens.refresh} == service.sessions.refresh
    assert [one.path for one in service.log.requests] == ["/di-oauth2-service/oauth/token"]
