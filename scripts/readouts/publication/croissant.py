"""`croissant.json`: the bundle in MLCommons' Croissant 1.1 (JSON-LD), with its responsible-AI properties and PROV provenance.

Every file of the bundle is listed with its SHA-256 (except this one and the checksums, which cannot
list each other); every table has a record set, read from its Parquet file.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..compile.rows import Row
from ..core.definitions import Column, Table
from ..curation.corpus import Contributor, Corpus
from ..ledger.ledger import Ledger
from .citation import ORCID

CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context of the Croissant 1.1 specification (appendix 1), with PROV."""

MEDIA_TYPES = {
    ".parquet": "application/x-parquet",
    ".jsonl": "application/jsonlines",
    ".json": "application/json",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".sql": "application/sql",
    ".yaml": "application/yaml",
    ".cff": "application/yaml",
}
DATA_TYPES = {"string": "sc:Text", "date": "sc:Date", "integer": "cr:Int64", "number": "cr:Float64"}

MADE_BY = "readouts "
"""Text before the version of the tool that made a bundle."""

RESPONSIBLE_AI: dict[str, Any] = {
    "rai:dataCollectionType": ["Manual Human Curator", "Document analysis"],
    "rai:dataCollectionMissingData": "Facts that the source does not state are null, or are given with their basis and evidence; nothing is guessed.",
    "rai:dataCollectionRawData": "The captured texts, kept unchanged in the source repository; published in full only where their rights allow.",
    "rai:dataPreprocessingProtocol": [
        "Texts are not normalised: offsets count Unicode code points of the capture. Curators quote words; offsets, hashes, prefixes and "
        "suffixes are found by the build."
    ],
    "rai:dataAnnotationProtocol": [
        "schema/CODEBOOK.md says how to decide; schema/vocabulary.yaml defines the terms. Every validation run rebuilds each statement from its "
        "captured text and checks it against the JSON Schemas and the guards in schema/guards."
    ],
    "rai:dataAnnotationPlatform": ["YAML files under version control, checked by this package"],
    "rai:dataReleaseMaintenancePlan": "Semantic versions; data/released.jsonl records when and why each record was added, revised or withdrawn.",
}  # fmt: skip
"""Properties of every corpus that this tool makes."""
ABOUT = {
    "collection": "rai:dataCollection",
    "use_cases": "rai:dataUseCases",
    "limitations": "rai:dataLimitations",
    "biases": "rai:dataBiases",
    "social_impact": "rai:dataSocialImpact",
    "personal_information": "rai:personalSensitiveInformation",
}
"""Key of `about` in data/corpus.yaml → property of Croissant RAI."""
LISTS = (
    "rai:dataUseCases",
    "rai:dataLimitations",
    "rai:dataBiases",
    "rai:personalSensitiveInformation",
)


def croissant(
    corpus: Corpus,
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    parquet: dict[str, str],
    files: dict[str, bytes],
    tool: str,
) -> bytes:
    """Return the metadata as JSON.

    `parquet` gives the path of each present table's Parquet file, `files` the bytes of every file
    to list by its path, `tool` the version of readouts.
    """
    description: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": corpus.title,
        "description": corpus.description,
        "version": ledger.version,
        "license": corpus.license.url,
        "usageInfo": f"The licence covers the annotations. {corpus.texts}",
        "keywords": list(corpus.keywords),
        "inLanguage": sorted({row["language"] for row in rows["statements"]}),
        "isLiveDataset": False,
        "creator": [_contributor(person) for person in corpus.contributors],
        "publisher": [_contributor(person) for person in corpus.contributors],
        "citeAs": f"{', '.join(person.name for person in corpus.contributors)}: {corpus.title}, version {ledger.version}",
    }
    description |= {"url": corpus.homepage} if corpus.homepage else {}
    if ledger.released_on is not None:
        description["datePublished"] = ledger.released_on
    description |= RESPONSIBLE_AI | {
        ABOUT[key]: [text] if ABOUT[key] in LISTS else text for key, text in corpus.about
    }
    days = sorted(row["accessed_on"] for row in rows["sources"])
    description["rai:dataCollectionTimeFrame"] = sorted(
        {f"{day}T00:00:00" for day in (*days[:1], *days[-1:])}
    )
    description |= _provenance(corpus, rows["sources"], tool)
    description["distribution"] = [_file_object(path, files[path]) for path in sorted(files)]
    description["recordSet"] = [_record_set(tables[name], parquet) for name in parquet]
    return (json.dumps(description, indent=2, ensure_ascii=False) + "\n").encode()


def _contributor(person: Contributor) -> dict[str, str]:
    found = {"@type": "Person" if person.type == "person" else "Organization", "name": person.name}
    return found | ({"sameAs": ORCID + person.orcid} if person.orcid else {})


def _provenance(corpus: Corpus, sources: list[Row], tool: str) -> dict[str, Any]:
    """Return PROV: the sources of the dataset, the tools, and the people responsible."""
    derived = []
    for row in sources:
        entity = {
            "@type": "prov:Entity",
            "@id": f"source:{row['source_id']}",
            "prov:label": row["title"] or row["source_id"],
        }
        entity |= {"sha256": row["text_sha256"]} | (
            {"prov:atLocation": row["url"]} if row["url"] else {}
        )
        derived.append(entity)
    return {
        "prov:wasDerivedFrom": derived,
        "prov:wasGeneratedBy": [
            {"@type": "prov:Activity", "prov:label": "Curation by schema/CODEBOOK.md"},
            {"@type": "prov:Activity", "prov:label": "Compilation and validation by `readouts build`"}
            | {"prov:wasAssociatedWith": {"@type": "prov:SoftwareAgent", "prov:label": f"{MADE_BY}{tool}"}},
        ],
        "prov:wasAttributedTo": [{"@type": "prov:Agent", "prov:label": person.name} for person in corpus.contributors],
    }  # fmt: skip


def _file_object(path: str, data: bytes) -> dict[str, Any]:
    suffix = "." + path.rpartition(".")[2] if "." in path.strip(".") else ""
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{len(data)} B",
        "encodingFormat": MEDIA_TYPES.get(suffix, "text/plain"),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _record_set(table: Table, parquet: dict[str, str]) -> dict[str, Any]:
    keys = [{"@id": f"{table.name}/{name}"} for name in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(table, column, parquet) for column in table.columns],
    }


def _field(table: Table, column: Column, parquet: dict[str, str]) -> dict[str, Any]:
    """Return one column. Foreign keys are only in datapackage.json: mlcroissant 1.1.1 cannot read a record set whose fields have `references`."""
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": DATA_TYPES[column.type],
        "source": {"fileObject": {"@id": parquet[table.name]}, "extract": {"column": column.name}},
    }
