"""Workflow environment with a parameter of several values."""

from __future__ import annotations

from torclint.rules.base import SURPRISE, WARNING, ReadingRule


class MultiValuedEnv(ReadingRule):
    """A variable of the workflow's `env` gets the text of a whole range or list.

    ## What it does
    Flags slots in the top-level `env` that name a parameter with none or several values.

    ## Why
    The workflow's `env` is one for all jobs: a parameter with one value is put in as that value, any other as its
    raw text, such as `1:3`.

    ## Example
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    env: {SEED: "{seed}"}
    jobs:
      - {name: "work_{seed}", command: "run", use_parameters: [seed]}
    ```

    ## Use instead
    ```yaml
    name: w
    parameters: {seed: "1:3"}
    jobs:
      - {name: "work_{seed}", command: "run", use_parameters: [seed], env: {SEED: "{seed}"}}
    ```
    """

    code, name, severity, effect = "TL315", "multi-valued-env", WARNING, SURPRISE
