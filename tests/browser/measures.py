"""What can be measured of a page as it stands: what reaches beyond its width, what can be reached by keyboard, what moves."""


def width(page) -> int:
    """What its content takes, in CSS pixels; more than the screen's if it has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth")


def beyond(page, scrolled: tuple[str, ...] = ("auto", "scroll", "hidden")) -> list[str]:
    """Texts that reach beyond the right edge, and do not stand in something whose `overflow-x` is one of `scrolled`."""
    return page.evaluate(
        """scrolled => {
        const wide = document.documentElement.clientWidth;
        const held = element => element.closest(".only-read, .skip") || [...ancestors(element)].some(each =>
            scrolled.includes(getComputedStyle(each).overflowX));
        function* ancestors(element) {
            for (let each = element; each && each !== document.body; each = each.parentElement) yield each;
        }
        const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
        while (walker.nextNode()) {
            const text = walker.currentNode;
            if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
            range.selectNodeContents(text);
            if (range.getBoundingClientRect().right > wide + 0.5 && !held(text.parentElement)) found.push(text.data.trim());
        }
        return found;
    }""",
        scrolled,
    )


def walk(page, most: int = 500) -> list[dict]:
    """What has the focus after each press of Tab, from the start of the page to its end.

    `name`: its words; `seen`: it is on the screen and nothing lies over it; `marked`: it shows that it has the focus.
    """
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    steps = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        if step is None:
            return steps
        steps.append(step)
    raise AssertionError(f"no end after {most} steps: {steps[-5:]}")


# the focus is taken away to see the difference; the next Tab goes on from where it was
FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body || !document.hasFocus()) return null;
    const look = () => [element, ...element.querySelectorAll("rect, path")].map(each => getComputedStyle(each)).map(each =>
        [each.outlineStyle, each.outlineWidth, each.boxShadow, each.stroke, each.strokeWidth, each.left].join()).join();
    const marked = look();
    const box = element.getBoundingClientRect();
    const middle = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
    const there = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    element.blur();
    return {
        tag: element.tagName.toLowerCase(),
        id: element.id,
        name: (element.getAttribute("aria-label") || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 80),
        seen: Boolean(there) && (element.ownerSVGElement
            ? there.closest("svg") === element.ownerSVGElement
            : element.contains(there) || there.contains(element)),
        marked: look() !== marked,
    };
}"""


def moving(page) -> list[str]:
    """What would move by itself: elements with animations, transitions or smooth scrolling."""
    return page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element);
        const lasts = times => times.split(",").some(time => parseFloat(time) > 0);
        return style.animationName !== "none" && lasts(style.animationDuration) || lasts(style.transitionDuration)
            || style.scrollBehavior === "smooth";
    }).map(element => element.tagName)""")
