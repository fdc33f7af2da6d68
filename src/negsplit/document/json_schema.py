"""The JSON Schemas of the documents, for editors."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from negsplit.document.plan_schema import PlanShape
from negsplit.document.schema import AthleteShape, Shape, WorkoutShape
from negsplit.document.workouts import Kind

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SHAPES: Final[dict[Kind, type[Shape]]] = {"workout": WorkoutShape, "plan": PlanShape, "athlete": AthleteShape}


class _Schema(GenerateJsonSchema):
    """What editors are told: a key that is not needed is left out, never null or an empty list."""

    schema_dialect = _DIALECT

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def list_schema(self, schema: core_schema.ListSchema) -> dict[str, Any]:
        return {**super().list_schema(schema), "minItems": 1}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def json_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of a kind of document, for editors."""
    schema = _SHAPES[kind].model_json_schema(by_alias=True, schema_generator=_Schema)
    return {"$schema": _DIALECT, **schema}
