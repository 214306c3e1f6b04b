"""`torclint` and `python -m torclint`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line and return its exit code: no error leaves a traceback behind, and a closed pipe no noise."""
    try:
        from torclint.cli import main as run

        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader (head, less) has seen enough; what is still in the buffer must not complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return 130
    except SystemExit:
        raise
    except BaseException as error:
        if os.environ.get("TORCLINT_DEBUG"):
            raise
        sys.stderr.write(_internal_error(error))
        return 4
    return code


def _internal_error(error: BaseException) -> str:
    told = " ".join(str(error).split())[:300]
    what = f"{type(error).__name__}: {told}" if told else type(error).__name__
    hint = "please report it with the spec; TORCLINT_DEBUG=1 shows where it happened"
    return f"torclint: internal error: {what} ({hint})\n"


if __name__ == "__main__":
    sys.exit(main())
