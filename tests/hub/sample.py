"""A sample dataset, and a client's program that pushes versions of it the way a publisher does."""

#: The repository of the published sample.
REPOSITORY = "readouts/sample"

README = """\
---
license: cc0-1.0
configs:
- config_name: statements
  default: true
  data_files:
  - split: train
    path: statements/*.parquet
- config_name: countries
  data_files:
  - split: train
    path: countries/*.parquet
---
# Sample, version {version}
"""

#: Arguments: the repository, then the versions to push one after the other. Each push replaces the
#: README and `statements/a.parquet`, adds a file of its own and takes the version before's away.
PUSH = f"""
import io, pyarrow, pyarrow.parquet
def parquet(rows, salt):
    table = pyarrow.table({{"id": range(rows), "text": [f"{{salt}} row {{i}}" for i in range(rows)]}})
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file, row_group_size=1000)
    return file.getvalue()

repo, *versions = sys.argv[1:]
api.create_repo(repo, repo_type="dataset", exist_ok=True)
for version in versions:
    refs = api.list_repo_refs(repo, repo_type="dataset")
    (head,) = [ref.target_commit for ref in refs.branches if ref.name == "main"]
    names = api.list_repo_files(repo, repo_type="dataset")
    operations = [CommitOperationDelete(name) for name in names if name.startswith("note-") and version not in name]
    operations += [
        CommitOperationAdd("README.md", {README!r}.format(version=version).encode()),
        CommitOperationAdd("statements/a.parquet", parquet(20000, version)),
        CommitOperationAdd("countries/a.parquet", parquet(3, "country")),
        CommitOperationAdd(f"note-{{version}}.txt", version.encode()),
    ]
    done = api.create_commit(repo, operations, commit_message=version, repo_type="dataset", parent_commit=head)
    api.create_tag(repo, tag=version, revision=done.oid, repo_type="dataset", exist_ok=True)
    print(json.dumps({{"oid": done.oid, "version": version}}), flush=True)
"""


def files(version: str) -> list[str]:
    """The files a repository holds after a version was pushed, in git's order."""
    return [
        ".gitattributes",
        "README.md",
        "countries/a.parquet",
        f"note-{version}.txt",
        "statements/a.parquet",
    ]
