"""What the practitioner wrote: reads the YAML of a case, touches nothing, starts nothing."""

import os

# No plugin of some other package shall see a family's notes; looking for them takes 40 ms, too.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
