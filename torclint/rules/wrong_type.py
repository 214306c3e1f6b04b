"""Values of a type that Torc does not take."""

from __future__ import annotations

from torclint.rules.base import ERROR, REJECTED, ReadingRule


class WrongType(ReadingRule):
    """A value has a type that its field does not take.

    ## What it does
    Flags numbers, booleans and nulls where text is needed, text where a number or a list is needed, integers out of
    range, and anything else in the place of a mapping.

    ## Why
    Torc converts nothing: `num_cpus: "4"` and `name: 5` are refused, with a message that names neither field nor
    line. Null is refused in fields that have a default; leave these out.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: "4", memory: 2g}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: small, num_cpus: 4, memory: 2g}
    jobs:
      - {name: a, command: "true", resource_requirements: small}
    ```
    """

    code, name, severity, effect = "TL101", "wrong-type", ERROR, REJECTED
