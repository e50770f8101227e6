"""PDF -> Document: what stands where. Knows paper, not money."""

from audit.extract.document import read

__all__ = ["read"]
