"""A double of Garmin's account service: strict, local, and spoken to by the real client over the loopback."""

from account.double.exchange import Reply, Request
from account.double.faults import Fault
from account.double.server import Double

__all__ = ["Double", "Fault", "Reply", "Request"]
