"""`readouts push`: a release onto the Hub in one commit, tagged only after it was read back and found equal.

A push that is killed leaves the old release or the new one; run again, it continues from there.
"""

from __future__ import annotations

from collections.abc import Callable

from huggingface_hub import CommitOperationAdd, CommitOperationDelete

from ..core.findings import PackageError
from ..ledger.ledger import parse_version
from ..publication.bundle import Files
from .plan import Plan, Release, plan
from .session import BranchMoved, NotFound, Session

MAIN = "main"

Report = Callable[[str], None]


def preview(session: Session, release: Release, revision: str, report: Report) -> tuple[Plan, str]:
    """Return what a push would change, and a short description of the target. Raises PackageError if a push would be refused."""

    def look() -> tuple[Plan, str]:
        try:
            branches, tags = session.refs()
        except NotFound:
            return plan(release.files(), {}, None), f"{session.address} would be created"
        if revision == MAIN and release.tag in tags:
            return _as_tagged(
                session, release
            ), f"{session.address} already has {release.tag}; a push would change nothing"
        _refuse_older(session, release, tags, revision)
        head = branches.get(revision) or branches.get(MAIN) or ""
        tree = session.tree(head)
        return plan(
            release.files_like(session, head, tree), tree, head
        ), f"on {revision} of {session.address}"

    return session.with_retries(look, report)


def push(
    session: Session,
    release: Release,
    report: Report,
    *,
    revision: str = MAIN,
    create_pr: bool = False,
    private: bool = False,
) -> str:
    """Publish the release and return what was done, in a line.

    A push to `main` ends with the tag; one to another branch or as a pull request has none, because
    a tag names a state of `main`. Raises PackageError if the Hub has something else under the tag
    or a newer version, or if the branch moved meanwhile.
    """
    session.with_retries(session.require_write_token, report)
    return session.with_retries(
        lambda: _attempt(session, release, report, revision, create_pr, private), report
    )


def _attempt(
    session: Session,
    release: Release,
    report: Report,
    revision: str,
    create_pr: bool,
    private: bool,
) -> str:
    """Try once, from the present state of the Hub to the end."""
    branches, tags = _refs_of_existing(session, private, report)
    if release.tag in tags and revision == MAIN:
        _as_tagged(session, release)
        return (
            f"{session.address} already has {release.tag}, with the same files: nothing was changed"
        )
    _refuse_older(session, release, tags, revision)
    head = _head(session, branches, revision)
    tree = session.tree(head)
    wanted = plan(release.files_like(session, head, tree), tree, head)
    if create_pr and not wanted.equal:
        return _propose(session, release, wanted, report)
    commit = head if wanted.equal else _commit(session, release, wanted, report, revision)[0]
    _require_equal(session, wanted.files, commit)
    if revision != MAIN or create_pr:
        return f"{session.address}: {revision} has {release.tag} at {commit[:12]}, read back and equal; no tag was set"
    report(f"read back: {len(wanted.files)} files equal at {commit[:12]}")
    _tag(session, release, commit)
    return f"published {release.tag} at {commit[:12]}: {session.address}/tree/{release.tag}"


def _refs_of_existing(
    session: Session, private: bool, report: Report
) -> tuple[dict[str, str], list[str]]:
    try:
        return session.refs()
    except NotFound:
        with session.translated_errors():
            session.api.create_repo(
                session.repo_id, repo_type="dataset", private=private, exist_ok=True
            )
        report(f"created {session.address}")
    try:
        return session.refs()
    except NotFound as error:
        raise PackageError(
            f"{session.repo_id} exists, but the token has no access to it ({error})"
        ) from None


def _head(session: Session, branches: dict[str, str], revision: str) -> str:
    """Return the commit to build on; a missing branch begins at main."""
    if revision in branches:
        return branches[revision]
    if revision.startswith("refs/"):
        try:
            return session.commit_of(revision)
        except NotFound:
            raise PackageError(f"{session.address} has no {revision}") from None
    if revision != MAIN:
        with session.translated_errors():
            session.api.create_branch(
                session.repo_id, repo_type="dataset", branch=revision, revision=MAIN, exist_ok=True
            )
    return session.commit_of(revision)


