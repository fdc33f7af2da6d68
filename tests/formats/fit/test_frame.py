"""The frame of a file: CRC-16/ARC, computed in two ways, beside its definition; and definitions that are remembered."""

from hypothesis import given
from hypothesis import strategies as st

from negsplit import compile_line
from negsplit.formats.fit.frame import frame
from negsplit.formats.fit.records import Reader


def crc(data):
    """As the catalogue of parametrised CRC algorithms defines it: 0x8005, reflected, from 0, without a final XOR."""
    register = 0
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0xA001 if register & 1 else 0)
    return register.to_bytes(2, "little")


def test_the_catalogue_has_this_check_value():
    assert crc(b"123456789") == bytes.fromhex("3dbb")


@given(st.binary(max_size=700))
def test_a_file_ends_in_the_checksum_of_all_before(records):
    data = frame(records, 1)
    assert data[12:14] == crc(data[:12])
    assert data[-2:] == crc(data[:-2])


@given(st.binary(max_size=700), st.data())
def test_the_reader_sees_a_wrong_checksum_and_says_the_right_one(records, draw):
    data = bytearray(frame(records, 1))
    assert not [one for one in Reader({}).walk(bytes(data))[1] if "checksum" in one]
    at = draw.draw(st.integers(14, len(data) - 1))
    data[at] ^= draw.draw(st.integers(1, 255))
    found = [one for one in Reader({}).walk(bytes(data))[1] if "checksum" in one]
    right, wrong = crc(data[14:-2])[::-1].hex().upper(), data[:-3:-1].hex().upper()
    assert found == [f"byte {len(data) - 2}: expected checksum 0x{right}, found 0x{wrong}"]


FIELDS = {26: {4: 0x00, 6: 0x84, 8: 0x07}, 27: {254: 0x84, 1: 0x00}}
REMEMBERS = Reader(FIELDS)
WORKOUT = compile_line("10 min @ RPE 3, 3x(400 m @ 5:00/km, 1 min)").workouts[0].fit()


@given(st.lists(st.tuples(st.integers(14, len(WORKOUT) - 3), st.integers(0, 255)), max_size=4))
def test_definitions_that_are_remembered_read_as_new_ones_do(changes):
    data = bytearray(WORKOUT)
    for at, byte in changes:
        data[at] = byte
    assert REMEMBERS.walk(bytes(data)) == Reader(FIELDS).walk(bytes(data))
