"""What the data package says about itself: names in two languages, units, regions, sources.

Every data table is opened here and nowhere else. ``data`` is the folder of a data package; ``None``
means the one shipped with the library. A table is read once, and again when its file has changed.
"""

from lyanalysis.catalog.entries import (
    Region,
    Source,
    Variable,
    find_region,
    region,
    regions,
    source,
    sources,
    variable,
    variables,
)
from lyanalysis.catalog.names import (
    Language,
    axis_label,
    citation,
    ordered_sources,
    region_name,
    short_name,
    source_line,
    unit_name,
    variable_name,
)
from lyanalysis.catalog.sourced import Sourced
from lyanalysis.catalog.tables import READ_LOG, Version, list_tables, read_table, shipped, version

__all__ = [
    "READ_LOG",
    "Language",
    "Region",
    "Source",
    "Sourced",
    "Variable",
    "Version",
    "axis_label",
    "citation",
    "find_region",
    "list_tables",
    "ordered_sources",
    "read_table",
    "region",
    "region_name",
    "regions",
    "shipped",
    "short_name",
    "source",
    "source_line",
    "sources",
    "unit_name",
    "variable",
    "variable_name",
    "variables",
    "version",
]