def _refuse_older(session: Session, release: Release, tags: list[str], revision: str) -> None:
    newer = []
    for tag in tags:
        try:
            if tag.startswith("v") and parse_version(tag[1:]) > parse_version(
                release.ledger.version
            ):
                newer.append(tag)
        except ValueError:
            continue
    if newer and revision == MAIN:
        raise PackageError(
            f"{session.address} already has {', '.join(sorted(newer))}, which is newer than {release.tag}"
        )


def _as_tagged(session: Session, release: Release) -> Plan:
    """Return the empty plan of a tag that contains the release. Raises PackageError if it contains something else."""
    commit = session.commit_of(release.tag)
    tree = session.tree(commit)
    found = plan(release.files_like(session, commit, tree), tree, commit)
    if not found.equal:
        differing = [*found.added, *found.changed, *found.deleted]
        raise PackageError(
            f"{session.address} has {release.tag} with other content ({_few(differing)}); a tag is never moved: release a new version"
        )
    return found


def _commit(
    session: Session,
    release: Release,
    wanted: Plan,
    report: Report,
    revision: str,
    create_pr: bool = False,
) -> tuple[str, str | None]:
    """Return (commit, address of the pull request). Raises PackageError if the branch moved since it was read."""
    sent = [*wanted.added, *wanted.changed]
    report(f"sending {len(sent)} files, {sum(len(wanted.files[path]) for path in sent):,} bytes")
    operations: list[CommitOperationAdd | CommitOperationDelete] = [
        CommitOperationAdd(path, wanted.files[path]) for path in sent
    ]
    operations += [CommitOperationDelete(path, is_folder=False) for path in wanted.deleted]
    try:
        with session.translated_errors():
            done = session.api.create_commit(
                session.repo_id,
                operations,
                commit_message=f"Release {release.ledger.version}",
                repo_type="dataset",
                revision=revision,
                create_pr=create_pr,
                parent_commit=wanted.commit,
            )
    except BranchMoved:
        if not create_pr and _holds(session, release, revision):
            return session.commit_of(revision), None
        raise PackageError(
            f"{session.address} was changed by another process during this push; check it and push again"
        ) from None
    return done.oid, done.pr_url


def _holds(session: Session, release: Release, revision: str) -> bool:
    """Return True if a revision contains the release already."""
    commit = session.commit_of(revision)
    tree = session.tree(commit)
    return plan(release.files_like(session, commit, tree), tree, commit).equal


def _propose(session: Session, release: Release, wanted: Plan, report: Report) -> str:
    for ref in session.pull_requests():
        if _holds(session, release, ref):
            return f"{session.address}/discussions/{ref.rpartition('/')[2]} already proposes {release.tag}: nothing was changed"
    commit, address = _commit(session, release, wanted, report, MAIN, create_pr=True)
    _require_equal(session, wanted.files, commit)
    return f"proposed {release.tag}, read back and equal: {address}; once it is merged, push again to tag it"


def _require_equal(session: Session, files: Files, commit: str) -> None:
    """Read the commit back: every file's hash. Raises PackageError if one differs, is missing or is unexpected."""
    found = plan(files, session.tree(commit), commit)
    if not found.equal:
        differing = _few([*found.added, *found.changed, *found.deleted])
        raise PackageError(
            f"{session.address} at {commit[:12]} differs from what was sent ({differing}) and was not tagged: push again"
        )


def _tag(session: Session, release: Release, commit: str) -> None:
    try:
        with session.translated_errors():
            session.api.create_tag(
                session.repo_id,
                repo_type="dataset",
                tag=release.tag,
                revision=commit,
                exist_ok=False,
            )
    except BranchMoved:
        _as_tagged(session, release)
    if session.commit_of(release.tag) != commit:
        _as_tagged(session, release)


def _few(paths: list[str]) -> str:
    return ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
