"""Our own source as data: files, functions, comments and names, for the tests of house rules."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_PRAGMAS = ("# noqa", "# type:", "# fmt:", "#!", "# pragma")


@dataclass(frozen=True)
class Function:
    """A function or method with its place."""

    file: str
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """Lines of its body, the docstring left out."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return 0 if not body else int(self.node.end_lineno or 0) - body[0].lineno + 1

    @property
    def is_called_by_library(self) -> bool:
        """True where Typer (a command: its parameters are flags) or aiosmtpd (`handle_*`) decides how it is called."""
        calls = (d.func for d in self.node.decorator_list if isinstance(d, ast.Call))
        marks = {d.attr for d in calls if isinstance(d, ast.Attribute)}
        return bool({"command", "callback"} & marks) or self.name.startswith("handle_")

    @property
    def positional(self) -> int:
        """Parameters that may be given by place; what every use case or query begins with is left out."""
        names = [arg.arg for arg in (*self.node.args.posonlyargs, *self.node.args.args)]
        return len([name for i, name in enumerate(names) if name not in {"self", "cls", "ctx", "conn"} or i > 1])

    def __str__(self) -> str:
        return f"{self.file}:{self.node.lineno} {self.name}"


@cache
def sources(folder: str) -> dict[str, str]:
    """Every Python file below `folder` with its text; revisions are written by a machine and left out."""
    found = sorted((ROOT / folder).rglob("*.py"))
    return {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in found if "versions" not in p.parts}


@cache
def tree(file: str) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


@cache
def functions(folder: str) -> tuple[Function, ...]:
    """Every function below `folder`."""
    return tuple(f for file in sources(folder) for f in _functions(file, tree(file)))


def _functions(file: str, node: ast.AST) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(file, child.name, child)
        yield from _functions(file, child)


def comment_lines(text: str) -> int:
    """Lines that are a comment and nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = (t for t in tokens if t.type == tokenize.COMMENT)
    return sum(1 for t in comments if t.line.lstrip().startswith("#") and not t.string.startswith(_PRAGMAS))


def imports(file: str) -> set[str]:
    """First names of all modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
