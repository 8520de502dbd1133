"""The former place of the terminal: what earlier versions installed starts `python -m addin.cli`, or calls `main`."""

import sys

from addin.isolated import leave_folder


def main() -> int:
    """See `addin.frontends.terminal.main`."""
    from addin.frontends.terminal import main as run

    return run()


if __name__ == "__main__":
    if sys.flags.isolated:
        leave_folder()
    sys.exit(main())
