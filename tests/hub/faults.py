"""Faults: the steps at which the Hub can be set to fail, and how."""

import threading
from dataclasses import dataclass
from typing import Literal

#: What a client does in a push, in order. `before-X`: the request arrived and nothing was done.
#: `after-X`: the work is done and the answer is never sent. `during-lfs-upload`: some of the object's
#: bytes arrived. `during-commit`: the commit's objects are written and no ref points at them.
STEPS = (
    "before-create",
    "after-create",
    "before-preupload",
    "after-preupload",
    "before-lfs-batch",
    "after-lfs-batch",
    "before-lfs-upload",
    "during-lfs-upload",
    "after-lfs-upload",
    "before-commit",
    "during-commit",
    "after-commit",
    "before-tag",
    "after-tag",
)


class FaultReached(Exception):
    """A step with a fault was reached: the connection is to be cut or the server is to die."""

    def __init__(self, fault: "Fault"):
        super().__init__(fault.step)
        self.fault = fault


@dataclass
class Fault:
    """A failure to happen at a step.

    Attributes:
        step: one of `STEPS`.
        action: `cut` closes the connection unanswered; `die` ends the whole server; a number is
            answered as that HTTP status.
        times: how often it happens before the step is healthy again; None is always.
        skip: how many times the step is passed unharmed first.
        after_bytes: for `during-lfs-upload`, how many bytes of the object are read first.
    """

    step: str
    action: Literal["cut", "die"] | int = "cut"
    times: int | None = 1
    skip: int = 0
    after_bytes: int = 0

    def __post_init__(self):
        if self.step not in STEPS:
            raise ValueError(f"unknown step {self.step!r}: one of {', '.join(STEPS)}")
        if self.action not in ("cut", "die") and not isinstance(self.action, int):
            raise ValueError(f"unknown action {self.action!r}: 'cut', 'die' or an HTTP status")


class Faults:
    """The faults in force, shared by all the threads of a server."""

    def __init__(self):
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put a fault in force."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Make every step healthy."""
        with self._lock:
            self._faults.clear()

    def take(self, step: str) -> Fault | None:
        """Return the fault to happen at the step now, counting it as happened, or None."""
        with self._lock:
            for fault in self._faults:
                if fault.step != step or fault.times == 0:
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def reach(self, step: str) -> None:
        """Pass a step.

        Raises:
            FaultReached: when a fault is to happen there.
        """
        fault = self.take(step)
        if fault is not None:
            raise FaultReached(fault)
