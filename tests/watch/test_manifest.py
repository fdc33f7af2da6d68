"""What a watch says of itself: read as real ones write it, refused where it could do harm, its secrets kept."""

import contextlib
import copy
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.watch.errors import Unusable
from negsplit.watch.manifest import MAX_BYTES, Location, UnitId, parse
from watch.manifests import REAL, own, real
from watch.watch_content import STORE_KEY, TYPES, UNIT, device_xml
from work import at_most_calls

NEW = Location(5, "InputToUnit", ("GARMIN", "NEWFILES"), "", "FIT")
KEPT = Location(5, "OutputFromUnit", ("GARMIN", "WORKOUTS"), "", "FIT")


def refusal(data):
    with pytest.raises(Unusable) as error:
        parse(data)
    told = "".join(traceback.format_exception(error.value)) + repr(error.value) + repr(error.value.help)
    assert UNIT not in told
    assert STORE_KEY not in told
    assert error.value.__context__ is None or type(error.value.__context__).__name__ == "ExpatError"
    return error.value.message


def test_a_forerunner_935():
    device = parse(device_xml())
    assert (device.model, device.part_number, device.software) == ("Forerunner 935", "006-B2691-00", "21.00")
    assert device.into(5) == (NEW,)
    assert device.out_of(5) == (KEPT,)
    assert [one.folder for one in device.into(7)] == [("GARMIN", "NEWFILES")]
    assert [one.folder for one in device.out_of(7)] == [("GARMIN", "SCHEDULE")]
    assert device.into(4) == device.out_of(6) == device.into(32) == ()


def test_a_watch_without_workouts():
    device = parse(device_xml(types=[one for one in TYPES if one[0] != 5]))
    assert device.into(5) == device.out_of(5) == ()
    assert "fit_type_7" in device.data_types


def test_a_folder_for_both_directions():
    device = parse(device_xml(types=[(5, "InputOutput", "GARMIN/WORKOUTS")]))
    assert device.into(5) == device.out_of(5) == (Location(5, "InputOutput", KEPT.folder, "", "FIT"),)


XML = device_xml().decode()


@pytest.mark.parametrize(
    "data",
    [
        device_xml(),
        b"\xef\xbb\xbf" + device_xml(),
        XML.replace("UTF-8", "UTF-16").encode("utf-16"),
        XML.replace("UTF-8", "UTF-16").encode("utf-16-le").join([b"\xff\xfe", b""]),
        XML.replace("UTF-8", "UTF-16").encode("utf-16-be").join([b"\xfe\xff", b""]),
        XML.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        XML.partition("?>")[2].strip().encode(),
        XML.replace("GarminDevice/v2", "GarminDevice/v3").encode(),
        XML.replace('xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2"', "").encode(),
        XML.replace("<Device xmlns=", "<g:Device xmlns:g=").replace("</Device>", "</g:Device>").encode(),
        XML.replace("\n", "\r\n").encode(),
        XML.replace("><", ">\n    <").encode(),
        XML.replace("<Path>", "<Path>\n  ").replace("</Path>", "/\n</Path>").encode(),
        XML.replace("FIT_TYPE_", "fit_type_").encode(),
        XML.replace("<FileExtension>", "<FileExtension>.").encode(),
        XML.replace("<MassStorageMode>", "<Mystery><File/></Mystery><MassStorageMode><Mystery/>").encode(),
        XML.replace("<DataType>", "<DataType><!-- one --><Mystery/><File/><File><Location/></File>").encode(),
        XML.replace("<Path>GARMIN/", "<Path>GAR<!-- split -->MIN/").encode(),
        XML.replace("Forerunner 935", "\n Forerunner\n 935 ").encode(),
        XML.replace("<Id>", "<Id>\n\t").encode(),
        XML.replace("<Path>", "<Path>/").encode(),
        XML.replace("<Path>", "<Path>./").encode(),
        XML.replace("<Path>GARMIN/", "<Path>GARMIN\\").encode(),
    ],
)
def test_every_way_in_which_a_watch_may_write_it(data):
    device, plain = parse(data), parse(device_xml())
    assert (device.model, device.part_number, device.software) == (plain.model, plain.part_number, plain.software)
    assert device.locations == plain.locations
    assert device.unit.keyed_hash(b"key") == plain.unit.keyed_hash(b"key")


