"""Records the order in which DVC runs random pipelines: run with the Python of a DVC 3.67.1 installation.

Only cases are kept whose order DVC does not leave to the hash of the names: all stages, or at least half of them.
Usage: python record-orders.py [count] [seed] > repro-orders.json
"""

import json
import os
import random
import sys
import tempfile

from dvc.repo import Repo
from dvc.repo.reproduce import get_active_graph, plan_repro


def pipeline(chance):
    names = [f"s{i}" for i in range(chance.randint(2, 25))]
    chance.shuffle(names)
    stages = {}
    density = chance.choice([0.1, 0.2, 0.5])
    rank = names[:]
    chance.shuffle(rank)
    for name in names:
        before = rank[: rank.index(name)]
        deps = [other for other in before if chance.random() < density]
        chance.shuffle(deps)
        paths = [f"out/{other[:2]}/{other}" + ("/part" if chance.random() < 0.2 else "") for other in deps]
        stage = {"cmd": "true", "deps": paths + ["source"], "outs": [f"out/{name[:2]}/{name}"]}
        # A whole folder of outputs, if all of them come before.
        folder = [other for other in names if other[:2] == rank[0][:2]]
        if name not in folder and set(folder) <= set(before) and chance.random() < 0.3:
            stage["deps"].insert(chance.randint(0, len(paths)), f"out/{rank[0][:2]}")
        if chance.random() < 0.1:
            stage["frozen"] = True
        stages[name] = stage
    return stages


def main():
    count, seed = (int(x) for x in (sys.argv[1:] + ["40", "1"][len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Repo.init(folder, no_scm=True)
        while len(cases) < count:
            stages = pipeline(chance)
            with open("dvc.yaml", "w") as file:
                json.dump({"stages": stages}, file)
            repo = Repo(folder)
            graph = get_active_graph(repo.index.graph)
            by_name = {stage.name: stage for stage in graph.nodes}
            targets = chance.sample(sorted(by_name), chance.randint(0, min(3, len(by_name))))
            scope = chance.choice(["upstream", "downstream", "pipeline"])
            plan = plan_repro(
                graph,
                [by_name[name] for name in targets],
                pipeline=scope == "pipeline",
                downstream=scope == "downstream",
            )
            if 2 * len(plan) < len(by_name) or scope == "pipeline" and len(plan) < len(by_name):
                continue
            order = [stage.name for stage in plan]
            cases.append({"stages": stages, "targets": targets, "scope": scope, "order": order})
    json.dump(cases, sys.stdout)
    print()


main()
