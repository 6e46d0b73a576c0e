"""A segment of the index as bytes: which wordings hold a feature, for features in ascending order.

A segment is cut into chunks of a kilobyte or so, small enough that looking up one feature reads little. A chunk holds:

    uint16  number of features with a short list     uint16  number of features with a long list
    uint32  each short feature                       uint16  where its list ends among the chunk's ids
    uint32  each long feature                        uint32  how many wordings it has
    uint32  the ids of the short lists, one after the other

Long lists stand apart, so that their length is known without reading them; those of more than `TOO_COMMON` wordings
are not kept at all. All numbers are little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.features import Ids

SHORT = 48
"""The longest list that stands in its chunk."""
TOO_COMMON = 20_000
"""A feature of more wordings than this tells too little to be worth its list."""
_CHUNK = 1240  # bytes; six chunks and their row headers fill a page of 8 KiB
_HEAD = struct.Struct("<HH")
_MASK = np.uint64(0xFFFFFFFF)


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
    """Postings taken out of their chunks: ``feature << 32 | wording`` in any order, and the sizes of dropped lists."""

    postings: NDArray[np.uint64]
    common: Ids
    sizes: Ids


def group(postings: NDArray[np.uint64]) -> Postings:
    """Group ascending ``feature << 32 | wording`` by feature."""
    features = (postings >> np.uint64(32)).astype(np.uint32)
    last = np.flatnonzero(np.append(features[1:] != features[:-1], True)[: len(features)])
    ends = last + 1
    counts = np.diff(ends, prepend=0).astype(np.uint32)
    return Postings(features[last], counts, ends, (postings & _MASK).astype(np.uint32))


def united(parts: list[Loose], gone: Ids | None = None) -> Postings:
    """Put the postings of several segments together, leaving out wordings that are gone."""
    whole = np.concatenate([part.postings for part in parts])
    if gone is not None and len(gone):
        whole = whole[~np.isin((whole & _MASK).astype(np.uint32), gone)]
    whole.sort()
    merged = group(whole)
    bare = np.concatenate([part.common for part in parts])
    return _with_common(merged, bare, np.concatenate([part.sizes for part in parts]))


def _with_common(merged: Postings, bare: Ids, sizes: Ids) -> Postings:
    """Count in the lists that were dropped as too common, and drop those that have become so."""
    features = np.union1d(merged.features, bare)
    counts = np.zeros(len(features), np.int64)
    lengths = np.zeros(len(features), np.int64)
    places = np.searchsorted(features, merged.features)
    lengths[places] = counts[places] = merged.counts
    np.add.at(counts, np.searchsorted(features, bare), sizes)
    lost = (counts > lengths) | (counts > TOO_COMMON)
    kept = merged.ids[np.repeat(~lost[places], merged.counts)]
    lengths[lost] = 0
    return Postings(features, counts.astype(np.uint32), np.cumsum(lengths), kept)


def pack(postings: Postings) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
    """The chunks, each with its first feature, and the long lists, each with its feature."""
    lengths = np.diff(postings.ends, prepend=0)
    long = postings.counts > SHORT
    starts = postings.ends - lengths
    lists = [
        (int(postings.features[at]), pack_list(postings.ids[starts[at] : postings.ends[at]]))
        for at in np.flatnonzero(long & (lengths > 0))
    ]
    sizes = np.where(long, 8, 6 + 4 * lengths)
    numbers = np.cumsum(sizes) // _CHUNK
    cuts = np.flatnonzero(np.diff(numbers, prepend=-1)).tolist()
    chunks = [
        _chunk(postings, lengths, long, begin, end)
        for begin, end in zip(cuts, [*cuts[1:], len(postings.features)], strict=True)
    ]
    return chunks, lists


def _chunk(
    postings: Postings, lengths: NDArray[np.int64], long: NDArray[np.bool_], begin: int, end: int
) -> tuple[int, bytes]:
    features, apart = postings.features[begin:end], long[begin:end]
    inside = ~apart
    first = int(postings.ends[begin - 1]) if begin else 0
    ids = postings.ids[first : int(postings.ends[end - 1])]
    if apart.any():
        ids = ids[np.repeat(inside, lengths[begin:end])]
    data = (
        _HEAD.pack(int(inside.sum()), int(apart.sum()))
        + features[inside].tobytes()
        + np.cumsum(lengths[begin:end][inside]).astype("<u2").tobytes()
        + features[apart].tobytes()
        + postings.counts[begin:end][apart].tobytes()
        + ids.tobytes()
    )
    return int(features[0]), data


def find(data: bytes, feature: int) -> Ids | int | None:
    """A feature's ids in a chunk; their number, where its list stands apart; `None` where it is not there."""
    short, long = _HEAD.unpack_from(data)
    wanted = feature.to_bytes(4, "little")
    ends = 4 + 4 * short
    apart = ends + 2 * short
    at = _place(data, wanted, 4, ends)
    if at >= 0:
        end = int.from_bytes(data[ends + 2 * at : ends + 2 * at + 2], "little")
        begin = int.from_bytes(data[ends + 2 * at - 2 : ends + 2 * at], "little") if at else 0
        return np.frombuffer(data, "<u4", end - begin, apart + 8 * long + 4 * begin)
    at = _place(data, wanted, apart, apart + 4 * long)
    if at >= 0:
        where = apart + 4 * long + 4 * at
        return int.from_bytes(data[where : where + 4], "little")
    return None


def _place(data: bytes, wanted: bytes, begin: int, end: int) -> int:
    """Which of the uint32 from `begin` to `end` it is, -1 for none."""
    at = data.find(wanted, begin, end)
    while at >= 0 and (at - begin) % 4:
        at = data.find(wanted, at + 1, end)
    return (at - begin) // 4 if at >= 0 else -1


def pack_list(ids: Ids) -> bytes:
    """An ascending list of more than `SHORT` ids: its steps as uint16 where they all fit, else the ids."""
    steps = np.diff(ids)
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


def unpack(chunks: Iterable[bytes], lists: Mapping[int, bytes]) -> Loose:
    """The postings of chunks and of the long lists that belong to them."""
    owners, lengths, ids, far, sizes = [], [], [], [], []
    for data in chunks:
        short, long = _HEAD.unpack_from(data)
        apart = 4 + 6 * short
        owners.append(np.frombuffer(data, "<u4", short, 4))
        ends = np.frombuffer(data, "<u2", short, 4 + 4 * short)
        lengths.append(np.diff(ends, prepend=ends.dtype.type(0)))
        far.append(np.frombuffer(data, "<u4", long, apart))
        sizes.append(np.frombuffer(data, "<u4", long, apart + 4 * long))
        ids.append(np.frombuffer(data, "<u4", -1, apart + 8 * long))
    near = _keyed(np.repeat(_joined(owners), _joined(lengths)), _joined(ids))
    apart_features, apart_sizes = _joined(far), _joined(sizes)
    kept = np.fromiter((feature in lists for feature in apart_features.tolist()), bool, len(apart_features))
    long_lists = [
        _keyed(np.uint32(feature), unpack_list(lists[feature], count))
        for feature, count in zip(apart_features[kept].tolist(), apart_sizes[kept].tolist(), strict=True)
    ]
    return Loose(np.concatenate([near, *long_lists]), apart_features[~kept], apart_sizes[~kept])


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
