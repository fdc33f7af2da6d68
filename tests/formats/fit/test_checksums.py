"""CRC-16/ARC is computed in two ways, each without a loop over the bytes; here by its definition, a bit at a time."""

from hypothesis import given
from hypothesis import strategies as st

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
