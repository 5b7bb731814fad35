"""Records how DVC draws random graphs: run with the Python of a DVC 3.67.1 installation, the output goes to boxes.txt.

grandalf keeps lines in a set ordered by memory address; here that set keeps the order of insertion, so that the
drawing depends on the graph alone. Usage: python record-boxes.py [count] [seed] [largest]
"""

import random
import sys
from collections import OrderedDict

import grandalf.graphs
import networkx
from dvc.commands.dag import _show_ascii


class OrderedSet(OrderedDict):
    def update(self, items):
        for item in items:
            self[item] = None


grandalf.graphs.set = OrderedSet


def graph(chance, largest):
    nodes = [
        "".join(chance.choices("abcdefgh-_é", k=chance.randint(1, 14))) + str(i)
        for i in range(chance.randint(1, largest))
    ]
    density = chance.choice([0.05, 0.1, 0.2, 0.4, 0.7])
    digraph = networkx.DiGraph()
    order = nodes[:]
    chance.shuffle(order)
    digraph.add_nodes_from(order)
    rank = {name: i for i, name in enumerate(nodes)}
    for name in order:
        lower = [other for other in nodes if rank[other] < rank[name] and chance.random() < density]
        chance.shuffle(lower)
        digraph.add_edges_from((name, other) for other in lower)
    return digraph


def main():
    count, seed, largest = (int(x) for x in (sys.argv[1:] + ["40", "1", "14"][len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    for _ in range(count):
        digraph = graph(chance, largest)
        numbers = {name: i for i, name in enumerate(digraph.nodes)}
        for name in digraph.nodes:
            print("n", name)
        for a, b in digraph.edges:
            print("e", numbers[a], numbers[b])
        # The components in the order of the nodes, which networkx leaves to the hash of the names.
        parts = []
        for part in networkx.weakly_connected_components(digraph):
            copy = networkx.DiGraph()
            copy.add_nodes_from(n for n in digraph if n in part)
            copy.add_edges_from(e for e in digraph.edges if e[0] in part)
            parts.append(_show_ascii(copy))
        print("=")
        print("\n".join(parts))
        print("\x01")


main()
