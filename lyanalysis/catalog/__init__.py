"""What the data package says about itself: names in two languages, units, regions, sources.

Every data table is opened here and nowhere else. ``data`` is a folder of the user's own; ``None``
means the one that ``LYANALYSIS_DATA`` names, if any. A folder with a ``datapackage.json`` stands
alone, any other adds rows to the tables shipped with the library. A table is read once, and again
when one of its files has changed.
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
from lyanalysis.catalog.folders import (
    OWN_DATA,
    data_edition,
    holds,
    own_data,
    shipped,
    table_columns,
)
from lyanalysis.catalog.names import (
    Language,
    axis_label,
    citation,
    ordered_sources,
    publisher_name,
    region_name,
    short_name,
    source_line,
    unit_name,
    variable_name,
)
from lyanalysis.catalog.sourced import Sourced
from lyanalysis.catalog.tables import (
    READ_LOG,
    Version,
    read_table,
    refuse,
    table_hashes,
    version,
)
from lyanalysis.catalog.texts import escape_markdown

__all__ = [
    "OWN_DATA",
    "READ_LOG",
    "Language",
    "Region",
    "Source",
    "Sourced",
    "Variable",
    "Version",
    "axis_label",
    "citation",
    "data_edition",
    "escape_markdown",
    "find_region",
    "holds",
    "ordered_sources",
    "own_data",
    "publisher_name",
    "read_table",
    "refuse",
    "region",
    "region_name",
    "regions",
    "shipped",
    "short_name",
    "source",
    "source_line",
    "sources",
    "table_columns",
    "table_hashes",
    "unit_name",
    "variable",
    "variable_name",
    "variables",
    "version",
]
