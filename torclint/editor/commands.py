"""The names of commands that editors send back to the server, and of kinds of code actions."""

from __future__ import annotations

INSERT_BARRIERS = "torclint.insertBarriers"

FIX_ALL_KIND = "source.fixAll.torclint"
BARRIERS_KIND = "source.insertBarriers.torclint"
