"""`readouts recapture`: changes of an original are reported word by word and only written with `--write`."""

from __future__ import annotations

import hashlib
import json

import pytest
import yaml

from readouts.editing.recapturing import iter_differences

PAGE = (
    "<html lang=en><title>Envoy meets host</title><main><h1>Envoy meets host</h1><p>The envoy said that the two sides will meet"
    " again in {}.</p><p>The host said that trade would grow this year{}.</p></main><footer>Write to the press desk.</footer>"
)


@pytest.fixture
def added(run, package, tmp_path):
    """A package with the source `envoy-call`, and the page that it was captured from."""
    page = tmp_path / "call.html"
    page.write_text(PAGE.format("spring", " and the next"), encoding="utf-8")
    assert run("add", page, "--id", "envoy-call", "--root", package).returncode == 0
    return package, page


def contents(package) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted((package / "data/sources/envoy-call").iterdir())
    }


def test_unchanged_original_is_recognized(run, added):
    """`add` records hash and type of the received bytes; `recapture` of the same page reports no change."""
    package, page = added
    facts = yaml.safe_load(contents(package)["curation.yaml"])["source"]
    record = json.loads(contents(package)["capture.json"])
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    assert facts["original_sha256"] == record["original_sha256"] == digest
    assert facts["media_type"] == record["media_type"] == "text/html"
    assert record["left_out"] == [{"text": "Write to the press desk.", "reason": "footer"}]
    done = run("recapture", "envoy-call", page, "--root", package)
    assert (done.returncode, done.stdout) == (0, "original: the same bytes\ntext: the same\n")


def test_changes_are_only_written_with_write(run, added):
    """Each change is shown with its context; `--write` replaces the text, capture.json and the facts."""
    package, page = added
    before = contents(package)
    page.write_text(PAGE.format("autumn", ""), encoding="utf-8")
    done = run("recapture", "envoy-call", page, "--root", package)
    assert done.returncode == 1 and "different bytes" in done.stdout
    assert (
        "will meet again in [spring. → autumn.] The host" in done.stdout
        and "[year and the next. → year.]" in done.stdout
    )
    assert contents(package) == before
    assert run("recapture", "envoy-call", page, "--write", "--root", package).returncode == 1
    after = contents(package)
    facts = yaml.safe_load(after["curation.yaml"])["source"]
    assert (
        b"autumn" in after["source.txt"]
        and facts["text_sha256"] == hashlib.sha256(after["source.txt"]).hexdigest()
    )
    assert run("recapture", "envoy-call", page, "--root", package).returncode == 0
    assert "capture" not in run("validate", "--root", package).stdout.replace("captures", "")


def test_released_text_is_not_replaced(run, added, package):
    """A released source keeps its text; statements that are no longer in it are listed; an unknown source is refused."""
    _, page = added
    source = "mfa-2019-09-26-celac-quartet"
    folder = package / "data/sources" / source
    before = (folder / "source.txt").read_bytes()
    done = run("recapture", source, page, "--write", "--root", package)
    assert done.returncode == 2 and "was released and cannot change" in done.stderr
    assert (
        "statements that are no longer in the text: s01, s02" in done.stdout
        and (folder / "source.txt").read_bytes() == before
    )
    assert "has no url" in run("recapture", source, "--root", package).stderr
    assert (
        "unknown source envoy-cal; did you mean `envoy-call`?"
        in run("recapture", "envoy-cal", "--root", package).stderr
    )


def test_quotation_of_left_out_text_is_reported(run, added):
    """The message gives the reason why the quoted part of the page was left out."""
    package, _ = added
    curated = package / "data/sources/envoy-call/curation.yaml"
    text = curated.read_text(encoding="utf-8").replace(
        "account_type: null", "account_type: readout"
    )
    entry = "exclusions:\n  - quote: Write to the press desk.\n    reason: boilerplate\n"
    curated.write_text(text.partition("exclusions:")[0] + entry, encoding="utf-8")
    shown = run("validate", "--root", package).stdout
    assert "in a part of the original that was left out (footer)" in shown, shown


def test_rename_moves_capture_json(run, added):
    package, _ = added
    assert run("rename", "envoy-call", "host-call", "--root", package).returncode == 0
    names = {path.name for path in (package / "data/sources/host-call").iterdir()}
    assert (
        names == {"capture.json", "curation.yaml", "source.txt"}
        and not (package / "data/sources/envoy-call/capture.json").exists()
    )


def test_differences_ignore_white_space():
    """Added, removed and replaced words are shown once, nearby ones together."""
    assert not list(iter_differences("a b\n\nc", "a  b c"))
    many = " ".join(f"w{n}" for n in range(40))
    assert list(iter_differences(f"one {many}", many)) == [
        "[removed: one] w0 w1 w2 w3 w4 w5 w6 w7 …"
    ]
    assert list(iter_differences("a b c d", "a x c d e")) == ["a [b → x] c d [added: e]"]
