"""The former place of the start menu's entry: shortcuts of earlier versions start `python -m addin.starting`."""

import sys

from addin.isolated import leave_folder

if __name__ == "__main__":
    leave_folder()
    from addin.frontends.start_menu import main

    sys.exit(main())
