"""Which version of the software this is, as every stored finding names it."""

from importlib.metadata import version
from typing import Final

SOFTWARE: Final = version("kiemdiem")
"""The installed version, such as 0.1.0."""
