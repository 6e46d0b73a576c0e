"""A segment of the index as bytes: which wordings hold a feature, for features in ascending order.

Lists of at most `SHORT` wordings stand together in chunks of a kilobyte or so, small enough that looking one up reads
little. A chunk holds, all numbers little-endian:

    uint16  how many features     uint32  each feature     uint16  where each list ends     uint32  the ids of the lists

Longer lists stand apart, and a table says how long each is, which is all that a reader needs of most of them. Those of
more than `TOO_COMMON` wordings are not kept at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storage.features import OWNER, Ids

SHORT = 48
"""The longest list that stands in its chunk."""
TOO_COMMON = 20_000
"""A feature of more wordings than this tells too little to be worth its list."""
_CHUNK = 1240  # bytes; six chunks and their row headers fill a page of 8 KiB


@dataclass(frozen=True, slots=True)
class Postings:
    """Features in ascending order, how many wordings hold each, and which: list `i` is ``ids[ends[i-1]:ends[i]]``.

    A list is empty where the feature is too common.
    """

    features: Ids
    counts: Ids
    ends: NDArray[np.int64]
    ids: Ids


@dataclass(frozen=True, slots=True)
class Loose:
    """Postings taken out of their segment: ``feature << 32 | wording`` in any order, and the sizes of dropped lists."""

    postings: NDArray[np.uint64]
    common: Ids
    sizes: Ids


@dataclass(frozen=True, slots=True)
class Packed:
    """Postings as they are stored: chunks and long lists, each with its (first) feature, and the table of the latter.

    `common` are the features whose lists stand apart or are not kept, `sizes` how many wordings each has.
    """

    chunks: list[tuple[int, bytes]]
    lists: list[tuple[int, bytes]]
    common: Ids
    sizes: Ids


def group(postings: NDArray[np.uint64]) -> Postings:
    """Group ascending ``feature << 32 | wording`` by feature."""
    features = (postings >> np.uint64(32)).astype(np.uint32)
    last = np.flatnonzero(np.append(features[1:] != features[:-1], True)[: len(features)])
    ends = last + 1
    counts = np.diff(ends, prepend=0).astype(np.uint32)
    return Postings(features[last], counts, ends, (postings & OWNER).astype(np.uint32))


def united(parts: list[Loose], gone: Ids | None = None) -> Postings:
    """Put the postings of several segments together, leaving out wordings that are gone."""
    whole = np.concatenate([part.postings for part in parts])
    if gone is not None and len(gone):
        whole = whole[~np.isin((whole & OWNER).astype(np.uint32), gone)]
    whole.sort()
    merged = group(whole)
    bare = np.concatenate([part.common for part in parts])
    return _with_common(merged, bare, np.concatenate([part.sizes for part in parts]))


def _with_common(merged: Postings, bare: Ids, sizes: Ids) -> Postings:
    """Count in the lists that were dropped as too common, and drop those that have become so."""
    features = np.union1d(merged.features, bare) if len(bare) else merged.features
    counts = np.zeros(len(features), np.int64)
    lengths = np.zeros(len(features), np.int64)
    places = np.searchsorted(features, merged.features)
    lengths[places] = counts[places] = merged.counts
    np.add.at(counts, np.searchsorted(features, bare), sizes)
    lost = (counts > lengths) | (counts > TOO_COMMON)
    kept = merged.ids[np.repeat(~lost[places], merged.counts)]
    lengths[lost] = 0
    return Postings(features, counts.astype(np.uint32), np.cumsum(lengths), kept)


def pack(postings: Postings) -> Packed:
    """The bytes of ascending postings."""
    lengths = np.diff(postings.ends, prepend=0)
    starts = postings.ends - lengths
    far = postings.counts > SHORT
    lists = [
        (int(postings.features[at]), pack_list(postings.ids[starts[at] : postings.ends[at]]))
        for at in np.flatnonzero(far & (lengths > 0))
    ]
    near = ~far
    ids = postings.ids[np.repeat(near, lengths)]
    chunks = _chunks(postings.features[near], lengths[near], ids)
    return Packed(chunks, lists, postings.features[far], postings.counts[far])


def _chunks(features: Ids, lengths: NDArray[np.int64], ids: Ids) -> list[tuple[int, bytes]]:
    numbers = np.cumsum(6 + 4 * lengths) // _CHUNK
    cuts = np.append(np.flatnonzero(np.diff(numbers, prepend=-1)), len(features)).tolist()
    ends = np.cumsum(lengths)
    chunks = []
    for begin, end in pairwise(cuts):
        first = int(ends[begin - 1]) if begin else 0
        data = (
            (end - begin).to_bytes(2, "little")
            + features[begin:end].tobytes()
            + (ends[begin:end] - first).astype("<u2").tobytes()
            + ids[first : int(ends[end - 1])].tobytes()
        )
        chunks.append((int(features[begin]), data))
    return chunks


def find(data: bytes, feature: int) -> Ids | None:
    """A feature's ids in a chunk, `None` where it is not there."""
    count = int.from_bytes(data[:2], "little")
    ends = 2 + 4 * count
    at = _place(data, feature.to_bytes(4, "little"), 2, ends)
    if at < 0:
        return None
    end = int.from_bytes(data[ends + 2 * at : ends + 2 * at + 2], "little")
    begin = int.from_bytes(data[ends + 2 * at - 2 : ends + 2 * at], "little") if at else 0
    return np.frombuffer(data, "<u4", end - begin, ends + 2 * count + 4 * begin)