def test_several_files_for_one_type_in_any_order():
    text = """<Device><MassStorageMode><DataType>
      <File><TransferDirection>OutputFromUnit</TransferDirection>
        <Location><FileExtension>FIT</FileExtension><BaseName>Schedule</BaseName><Path>garmin/schedule</Path></Location></File>
      <File><Location><Path>Garmin/NewFiles</Path></Location><TransferDirection>InputToUnit</TransferDirection></File>
      <File><Location><Path>Garmin/Later</Path></Location><TransferDirection>InputToUnit</TransferDirection></File>
      <File><Location><Path>Garmin/Odd</Path></Location><TransferDirection>Sideways</TransferDirection></File>
      <Name>FIT_TYPE_7</Name></DataType></MassStorageMode><Id>1</Id></Device>"""
    device = parse(text.encode())
    assert device.out_of(7) == (Location(7, "OutputFromUnit", ("garmin", "schedule"), "Schedule", "FIT"),)
    assert device.into(7) == tuple(
        Location(7, "InputToUnit", ("Garmin", name), "", "") for name in ("NewFiles", "Later")
    )
    assert (device.model, device.part_number, device.software) == ("", "", "")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("006-B2691-00", "006-B2691-00"), ("006-b2691-00", "006-B2691-00"), ("006-B2691", ""), ("x", "")],
)
def test_a_part_number_is_one_or_none(given, kept):
    assert parse(device_xml(part=given)).part_number == kept


@pytest.mark.parametrize(
    ("digits", "version"),
    [("2100", "21.00"), ("940", "9.40"), ("5", "0.05"), ("", ""), ("2.90", ""), ("9" * 7, ""), ("٣٠", "")],
)
def test_software_is_in_hundredths(digits, version):
    assert parse(device_xml(software=digits)).software == version


def test_a_model_that_goes_on_and_on_is_cut():
    assert parse(device_xml(model="M" * 10_000)).model == "M" * 80
    assert parse(device_xml(model="a & b < c")).model == "a & b < c"


# --- Hostile ------------------------------------------------------------------------------------


ASTRAY = [
    "..",
    "../GARMIN",
    "./../GARMIN",
    "/..",
    "GARMIN/..",
    "GARMIN/../../etc",
    "GARMIN/.. /x",
    "GARMIN/.../x",
    "GARMIN/./NEWFILES",
    "GARMIN//NEWFILES",
    "GARMIN/NEWFILES//",
    "C:/GARMIN",
    "C:",
    "C:\\GARMIN",
    "..\\GARMIN",
    "\\\\host\\share",
    "GARMIN/NEW\nFILES",
    "GARMIN/NEW\tFILES",
    "GARMIN/NEW\x7fFILES",
    "GARMIN/NEW\x85FILES",
    "GARMIN/" + "x" * 256,
]


@pytest.mark.parametrize("path", ASTRAY)
@pytest.mark.parametrize("direction", ["InputToUnit", "InputOutput"])
def test_workouts_are_put_nowhere_outside(path, direction):
    message = refusal(device_xml(types=[*TYPES, (5, direction, path)]))
    assert f"its entry `{direction}` of FIT_TYPE_5 leads outside the watch" in message


@pytest.mark.parametrize("path", ASTRAY)
@pytest.mark.parametrize(
    "entry", [(5, "OutputFromUnit"), (7, "InputToUnit"), (7, "OutputFromUnit"), (7, "InputOutput")]
)
def test_another_entry_that_leads_outside_is_known_for_that_alone(path, entry):
    types = [one for one in TYPES if one[:2] != entry]
    device = parse(device_xml(types=[*types, (*entry, path)]))
    (astray,) = [one for one in device.locations if one.fault]
    assert (astray.fit_type, astray.direction, astray.folder, astray.base_name) == (*entry, (), "")
    assert path not in astray.fault
    others = [one for one in device.locations if one is not astray]
    assert others == list(parse(device_xml(types=types)).locations)


@pytest.mark.parametrize("path", [*ASTRAY, ".", "", "/"])
@pytest.mark.parametrize("fit_type", [4, 15, 32, 99])
def test_what_other_files_are_said_to_do_is_not_looked_at(path, fit_type):
    """All 920XT, fenix 3 and vivoactive HR name `.` for reports of errors."""
    for direction in ("InputToUnit", "OutputFromUnit", "InputOutput"):
        device = parse(device_xml(types=[(fit_type, direction, path), *TYPES]))
        assert device.locations == parse(device_xml()).locations


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        (".", ()),
        ("", ()),
        ("/", ()),
        ("./", ()),
        ("/GARMIN/NEWFILES", ("GARMIN", "NEWFILES")),
        ("./GARMIN/NEWFILES/", ("GARMIN", "NEWFILES")),
        ("GARMIN\\NEWFILES\\", ("GARMIN", "NEWFILES")),
        ("Garmin/RemoteSW/", ("Garmin", "RemoteSW")),
    ],
)
def test_a_path_in_each_of_its_spellings(path, folder):
    (found,) = parse(device_xml(types=[(5, "InputToUnit", path)])).into(5)
    assert (found.folder, found.fault) == (folder, "")


