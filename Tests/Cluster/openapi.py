"""Checks objects against the OpenAPI document that an API server publishes: unknown fields, types, what is required."""


class Schemas:
    def __init__(self, document):
        self.definitions = document["definitions"]
        self.kinds = {}
        for name, definition in self.definitions.items():
            for kind in definition.get("x-kubernetes-group-version-kind", []):
                self.kinds.setdefault((kind["group"], kind["version"], kind["kind"]), name)

    def faults(self, value):
        """What is wrong with an object, a line each."""
        group, _, version = value.get("apiVersion", "").rpartition("/")
        name = self.kinds.get((group, version, value.get("kind")))
        if name is None:
            return [f"the server has no {value.get('kind')} in {value.get('apiVersion')}"]
        return list(self.check(value, {"$ref": "#/definitions/" + name}, value["kind"]))

    def check(self, value, schema, path):
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rsplit("/", 1)[1]]
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            if not isinstance(value, dict):
                yield f"{path}: {value!r} is no object"
                return
            known = schema.get("properties", {})
            more = schema.get("additionalProperties")
            for key in schema.get("required", []):
                if key not in value:
                    yield f"{path}: '{key}' is missing"
            for key, member in value.items():
                if key in known:
                    yield from self.check(member, known[key], f"{path}.{key}")
                elif isinstance(more, dict):
                    yield from self.check(member, more, f"{path}.{key}")
                elif known and more is None and not schema.get("x-kubernetes-preserve-unknown-fields"):
                    yield f"{path}: there is no field '{key}'"
        elif kind == "array":
            if not isinstance(value, list):
                yield f"{path}: {value!r} is no list"
                return
            for index, item in enumerate(value):
                yield from self.check(item, schema["items"], f"{path}[{index}]")
        elif schema.get("format") == "int-or-string":
            if not isinstance(value, (int, str)) or isinstance(value, bool):
                yield f"{path}: {value!r} is neither number nor text"
        elif kind == "string" and not isinstance(value, str):
            yield f"{path}: {value!r} is no text"
        elif kind == "boolean" and not isinstance(value, bool):
            yield f"{path}: {value!r} is neither true nor false"
        elif kind == "integer" and (not isinstance(value, int) or isinstance(value, bool)):
            yield f"{path}: {value!r} is no whole number"
        elif kind == "number" and (not isinstance(value, (int, float)) or isinstance(value, bool)):
            yield f"{path}: {value!r} is no number"
