"""Whose a workout is that carries a mark: ours, or that of somebody who shares it, even one of the same plan."""

from __future__ import annotations

from collections.abc import Iterable

from negsplit.account.garmin.service import ListedWorkout
from negsplit.account.ledger import AccountLedger
from negsplit.account.marker import Marker


def is_foreign(one: ListedWorkout, ledger: AccountLedger, owner: int | None) -> bool:
    """Whether somebody else wrote a workout's mark, or owns it. Where the account says no owner, the mark decides.

    :param owner: whose ours are besides, as far as this run knows: see :func:`owner_of_ours`.
    """
    if one.workout in ledger.made:
        return False
    if one.marker is not None and one.marker.tag not in ("", ledger.tag):
        return True
    return one.owner is not None and one.owner != owner and not ledger.owns(one.owner)


def owner_of_ours(listed: Iterable[ListedWorkout], ledger: AccountLedger) -> int | None:
    """The owner of what this computer made, where no answer to a create ever said whose ours are.

    Its number tells it; where it was cut off before it had one, our account's tag with the hash that was being sent.
    """
    if ledger.knows_owner:
        return None
    under_way = {
        Marker(record.key, record.hash, ledger.tag) for record in ledger.records.values() if record.status == "creating"
    }
    made = ledger.made
    ours = (one.owner for one in listed if one.workout in made or one.marker in under_way)
    return next((owner for owner in ours if owner is not None), None)
