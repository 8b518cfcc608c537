"""Where the nodes of one large component go, before their boxes are known: a start from distances, then forces.

The start is Pivot MDS (Brandes and Pich 2007): the distances to some nodes far from each other, projected on two
directions. Small components then have the stress of all distances lowered. Large ones are moved by springs along the
edges and a repulsion between all nodes, which is summed on a grid by Fourier transforms and, among near nodes, pair
by pair: a step costs little more than in proportion to the nodes.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, rfft2
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from kg.networks.boxes import Array

Ends = NDArray[np.intp]

_PIVOTS = 40
_DENSE = 64  # nodes; up to these, the stress of all distances is lowered
_STRESS_ROUNDS = 60
_STEPS = 160  # of the forces
_PUSH = 4.0  # of the repulsion, where a spring of length 1 pulls with 1
_NEAR = 0.8  # lengths of an edge; nodes nearer than this repel each other pair by pair
_DIGITS = 6  # of a position kept between steps, so that a last bit of another machine's Fourier transform is lost


@lru_cache(maxsize=4096)
def spread(count: int, ends: bytes, seed: int) -> Array:
    """Positions of the nodes 0 … count-1 of a connected graph; an edge is about 1 long. Kept: do not change them.

    ``ends`` are the bytes of an array of pairs of node numbers (``intp``, two a row).
    """
    pairs = np.frombuffer(ends, dtype=np.intp).reshape(-1, 2)
    if count == 1:
        return np.zeros((1, 2))
    links = _links(count, pairs)
    rng = np.random.default_rng(seed)
    distances = _to_pivots(links, min(count, _DENSE if count <= _DENSE else _PIVOTS))
    start = _projected(distances) + (rng.random((count, 2)) - 0.5) * 0.2  # leaves of one node would coincide
    spots = _unstressed(start, distances) if count <= _DENSE else _moved(start, pairs)
    spots.flags.writeable = False
    return spots


def _links(count: int, pairs: Ends) -> csr_array:
    ones = np.ones(2 * len(pairs))
    rows, columns = np.concatenate([pairs, pairs[:, ::-1]]).T
    return csr_array(coo_array((ones, (rows, columns)), shape=(count, count)))


def _to_pivots(links: csr_array, pivots: int) -> Array:
    """Edges from each node (row) to each pivot (column); the next pivot is the node farthest from those before.

    Where all nodes are pivots they are so in their own order.
    """
    count = links.shape[0]
    if pivots == count:
        return np.asarray(dijkstra(links, unweighted=True), dtype=np.float64)
    columns: list[Array] = []
    pivot = int(np.argmax(np.diff(links.indptr)))
    nearest = np.full(count, np.inf)
    for _ in range(pivots):
        columns.append(np.asarray(dijkstra(links, unweighted=True, indices=np.array([pivot]))[0], dtype=np.float64))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(np.argmax(nearest))
    return np.stack(columns, axis=1)


def _projected(distances: Array) -> Array:
    """The two directions in which squared distances differ most."""
    squared = distances**2
    centred = -(squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()) / 2
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, [-1, -2]] if vectors.shape[1] > 1 else np.hstack([vectors, vectors])
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(2)] < 0, -1.0, 1.0)
    found = centred @ axes
    reach = np.abs(found).max() or 1.0
    return np.asarray(np.round(found / reach * distances.max() / 2, _DIGITS), dtype=np.float64)


def _unstressed(spots: Array, distances: Array) -> Array:
    """Lower the stress: distances in the picture as those in the graph, near ones first (majorisation)."""
    count = len(spots)
    weights = 1.0 / np.where(distances == 0, np.inf, distances) ** 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(_STRESS_ROUNDS):
        apart = spots[:, None, :] - spots[None, :, :]
        far = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(far, 1.0)
        pull = weights * distances / np.maximum(far, 1e-9)
        spots = inverse @ (pull.sum(axis=1)[:, None] * spots - pull @ spots)
    return np.asarray(np.round(spots.reshape(count, 2), _DIGITS), dtype=np.float64)


def _moved(spots: Array, pairs: Ends) -> Array:
    """The positions after the forces, which are let move them less and less."""
    count = len(spots)
    size = math.sqrt(count)
    spots = spots - spots.mean(axis=0)
    spots = spots * (size * 0.6 / max(float(np.sqrt((spots**2).sum(axis=1).mean())), 1e-9))
    degrees = np.bincount(pairs.ravel(), minlength=count)
    mass = (1.0 + degrees) / (1.0 + degrees.mean())  # the many neighbours of a hub need room around it
    kernels = _kernels(_grid_size(count))
    for step in range(_STEPS):
        left = 1 - step / _STEPS
        force = _repulsion(spots, mass, kernels) + _springs(spots, pairs)
        if left < 0.6:
            force += _nearby(spots)
        strength = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        limit = 0.12 * size * left**2 + 0.02
        spots = spots + force * (np.minimum(strength * 0.5, limit) / strength)[:, None]
        spots = np.round(spots, _DIGITS)
    return spots


def _springs(spots: Array, pairs: Ends) -> Array:
    """Each edge pulls its ends together, with the square of its length."""
    way = spots[pairs[:, 1]] - spots[pairs[:, 0]]
    pull = way * np.sqrt((way**2).sum(axis=1))[:, None]
    return _summed(pairs, pull, len(spots))


def _nearby(spots: Array) -> Array:
    """Nodes nearer than `_NEAR` push each other away; the grid does not see them."""
    pairs = np.asarray(cKDTree(spots).query_pairs(_NEAR, output_type="ndarray"), dtype=np.intp)
    pairs = pairs[np.lexsort(pairs.T[::-1])]
    way = spots[pairs[:, 1]] - spots[pairs[:, 0]]
    far = np.maximum(np.sqrt((way**2).sum(axis=1)), 1e-3)
    return _summed(pairs, way * ((far - _NEAR) / far)[:, None], len(spots))


def _summed(pairs: Ends, forces: Array, count: int) -> Array:
    """For each node, the forces of its pairs: towards the other end for the first, the opposite for the second."""
    sides = [
        np.bincount(pairs[:, 0], forces[:, i], minlength=count) - np.bincount(pairs[:, 1], forces[:, i], count)
        for i in range(2)
    ]
    return np.stack(sides, axis=1)


def _grid_size(count: int) -> int:
    return int(min(256, max(32, 2 ** math.ceil(math.log2(1.3 * math.sqrt(count))))))


def _kernels(size: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The push of a unit in one cell on another, to the right and downwards, as Fourier transforms of offsets."""
    steps = np.fft.fftfreq(2 * size, 1 / (2 * size))
    right, down = np.meshgrid(steps, steps)
    squared = right**2 + down**2
    squared[0, 0] = 1.0
    cubed = squared * np.sqrt(squared)
    # Offsets of half the doubled grid have no sign; nothing is that far.
    return np.asarray(rfft2(right / cubed)), np.asarray(rfft2(down / cubed))


