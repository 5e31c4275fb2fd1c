"""What a Discord client sends when a user fills something in: options of a command, a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .payloads import walk
from .protocol import ComponentType, Json

Value = str | int | float | bool
Entry = str | Sequence[str]
FIELD_HOLDERS = (ComponentType.ROW, ComponentType.LABEL)


def fill_command(command: Json, path: Sequence[str], values: Mapping[str, Value], focused: str | None = None) -> Json:
    """Return the data of a command, whose subcommand the path names."""
    options = _fill_options(command, path, values, focused)
    return {"id": command["id"], "name": command["name"], "type": 1, "options": options}


def _fill_options(owner: Json, path: Sequence[str], values: Mapping[str, Value], focused: str | None) -> list[Json]:
    declared = {option["name"]: option for option in owner.get("options") or []}
    if path:
        inner = _fill_options(declared[path[0]], path[1:], values, focused)
        return [{"name": path[0], "type": declared[path[0]]["type"], "options": inner}]
    _check_names(declared, values, complete=focused is None)
    return [_fill_option(declared[name], values[name], focused) for name in values]


def _check_names(declared: Mapping[str, Json], values: Mapping[str, Value], *, complete: bool) -> None:
    if unknown := values.keys() - declared.keys():
        raise LookupError(f"no option {sorted(unknown)}; there are {sorted(declared)}")
    required = {name for name, option in declared.items() if option.get("required")}
    if complete and (missing := required - values.keys()):
        raise LookupError(f"the required option {sorted(missing)} is missing")


def _fill_option(option: Json, value: Value, focused: str | None) -> Json:
    filled: Json = {"name": option["name"], "type": option["type"], "value": value}
    if option["name"] == focused:
        filled["focused"] = True
    elif choices := {choice["name"]: choice["value"] for choice in option.get("choices") or []}:
        filled["value"] = choices[str(value)]
    return filled


def find_focused(data: Json) -> Json:
    """Return the option that a person is typing into."""
    option: Json
    for option in data.get("options") or []:
        if option.get("focused"):
            return option
        if option.get("options"):
            return find_focused(option)
    raise LookupError("nobody is typing into an option")


def fill_modal(modal: Json, values: Mapping[str, Entry]) -> Json:
    """Return the data of a form whose fields are named by their labels."""
    blocks = [block for block in modal["components"] if block["type"] in FIELD_HOLDERS]
    labels = {label for block in blocks for label in _labels(block)}
    if unknown := values.keys() - labels:
        raise LookupError(f"no field {sorted(unknown)}; there are {sorted(labels)}")
    filled = [_fill_block(block, values) for block in blocks]
    return {"custom_id": modal["custom_id"], "components": filled}


def _labels(block: Json) -> list[str]:
    return [c["label"] for c in walk([block]) if c.get("label")]


def _fill_block(block: Json, values: Mapping[str, Entry]) -> Json:
    if block["type"] == ComponentType.LABEL:
        field = _fill_field(block["component"], block["label"], values)
        return {"type": ComponentType.LABEL, "component": field}
    fields = [_fill_field(field, field["label"], values) for field in block["components"]]
    return {"type": ComponentType.ROW, "components": fields}


def _fill_field(field: Json, label: str, values: Mapping[str, Entry]) -> Json:
    entry = values.get(label, _prefilled(field))
    if field.get("required", True) and not entry:
        raise LookupError(f"the required field {label!r} is missing")
    answer = {"type": field["type"], "custom_id": field["custom_id"]}
    if field["type"] == ComponentType.TEXT_INPUT:
        return {**answer, "value": entry}
    picked = [entry] if isinstance(entry, str) and entry else entry
    return {**answer, "values": pick_options(field, [*picked])}


def _prefilled(field: Json) -> Entry:
    if field["type"] == ComponentType.TEXT_INPUT:
        return field.get("value") or ""
    return [option["label"] for option in field["options"] if option.get("default")]


def pick_options(menu: Json, labels: Sequence[str]) -> list[str]:
    """Return the values behind the options a user picks, as many as the menu lets them."""
    values = {option["label"]: option["value"] for option in menu["options"]}
    if unknown := [label for label in labels if label not in values]:
        raise LookupError(f"no option {unknown}; there are {list(values)}")
    if len(labels) > (most := menu.get("max_values") or 1):
        raise LookupError(f"{list(labels)} are more than the {most} one may pick")
    return [values[label] for label in labels]
