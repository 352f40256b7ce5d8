"""Are two bits packed as the status list draft packs them, and does what was not handed out read so?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.domain.status import FIRST_INDEX, Status, StatusList, pack_statuses
from tests.cases.clock import MONDAY


def listed(octets: bytes) -> StatusList:
    return StatusList("x", MONDAY, MONDAY, 0, octets)


def test_example_of_the_draft_reads_from_the_lowest_bits_up() -> None:
    """draft-ietf-oauth-status-list-20, section 4.1, two bits: statuses 1 2 0 3 0 1 0 1 1 2 3 3 are C9 44 F9."""
    status_list = listed(bytes.fromhex("c944f9"))
    read = [status_list._read(index).value for index in range(12)]
    assert read == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]


@settings(max_examples=60, deadline=None)
@given(st.integers(4, 400), st.data())
def test_what_is_packed_is_read(length: int, data: st.DataObject) -> None:
    statuses = data.draw(st.dictionaries(st.integers(FIRST_INDEX, length - 1), st.sampled_from(Status)))
    status_list = listed(pack_statuses(statuses, length))
    for index in range(FIRST_INDEX, length + 9):
        assert status_list.look_up(index) is statuses.get(index, Status.NEVER_ISSUED)
    assert status_list.canaries_sing()


@pytest.mark.parametrize("index", [0, 1])
def test_index_of_a_canary_was_never_issued(index: int) -> None:
    assert listed(pack_statuses({}, 8)).look_up(index) is Status.NEVER_ISSUED


@pytest.mark.parametrize("index", [4096, 2**32 - 1, 2**64])
def test_beyond_the_list_nothing_was_issued(index: int) -> None:
    assert listed(pack_statuses({}, 4096)).look_up(index) is Status.NEVER_ISSUED


@pytest.mark.parametrize("index", [0, 1, 8, 9])
def test_index_that_no_pass_may_have_is_not_packed(index: int) -> None:
    with pytest.raises(ValueError, match="index"):
        pack_statuses({index: Status.VALID}, 8)


def test_status_may_be_taken_back() -> None:
    suspended, valid = pack_statuses({5: Status.SUSPENDED}, 8), pack_statuses({5: Status.VALID}, 8)
    assert (listed(suspended).look_up(5), listed(valid).look_up(5)) == (Status.SUSPENDED, Status.VALID)


@pytest.mark.parametrize("octets", [b"", b"\x05", b"\x00", b"\x08", b"\xff"])
def test_canaries_that_read_wrong_are_noticed(octets: bytes) -> None:
    assert not listed(octets).canaries_sing()
