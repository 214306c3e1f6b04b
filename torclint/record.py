"""Records: immutable tuples with named fields; to a type checker `typing.NamedTuple`, at run time made without it.

Importing `typing` and letting it build fifty classes takes as long as starting Python does; this takes a tenth of it.
A record has the methods of a named tuple: `_replace`, `_asdict`, `_fields`; values may be given by place or by name.
TYPE_CHECKING and Protocol (at run time a class like any other) are here for the same reason: one module that imports
them from `typing` makes the whole program wait.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as Record
    from typing import Protocol as Protocol

    __all__ = ["TYPE_CHECKING", "Protocol", "Record"]
else:
    from _collections import _tuplegetter as _field

    Protocol = object

    _make = tuple.__new__

    class _Maker(type):
        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            slots = {field: _field(place, "") for place, field in enumerate(fields)}
            namespace = _METHODS | namespace | slots
            namespace |= {
                "__slots__": (),
                "__new__": _constructor(fields, defaults),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (tuple,), namespace)

    def _constructor(fields, defaults):
        size = len(fields)
        tail = tuple(defaults.values())

        def __new__(cls, *values, **named):
            missing = size - len(values)
            if not named and 0 <= missing <= len(tail):
                return _make(cls, values + tail[-missing:] if missing else values)
            given = dict(zip(fields, values, strict=False))
            unknown = named.keys() - set(fields)
            if len(values) > size or unknown or given.keys() & named.keys():
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}, each once")
            given = defaults | given | named
            if len(given) < size:
                raise TypeError(f"{cls.__name__} lacks {', '.join(field for field in fields if field not in given)}")
            return _make(cls, map(given.__getitem__, fields))

        return __new__

    def _repr(self):
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    def _replace(self, /, **changes):
        return type(self)(**(self._asdict() | changes))

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _getnewargs(self):
        return tuple(self)

    _METHODS = {"__repr__": _repr, "__getnewargs__": _getnewargs, "_replace": _replace, "_asdict": _asdict}

    class Record(metaclass=_Maker):
        __slots__ = ()
