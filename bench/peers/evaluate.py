#!/usr/bin/python3 -B
"""evaluate EVALUATE FOLDER: a batched numpy formulation of the evaluation of evaluate.c on one thread. Draws matrices
and weights, compares every score with what EVALUATE makes of them, and only then prints the seconds of one evaluation
of numpy's fastest way and of ours, with the batch that suits numpy best."""
import os
import subprocess
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np  # noqa: E402 (the number of threads comes first)

UNITS, INDICATORS, PILLARS, SUB_INDICES, COUNT = 150, 50, 10, 2, 512
DIRECTION = np.where(np.arange(INDICATORS) % 3 == 2, -1.0, 1.0)


def shares(weights, groups):
    """Weights that sum to 1 in each of so many groups of one size."""
    split = weights.reshape(len(weights), groups, -1)
    return split / split.sum(axis=2, keepdims=True)


def by_level(columns, weights):
    """As it is written in a textbook: normalise, then one weighted mean after the other."""
    low, high = columns.min(axis=2, keepdims=True), columns.max(axis=2, keepdims=True)
    values = 100 * (columns - low) / (high - low)
    values = np.where(DIRECTION[None, :, None] < 0, 100 - values, values)
    first = 0
    for size, groups in ((INDICATORS, PILLARS), (PILLARS, SUB_INDICES), (SUB_INDICES, 1)):
        w = shares(weights[:, first:first + size], groups)
        values = np.einsum("bgi,bgiu->bgu", w, values.reshape(len(values), groups, size // groups, UNITS))
        first += size
    return values[:, 0]


def folded(columns, weights):
    """The fastest that we found: weights are multiplied down to the indicators, and each matrix is read three times."""
    low, high = columns.min(axis=2), columns.max(axis=2)
    w = shares(weights[:, :INDICATORS], PILLARS)
    w = w * shares(weights[:, INDICATORS:INDICATORS + PILLARS], SUB_INDICES).reshape(-1, PILLARS, 1)
    w = w.reshape(-1, SUB_INDICES, INDICATORS // SUB_INDICES)
    top = INDICATORS + PILLARS
    w = (w * shares(weights[:, top:top + SUB_INDICES], 1).reshape(-1, SUB_INDICES, 1)).reshape(-1, INDICATORS)
    slope = 100 * w * DIRECTION / (high - low)
    base = 100 * (w * (DIRECTION < 0)).sum(axis=1) - (slope * low).sum(axis=1)
    return np.matmul(slope[:, None, :], columns)[:, 0] + base[:, None]


def best(way, columns, weights, batch, rounds=15):
    least = float("inf")
    for _ in range(rounds):
        before = time.process_time()
        for at in range(0, COUNT, batch):
            way(columns[at:at + batch], weights[at:at + batch])
        least = min(least, (time.process_time() - before) / COUNT)
    return least


def main():
    program, folder = sys.argv[1:]
    draw = np.random.default_rng(2008)
    columns = draw.lognormal(size=(COUNT, INDICATORS, UNITS)) * draw.uniform(0.01, 1000, size=(1, INDICATORS, 1))
    weights = draw.uniform(0.1, 2, size=(COUNT, INDICATORS + PILLARS + SUB_INDICES + 1))
    columns.tofile(os.path.join(folder, "columns"))
    weights.tofile(os.path.join(folder, "weights"))
    ours = float(subprocess.run([program, folder, str(COUNT)], check=True, stdout=subprocess.PIPE).stdout)
    scores = np.fromfile(os.path.join(folder, "entente")).reshape(COUNT, UNITS)
    for way in (by_level, folded):
        gap = np.abs(way(columns, weights) - scores).max()
        print("%-44s %12.1e" % ("numpy %s, largest difference" % way.__name__, gap))
        if not gap <= 1e-10:
            sys.exit("bench-peers: numpy and entente differ; nothing is timed")
    for way in (by_level, folded):
        times = {batch: best(way, columns, weights, batch) for batch in (1, 8, 64, 512)}
        batch = min(times, key=times.get)
        print("%-44s %12.3f us, %.1f times ours (batches of %d)"
              % ("numpy %s, an evaluation" % way.__name__, 1e6 * times[batch], times[batch] / ours, batch))
    print("%-44s %12.3f us" % ("entente, an evaluation", 1e6 * ours))


main()
