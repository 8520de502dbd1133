"""`python -m addin.cli` is `champions`. The installer starts it isolated, as a person's own command is not."""

import sys

from addin.isolated import leave_folder

if __name__ == "__main__":
    if sys.flags.isolated:
        leave_folder()
    from addin.cli import main

    sys.exit(main())
