"""`python -m addin.frontends.terminal` is `champions`; the installer starts it isolated, as no person's command is."""

import sys

from addin.isolated import leave_folder

if __name__ == "__main__":
    if sys.flags.isolated:
        leave_folder()
    from addin.frontends.terminal import main

    sys.exit(main())
