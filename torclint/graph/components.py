"""Loops on the graph of groups: strongly connected components (Tarjan), without listing every edge.

A set of plain groups that many consumers wait for is one node in between, so 10,000 x 10,000 plain jobs stay 20,000 edges.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.edges import Producers


def looped_components(waits: list[Producers]) -> list[list[int]]:
    """Groups that can reach themselves, as components; a group on its own only if it waits for itself."""
    following = _with_hubs(waits)
    found = []
    for component in _components(following):
        groups = [node for node in component if node < len(waits)]
        if len(groups) > 1 or (groups and _waits_for_itself(waits[groups[0]], groups[0])):
            found.append(sorted(groups))
    return found


def _waits_for_itself(producers: Producers, index: int) -> bool:
    return index in producers.plain or index in producers.terms


def _with_hubs(waits: list[Producers]) -> list[list[int]]:
    following: list[list[int]] = []
    hubs: dict[frozenset[int], int] = {}
    for producers in waits:
        successors = list(producers.terms)
        if len(producers.plain) > 1:
            hub = hubs.setdefault(producers.plain, len(waits) + len(hubs))
            successors.append(hub)
        else:
            successors.extend(producers.plain)
        following.append(successors)
    following.extend(sorted(members) for members in hubs)
    return following


def _components(following: list[list[int]]) -> list[list[int]]:
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(following)):
        if root in order:
            continue
        work = [(root, iter(following[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for other in successors:
                if other not in order:
                    order[other] = low[other] = len(order)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(following[other])))
                    break
                if other in on_stack:
                    low[node] = min(low[node], order[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    found.append(component)
    return found
