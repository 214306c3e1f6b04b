"""`torclint` and `python -m torclint`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the command line as the one purpose of this process; the exit code.

    No error leaves a traceback behind, and a closed pipe no noise.
    """
    # a spec of 10,000 jobs makes a million objects that all live on: looking for garbage among them takes half the time
    gc.set_threshold(200_000, 10, 10)
    sys.set_int_max_str_digits(100_000)  # a few hundred ranges make a number of jobs with more than the usual 4,300
    try:
        _open_what_is_closed()
        from torclint.cli import main as run
        from torclint.cli.quick_yaml import install

        install()
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()
        return 128 + 13  # as a shell reports for a program that SIGPIPE ended: the reader has seen enough
    except KeyboardInterrupt:
        return 130
    except SystemExit:
        raise
    except BaseException as error:
        if os.environ.get("TORCLINT_DEBUG"):
            raise
        return _explain(error)
    return code


def _explain(error: BaseException) -> int:
    """Say in one line what went wrong; the exit code."""
    from torclint.syntax.yaml import LibyamlMissing

    told = " ".join(str(error).split())[:300]
    if isinstance(error, LibyamlMissing):
        sys.stderr.write(f"torclint: {told}\n")
        return 2
    if isinstance(error, OSError):
        _give_up_stdout()
        sys.stderr.write(f"torclint: input or output failed: {error.strerror or told}\n")
        return 2
    what = f"{type(error).__name__}: {told}" if told else type(error).__name__
    hint = "please report it with the spec; TORCLINT_DEBUG=1 shows where it happened"
    sys.stderr.write(f"torclint: internal error: {what} ({hint})\n")
    return 4


def _open_what_is_closed() -> None:
    """Python has None for a stream that the caller closed: read nothing from it, and drop what is written to it."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _give_up_stdout() -> None:
    """Nothing can be written any more; what is still buffered must not complain when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
