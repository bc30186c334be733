"""Start of the frozen command line."""

import sys

from liaison_app.cli.main import main

sys.exit(main())
