"""`croissant.json` as the reference library reads it."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.reading import read_folder, table_rows

mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def plain(value: Any) -> Any:
    """Return a value as in JSONL: mlcroissant gives text as bytes, dates as timestamps, and several forms of missing values."""
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def differences(bundle: Path) -> list[str]:
    """Return problems of the metadata: errors of the library, record sets that fail or differ from the tables, wrong files."""
    description = json.loads((bundle / "croissant.json").read_text(encoding="utf-8"))
    try:
        dataset = mlcroissant.Dataset(bundle / "croissant.json")
    except mlcroissant.ValidationError as error:
        return [str(error)]
    found = [*dataset.metadata.ctx.issues.errors, *dataset.metadata.ctx.issues.warnings]
    for record_set in dataset.metadata.record_sets:
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
        if records != table_rows(record_set.uuid, bundle):
            found.append(f"{record_set.uuid}: its records differ from the table")
    files = read_folder(bundle)
    listed = {entry["contentUrl"]: entry for entry in description["distribution"]}
    found += [
        f"{path}: unlisted or missing"
        for path in set(files) ^ set(listed) ^ {"croissant.json", "checksums.sha256"}
    ]
    for path, entry in listed.items():
        data = files[path]
        if (hashlib.sha256(data).hexdigest(), f"{len(data)} B") != (
            entry["sha256"],
            entry["contentSize"],
        ):
            found.append(f"{path}: hash or size")
    tables = {path.stem for path in (bundle / "data" / "tables").glob("*.jsonl")}
    if tables != {record_set.uuid for record_set in dataset.metadata.record_sets}:
        found.append("the record sets are not the tables")
    return found


def test_every_record_set_equals_its_table(released_bundle: Path):
    """The library finds no error and no warning, and every file's hash is correct."""
    logging.getLogger("absl").setLevel(logging.ERROR)
    assert differences(released_bundle) == []


def test_required_properties_are_present(released_bundle: Path):
    """It conforms to Croissant 1.1 with the responsible-AI extension, and names the sources it was derived from."""
    metadata = mlcroissant.Dataset(released_bundle / "croissant.json").metadata
    assert metadata.conforms_to == [
        "http://mlcommons.org/croissant/1.1",
        "http://mlcommons.org/croissant/RAI/1.0",
    ]
    for name in (
        "data_collection", "data_collection_type", "data_collection_timeframe", "data_annotation_protocol", "data_biases",
        "data_limitations", "data_use_cases", "data_social_impact", "personal_sensitive_information", "data_release_maintenance_plan",
    ):  # fmt: skip
        assert getattr(metadata, name), name
    description = json.loads((released_bundle / "croissant.json").read_text(encoding="utf-8"))
    hashes = [row["text_sha256"] for row in table_rows("sources", released_bundle)]
    assert [entity["sha256"] for entity in description["prov:wasDerivedFrom"]] == hashes
    assert {key for key in description if key.startswith("prov:")} == {
        "prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasAttributedTo",
    }  # fmt: skip


def of_statements(description: dict) -> dict:
    return next(entry for entry in description["recordSet"] if entry["@id"] == "statements")


def wrong_hash(description: dict, form: str = "parquet") -> None:
    entry = next(
        e for e in description["distribution"] if e["@id"] == f"data/tables/statements.{form}"
    )
    entry["sha256"] = hashlib.sha256(b"other").hexdigest()


def wrong_hash_of_csv(description: dict) -> None:
    wrong_hash(description, "csv")


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
    "harm",
    [
        wrong_hash,
        wrong_hash_of_csv,
        wrong_column,
        exchanged_column,
        dropped_column,
        wrong_type,
        dropped_file,
    ],
)
def test_faults_are_detected(bundle: Path, harm):
    """This test's own comparison detects a wrong hash, column, type or file."""
    description = json.loads((bundle / "croissant.json").read_text(encoding="utf-8"))
    harm(description)
    (bundle / "croissant.json").write_text(json.dumps(description), encoding="utf-8")
    assert differences(bundle) != []
