"""`python -m addin.cli` is `champions`."""

import sys

from addin.cli import main

if __name__ == "__main__":
    sys.exit(main())
