"""Start of the frozen window."""

import sys

from ui.start import main

sys.exit(main())
