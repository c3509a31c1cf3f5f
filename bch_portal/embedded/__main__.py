"""`make run`: the whole portal from one command."""

import sys

from .supervisor import main

sys.exit(main())
