"""Several people's accounts at one address, as at the services: the login that is used says whose is asked for."""

from __future__ import annotations

from account.exchange import Reply, Request
from account.faults import Fault
from account.loopback import Served


class Several(Served):
    """A server in front of the doubles of accounts. What says nothing of whose it is goes to the first."""

    def __init__(self, *accounts: Served) -> None:
        super().__init__()
        self.accounts = accounts
        for one in accounts:
            one.close_port()

    def meet(self, request: Request) -> tuple[Reply, Fault | None]:
        return self._account(request).meet(request)

    def answer(self, request: Request) -> Reply:
        return self.meet(request)[0]

    def _account(self, request: Request) -> Served:
        said = f"{request.headers.get('authorization', '')} {request.body.decode()}"
        named = (one for one in self.accounts if any(word in said for word in one.known_by))
        return next(named, self.accounts[0])
