"""Imports run one way, as the design has it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lyanalysis"

ALLOWED = {
    "errors": set(),
    "catalog": {"errors"},
    "sources": {"errors", "catalog"},
    "indicators": {"errors"},
    "charts": {"errors", "catalog"},
    "wording": {"errors", "catalog"},
    "exhibits": {"errors", "catalog", "charts", "wording"},
    "export": {"errors"},
    "report": {"errors", "catalog", "export"},
}
"""Part of the package -> the parts it may import, beside itself."""

READS_FILES = {"catalog", "export", "report", "cli"}
"""Parts that may open files: data only through the catalogue, the others their own artefacts."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imported_parts(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
            names.add(str(node.module))
    return {name.split(".")[1] for name in names if name.startswith("lyanalysis.")}


def test_every_part_of_the_package_is_in_the_table() -> None:
    assert {part(path) for path in MODULES} - {"__init__", "__main__", "cli"} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    here = part(path)
    if here in {"cli", "__main__"}:
        return
    names = imported_parts(ast.parse(path.read_text(encoding="utf-8")))
    allowed = ALLOWED.get(here, set()) | {here, "__version__"}
    assert names <= allowed, f"{path.name} imports {sorted(names - allowed)}"


@pytest.mark.parametrize(
    "name", ["__init__", "data", "editions", "indicators", "options", "reports"]
)
def test_the_command_line_imports_the_package_only_when_a_command_runs(name: str) -> None:
    tree = ast.parse((PACKAGE / "cli" / f"{name}.py").read_text(encoding="utf-8"))
    later = [node for node in tree.body if isinstance(node, ast.If)]  # for the type checker alone
    assert all(ast.unparse(node.test) == "TYPE_CHECKING" for node in later)
    now = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.If)]
    assert imported_parts(ast.Module(now, [])) <= {"cli", "errors", "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_opened_in_few_places(path: Path) -> None:
    if part(path) in READS_FILES:
        return
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not calls & {"open", "read_csv", "read_text", "read_bytes", "read_excel", "urlopen"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_number_is_repaired_in_silence(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if part(path) != "cli":  # which silences the complaints of a run being stopped
            assert node.func.attr not in {"simplefilter", "filterwarnings"}
        assert node.func.attr not in {"fillna", "interpolate"}
        for keyword in node.keywords:
            if keyword.arg == "errors" and isinstance(keyword.value, ast.Constant):
                assert keyword.value.value not in {"coerce", "ignore"}
