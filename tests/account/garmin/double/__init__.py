"""A double of Garmin's account service: strict, local, and spoken to by the real client over the loopback."""

from account.exchange import Reply, Request
from account.faults import Fault
from account.garmin.double.server import Double

__all__ = ["Double", "Fault", "Reply", "Request"]
