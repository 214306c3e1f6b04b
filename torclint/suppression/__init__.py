"""Ignores: comments and configuration entries that say which findings are known and meant."""


def may_address_torclint(text: str) -> bool:
    """Whether there may be a comment for torclint in `text`, in small or capital letters."""
    return "orclint" in text or "ORCLINT" in text
