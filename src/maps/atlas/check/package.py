"""What an atlas's own `datapackage.json` says of its tables, held to by Frictionless.

The cells are handed over as they were loaded, so Frictionless reads no file and
follows no address that a descriptor may name. It goes through tables row by row, which
takes long for large ones: so its readers judge each distinct cell of a column first, and
it goes only through tables in which these, or a key, show a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, cast

from maps.atlas.check.inventory import Inventory
from maps.atlas.load import AtlasTables, Table
from maps.atlas.model.tables import COLUMNS
from maps.errors import Problem

if TYPE_CHECKING:
    from frictionless import Error, Package, Resource

Descriptor = Mapping[str, Any]


def check_package(inventory: Inventory) -> Iterator[Problem]:
    """Check the descriptor, and the tables by the schemas in it."""
    tables = inventory.tables
    package = tables.package
    if any(problem.file == package.file for problem in tables.problems):
        return
    resources = package.values.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        yield package.problem("resources", "descriptor", "must be a list of objects, one a table")
        return
    yield from _resource_faults(tables, resources)
    by_file = {tables[name].file: tables[name] for name in inventory.whole - {"settings"}}
    described: dict[str, tuple[Table, Descriptor]] = {}
    for number, resource in enumerate(resources, start=1):
        table = by_file.get(str(resource.get("path")))
        if table and (fault := _schema_fault(table, resource)):
            yield package.problem(f"resources[{number}].schema", *fault)
        elif table:
            described[table.file] = table, resource
    if described:
        yield from _validated(tables, list(described.values()))


def _resource_faults(tables: AtlasTables, resources: list[Descriptor]) -> Iterator[Problem]:
    package = tables.package
    listed: set[str] = set()
    for number, resource in enumerate(resources, start=1):
        field = f"resources[{number}]"
        paths = resource.get("path")
        for path in map(str, paths if isinstance(paths, list) else [paths]):
            listed.add(path)
            if path not in tables.files and not any(p.file == path for p in tables.problems):
                message = f"'{path}' is no file of the atlas; correct the path"
                yield package.problem(f"{field}.path", "package-path", message)
        if not (resource.get("licenses") or package.values.get("licenses")):
            message = f"'{resource.get('name')}' has no licence; add one to it or to the package"
            yield package.problem(f"{field}.licenses", "licence-missing", message)
    for table in tables.tables.values():
        if table.readable and table.file not in listed:
            message = f"does not describe {table.file}; add a resource with its schema"
            yield package.problem("resources", "package-resource", message)


def _schema_fault(table: Table, resource: Descriptor) -> tuple[str, str] | None:
    """Give the rule that a schema breaks and what is wrong with it; None where it can be used."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(f, dict) for f in fields):
        return "descriptor", f"has no list of fields; describe the columns of {table.file}"
    names = sorted(str(entry.get("name")) for entry in fields)
    form = sorted(
        name
        for column in COLUMNS[table.file.removesuffix(".csv")]
        if (name := column.name_in(table.columns)) in table.columns or not column.later
    )
    if names != form:
        odd = ", ".join(sorted({*names} ^ {*form})) or "a field twice"
        return "package-columns", f"does not match the form of {table.file}: {odd}"
    if not isinstance(resource.get("name"), str):
        return "descriptor", "belongs to a resource without name"
    return None


class _Cells(list[list[str]]):
    """Cells that Frictionless does not copy: it does so several times, and changes none."""

    def __deepcopy__(self, memo: object) -> _Cells:
        return self


def _with_cells(table: Table, resource: Descriptor, left_out: set[str]) -> Descriptor:
    """Give a resource its cells, in the order its schema names them.

    Foreign keys into resources that are left out, being broken themselves, are dropped.
    """
    schema = resource["schema"]
    keys = schema.get("foreignKeys", [])
    if isinstance(keys, list):
        schema = {**schema, "foreignKeys": [key for key in keys if _target(key) not in left_out]}
    names = [entry["name"] for entry in schema["fields"]]
    places = [table.columns.index(name) if name in table.columns else None for name in names]
    rows = [
        ["" if at is None or at >= len(row.written) else row.written[at] for at in places]
        for row in table
    ]
    cells = _Cells([names, *rows])
    return {"name": resource["name"], "type": "table", "data": cells, "schema": schema}


def _target(key: object) -> str:
    reference = key.get("reference") if isinstance(key, dict) else None
    return str(reference.get("resource", "")) if isinstance(reference, dict) else ""


