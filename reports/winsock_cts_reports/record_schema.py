"""The committed JSON schema of run records, for whoever reads or writes them without this package.

`python -m winsock_cts_reports.record_schema` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from winsock_cts_reports.record import json_schema

COMMITTED = Path(__file__).with_name("run-record.schema.json")


def text() -> str:
    """The committed file's content."""
    return json.dumps(json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    COMMITTED.write_text(text(), encoding="utf-8", newline="\n")
