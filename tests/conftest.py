"""How long property tests search: as hypothesis likes, or with LIGHTDOM_TEST_DEPTH=deep 10 000 examples each."""

import os

from hypothesis import settings

settings.register_profile("usual", deadline=None)
settings.register_profile("deep", deadline=None, max_examples=10_000)
settings.load_profile("deep" if os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep" else "usual")
