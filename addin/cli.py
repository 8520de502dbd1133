"""The former place of the terminal: what earlier versions installed starts `python -m addin.cli`."""

import sys

from addin.isolated import leave_folder

if __name__ == "__main__":
    if sys.flags.isolated:
        leave_folder()
    from addin.frontends.terminal import main

    sys.exit(main())
