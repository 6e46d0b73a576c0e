"""Segments as bytes: what is packed is found and read back, however long its lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from storage import segments
from storage.segments import SHORT, TOO_COMMON, Loose

Held = dict[int, list[int]]
IDS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=SHORT + 12, unique=True).map(sorted)


def keyed(held: Held) -> NDArray[np.uint64]:
    """Ascending ``feature << 32 | wording``."""
    return np.array([feature << 32 | one for feature in sorted(held) for one in held[feature]], np.uint64)


def loose(held: Held) -> Loose:
    return Loose(keyed(held), np.empty(0, np.uint32), np.empty(0, np.uint32))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(0, 2**32 - 1), IDS, min_size=1, max_size=30))
def test_what_is_packed_comes_back(held: Held) -> None:
    """Short lists through their chunks, long ones by themselves, and all of them by unpacking."""
    packed = segments.pack(segments.group(keyed(held)))
    lengths = dict(zip(packed.common.tolist(), packed.sizes.tolist(), strict=True))
    lists = dict(packed.lists)
    for feature, ids in held.items():
        if feature in lengths:
            assert segments.unpack_list(lists[feature], lengths[feature]).tolist() == ids
        else:
            chunk = [data for first, data in packed.chunks if first <= feature][-1]
            found = segments.find(chunk, feature)
            assert found is not None
            assert found.tolist() == ids
    back = segments.unpack([data for _, data in packed.chunks], packed.common, packed.sizes, lists)
    assert sorted(back.postings.tolist()) == keyed(held).tolist()


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(0, 2**32 - 1), IDS, min_size=1, max_size=20), st.integers(0, 2**32 - 1))
def test_a_feature_that_is_not_there_is_not_found(held: Held, wanted: int) -> None:
    """Nor is one whose bytes happen to stand across two others."""
    if wanted in held:
        return
    for _, chunk in segments.pack(segments.group(keyed(held))).chunks:
        assert segments.find(chunk, wanted) is None


def test_united_segments_hold_what_each_held_without_what_is_gone() -> None:
    whole = segments.united([loose({1: [1, 2], 7: [3]}), loose({1: [4], 9: [2]})], np.array([2], np.uint32))
    assert (whole.features.tolist(), whole.counts.tolist()) == ([1, 7], [2, 1])
    assert whole.ids.tolist() == [1, 4, 3]


@pytest.mark.parametrize("more", [0, 1])
def test_a_list_that_grows_too_common_is_dropped_and_its_size_kept(more: int) -> None:
    """At the limit it still stands."""
    half = TOO_COMMON // 2
    whole = segments.united([loose({5: list(range(half))}), loose({5: list(range(half, TOO_COMMON + more))})])
    assert whole.counts.tolist() == [TOO_COMMON + more]
    assert len(whole.ids) == (0 if more else TOO_COMMON)


def test_a_dropped_list_stays_dropped_and_is_counted_on() -> None:
    bare = Loose(np.empty(0, np.uint64), np.array([5], np.uint32), np.array([TOO_COMMON + 3], np.uint32))
    whole = segments.united([bare, loose({5: [1, 2], 6: [1]})])
    assert (whole.features.tolist(), whole.counts.tolist()) == ([5, 6], [TOO_COMMON + 5, 1])
    assert whole.ids.tolist() == [1]


def test_a_range_takes_its_first_feature_and_leaves_its_last() -> None:
    inside = segments.within(loose({1: [1], 2: [2], 3: [3]}), 2, 3)
    assert (inside.postings >> np.uint64(32)).tolist() == [2]
