"""Holds the house to its own rules: floors, sizes, names, contract, letters, docs (docs/architecture.md)."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import graphql
import pytest

from config import letters

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "config",
    "keys",
    "files",
    "bus",
    "people",
    "ecert",
    "notifications",
    "registers",
    "services",
    "workflows",
    "halls",
)
SOURCES = [
    *(ROOT / room for room in ROOMS),
    ROOT / "graphql" / "gateway",
    ROOT / "kits",
    ROOT / "bench",
]
MEDIAN, CEILING, TEST_CEILING, LONGEST_FUNCTION = 110, 300, 400, 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "base", "manager"}


def python_files() -> list[Path]:
    """The project's own modules, without migrations and tests."""
    found = [path for source in SOURCES for path in source.rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def modules_of_tests() -> list[Path]:
    """Every test module."""
    return list((ROOT / "tests").rglob("*.py"))


def functions(path: Path) -> list[ast.FunctionDef]:
    """Every function and method of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines_of_code(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    body = function.body
    first = body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    text = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - text


def test_imports_go_down_only_and_libraries_stay_in_their_room():
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'graphql'}"}
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_files_and_functions_stay_small():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    filled = sorted(size for size in sizes.values() if size > 5)
    too_long = [
        f"{path.relative_to(ROOT)}: {size}" for path, size in sizes.items() if size > CEILING
    ]
    tests = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules_of_tests()
    }
    too_long += [
        f"{p.relative_to(ROOT)}: {size}" for p, size in tests.items() if size > TEST_CEILING
    ]
    assert too_long == []
    assert filled[len(filled) // 2] <= MEDIAN
    long_functions = [
        f"{path.relative_to(ROOT)}:{function.name} {lines_of_code(function)}"
        for path in python_files()
        for function in functions(path)
        if lines_of_code(function) > LONGEST_FUNCTION
    ]
    assert long_functions == []


def test_no_module_has_a_name_that_says_nothing():
    assert [str(p.relative_to(ROOT)) for p in python_files() if p.stem in FORBIDDEN_NAMES] == []


def test_every_module_says_in_one_docstring_what_it_decides():
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.read_text(encoding="utf-8").strip()
        and path.name not in {"apps.py", "__init__.py"}
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_graphql_is_a_folder_and_import_graphql_is_graphql_core():
    assert graphql.__name__ == "graphql"
    assert ROOT not in Path(graphql.__file__ or "").parents or ".venv" in (graphql.__file__ or "")
    assert graphql.parse("{ me { name } }").kind == "document"
    for folder in ("graphql", "fixtures", "tests"):
        assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize("room", [*ROOMS[1:], "gateway"])
def test_rooms_come_from_this_repository(room):
    module = __import__(room)
    assert ROOT in Path(module.__file__ or "").parents


def test_no_signals_no_overridden_save_and_no_import_inside_a_function():
    found = []
    for path in python_files():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        if re.search(r"^\s*@receiver\(|\.connect\(.*sender=", text, re.MULTILINE):
            found.append(f"{path.name}: signal")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                found += [f"{path.name}:{n.lineno} import inside {node.name}" for n in inner]
                if node.name == "save" and path.name == "models.py":
                    found.append(f"{path.name}: save overridden")
    assert found == []


def mutations() -> list[str]:
    """Names of the schema's mutations."""
    schema = graphql.build_schema((ROOT / "graphql" / "schema.graphql").read_text(encoding="utf-8"))
    assert schema.mutation_type is not None
    return list(schema.mutation_type.fields)


def snake(name: str) -> str:
    """startCase -> start_case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_every_mutation_has_its_document_its_command_and_its_test():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in modules_of_tests())
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files())
    for name in mutations():
        document = ROOT / "graphql" / "operations" / f"{snake(name)}.graphql"
        assert document.exists(), f"{name} has no document"
        assert re.search(rf"\bdef {snake(name)}\(", code), f"{name} has no command {snake(name)}"
        assert re.search(rf"\bdef test_\w*{snake(name)}", tests) or name in tests, (
            f"{name} has no test"
        )


def posted_topics() -> set[str]:
    """Topics that the code posts: the first argument of post(...), the second of tell(...)."""
    found = set()
    for path in python_files():
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\bpost\(\s*\"([a-z_.]+)\"", text))
        found |= set(re.findall(r"\btell\(\s*\w+,\s*\"([a-z_.]+)\"", text))
    return found


def test_every_letter_is_in_the_table_and_posted_somewhere():
    assert posted_topics() == set(letters.LETTERS)


def test_every_path_named_in_docs_exists():
    missing = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", page.read_text(encoding="utf-8")):
            if not name.startswith("var/") and not (ROOT / name).exists():
                missing.append(f"{page.name}: {name}")
    assert missing == []


def test_locks_have_hashes_and_no_addresses():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find-links|--extra-index|file:", text)
