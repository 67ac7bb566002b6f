"""Front matter: the YAML at the top of a README, read and checked."""

import re

import yaml

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_STRINGS = ("license_name", "license_link", "pretty_name")
_STRINGS_OR_LISTS = ("license", "language", "annotations_creators", "source_datasets")
_LISTS = ("tags", "task_categories", "task_ids", "size_categories", "configs")


class _Loader(yaml.SafeLoader):
    """YAML read as the Hub reads it: a key given twice is an error, and dates stay text."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"duplicated mapping key {key!r}", node.start_mark
            )
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_str)


def read(readme: str) -> tuple[dict | None, list[str]]:
    """Read a README's front matter.

    Returns:
        The mapping, or None when there is no front matter; and what is wrong with it.
    """
    match = _FRONT_MATTER.match(readme)
    if not match:
        return None, []
    try:
        data = yaml.load(match[1], _Loader)
    except yaml.YAMLError as error:
        return {}, [" ".join(str(error).split())]
    if not isinstance(data, dict):
        return {}, ["the front matter is not a mapping"] if data is not None else []
    return data, _problems(data)


def _problems(data: dict) -> list[str]:
    problems = [
        f'"{key}" must be a string' for key in _STRINGS if not isinstance(data.get(key, ""), str)
    ]
    problems += [
        f'"{key}" must be a string or an array of strings'
        for key in _STRINGS_OR_LISTS
        if not (isinstance(data.get(key, ""), str) or _strings(data[key]))
    ]
    problems += [
        f'"{key}" must be an array'
        for key in _LISTS
        if key in data
        and not (isinstance(data[key], list) if key == "configs" else _strings(data[key]))
    ]
    configs = data.get("configs")
    for number, config in enumerate(configs if isinstance(configs, list) else []):
        if not isinstance(config, dict) or not isinstance(config.get("config_name"), str):
            problems.append(f'"configs[{number}].config_name" must be a string')
        elif "data_files" in config and not isinstance(config["data_files"], str | list):
            problems.append(f'"configs[{number}].data_files" must be a string or an array')
    return problems


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def validation(readme: str) -> tuple[int, dict]:
    """Return the status and body of `/api/validate-yaml` for a README."""
    data, problems = read(readme)
    warnings = [] if data else [{"message": "empty or missing yaml metadata in repo card"}]
    body = {
        "errors": [{"message": problem} for problem in problems],
        "warnings": [] if problems else warnings,
    }
    return (400 if problems else 200), body