def test_the_root_is_meant_where_nothing_else_is_offered():
    offered = [(5, "InputToUnit", "."), (5, "InputToUnit", "GARMIN/NEWFILES")]
    for types in (offered, offered[::-1]):
        found = parse(device_xml(types=types)).into(5)
        assert [one.folder for one in found] == [("GARMIN", "NEWFILES"), ()]


def test_a_path_that_is_left_out_is_the_root():
    text = "<Device><MassStorageMode><DataType><Name>FIT_TYPE_5</Name><File><Location/>"
    text += "<TransferDirection>InputToUnit</TransferDirection></File><File>"
    text += "<TransferDirection>OutputFromUnit</TransferDirection></File></DataType></MassStorageMode></Device>"
    assert parse(text.encode()).locations == (Location(5, "InputToUnit", ()),)


@pytest.mark.parametrize("name", ["../x", "a/b", "..", "a\\b", "C:x"])
def test_a_file_name_that_leads_outside_is_as_bad_as_a_path(name):
    for tag in ("FileExtension", "BaseName"):
        xml = XML.replace("<FileExtension>FIT</FileExtension>", f"<{tag}>{name}</{tag}>")
        assert "leads outside" in refusal(xml.encode())


WORDS = st.sampled_from(["", ".", "..", "GARMIN", "GARMIN/NEWFILES", "C:/x", "/", "5", "InputToUnit", "FIT", "x" * 300])
TAGS = st.sampled_from(
    [
        "DataType",
        "File",
        "Location",
        "Path",
        "Name",
        "BaseName",
        "FileExtension",
        "TransferDirection",
        "UpdateFile",
        "Version",
        "Id",
        "Extensions",
        "IQAppExt",
        "GarminMode",
        "MemoryRegion",
        "Specification",
    ]
)
ELEMENTS = st.recursive(
    st.tuples(TAGS, WORDS),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)
OTHER_NAMES = st.sampled_from(
    ["FIT_TYPE_4", "FIT_TYPE_15", "FIT_TYPE_MET_ZONES", "GPSData", "ErrorShutdownReports", ""]
)


def text_of(element):
    tag, content = element
    inner = content if isinstance(content, str) else "".join(map(text_of, content))
    return f"<{tag}>{inner}</{tag}>"


@given(
    st.lists(st.tuples(OTHER_NAMES, st.lists(ELEMENTS, max_size=4)), max_size=3),
    st.lists(ELEMENTS, max_size=3),
    st.lists(ELEMENTS, max_size=3),
)
def test_nothing_in_all_other_entries_changes_anything(others, beside, extensions):
    """Other kinds of files, update files, extensions and the Garmin mode may say whatever they like."""
    data_types = "".join(
        f"<DataType><Name>{name}</Name>{''.join(map(text_of, inside))}</DataType>" for name, inside in others
    )
    updates = "".join(f"<UpdateFile>{text_of(one)}</UpdateFile>" for one in beside)
    more = "".join(map(text_of, extensions))
    changed = XML.replace("<MassStorageMode>", f"<MassStorageMode>{data_types}{updates}")
    changed = changed.replace("</MassStorageMode>", f"{data_types}</MassStorageMode><GarminMode>{more}</GarminMode>")
    changed = changed.replace("<Extensions>", f"<Extensions>{more}")
    device, plain = parse(changed.encode()), parse(device_xml())
    assert (device.model, device.part_number, device.software) == (plain.model, plain.part_number, plain.software)
    assert device.locations == plain.locations
    assert device.unit.keyed_hash(b"key") == plain.unit.keyed_hash(b"key")


def test_no_more_than_a_megabyte_is_read():
    padding = MAX_BYTES - len(device_xml()) - len("<!---->")
    full = device_xml() + b"<!--" + b"x" * padding + b"-->"
    assert len(full) == MAX_BYTES == 1_000_000
    assert parse(full).into(5) == (NEW,)
    assert "larger than 1000000 bytes" in refusal(full + b"\n")


def bomb(deep):
    entities = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, deep)
    )
    return b"<!DOCTYPE Device [%s]><Device><Id>&a%d;</Id></Device>" % (entities, deep - 1)


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE Device>",
        b'<!DOCTYPE Device SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE Device PUBLIC "a" "http://127.0.0.1:1/a.dtd">',
        b'<!DOCTYPE Device [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b"<!DOCTYPE Device [ nothing more is read ",
        bomb(12).partition(b"]>")[0] + b"]>",
    ],
)
def test_a_document_type_is_refused_before_it_is_read(doctype):
    declaration, _, rest = device_xml().partition(b"?>")
    for data in (declaration + b"?>" + doctype + rest, doctype + rest, b"\xef\xbb\xbf" + doctype + rest):
        assert "holds a document type" in refusal(data)
    assert "holds a document type" in refusal((doctype + rest).decode().encode("utf-16"))


