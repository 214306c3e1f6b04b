r"""What `\p{...}` names: Unicode property names and values, looked up as regex-syntax does (unicode.rs)."""

from __future__ import annotations

from torclint.names.rust_regex import tables
from torclint.names.rust_regex.ranges import EVERYTHING, MAX_CODE_POINT, canonical, negate
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.ranges import Ranges

PROPERTY_NOT_FOUND = "Unicode property not found"
VALUE_NOT_FOUND = "Unicode property value not found"

# Abbreviations that stand for a general category although a property has them, too (unicode.rs, canonical_binary).
_CATEGORY_FIRST = ("cf", "sc", "lc")
_GROUP_OF_PROPERTY = {
    "Script_Extensions": "scx",
    "Grapheme_Cluster_Break": "gcb",
    "Word_Break": "wb",
    "Sentence_Break": "sb",
}


class PropertyError(Exception):
    """No such property, or no such value; its argument is the crate's message."""


def named_class(name: str) -> Ranges:
    r"""The code points of `\pN` or `\p{Name}`: a boolean property, a general category or a script."""
    normal = normalize(name)
    if normal not in _CATEGORY_FIRST:
        found = tables.property_name(normal)
        if found is not None:
            return _table("bool", found, PROPERTY_NOT_FOUND)
    category = _canonical_category(normal)
    if category is not None:
        return _category(category)
    script = _canonical_value("Script", normal)
    if script is not None:
        return _table("sc", script, VALUE_NOT_FOUND)
    raise PropertyError(PROPERTY_NOT_FOUND)


def valued_class(name: str, value: str) -> Ranges:
    r"""The code points of `\p{name=value}`."""
    canonical_name = tables.property_name(normalize(name))
    normal = normalize(value)
    if canonical_name is None:
        raise PropertyError(PROPERTY_NOT_FOUND)
    if canonical_name == "General_Category":
        category = _canonical_category(normal)
        if category is None:
            raise PropertyError(VALUE_NOT_FOUND)
        return _category(category)
    canonical_value = _canonical_value(canonical_name, normal)
    if canonical_value is None:
        raise PropertyError(VALUE_NOT_FOUND)
    if canonical_name == "Script":
        return _table("sc", canonical_value, VALUE_NOT_FOUND)
    if canonical_name == "Age":
        return _up_to_age(canonical_value)
    group = _GROUP_OF_PROPERTY.get(canonical_name)
    if group is None:
        raise PropertyError(PROPERTY_NOT_FOUND)
    return _table(group, canonical_value, VALUE_NOT_FOUND)


def normalize(name: str) -> str:
    """A name as the tables have it: lower case, without blanks, `_`, `-`, other than ASCII and a leading "is"."""
    is_prefixed = name[:2].lower() == "is" and name[:2].isascii()
    letters = name[2:] if is_prefixed else name
    normal = "".join(c for c in letters if c.isascii() and c not in " _-").lower()
    # "isc" is an alias of its own (ISO_Comment); without this it would read as "c", the category Other.
    return "isc" if is_prefixed and normal == "c" else normal


def _canonical_category(normal: str) -> str | None:
    special = {"any": "Any", "assigned": "Assigned", "ascii": "ASCII"}.get(normal)
    return special or _canonical_value("General_Category", normal)


def _canonical_value(canonical_name: str, normal: str) -> str | None:
    values = tables.property_values(canonical_name)
    return None if values is None else values.get(normal)


def _category(name: str) -> Ranges:
    if name == "ASCII":
        return ((0, 0x7F),)
    if name == "Any":
        return EVERYTHING
    if name == "Assigned":
        return negate(_category("Unassigned"), MAX_CODE_POINT)
    return _table("gc", name, VALUE_NOT_FOUND)


def _table(group: str, name: str, message: str) -> Ranges:
    found = tables.ranges(group, name)
    if found is None:
        raise PropertyError(message)
    return found


def _up_to_age(age: str) -> Ranges:
    """An age holds what earlier versions of Unicode had, too."""
    wanted = _version(age)
    parts: list[tuple[int, int]] = []
    known = False
    for value in set((tables.property_values("Age") or {}).values()):
        if _version(value) <= wanted:
            part = tables.ranges("age", value)
            if part is not None:
                parts += part
                known = known or value == age
    if not known:
        raise PropertyError(VALUE_NOT_FOUND)
    return canonical(parts)


def _version(age: str) -> tuple[int, ...]:
    return tuple(int(part) for part in age.removeprefix("V").split("_")) if age.startswith("V") else (MAX_CODE_POINT,)
