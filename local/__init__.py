"""The one-command local service: site, API, inbox and clock at one address. Never packaged."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

# The functions import chalicelib as on Lambda, where backend/ is the root; no environment variable shall be needed.
if str(ROOT / "backend") not in sys.path:
    sys.path.insert(0, str(ROOT / "backend"))
