"""What a calendar says under the name of a session: when it is, whether it has to be, and what was noted."""

from __future__ import annotations

from collections.abc import Iterator

from negsplit.plan.model import Session


def remarks(session: Session, notes: str) -> Iterator[str]:
    """One paragraph each; the time of what stands in the calendar as all day long, and what it is if it has a name."""
    if session.time and session.kind != "workout":
        yield f"At {session.time:%H:%M}"
    if session.optional:
        yield "Optional"
    if notes:
        yield notes
    if session.kind != "workout" and session.text and session.name:
        yield session.text