def _repulsion(spots: Array, mass: Array, kernels: tuple[NDArray[np.complex128], NDArray[np.complex128]]) -> Array:
    """Every node pushes every other, by one over their squared distance; each is spread over the cells around it.

    One over the distance, as Fruchterman and Reingold have it, crowds the middle and drives single nodes far out.
    """
    wide = kernels[0].shape[0]
    size = wide // 2
    low = spots.min(axis=0)
    cell = max(float((spots.max(axis=0) - low).max()) / (size - 2), 1e-9)
    place = (spots - low) / cell
    corner = np.minimum(place.astype(np.intp), size - 2)
    share = place - corner
    cells, shares = [], []
    for right in (0, 1):
        for down in (0, 1):
            cells.append((corner[:, 1] + down) * wide + corner[:, 0] + right)
            x, y = (share[:, i] if there else 1 - share[:, i] for i, there in enumerate((right, down)))
            shares.append(x * y)
    flat, parts = np.concatenate(cells), np.concatenate(shares)
    grid = rfft2(np.bincount(flat, parts * np.tile(mass, 4), minlength=wide * wide).reshape(wide, wide))
    sides = []
    for kernel in kernels:
        field = irfft2(grid * kernel, s=(wide, wide)).ravel()
        sides.append((field[flat] * parts).reshape(4, -1).sum(axis=0) * mass * (_PUSH / cell**2))
    return np.stack(sides, axis=1)
