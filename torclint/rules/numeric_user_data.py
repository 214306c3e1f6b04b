"""User data that is a bare number and is read by a job."""

from __future__ import annotations

from torclint.rules.base import ERROR, UNREADY, ReadingRule


class NumericUserData(ReadingRule):
    """A job reads user data whose value is a bare number.

    ## What it does
    Flags numbers under `data` of user data that a job names as input. Names that only a pattern finds are not
    looked for.

    ## Why
    The server fails on such a number when the workflow is started, so that it cannot be started at all. As output
    only, or as text, it does no harm.

    ## Example
    ```yaml
    name: w
    user_data:
      - {name: limit, data: 10}
    jobs:
      - {name: a, command: "true", input_user_data: [limit]}
    ```

    ## Use instead
    ```yaml
    name: w
    user_data:
      - {name: limit, data: {value: 10}}
    jobs:
      - {name: a, command: "true", input_user_data: [limit]}
    ```
    """

    code, name, severity, effect = "TL709", "numeric-user-data", ERROR, UNREADY