def test_a_bomb_does_not_go_off():
    with at_most_calls(2_000):
        assert "document type" in refusal(bomb(30))


def test_elements_are_not_nested_without_end():
    for depth, told in ((32, "which watch"), (33, "deeper than 32"), (100_000, "deeper than 32")):
        assert told in refusal(b"<a>" * depth + b"</a>" * depth)


@pytest.mark.parametrize("encoding", ["unicode_escape", "hex", "utf-7", "shift_jis", "undefined", "no-such", "idna"])
def test_only_encodings_that_watches_write_are_read(encoding):
    assert "encoding" in refusal(XML.replace("UTF-8", encoding).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 64,
        b"FIT",
        b"<",
        b"<Device>",
        device_xml()[:-20],
        device_xml() + b"<x/>",
        XML.replace("Forerunner", "&secret;").encode(),
        XML.replace("Forerunner", "\xe9").encode("latin-1"),
        XML.replace("UTF-8", "UTF-16").encode(),
        XML.replace("Forerunner", "\0").encode(),
        XML.replace("</Id>", f"</{UNIT}>").encode(),
    ],
)
def test_broken_xml_is_refused_with_its_line_alone(data):
    assert refusal(data).startswith("the watch's `GarminDevice.xml` is not XML: it cannot be read beyond line ")


@pytest.mark.parametrize("unit", ["", " ", "../x", "a b", "x" * 65, "\u0663"])
def test_a_watch_need_not_say_which_it_is(unit):
    device = parse(device_xml(unit=unit))
    assert device.unit is None
    assert device.into(5) == (NEW,)


def test_an_id_below_is_not_the_watchs_own():
    """An Edge numbers regions of its memory."""
    region = "<GarminMode><MemoryRegion><Id>14</Id></MemoryRegion></GarminMode>"
    xml = XML.replace(f"<Id>{UNIT}</Id>", "").replace("<Extensions>", f"{region}<Extensions>")
    assert parse(xml.encode()).unit is None


def test_another_document_is_no_watch():
    assert refusal(b"<Other><Id>1</Id></Other>").endswith("does not say which watch this is")


@given(st.binary(max_size=200), st.integers(0, len(XML) - 1), st.booleans())
def test_nothing_else_is_raised(junk, place, cut):
    data = device_xml()
    changed = data[:place] + junk + data[place + (0 if cut else len(junk)) :]
    with contextlib.suppress(Unusable):
        parse(changed)


# --- Real ones ----------------------------------------------------------------------------------


@pytest.mark.parametrize("among", [own, real])
def test_every_manifest_gives_what_is_known_of_it(among):
    found = list(among())
    if among is real:
        if not REAL.is_dir():
            pytest.skip("the real manifests are in ../shared, which is not here")
        assert {one.name for one in found} == {path.name for path in REAL.glob("*.xml")}
        assert len(found) > 15
    for one in found:
        device = parse(one.data)
        assert device.model.casefold().startswith(one.model.casefold()), one.name
        assert device.part_number == one.part or not one.part, one.name
        assert device.unit is not None
        assert not any(location.fault for location in device.locations)
        assert one.takes in (None, bool(device.into(5))), one.name
        for expected, locations in (
            (one.into, device.into(5)),
            (one.kept, device.out_of(5)),
            (one.schedules, [*device.into(7), *device.out_of(7)]),
        ):
            assert expected is None or [location.folder for location in locations] == expected, one.name


# --- Secrets ------------------------------------------------------------------------------------


def test_nothing_shows_the_unit():
    device = parse(device_xml())
    shown = [
        repr(device),
        str(device),
        f"{device}",
        repr(device.unit),
        str(device.unit),
        f"{device.unit}",
        ascii(device),
    ]
    assert not any(UNIT in one or STORE_KEY in one for one in shown)
    assert "Forerunner 935" in repr(device)


def test_a_unit_is_not_written_down():
    unit = UnitId(UNIT)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="memory alone") as error:
            pickle.dumps(unit, protocol)
        assert UNIT not in str(error.value)
    with pytest.raises(TypeError, match="memory alone"):
        copy.deepcopy(parse(device_xml()))
    with pytest.raises(TypeError):
        vars(unit)
    assert unit != UNIT


def test_a_hash_needs_its_key():
    one = UnitId("3900000017").keyed_hash(b"key")
    # printf 3900000017 | openssl dgst -sha256 -hmac key
    assert one == "05a9615a07428ff190a90b8a62194c75a1cb472f9d83f83ce080c73a7dd9be9a"
    assert UnitId("3900000017").keyed_hash(b"key") == one
    assert one not in (UnitId("3900000017").keyed_hash(b"kez"), UnitId("3900000018").keyed_hash(b"key"))
