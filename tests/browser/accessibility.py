"""What axe-core, which the extra `dev` brings along, finds wrong with a page."""

COUNTED = ("moderate", "serious", "critical")


def violations(page, within: str = "html", without: str = ".none") -> list[str]:
    """What makes the page hard to use for some, from moderate on: the rule, what it asks for, and where it is broken.

    `within` and `without` are selectors of what to look at.
    """
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, {"include": [within], "exclude": [without]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found
        if each["impact"] in COUNTED
        for node in each["nodes"]
    ]
