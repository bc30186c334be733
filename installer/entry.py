"""Start of the frozen program: the command line when called by the name ``liaison``, else the window."""

import sys
from pathlib import Path

if Path(sys.argv[0]).stem == "liaison":
    from liaison_app.cli.main import main
else:
    from ui.start import main

sys.exit(main())
