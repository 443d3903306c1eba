"""Athletes in the columns of a table, decisions in the columns of another: `plans_of` on Arrow record batches, `schema` of what
comes out (docs/columns.md). Needs the extra stridewise[arrow]."""

from stridewise.columns.decisions import schema
from stridewise.columns.plans import plans_of

__all__ = ["plans_of", "schema"]
