"""PDF -> Document: what stands where. Knows paper, not money."""

from audit.extract.document import read
from audit.extract.recognition import installed as reads_pictures

__all__ = ["read", "reads_pictures"]
