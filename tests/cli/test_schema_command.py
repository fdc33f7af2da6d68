"""``negsplit schema``: schemas that editors can use."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
import yaml

SHARED_FORM = "workout: x\nsport: running\nsteps:\n  - warmup: 10 min\n  - repeat: 4\n    steps: 1 min, 1 min\n"


@pytest.mark.parametrize("kind", ["workout", "plan", "athlete"])
def test_the_schema_is_one_and_is_the_same_everywhere(cli, kind):
    run = cli("schema", kind)
    assert (run.status, run.err) == (0, "")
    schema = json.loads(run.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert kind in schema["required"]
    for out, written in (("s.json", "s.json"), ("folder", f"folder/{kind}.schema.json")):
        said = cli("schema", kind, "-o", out)
        assert said == (0, f"{written}: the schema of {kind} files\n", "")
        assert Path(written).read_text() == run.out
    assert cli("schema", kind, "-o", "quiet.json", "-q") == (0, "", "")


def test_workouts_are_what_is_printed_first(cli):
    assert cli("schema").out == cli("schema", "workout").out


def test_editors_accept_what_compiles_and_refuse_what_does_not(write, cli):
    schema = json.loads(cli("schema").out)
    write("x.workout.yaml", SHARED_FORM)
    assert cli("check", "x.workout.yaml").status == 0
    jsonschema.validate(yaml.load(SHARED_FORM, yaml.BaseLoader), schema)
    for wrong in (SHARED_FORM.replace("sport: running", "sprot: running"), SHARED_FORM.replace("steps:", "step:", 1)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(yaml.load(wrong, yaml.BaseLoader), schema)


def test_a_place_that_cannot_be_written_is_an_error(cli):
    os.makedirs("folder/workout.schema.json")
    run = cli("schema", "-o", "folder")
    assert (run.status, run.out, run.codes) == (1, "", ["unwritable"])