def _place(data: bytes, wanted: bytes, begin: int, end: int) -> int:
    """Which of the uint32 from `begin` to `end` it is, -1 for none."""
    at = data.find(wanted, begin, end)
    while at >= 0 and (at - begin) % 4:
        at = data.find(wanted, at + 1, end)
    return (at - begin) // 4 if at >= 0 else -1


def pack_list(ids: Ids) -> bytes:
    """An ascending list of more than `SHORT` ids: its steps as uint16 where they all fit, else the ids."""
    steps = ids[1:] - ids[:-1]
    if steps.max() > 0xFFFF:
        return ids.astype("<u4").tobytes()
    return int(ids[0]).to_bytes(4, "little") + steps.astype("<u2").tobytes()


def unpack_list(data: bytes, count: int) -> Ids:
    """The ids of a list of `count`."""
    if len(data) == 4 * count:
        return np.frombuffer(data, "<u4")
    ids = np.empty(count, np.uint32)
    ids[0] = int.from_bytes(data[:4], "little")
    ids[1:] = np.frombuffer(data, "<u2", count - 1, 4)
    return np.cumsum(ids, dtype=np.uint32)


def unpack(chunks: Iterable[bytes], common: Ids, sizes: Ids, lists: Mapping[int, bytes]) -> Loose:
    """The postings of chunks, and of the long lists of `common` features as far as there are any."""
    owners, lengths, ids = [], [], []
    for data in chunks:
        count = int.from_bytes(data[:2], "little")
        owners.append(np.frombuffer(data, "<u4", count, 2))
        ends = np.frombuffer(data, "<u2", count, 2 + 4 * count)
        steps = ends.copy()
        steps[1:] -= ends[:-1]
        lengths.append(steps)
        ids.append(np.frombuffer(data, "<u4", -1, 2 + 6 * count))
    near = _keyed(np.repeat(_joined(owners), _joined(lengths)), _joined(ids))
    kept = np.fromiter((feature in lists for feature in common.tolist()), bool, len(common))
    far = [
        _keyed(np.uint32(feature), unpack_list(lists[feature], count))
        for feature, count in zip(common[kept].tolist(), sizes[kept].tolist(), strict=True)
    ]
    return Loose(np.concatenate([near, *far]), common[~kept], sizes[~kept])


def within(loose: Loose, low: int, high: int) -> Loose:
    """Those of features from `low` up to but not including `high`; chunks overlap the ends of a range."""
    features = loose.postings >> np.uint64(32)
    inside = (features >= low) & (features < high)
    common = (loose.common >= low) & (loose.common < high)
    return Loose(loose.postings[inside], loose.common[common], loose.sizes[common])


def _keyed(features: Ids | np.uint32, ids: Ids) -> NDArray[np.uint64]:
    return np.asarray(features).astype(np.uint64) << np.uint64(32) | ids.astype(np.uint64)


def _joined(arrays: list[Ids]) -> Ids:
    return np.concatenate(arrays) if arrays else np.empty(0, np.uint32)