def _validated(tables: AtlasTables, described: list[tuple[Table, Descriptor]]) -> Iterator[Problem]:
    from frictionless import FrictionlessException, Package  # noqa: PLC0415 - 0.3 s

    by_name = {resource["name"]: (table, resource) for table, resource in described}
    everything = {str(resource.get("name")) for resource in tables.package.values["resources"]}
    left_out = everything - by_name.keys()
    resources = [_with_cells(table, resource, left_out) for table, resource in described]
    try:
        package = Package.from_descriptor({"name": "atlas", "resources": resources})
        _leave_out_sound_tables(package)
        report = package.validate()
    except FrictionlessException as unfit:
        for reason in unfit.reasons or [unfit.error]:
            yield tables.package.problem("", "descriptor", f"is no Data Package: {reason.note}")
        return
    except (AttributeError, TypeError, ValueError, LookupError) as crash:
        # Frictionless 5.21 takes the parts of a schema apart before it checks them.
        message = f"cannot be read as a Data Package ({crash}); look at its foreignKeys"
        yield tables.package.problem("", "descriptor", message)
        return
    for error in report.errors:
        yield tables.package.problem("", "descriptor", f"is no Data Package: {error.note}")
    for task in report.tasks:
        for error in task.errors:
            yield _translated(*by_name[task.name], error)


def _leave_out_sound_tables(package: Package) -> None:
    """Keep the tables that may have a fault, and those that they point into."""
    tables = {table.name: table for table in package.resources}
    read = {name: _read(table) for name, table in tables.items()}
    kept = [name for name, table in tables.items() if not _is_sound(table, read)]
    for name in kept:
        targets = (key["reference"]["resource"] for key in tables[name].schema.foreign_keys)
        kept += [target for target in targets if target in tables and target not in kept]
    for name in tables.keys() - kept:
        package.remove_resource(name)


def _read(table: Resource) -> Mapping[str, list[Any]] | None:
    """Read the cells of a table by column; None where one of them does not fit."""
    _, *rows = cast("list[list[str]]", table.data)
    columns = zip(*rows, strict=True) if rows else repeat(())
    read: dict[str, list[Any]] = {}
    for field, cells in zip(table.schema.fields, columns, strict=False):
        try:
            reader = field.create_cell_reader()
            known = {cell: reader(cell) for cell in set(cells)}
        except Exception:  # Frictionless will tell what it cannot use
            return None
        if any(notes for _, notes in known.values()):
            return None
        read[field.name] = [known[cell][0] for cell in cells]
    return read


def _is_sound(table: Resource, read: Mapping[str, Mapping[str, list[Any]] | None]) -> bool:
    """Tell whether the cells, the rows and the keys of a table are certainly without fault."""
    columns = read[table.name]
    if columns is None:
        return False
    rows = len(cast("list[list[str]]", table.data)) - 1
    try:
        unique = [[field.name] for field in table.schema.fields if field.constraints.get("unique")]
        for names in filter(None, (*unique, table.schema.primary_key)):
            keys = _keys(columns, names)
            if len(keys) < rows or (None,) * len(names) in keys:
                return False
        for key in table.schema.foreign_keys:
            there = read[key["reference"]["resource"] or table.name] or {}
            wanted = _keys(columns, key["fields"]) - {(None,) * len(key["fields"])}
            if not wanted <= _keys(there, key["reference"]["fields"]):
                return False
    except (LookupError, TypeError):  # a key of no column, a cell that is a list
        return False
    # Without a column that is filled a row may be blank.
    return not rows or any(None not in values for values in columns.values())


def _keys(columns: Mapping[str, list[Any]], names: Sequence[str]) -> set[tuple[object, ...]]:
    """Give what stands in some columns together, of all rows."""
    return set(zip(*(columns[name] for name in names), strict=True))


def _translated(table: Table, resource: Descriptor, error: Error) -> Problem:
    """Turn a Frictionless error into a problem at the row's line."""
    number: int | None = getattr(error, "row_number", None)
    field = getattr(error, "field_name", "")
    if error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        field = key if isinstance(key, str) else ", ".join(key)
    elif error.type == "foreign-key":
        field = ", ".join(getattr(error, "field_names", ()))
    cell = getattr(error, "cell", None)
    value = "" if cell is None else f"'{cell}' "
    message = f"{value}does not fit datapackage.json: {error.note or error.title}"
    rule = f"schema-{error.type.removesuffix('-error')}"
    if not number:
        return Problem(table.file, None, "", field, rule, message)
    return table.rows[number - 2].problem(field, rule, message)
