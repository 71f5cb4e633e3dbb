"""The Jinja sandbox in which templates are compiled: gaps, `if` and a few filters, nothing else."""

import re
from collections.abc import Callable, Iterator, Mapping

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Compare, nodes.Operand, nodes.Const,
    nodes.Test, nodes.Filter, nodes.Not, nodes.And, nodes.Or, nodes.CondExpr,
)  # fmt: skip
_TESTS = ("defined", "undefined", "eq", "equalto", "ne", "gt", "ge", "lt", "le", "in")


class Sandbox:
    """Two environments, for plain text and for HTML; in both a gap without a value is an error."""

    def __init__(self) -> None:
        self.text, self.markup = _environment(autoescape=False), _environment(autoescape=True)

    def faults(self, source: str, known: frozenset[str]) -> Iterator[tuple[int, str, str, str]]:
        """What a part may not hold: (line, rule, text, placeholder), in the order of its lines."""
        try:
            tree = self.text.parse(source)
        except TemplateSyntaxError as fault:
            yield fault.lineno, "syntax", f"not valid: {fault.message}", ""
            return
        for node in _strangers(tree):
            yield node.lineno or 1, "logic", f"{type(node).__name__.lower()} is not allowed here", ""
        for name, line in _names(tree).items():
            if name not in known:
                yield line, "unknown-placeholder", f"there is no placeholder {name!r}", name
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            if node.name not in (self.text.filters if isinstance(node, nodes.Filter) else self.text.tests):
                yield node.lineno, "logic", f"there is no {type(node).__name__.lower()} {node.name!r}", ""

    def names(self, source: str) -> frozenset[str]:
        """The placeholders a part uses; empty if it cannot be read."""
        try:
            return frozenset(_names(self.text.parse(source)))
        except TemplateSyntaxError:
            return frozenset()


def digits(phone: object) -> str:
    """A phone number as a `tel:` address wants it."""
    return re.sub(r"[^\d+]", "", str(phone))


def web_address(site: object) -> str:
    """A web site with its scheme."""
    return str(site) if str(site).startswith(("https://", "http://")) else f"https://{site}"


def _environment(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(autoescape=autoescape, undefined=StrictUndefined)
    kept: Mapping[str, Callable[..., object]] = {n: env.filters[n] for n in ("upper", "lower", "capitalize", "default")}
    env.filters = {**kept, "tel": digits, "web": web_address}
    env.tests = {name: env.tests[name] for name in _TESTS}
    env.globals.clear()
    return env


def _strangers(tree: nodes.Node) -> Iterator[nodes.Node]:
    for child in tree.iter_child_nodes():
        if isinstance(child, _ALLOWED):
            yield from _strangers(child)
        else:
            yield child


def _names(tree: nodes.Node) -> dict[str, int]:
    """Each name that is read, with its first line; nothing that is allowed can set one."""
    found: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        found.setdefault(node.name, node.lineno)
    return found
