"""Data that rows copy or look up: agents, offices, events, captured texts, and positions of statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..curation.quotations import Quotable, Stretch
from .rows import Row


@dataclass(slots=True)
class Known:
    """Data that rows copy or look up: facts of agents and events by id, offices by agent, captured texts by source."""

    agents: dict[str, Row] = field(default_factory=dict)
    offices: dict[str, list[Row]] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    sources: dict[str, Quotable] = field(default_factory=dict)
    spans: dict[str, Stretch] = field(default_factory=dict)
    """The position of each statement in its source."""
