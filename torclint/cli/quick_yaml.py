"""PyYAML's compiled parser without the rest of PyYAML, for a process that is all torclint's own.

`import yaml` takes longer than Python itself takes to start: it prepares loaders and dumpers written in Python, which
torclint never uses. The compiled parser only wants their error classes. So the command line puts a stand-in for the
package in place that brings in just the events and the parser; where PyYAML is not as expected, the stand-in becomes
all of it. Never done where torclint is a library: the rest of the program may want the real package.
"""

from __future__ import annotations

import sys

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)

# modules that need no other, with what the parser makes
_PARTS = ("error", "tokens", "events", "nodes")
# modules that the compiled one asks for an error class; only those of the first three can come up in parsing
_ERRORS = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}


class _StandIn(ModuleType):
    """What `import yaml` finds; fills itself when it is first asked for something."""

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__ and "error" not in self.__dict__ and name != "__spec__":
            _fill(self)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None


def install() -> None:
    """Put the stand-in in place, unless PyYAML is there already."""
    if "yaml" not in sys.modules:
        sys.modules["yaml"] = _StandIn("yaml")


def _fill(package: ModuleType) -> None:
    try:
        _fill_with_parser(package)
    except Exception:  # another PyYAML than the one this was made for: take it as it is
        for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
            del sys.modules[name]
        import yaml

        package.__dict__.update(yaml.__dict__)


def _fill_with_parser(package: ModuleType) -> None:
    """Make `package` the package `yaml` with events, parser and errors. Raises whatever goes wrong on the way."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("yaml")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("yaml")
    package.__path__ = spec.submodule_search_locations
    for name in _PARTS:
        __import__(f"yaml.{name}")
    names: Any = package.__dict__
    names["YAMLError"] = names["error"].YAMLError
    names["MarkedYAMLError"] = names["error"].MarkedYAMLError
    for name, error in _ERRORS.items():
        part: Any = ModuleType(f"yaml.{name}")
        base, extra = names["MarkedYAMLError"], {}
        if name == "reader":
            base, extra = names["YAMLError"], {"__init__": _reader_error}
        setattr(part, error, type(error, (base,), extra))
        names[name] = sys.modules[part.__name__] = part
    __import__("yaml._yaml")
    names["__with_libyaml__"] = True


def _reader_error(self: Any, name: str, position: int, character: Any, encoding: str, reason: str) -> None:
    self.name, self.position, self.character, self.encoding, self.reason = name, position, character, encoding, reason
