"""Fixtures that give tests a running Hub; load them with `pytest_plugins = ["tests.hub.fixtures"]`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from . import sample
from .client import Client
from .running import ThreadHub


@pytest.fixture
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadHub]:
    """An empty Hub in threads of this process, stopped after the test."""
    running = ThreadHub(tmp_path_factory.mktemp("hub"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def hub_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty `HF_HOME` for clients."""
    return tmp_path_factory.mktemp("hf-home")


@pytest.fixture
def client(hub: ThreadHub, hub_home: Path) -> Client:
    """A client of `hub`."""
    return Client(hub, hub_home)


@pytest.fixture(scope="session")
def published_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadHub]:
    """A Hub with two versions of the sample dataset, tagged v1 and v2; tests only read it."""
    running = ThreadHub(tmp_path_factory.mktemp("published"))
    running.start()
    publisher = Client(running, tmp_path_factory.mktemp("publisher"))
    published = publisher.run(sample.PUSH, sample.REPOSITORY, "v1", "v2")
    if published.status != 0:
        running.stop()
        pytest.fail(published.errors)
    yield running
    running.stop()


@pytest.fixture
def published_client(published_hub: ThreadHub, hub_home: Path) -> Client:
    """A client of `published_hub`."""
    return Client(published_hub, hub_home)
