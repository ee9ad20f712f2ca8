"""Where the rules and readings of a regulation are told; every finding leads there."""


def rule_address(name: str, rule_id: str) -> str:
    """The page of a rule; `name` is the rulebook's id, or the hash a campaign pinned."""
    return f"/rulebooks/{name}/rules/{rule_id}"


def reading_address(name: str, key: str) -> str:
    """The page of a question by its C-number, as that rulebook takes it."""
    return f"/rulebooks/{name}/readings/{key}"
