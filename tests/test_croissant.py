"""`croissant.json`, as the reference library reads it."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.publishing import copied

mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(scope="module")
def bundle(released_bundle: Path) -> Path:
    """The bundle of the released package."""
    return released_bundle


def plain(value: Any) -> Any:
    """A value as JSONL has it: mlcroissant gives text as bytes, dates as timestamps, missing values as it likes."""
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def differences(bundle: Path) -> list[str]:
    """What is wrong with the metadata: problems the library tells, record sets that fail or differ from the tables, wrong files."""
    description = json.loads((bundle / "croissant.json").read_text(encoding="utf-8"))
    try:
        dataset = mlcroissant.Dataset(bundle / "croissant.json")
    except mlcroissant.ValidationError as error:
        return [str(error)]
    found = [*dataset.metadata.ctx.issues.errors, *dataset.metadata.ctx.issues.warnings]
    for record_set in dataset.metadata.record_sets:
        lines = (bundle / f"data/tables/{record_set.uuid}.jsonl").read_text(encoding="utf-8").splitlines()
        try:
            records = [
                {key.partition("/")[2]: plain(value) for key, value in record.items()}
                for record in dataset.records(record_set.uuid)
            ]
        except (
            ValueError,
            KeyError,
            mlcroissant.ValidationError,
            mlcroissant._src.core.issues.GenerationError,
        ) as error:
            found.append(f"{record_set.uuid}: {error}")
            continue
        if records != [json.loads(line) for line in lines]:
            found.append(f"{record_set.uuid}: its records differ from the table")
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    listed = {entry["contentUrl"]: entry for entry in description["distribution"]}
    found += [
        f"{path}: listed or present alone" for path in set(files) ^ set(listed) ^ {"croissant.json", "checksums.sha256"}
    ]
    for path, entry in listed.items():
        data = files[path].read_bytes()
        if (hashlib.sha256(data).hexdigest(), f"{len(data)} B") != (entry["sha256"], entry["contentSize"]):
            found.append(f"{path}: hash or size")
    tables = {path.stem for path in (bundle / "data" / "tables").glob("*.jsonl")}
    if tables != {record_set.uuid for record_set in dataset.metadata.record_sets}:
        found.append("the record sets are not the tables")
    return found


def test_valid_and_read_whole(bundle: Path):
    """The library finds no error and no warning, every record set gives the rows of its table, and every file's hash is right."""
    logging.getLogger("absl").setLevel(logging.ERROR)
    assert differences(bundle) == []


def test_required_properties_are_present(bundle: Path):
    """It conforms to Croissant 1.1 with the responsible-AI extension, both read back by the library, and names where it came from."""
    metadata = mlcroissant.Dataset(bundle / "croissant.json").metadata
    assert metadata.conforms_to == ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
    for name in (
        "data_collection", "data_collection_type", "data_collection_timeframe", "data_annotation_protocol", "data_biases",
        "data_limitations", "data_use_cases", "data_social_impact", "personal_sensitive_information", "data_release_maintenance_plan",
    ):  # fmt: skip
        assert getattr(metadata, name), name
    description = json.loads((bundle / "croissant.json").read_text(encoding="utf-8"))
    sources = [
        json.loads(line) for line in (bundle / "data/tables/sources.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [entity["sha256"] for entity in description["prov:wasDerivedFrom"]] == [
        row["text_sha256"] for row in sources
    ]
    assert {key for key in description if key.startswith("prov:")} == {
        "prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasAttributedTo",
    }  # fmt: skip


def of_statements(description: dict) -> dict:
    return next(entry for entry in description["recordSet"] if entry["@id"] == "statements")


def wrong_hash(description: dict) -> None:
    entry = next(e for e in description["distribution"] if e["@id"] == "data/tables/statements.parquet")
    entry["sha256"] = hashlib.sha256(b"other").hexdigest()


def wrong_hash_of_csv(description: dict) -> None:
    entry = next(e for e in description["distribution"] if e["@id"] == "data/tables/statements.csv")
    entry["sha256"] = hashlib.sha256(b"other").hexdigest()


def wrong_column(description: dict) -> None:
    of_statements(description)["field"][3]["source"]["extract"]["column"] = "speaker"


def exchanged_column(description: dict) -> None:
    of_statements(description)["field"][3]["source"]["extract"]["column"] = "event_id"


def dropped_column(description: dict) -> None:
    del of_statements(description)["field"][3]


def wrong_type(description: dict) -> None:
    of_statements(description)["field"][3]["dataType"] = "sc:Integer"


def dropped_file(description: dict) -> None:
    del description["distribution"][0]


@pytest.mark.parametrize(
    "harm", [wrong_hash, wrong_hash_of_csv, wrong_column, exchanged_column, dropped_column, wrong_type, dropped_file]
)
def test_a_fault_is_seen(bundle: Path, tmp_path: Path, harm):
    """A wrong hash, column, type or file in it does not pass."""
    copy = copied(bundle, tmp_path / "copy")
    description = json.loads((copy / "croissant.json").read_text(encoding="utf-8"))
    harm(description)
    (copy / "croissant.json").write_text(json.dumps(description), encoding="utf-8")
    assert differences(copy) != []
