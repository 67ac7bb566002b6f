"""An endpoint of the OpenAI chat protocol that answers in JSON of a given form; answers are cached, so nothing is requested twice.

Settings are environment variables: READOUTS_MODEL, READOUTS_BASE_URL, READOUTS_API_KEY (or
OPENAI_API_KEY; never printed), READOUTS_TIMEOUT in seconds, READOUTS_RETRIES, READOUTS_CACHE (a
folder), READOUTS_PRICE (of a million tokens sent, and received: `0.15/0.60`). An answer is kept by
text, instruction and model, so that a restart requests nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..core.findings import PackageError, counted

Messages = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Settings:
    """The model, the timeouts, and the prices of a million tokens sent and received, if known."""

    model: str
    base_url: str | None
    key: str
    timeout: float
    retries: int
    cache: Path
    prices: tuple[float, float] | None = None

    @classmethod
    def from_environment(cls, engine: str) -> Settings:
        """Raise PackageError if no model is set or a number is invalid."""
        model = os.environ.get("READOUTS_MODEL")
        if not model:
            raise PackageError(
                f"the engine `{engine}` needs a model: set READOUTS_MODEL and READOUTS_BASE_URL"
            )
        key = os.environ.get("READOUTS_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
        cache = os.environ.get("READOUTS_CACHE")
        try:
            timeout, retries = (
                float(os.environ.get("READOUTS_TIMEOUT", "120")),
                int(os.environ.get("READOUTS_RETRIES", "4")),
            )
        except ValueError as error:
            raise PackageError("READOUTS_TIMEOUT and READOUTS_RETRIES must be numbers") from error
        folder = Path(cache) if cache else Path.home() / ".cache" / "readouts" / "answers"
        return cls(
            model, os.environ.get("READOUTS_BASE_URL"), key, timeout, retries, folder, _prices()
        )


def _prices() -> tuple[float, float] | None:
    """Return the prices in READOUTS_PRICE; one number is used for both."""
    given = os.environ.get("READOUTS_PRICE")
    if not given:
        return None
    try:
        sent, _, received = given.partition("/")
        prices = float(sent), float(received or sent)
    except ValueError as error:
        raise PackageError(
            "READOUTS_PRICE must be a price of a million tokens, or two as 0.15/0.60"
        ) from error
    if not all(0 <= price < 1e6 for price in prices):
        raise PackageError(
            "READOUTS_PRICE must be a price of a million tokens, or two as 0.15/0.60"
        )
    return prices


@dataclass(slots=True)
class Endpoint:
    """Sends requests and counts the tokens of this run; cached answers cost nothing."""

    settings: Settings
    sent: int = 0
    received: int = 0
    other: int = 0
    """Tokens that the server counts without saying whether they were sent or received."""
    kept: int = 0

    @classmethod
    def from_environment(cls, engine: str) -> Endpoint:
        """Raise PackageError if the client is not installed or a setting is missing or wrong."""
        if find_spec("openai") is None:
            raise PackageError(
                "the openai client is not installed: run `pip install 'readouts[model]'`"
            )
        return cls(Settings.from_environment(engine))

    def ask(self, key: str, messages: Messages, schema: dict[str, Any]) -> list[Any] | None:
        """Return the list under `key` of the answer, None if it is not JSON of that form. Raises PackageError if there is no answer."""
        asked = json.dumps(
            [self.settings.model, self.settings.base_url, messages, schema],
            ensure_ascii=False,
            sort_keys=True,
        )
        file = self.settings.cache / f"{hashlib.sha256(asked.encode('utf-8')).hexdigest()}.json"
        try:
            entries = _entries(json.loads(file.read_text(encoding="utf-8")).get("content"), key)
        except (OSError, ValueError, AttributeError):
            entries = None
        if entries is not None:
            self.kept += 1
            return entries
        content = self._asked(key, messages, schema)
        entries = _entries(content, key)
        if entries is not None:  # an unreadable one is requested again
            self._keep(file, content)
        return entries

    def notes(self, dropped: int, unread: int) -> tuple[str, ...]:
        """Return notes for people on the tokens used and the results."""
        total = self.sent + self.received + self.other
        cost = ""
        if self.settings.prices is not None:
            sent, received = self.settings.prices
            paid = (self.sent * sent + (self.received + self.other) * received) / 1e6
            cost = f" ({self.sent:,} sent, {self.received:,} received), cost {paid:.4f}"
        notes = [f"{counted(total, 'token')} used{cost}"]
        if self.kept:
            notes.append(
                f"{counted(self.kept, 'answer')} of an earlier run used again, without a cost"
            )
        if dropped:
            notes.append(
                f"{counted(dropped, 'string')} of the model dropped: the text does not have them"
            )
        if unread:
            notes.append(f"{counted(unread, 'answer')} of the model could not be read")
        return tuple(notes)

    def _keep(self, file: Path, content: Any) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{os.getpid()}")
            fresh.write_text(json.dumps({"content": content}, ensure_ascii=False), encoding="utf-8")
            fresh.replace(file)
        except OSError as error:
            raise PackageError(
                f"the answer cannot be kept in {self.settings.cache}: {error.strerror}; set READOUTS_CACHE"
            ) from error

    def _asked(self, name: str, messages: Messages, schema: dict[str, Any]) -> Any:
        import openai

        settings = self.settings
        form = {
            "type": "json_schema",
            "json_schema": {"name": name, "schema": schema, "strict": True},
        }
        try:
            with openai.OpenAI(
                api_key=settings.key,
                base_url=settings.base_url,
                timeout=settings.timeout,
                max_retries=settings.retries,
            ) as client:
                done = client.chat.completions.create(  # type: ignore[call-overload]
                    model=settings.model, messages=messages, response_format=form, temperature=0
                )
            choices = done.choices
            self._count(done.usage)
            return choices[0].message.content if choices else None
        except openai.APIStatusError as error:
            raise PackageError(
                f"the model's server answered with status {error.status_code}; try again later"
            ) from error
        except openai.APITimeoutError as error:
            raise PackageError(
                f"the model's server did not answer within {settings.timeout:g} seconds; try again"
            ) from error
        except openai.OpenAIError as error:
            raise PackageError(
                f"the model's server cannot be used ({type(error).__name__}); check READOUTS_BASE_URL"
            ) from error
        except (
            ValueError,
            TypeError,
            AttributeError,
        ) as error:  # an answer that violates the protocol
            raise PackageError(
                "the model's server does not speak the OpenAI chat protocol; check READOUTS_BASE_URL"
            ) from error

    def _count(self, usage: Any) -> None:
        sent, received, total = (
            int(getattr(usage, name, 0) or 0)
            for name in ("prompt_tokens", "completion_tokens", "total_tokens")
        )
        self.sent += sent
        self.received += received
        self.other += max(0, total - sent - received)


def list_schema(key: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of an answer: a list of objects with these properties under a key."""
    one = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {key: {"type": "array", "items": one}},
        "required": [key],
        "additionalProperties": False,
    }


def _entries(content: Any, key: str) -> list[Any] | None:
    """Return the list under a key of an answer, None if it is not JSON of the requested form."""
    if not isinstance(content, str):
        return None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    listed = value.get(key) if isinstance(value, dict) else None
    return listed if isinstance(listed, list) else None
