"""`torclint completion`: the script by which a shell completes commands, options and paths."""

from __future__ import annotations

from torclint.cli.output import print_error, print_lines
from torclint.record import Record

SHELLS = ("bash", "zsh", "fish")


class Options(Record):
    shell: str


def run(options: Options) -> int:
    from click.shell_completion import get_completion_class

    from torclint.cli.click_commands import group

    if options.shell not in SHELLS:
        print_error(f"there is no completion for {options.shell!r}; there is for {', '.join(SHELLS)}")
        return 2
    kind = get_completion_class(options.shell)
    assert kind is not None
    print_lines([kind(group(), {}, "torclint", "_TORCLINT_COMPLETE").source().rstrip()])
    return 0
