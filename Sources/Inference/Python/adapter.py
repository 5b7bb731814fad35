"""Runs a class of the user's for Apus: loads it, describes its methods, answers calls one by one.

Started as `python3 /dev/fd/4 TARGET` in the project's directory, where TARGET is `file.py:Class` or
`package.module:Class`. Descriptor 3 is the socket to the server; standard output and error go to
its log. Needs Python 3.9 and the standard library only: numpy, Pillow and pandas are used where the
user's code has loaded them.

A frame, both ways: u32 length of the header, u32 number of buffers, u64 length of the rest; then the
rest: for each buffer u64 length and u64 offset in shared memory (all ones: it is in the frame), the
header as JSON, the buffers; header and buffers are padded to 16 bytes. All numbers are little-endian.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 9):
    sys.exit("Python 3.9 or later is needed, this is %d.%d" % sys.version_info[:2])

import array
import base64
import collections.abc
import dataclasses
import enum
import faulthandler
import gc
import importlib
import importlib.machinery
import importlib.util
import inspect
import io
import json
import mmap
import os
import re
import signal
import socket
import struct
import traceback
import types
import typing
from typing import Any, Callable, Iterable, Optional

Header = dict[str, Any]
Dims = dict[str, int]


class BadInput(Exception):
    """What the caller sent does not fit the method; the text is for the caller."""


class BadModel(Exception):
    """The user's class cannot be served; the text says where and why."""


# Frames


class Channel:
    """Sends and receives frames; large buffers lie in memory shared with the server."""

    PREFIX = struct.Struct("<IIQ")
    PLACE = struct.Struct("<QQ")
    INLINE = (1 << 64) - 1
    SHARED_FROM = 1 << 16

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.requests: Optional[mmap.mmap] = None
        self.answers: Optional[mmap.mmap] = None
        self.answers_file = -1
        self.lent: list[memoryview] = []
        self.references = 0

    def receive(self) -> Optional[tuple[Header, list[memoryview]]]:
        """Waits for a frame; None when the server is gone or wants no more answers."""
        while True:
            prefix = self._read(self.PREFIX.size)
            if prefix is None:
                return None
            header_length, count, length = self.PREFIX.unpack(prefix)
            rest = self._read(length)
            if rest is None:
                return None
            frame = memoryview(rest)
            position = count * self.PLACE.size
            header = json.loads(rest[position : position + header_length])
            if "share" not in header:
                break
            self._take_shared(header)
        position += padded(header_length)
        buffers = []
        for index in range(count):
            size, offset = self.PLACE.unpack_from(frame, index * self.PLACE.size)
            if offset == self.INLINE:
                buffers.append(frame[position : position + size])
                position += padded(size)
            else:
                assert self.requests is not None
                view = memoryview(self.requests)[offset : offset + size]
                self.lent.append(view)
                buffers.append(view)
        return header, buffers

    def send(self, header: Header, buffers: Iterable[Any] = ()) -> None:
        """Sends a frame."""
        views = [
            memoryview(buffer).cast("B") if len(buffer) else memoryview(b"") for buffer in buffers
        ]
        text = json.dumps(header).encode()
        inline = [text, bytes(-len(text) % 16)]
        places, offset = [], 0
        shared = self._shared_room(views)
        for view in views:
            if shared is not None and view.nbytes >= self.SHARED_FROM:
                shared[offset : offset + view.nbytes] = view
                places.append(self.PLACE.pack(view.nbytes, offset))
                offset += padded(view.nbytes)
            else:
                places.append(self.PLACE.pack(view.nbytes, self.INLINE))
                inline += [view, bytes(-view.nbytes % 16)]
        rest = b"".join(places) + b"".join(inline)
        self.connection.sendall(self.PREFIX.pack(len(text), len(views), len(rest)) + rest)

    def give_back(self) -> bool:
        """Ends the loan of shared memory; false when the user's code still looks at some of it."""
        for view in self.lent:
            try:
                view.release()
            except BufferError:
                pass
        self.lent = []
        # Whatever looks at the memory refers to it; numpy's views do so past ours.
        return sys.getrefcount(self.requests) <= self.references

    def _read(self, length: int) -> Optional[bytes]:
        data = self.connection.recv(length, socket.MSG_WAITALL) if length else b""
        while len(data) < length:
            more = self.connection.recv(length - len(data), socket.MSG_WAITALL)
            if not more:
                return None
            data += more
        return data

    def _take_shared(self, header: Header) -> None:
        """Maps memory whose descriptor follows the frame."""
        _, descriptors, _, _ = socket.recv_fds(self.connection, 1, 1)
        if header["share"] == "requests":
            self.requests = mmap.mmap(descriptors[0], header["size"], access=mmap.ACCESS_READ)
            self.references = sys.getrefcount(self.requests)
            os.close(descriptors[0])
            return
        if self.answers_file >= 0:
            os.close(self.answers_file)
        self.answers_file, self.answers = descriptors[0], None

    def _shared_room(self, views: list[memoryview]) -> Optional[mmap.mmap]:
        """The memory for answers, made larger where that is needed; None when it is not."""
        needed = sum(padded(view.nbytes) for view in views if view.nbytes >= self.SHARED_FROM)
        if not needed or self.answers_file < 0:
            return None
        if self.answers is None or len(self.answers) < needed:
            size = max(1 << 20, 1 << (needed - 1).bit_length())
            os.ftruncate(self.answers_file, size)
            self.answers = mmap.mmap(self.answers_file, size)
        return self.answers


def padded(length: int) -> int:
    return length + -length % 16


# Arrays

# The name in a hint, that of the Open Inference Protocol, and the code of `struct` and `array`.
ELEMENTS: dict[str, tuple[str, str]] = {
    "bool": ("BOOL", "?"),
    "uint8": ("UINT8", "B"),
    "uint16": ("UINT16", "H"),
    "uint32": ("UINT32", "I"),
    "uint64": ("UINT64", "Q"),
    "int8": ("INT8", "b"),
    "int16": ("INT16", "h"),
    "int32": ("INT32", "i"),
    "int64": ("INT64", "q"),
    "float16": ("FP16", "e"),
    "float32": ("FP32", "f"),
    "float64": ("FP64", "d"),
    "str": ("BYTES", ""),
    "bytes": ("BYTES", ""),
}
ARRAY_HINT = re.compile(r"\s*(%s)\s*\[([^\[\]]*)\]\s*" % "|".join(ELEMENTS))


def numpy() -> Any:
    """numpy, if the user's code has loaded it."""
    return sys.modules.get("numpy")


@dataclasses.dataclass(frozen=True)
class Array:
    """What a hint such as `float32[n, 64]` says; None where it says nothing."""

    element: Optional[str]
    shape: Optional[tuple[Optional[int], ...]]
    names: tuple[Optional[str], ...] = ()
    as_list: bool = False

    @staticmethod
    def parse(text: str) -> Optional[Array]:
        match = ARRAY_HINT.fullmatch(text)
        if match is None:
            return None
        words = [word.strip() for word in match[2].split(",")] if match[2].strip() else []
        if words == ["..."]:
            return Array(match[1], None)
        shape: list[Optional[int]] = []
        names: list[Optional[str]] = []
        for word in words:
            if word.isdigit():
                shape.append(int(word))
                names.append(None)
            elif word.isidentifier() or word in ("*", "-1"):
                shape.append(None)
                names.append(word if word.isidentifier() and word not in ("None", "_") else None)
            else:
                raise BadModel(
                    "'%s' is no array hint: '%s' is neither a number nor a name" % (text, word)
                )
        return Array(match[1], tuple(shape), tuple(names))

    @property
    def text(self) -> str:
        extents = "..."
        if self.shape is not None:
            names = self.names or (None,) * len(self.shape)
            extents = ",".join(
                str(e) if e is not None else n or "*" for e, n in zip(self.shape, names)
            )
        return "%s[%s]" % (self.element or "any", extents)

    @property
    def has_signature(self) -> bool:
        return self.element is not None and self.shape is not None

    def signature(self, name: str) -> Header:
        assert self.element is not None and self.shape is not None
        return {"name": name, "datatype": ELEMENTS[self.element][0], "shape": list(self.shape)}

    def check_shape(self, shape: tuple[int, ...], place: str, dims: Dims) -> None:
        """Compares a shape with the hint, and extents of one name with each other."""
        if self.shape is None:
            return
        fits = len(shape) == len(self.shape) and all(
            e in (None, a) for e, a in zip(self.shape, shape)
        )
        if not fits:
            raise BadInput("%s: the shape is %s, expected %s" % (place, list(shape), self.text))
        for name, extent in zip(self.names, shape):
            if name is not None and dims.setdefault(name, extent) != extent:
                raise BadInput(
                    "%s: %s is %d here, %d elsewhere" % (place, name, extent, dims[name])
                )

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        """An array of the nested lists of a request."""
        np = numpy()
        if np is None or self.as_list:
            self.check_shape(nested_shape(value, place), place, dims)
            check_elements(value, self.element, place)
            return value
        element = "object" if self.element in ("str", "bytes") else self.element
        try:
            result = np.asarray(value, dtype=element)
        except (ValueError, TypeError, OverflowError) as error:
            wanted = "of %s" % self.element if self.element else "of numbers"
            raise BadInput("%s: no array %s: %s" % (place, wanted, error)) from None
        if self.element is None and result.dtype == object:
            raise BadInput("%s: no array of numbers or strings" % place)
        self.check_shape(result.shape, place, dims)
        result.flags.writeable = False
        return result

    def from_buffer(self, buffer: memoryview, shape: list[int], place: str, dims: Dims) -> Any:
        """An array over the bytes of a tensor, without a copy; nested lists without numpy."""
        self.check_shape(tuple(shape), place, dims)
        assert self.element is not None
        np = numpy()
        code = ELEMENTS[self.element][1]
        if not code:
            values = list(unpacked_strings(buffer, as_text=self.element == "str"))
        elif np is not None and not self.as_list:
            return np.frombuffer(buffer, dtype=self.element).reshape(shape)
        elif code == "e":
            values = [value[0] for value in struct.iter_unpack("<e", buffer)]
        else:
            values = buffer.cast(code).tolist() if len(buffer) else []
        if np is not None and not self.as_list:
            result = np.array(values, dtype=object).reshape(shape)
            result.flags.writeable = False
            return result
        return nested(values, shape)

    def to_buffer(self, value: Any) -> tuple[str, list[int], Any]:
        """The datatype, shape and bytes of what can be made an array of the hint's type."""
        assert self.element is not None
        datatype, code = ELEMENTS[self.element]
        value = plain_array(value)
        np = numpy()
        if np is None:
            shape = nested_shape(value, "the answer")
            flat = list(flattened(value, len(shape)))
            data = array.array(code, flat) if code and code not in "e?" else None
            if data is None:
                data = (
                    struct.pack("<%d%s" % (len(flat), code), *flat)
                    if code
                    else packed_strings(flat)
                )
        else:
            result = np.asarray(value)
            shape = list(result.shape)
            if code:
                wanted = np.dtype(self.element)
                if result.dtype != wanted:
                    # Lists have no type of their own: their integers may become any number.
                    has_type = hasattr(value, "dtype")
                    if has_type and not np.can_cast(result.dtype, wanted, casting="same_kind"):
                        raise TypeError("the answer is %s, its hint %s" % (result.dtype, self.text))
                    result = result.astype(wanted)
                data = np.ascontiguousarray(result).reshape(-1).view(np.uint8)
            else:
                data = packed_strings(result.reshape(-1).tolist())
        try:
            self.check_shape(tuple(shape), "the answer", {})
        except BadInput as error:
            raise TypeError(str(error)) from None
        return datatype, list(shape), data


def nested_shape(value: Any, place: str) -> tuple[int, ...]:
    """The shape of nested lists; refuses ragged ones."""
    if not isinstance(value, (list, tuple, array.array)):
        return ()
    shapes = (
        {nested_shape(item, place) for item in value}
        if not isinstance(value, array.array)
        else {()}
    )
    if len(shapes) > 1:
        raise BadInput("%s: the lists differ in length or depth" % place)
    return (len(value),) + (shapes.pop() if len(value) else ())


def check_elements(value: Any, element: Optional[str], place: str) -> None:
    if isinstance(value, (list, tuple)):
        for item in value:
            check_elements(item, element, place)
        return
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if element == "bool":
        fits = isinstance(value, bool)
    elif element in ("str", "bytes"):
        fits = isinstance(value, str)
    elif element is not None and "int" in element:
        fits = is_number and not isinstance(value, float)
    else:
        fits = is_number
    if not fits:
        raise BadInput("%s: %s is no %s" % (place, shown(value), element or "number"))


def flattened(value: Any, depth: int) -> Iterable[Any]:
    if depth == 0:
        yield value
        return
    for item in value:
        yield from flattened(item, depth - 1)


def nested(values: list[Any], shape: list[int]) -> Any:
    """A flat list as nested ones."""
    if not shape:
        return values[0]
    for extent in reversed(shape[1:]):
        count = len(values) // extent if extent else 0
        values = [values[index * extent : (index + 1) * extent] for index in range(count)]
    return values if values else [[] for _ in range(shape[0])]


def plain_array(value: Any) -> Any:
    """A tensor of PyTorch on the processor; everything else as it is."""
    return (
        value.detach().cpu().numpy()
        if hasattr(value, "detach") and hasattr(value, "cpu")
        else value
    )


def packed_strings(values: Iterable[Any]) -> bytes:
    parts = []
    for value in values:
        data = (
            bytes(value)
            if isinstance(value, (bytes, bytearray))
            else str(value).encode("utf-8", "surrogatepass")
        )
        parts += [struct.pack("<I", len(data)), data]
    return b"".join(parts)


def unpacked_strings(buffer: memoryview, as_text: bool) -> Iterable[Any]:
    position = 0
    while position < len(buffer):
        (length,) = struct.unpack_from("<I", buffer, position)
        data = bytes(buffer[position + 4 : position + 4 + length])
        position += 4 + length
        try:
            yield data.decode() if as_text else data
        except UnicodeDecodeError:
            raise BadInput("a string is not UTF-8") from None


# Kinds: what a type hint means


class Kind:
    """How values of one type hint come in; this one takes anything."""

    schema: Header = {}
    part = "json"
    array: Optional[Array] = None

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        return value

    def from_part(self, data: memoryview, content_type: str, place: str, dims: Dims) -> Any:
        """A value of one part of a form, which is JSON unless the kind is a file."""
        return self.from_json(load_json(data, place), place, dims)


class ScalarKind(Kind):
    NAMES = {int: "integer", float: "number", bool: "boolean", str: "string", type(None): "null"}

    def __init__(self, type_: type) -> None:
        self.type = type_
        self.schema = {"type": self.NAMES[type_]}

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if type(value) is self.type:
            return value
        if self.type is float and type(value) is int:
            return number(float, value, place)
        if self.type is int and type(value) is float and value.is_integer():
            return int(value)
        raise BadInput("%s: %s is no %s" % (place, shown(value), self.schema["type"]))

    def from_part(self, data: memoryview, content_type: str, place: str, dims: Dims) -> Any:
        if self.type is str and not content_type.startswith("application/json"):
            return decoded_text(data, place)
        return super().from_part(data, content_type, place, dims)


class BytesKind(Kind):
    schema = {"type": "string", "contentEncoding": "base64"}
    part = "file"

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        return from_base64(value, place)

    def from_part(self, data: memoryview, content_type: str, place: str, dims: Dims) -> Any:
        return bytes(data)


class ImageKind(BytesKind):
    """A picture, decoded by Pillow."""

    part = "image"

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        return self._decoded(from_base64(value, place), place)

    def from_part(self, data: memoryview, content_type: str, place: str, dims: Dims) -> Any:
        return self._decoded(bytes(data), place)

    @staticmethod
    def _decoded(data: bytes, place: str) -> Any:
        image_module = importlib.import_module("PIL.Image")
        try:
            image = image_module.open(io.BytesIO(data))
            image.load()
        except Exception as error:  # Pillow raises many kinds for bytes that are no picture.
            text = re.sub(r"<_io\.BytesIO object at \w+>", "the bytes", str(error))
            raise BadInput("%s: no picture: %s" % (place, text)) from None
        return image


class ArrayKind(Kind):
    def __init__(self, hint: Array) -> None:
        self.array = hint
        item: Header = {}
        if hint.element is not None:
            names = {"b": "boolean", "u": "integer", "i": "integer", "f": "number", "s": "string"}
            item = {"type": names["s" if hint.element == "bytes" else hint.element[0]]}
        for extent in reversed(hint.shape or (None,)):
            item = {"type": "array", "items": item}
            if extent is not None:
                item.update(minItems=extent, maxItems=extent)
        self.schema = dict(item, description=hint.text)

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        assert self.array is not None
        return self.array.from_json(value, place, dims)


class ListKind(Kind):
    def __init__(self, item: Kind, make: Callable[[list[Any]], Any]) -> None:
        self.item = item
        self.make = make
        self.part = item.part
        self.schema = {"type": "array", "items": item.schema}
        if make is list:
            self.array = self._as_array()

    def _as_array(self) -> Optional[Array]:
        """Lists of numbers or strings are arrays too."""
        inner = self.item
        if isinstance(inner, ScalarKind):
            element = {int: "int64", float: "float64", bool: "bool", str: "str"}.get(inner.type)
            return Array(element, (None,), (None,), as_list=True) if element else None
        if isinstance(inner, ListKind) and inner.array and inner.array.shape is not None:
            return Array(inner.array.element, (None, *inner.array.shape), as_list=True)
        return None

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if not isinstance(value, list):
            raise BadInput("%s: %s is no array" % (place, shown(value)))
        return self.make(
            [self.item.from_json(v, "%s[%d]" % (place, i), dims) for i, v in enumerate(value)]
        )


class TupleKind(Kind):
    def __init__(self, items: list[Kind]) -> None:
        self.items = items
        schemas = [item.schema for item in items]
        self.schema = {
            "type": "array",
            "prefixItems": schemas,
            "minItems": len(items),
            "maxItems": len(items),
        }

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if not isinstance(value, list) or len(value) != len(self.items):
            raise BadInput("%s: %s is no array of %d" % (place, shown(value), len(self.items)))
        pairs = enumerate(zip(self.items, value))
        return tuple(kind.from_json(item, "%s[%d]" % (place, i), dims) for i, (kind, item) in pairs)


class DictKind(Kind):
    def __init__(self, key: Kind, value: Kind) -> None:
        self.key = key
        self.value = value
        self.schema = {"type": "object"}
        if value.schema:
            self.schema["additionalProperties"] = value.schema

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if not isinstance(value, dict):
            raise BadInput("%s: %s is no object" % (place, shown(value)))
        result = {}
        for key, item in value.items():
            if isinstance(self.key, ScalarKind) and self.key.type in (int, float):
                name = number(self.key.type, key, place)
            else:
                name = self.key.from_json(key, place, dims)
            result[name] = self.value.from_json(item, "%s.%s" % (place, key), dims)
        return result


class UnionKind(Kind):
    def __init__(self, kinds: list[Kind]) -> None:
        self.kinds = kinds
        self.part = next((kind.part for kind in kinds if kind.part != "json"), "json")
        self.schema = {"anyOf": [kind.schema for kind in kinds]}

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        return self._first(lambda kind, seen: kind.from_json(value, place, seen), dims)

    def from_part(self, data: memoryview, content_type: str, place: str, dims: Dims) -> Any:
        return self._first(lambda kind, seen: kind.from_part(data, content_type, place, seen), dims)

    def _first(self, attempt: Callable[[Kind, Dims], Any], dims: Dims) -> Any:
        messages = []
        # In the order of the hint: 1 is 1.0 for `Union[float, int]`.
        for kind in self.kinds:
            seen = dict(dims)
            try:
                result = attempt(kind, seen)
            except BadInput as error:
                messages.append(str(error))
                continue
            dims.update(seen)
            return result
        raise BadInput("; ".join(dict.fromkeys(messages[:1] if len(self.kinds) == 2 else messages)))


class ChoiceKind(Kind):
    """A Literal or an Enum."""

    def __init__(self, choices: dict[Any, Any]) -> None:
        self.choices = choices
        self.schema = {"enum": list(choices)}

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        for choice, result in self.choices.items():
            if choice == value and type(choice) is type(value):
                return result
        raise BadInput(
            "%s: %s is none of %s" % (place, shown(value), ", ".join(map(shown, self.choices)))
        )


@dataclasses.dataclass
class Field:
    name: str
    kind: Kind
    is_required: bool


class RecordKind(Kind):
    """A dataclass, TypedDict or NamedTuple."""

    def __init__(self, name: str, fields: list[Field], make: Callable[..., Any]) -> None:
        self.fields = {field.name: field for field in fields}
        self.make = make
        self.schema = object_schema(fields)
        self.schema["title"] = name

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if not isinstance(value, dict):
            raise BadInput("%s: %s is no object" % (place, shown(value)))
        values = taken_fields(self.fields, value, place + ".", dims)
        try:
            return self.make(**values)
        except ValueError as error:
            raise BadInput("%s: %s" % (place, error)) from None


class FrameKind(Kind):
    """A table of pandas: a list of records, or an object of columns."""

    schema = {"anyOf": [{"type": "array", "items": {"type": "object"}}, {"type": "object"}]}

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        if not isinstance(value, (list, dict)):
            raise BadInput(
                "%s: %s is neither a list of records nor an object of columns"
                % (place, shown(value))
            )
        try:
            return sys.modules["pandas"].DataFrame(value)
        except (ValueError, TypeError) as error:
            raise BadInput("%s: no table: %s" % (place, error)) from None


class PydanticKind(Kind):
    def __init__(self, model: Any) -> None:
        self.model = model
        self.schema = model.model_json_schema()

    def from_json(self, value: Any, place: str, dims: Dims) -> Any:
        try:
            return self.model.model_validate(value)
        except ValueError as error:
            raise BadInput("; ".join(self._messages(error, place))) from None

    @staticmethod
    def _messages(error: Any, place: str) -> Iterable[str]:
        if not hasattr(error, "errors"):
            yield "%s: %s" % (place, error)
            return
        for part in error.errors():
            yield "%s: %s" % (".".join([place, *map(str, part["loc"])]), part["msg"])


def object_schema(fields: list[Field]) -> Header:
    schema: Header = {
        "type": "object",
        "properties": {field.name: field.kind.schema for field in fields},
    }
    required = [field.name for field in fields if field.is_required]
    if required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


def taken_fields(fields: dict[str, Field], value: Header, place: str, dims: Dims) -> Header:
    """The values of an object by the names of fields; refuses unknown and missing ones."""
    for name in value:
        if name not in fields:
            raise BadInput(
                "unknown argument '%s%s'; there are: %s"
                % (place, name, ", ".join(fields) or "none")
            )
    result = {}
    for field in fields.values():
        if field.name in value:
            result[field.name] = field.kind.from_json(value[field.name], place + field.name, dims)
        elif field.is_required:
            raise BadInput("the argument '%s%s' is missing" % (place, field.name))
    return result


def shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 40 else text[:37] + "..."


def number(type_: type, value: Any, place: str) -> Any:
    try:
        return type_(value)
    except (ValueError, OverflowError):
        raise BadInput("%s: %s is no %s" % (place, shown(value), ScalarKind.NAMES[type_])) from None


def decoded_text(data: memoryview, place: str) -> str:
    try:
        return str(data, "utf-8")
    except UnicodeDecodeError:
        raise BadInput("%s: not UTF-8" % place) from None


def load_json(data: memoryview, place: str) -> Any:
    try:
        return json.loads(str(data, "utf-8"))
    except UnicodeDecodeError:
        raise BadInput("%s: not UTF-8" % place) from None
    except RecursionError:
        raise BadInput("%s: JSON nested too deeply" % place) from None
    except ValueError as error:
        raise BadInput("%s: not JSON: %s" % (place, error)) from None


def from_base64(value: Any, place: str) -> bytes:
    if not isinstance(value, str):
        raise BadInput("%s: %s is no string of base64" % (place, shown(value)))
    try:
        return base64.b64decode(value, validate=True)
    except ValueError as error:
        raise BadInput("%s: no base64: %s" % (place, error)) from None


# From hints to kinds


class Hints:
    """Makes kinds of the type hints of one module."""

    UNION_TYPES = (typing.Union, getattr(types, "UnionType", typing.Union))
    LISTS = (list, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)

    def __init__(self, names: Header) -> None:
        self.names = names
        self.open: list[Any] = []

    def kind(self, hint: Any) -> Kind:
        hint = self.resolved(hint)
        if isinstance(hint, Array):
            return ArrayKind(hint)
        if hint in (Any, inspect.Parameter.empty, object):
            return Kind()
        if hint is None:
            return ScalarKind(type(None))
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is not None:
            return self._generic(hint, origin, arguments)
        if isinstance(hint, typing.NewType if isinstance(typing.NewType, type) else ()):
            return self.kind(hint.__supertype__)
        if not isinstance(hint, type):
            raise BadModel("the hint %r is not understood" % (hint,))
        return self._plain(hint)

    def resolved(self, hint: Any) -> Any:
        """The hint itself where it is text."""
        while isinstance(hint, (str, typing.ForwardRef)):
            text = hint if isinstance(hint, str) else hint.__forward_arg__
            found = Array.parse(text)
            if found is not None:
                return found
            try:
                hint = eval(
                    text, self.names
                )  # What the interpreter itself does with hints that are text.
            except Exception as error:
                raise BadModel("the hint '%s' is not understood: %s" % (text, error)) from None
        return hint

    def content_type(self, hint: Any) -> str:
        """The type of the answer's body."""
        hint = self.resolved(hint)
        if hasattr(hint, "__metadata__"):
            for word in hint.__metadata__:
                word = getattr(word, "content_type", word)
                if isinstance(word, str) and re.fullmatch(r"[\w.+-]+/[\w.+-]+(;.*)?", word):
                    return word
            hint = hint.__origin__
        if hint is str:
            return "text/plain; charset=utf-8"
        if hint is bytes:
            return "application/octet-stream"
        return "image/png" if is_image(hint) else "application/json"

    def _generic(self, hint: Any, origin: Any, arguments: tuple[Any, ...]) -> Kind:
        if hasattr(hint, "__metadata__"):
            return self._annotated(hint)
        if origin in self.UNION_TYPES:
            return UnionKind([self.kind(argument) for argument in arguments])
        if origin is typing.Literal:
            return ChoiceKind({argument: argument for argument in arguments})
        if origin is tuple:
            if len(arguments) == 2 and arguments[1] is Ellipsis:
                return ListKind(self.kind(arguments[0]), tuple)
            return TupleKind([self.kind(argument) for argument in arguments if argument != ()])
        if origin in self.LISTS:
            return ListKind(self.kind(arguments[0]), list)
        if origin in (set, frozenset):
            return ListKind(self.kind(arguments[0]), origin)
        if origin in (dict, collections.abc.Mapping, collections.abc.MutableMapping):
            return DictKind(self.kind(arguments[0]), self.kind(arguments[1]))
        if is_named(origin, "numpy", "ndarray"):
            types_ = typing.get_args(arguments[1]) if len(arguments) > 1 else ()
            element = getattr(types_[0], "__name__", None) if types_ else None
            return ArrayKind(
                Array({"str_": "str", "bool_": "bool"}.get(element or "", element), None)
            )
        if getattr(origin, "__name__", "") in ("Required", "NotRequired"):
            return self.kind(arguments[0])
        raise BadModel("the hint %r is not understood" % (hint,))

    def _annotated(self, hint: Any) -> Kind:
        for word in hint.__metadata__:
            found = Array.parse(word) if isinstance(word, str) else None
            if found is not None:
                return ArrayKind(found)
        return self.kind(hint.__origin__)

    def _plain(self, hint: type) -> Kind:
        if hint in ScalarKind.NAMES:
            return ScalarKind(hint)
        if hint in (bytes, bytearray, memoryview):
            return BytesKind()
        if hint in (list, tuple, set, frozenset):
            return ListKind(Kind(), hint)
        if hint is dict:
            return DictKind(ScalarKind(str), Kind())
        if is_named(hint, "numpy", "ndarray"):
            return ArrayKind(Array(None, None))
        if is_image(hint):
            return ImageKind()
        if is_named(hint, "pandas", "DataFrame"):
            return FrameKind()
        if issubclass(hint, enum.Enum):
            return ChoiceKind({member.value: member for member in hint})
        if hasattr(hint, "model_validate") and hasattr(hint, "model_json_schema"):
            return PydanticKind(hint)
        return self._record(hint)

    def _record(self, hint: Any) -> Kind:
        if hint in self.open:
            raise BadModel("%s contains itself, which is not supported" % hint.__name__)
        defaults = set()
        if dataclasses.is_dataclass(hint):
            members = {f.name: f.type for f in dataclasses.fields(hint) if f.init}
            missing = dataclasses.MISSING
            for f in dataclasses.fields(hint):
                if f.default is not missing or f.default_factory is not missing:
                    defaults.add(f.name)
        elif hasattr(hint, "__required_keys__"):
            members = annotations(hint)
            defaults = set(hint.__optional_keys__)
        elif issubclass(hint, tuple) and hasattr(hint, "_fields"):
            members = {name: annotations(hint).get(name, Any) for name in hint._fields}
            defaults = set(hint._field_defaults)
        else:
            raise BadModel(
                "values of %s.%s cannot be made from JSON" % (hint.__module__, hint.__qualname__)
            )
        module = sys.modules.get(hint.__module__)
        inner = Hints(vars(module) if module is not None else self.names)
        inner.open = [*self.open, hint]
        fields = [
            Field(name, inner.kind(member), name not in defaults)
            for name, member in members.items()
        ]
        return RecordKind(hint.__name__, fields, hint)


def annotations(type_: Any) -> Header:
    found = inspect.get_annotations(type_) if hasattr(inspect, "get_annotations") else None
    return found if found is not None else type_.__dict__.get("__annotations__", {})


def is_named(type_: Any, module: str, name: str) -> bool:
    """Whether a type is that of a library which may not be installed."""
    return (
        getattr(type_, "__name__", "") == name
        and str(getattr(type_, "__module__", "")).split(".")[0] == module
    )


def is_image(hint: Any) -> bool:
    module = sys.modules.get("PIL.Image")
    if module is None:
        return False
    return hint is module or (isinstance(hint, type) and issubclass(hint, module.Image))


# Answers


def encoded(value: Any) -> bytes:
    """JSON of an answer; what JSON lacks becomes something near: NaN null, bytes base64."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    try:
        return json.dumps(value, default=simplified, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, TypeError):
        # Infinite numbers, odd keys, lone surrogates: rare, so looked for only now.
        return json.dumps(simplified_deeply(value, 0), allow_nan=False).encode()


def simplified(value: Any) -> Any:
    """One step towards JSON for a value that `json` does not know."""
    value = plain_array(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, enum.Enum):
        return value.value
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if hasattr(value, "to_dict") and is_named(type(value), "pandas", "DataFrame"):
        return value.to_dict(orient="records")
    for method in ("tolist", "isoformat"):
        if hasattr(value, method):
            return getattr(value, method)()
    if is_image(type(value)):
        return base64.b64encode(image_bytes(value, "image/png")).decode()
    if isinstance(value, (set, frozenset, collections.abc.Iterable)):
        return list(value)
    raise TypeError("an answer of %s has no form in JSON" % type(value).__qualname__)


def simplified_deeply(value: Any, depth: int) -> Any:
    if depth > 200:
        raise TypeError("the answer is nested too deeply, or contains itself")
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {key_text(key): simplified_deeply(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [simplified_deeply(item, depth + 1) for item in value]
    return simplified_deeply(simplified(value), depth + 1)


def key_text(key: Any) -> str:
    if isinstance(key, str):
        return key
    if isinstance(key, enum.Enum):
        return key_text(key.value)
    return json.dumps(key) if key is None or isinstance(key, bool) else str(key)


def image_bytes(image: Any, content_type: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format=content_type.split("/")[1].split(";")[0])
    return stream.getvalue()


# Methods


@dataclasses.dataclass
class Method:
    """A method of the user's class as an endpoint."""

    name: str
    function: Callable[..., Any]
    description: str
    fields: dict[str, Field]
    positional: list[str]
    is_root: bool
    answer: Kind
    content_type: str
    outputs: Optional[list[tuple[str, Array]]]
    is_batchable: bool

    @property
    def inputs(self) -> Optional[list[Header]]:
        """What the Open Inference Protocol can hand over; nil where an argument is no array."""
        required = [field for field in self.fields.values() if field.is_required]
        arrays = [field.kind.array for field in required]
        if not required or self.outputs is None:
            return None
        if not all(found is not None and found.has_signature for found in arrays):
            return None
        return [
            found.signature(field.name)
            for field, found in zip(required, arrays)
            if found is not None
        ]

    def describe(self) -> Header:
        fields = list(self.fields.values())
        return {
            "name": self.name,
            "description": self.description,
            "parameters": [
                {
                    "name": f.name,
                    "kind": f.kind.part,
                    "required": f.is_required,
                    "schema": f.kind.schema,
                }
                for f in fields
            ],
            "root": self.is_root,
            "request": fields[0].kind.schema if self.is_root else object_schema(fields),
            "response": self.answer.schema,
            "type": self.content_type,
            "batchable": self.is_batchable,
            "inputs": self.inputs,
            "outputs": None if self.outputs is None else [a.signature(n) for n, a in self.outputs],
            "form": self.form,
        }

    @property
    def form(self) -> str:
        """How the outputs make up the answer: as its only one, its items or its members."""
        if isinstance(self.answer, RecordKind):
            return "record"
        return "list" if isinstance(self.answer, TupleKind) else "value"

    def arguments_from_json(self, body: memoryview) -> Header:
        value = load_json(body, "the body") if len(body) else {}
        if self.is_root:
            field = next(iter(self.fields.values()))
            return {field.name: field.kind.from_json(value, "the body", {})}
        if not isinstance(value, dict):
            names = ", ".join('"%s": ...' % name for name in self.fields)
            raise BadInput("the body must be a JSON object: {%s}" % names)
        return taken_fields(self.fields, value, "", {})

    def arguments_from_parts(self, parts: list[Header], buffers: list[memoryview]) -> Header:
        """Arguments of the parts of a form; a part without a name is for the only file."""
        result: Header = {}
        dims: Dims = {}
        files = [field.name for field in self.fields.values() if field.kind.part != "json"]
        for part in parts:
            name = part["name"] or (files[0] if files else "")
            field = self.fields.get(name)
            data, content_type = buffers[part["buffer"]], part.get("type") or ""
            if field is None and not part["name"]:
                raise BadInput(
                    "%s takes a JSON object, not %s" % (self.name, content_type or "other bytes")
                )
            if field is None:
                raise BadInput(
                    "unknown argument '%s'; there are: %s"
                    % (name, ", ".join(self.fields) or "none")
                )
            if isinstance(field.kind, ListKind) and field.kind.part != "json":
                found = field.kind.item.from_part(data, content_type, name, dims)
                result.setdefault(name, []).append(found)
            else:
                result[name] = field.kind.from_part(data, content_type, name, dims)
        for field in self.fields.values():
            if field.is_required and field.name not in result:
                raise BadInput("the argument '%s' is missing" % field.name)
        return result

    def arguments_from_tensors(self, tensors: list[Header], buffers: list[memoryview]) -> Header:
        result: Header = {}
        dims: Dims = {}
        for tensor in tensors:
            field = self.fields.get(tensor["name"])
            if field is None or field.kind.array is None:
                raise BadInput("unknown input '%s'" % tensor["name"])
            buffer = buffers[tensor["buffer"]]
            result[field.name] = field.kind.array.from_buffer(
                buffer, tensor["shape"], field.name, dims
            )
        return result

    def run(self, arguments: Header) -> Any:
        ordered = [arguments.pop(name) for name in self.positional if name in arguments]
        return self.function(*ordered, **arguments)

    def encoded(self, value: Any) -> tuple[str, bytes]:
        """The body of an answer and its type."""
        kind = self.content_type
        if is_image(type(value)):
            kind = kind if kind.startswith("image/") else "image/png"
            return kind, image_bytes(value, kind)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return (kind if kind != "application/json" else "application/octet-stream"), bytes(
                value
            )
        if isinstance(value, str) and (
            isinstance(self.answer, ScalarKind) or kind != "application/json"
        ):
            return kind, value.encode("utf-8", "replace")
        return "application/json", encoded(value)

    def tensors(self, value: Any, wanted: list[str]) -> tuple[list[Header], list[Any]]:
        """An answer as the outputs of the method's hint."""
        assert self.outputs is not None
        if isinstance(self.answer, ArrayKind) or self.answer.array is not None:
            values = [value]
        elif isinstance(value, dict):
            values = [value[name] for name, _ in self.outputs]
        elif isinstance(self.answer, TupleKind):
            values = list(value)
        else:
            values = [getattr(value, name) for name, _ in self.outputs]
        headers, buffers = [], []
        for (name, hint), item in zip(self.outputs, values):
            if wanted and name not in wanted:
                continue
            datatype, shape, data = hint.to_buffer(item)
            headers.append(
                {"name": name, "datatype": datatype, "shape": shape, "buffer": len(buffers)}
            )
            buffers.append(data)
        return headers, buffers


def output_arrays(kind: Kind) -> Optional[list[tuple[str, Array]]]:
    """The outputs that a hint of an answer names; None unless all are arrays of a known type."""
    if isinstance(kind, RecordKind):
        found = [(field.name, field.kind.array) for field in kind.fields.values()]
    elif isinstance(kind, TupleKind):
        found = [("output_%d" % index, item.array) for index, item in enumerate(kind.items)]
    else:
        found = [("output", kind.array)]
    arrays = [(name, hint) for name, hint in found if hint is not None and hint.has_signature]
    return arrays if arrays and len(arrays) == len(found) else None


class Reader:
    """Finds the endpoints of a class; `BadModel` names the line of what is wrong with it."""

    def __init__(self, instance: Any, directory: str) -> None:
        self.instance = instance
        self.type = type(instance)
        self.directory = directory

    def methods(self) -> dict[str, Method]:
        found = {}
        unhinted = []
        batchable = self._batchable()
        for name, function in self._functions().items():
            signature = inspect.signature(getattr(self.instance, name))
            parameters = list(signature.parameters.values())
            empty = inspect.Parameter.empty
            hints = [parameter.annotation for parameter in parameters] + [
                signature.return_annotation
            ]
            if all(hint is empty for hint in hints):
                unhinted.append(name)
                continue
            found[name] = self._method(name, function, signature, batchable)
        if not found:
            message = "%s has no public method with type hints" % self.type.__name__
            if unhinted:
                message += "; give %s some, such as `def %s(self, x: list[float]) -> float`" % (
                    ", ".join(unhinted),
                    unhinted[0],
                )
            raise BadModel(self._at(self.type, message))
        for name in batchable:
            if name not in found:
                raise BadModel(
                    self._at(
                        self.type, "`batchable` names '%s', which is no method with hints" % name
                    )
                )
        return found

    def _functions(self) -> dict[str, Any]:
        """The public functions of the class and of those of its bases that are the user's own."""
        result: dict[str, Any] = {}
        for base in reversed(self.type.__mro__):
            if base is not self.type and not self._is_own(base):
                continue
            for name, value in vars(base).items():
                # Static and class methods, and the endpoints of BentoML, wrap a function.
                value = getattr(value, "__func__", None) or getattr(value, "func", value)
                if name.startswith("_") or name == "close" or isinstance(value, type):
                    continue
                result.pop(name, None)
                if callable(value) and hasattr(value, "__code__"):
                    result[name] = value
        return result

    def _is_own(self, base: type) -> bool:
        path = getattr(sys.modules.get(base.__module__), "__file__", None)
        return is_own(path, self.directory)

    def _batchable(self) -> list[str]:
        value = getattr(self.type, "batchable", [])
        if value is True:
            return [name for name in self._functions()]
        if isinstance(value, (list, tuple, set)) and all(isinstance(name, str) for name in value):
            return list(value)
        if value is False:
            return []
        raise BadModel(self._at(self.type, "`batchable` is to be a list of names of methods"))

    def _method(
        self, name: str, function: Any, signature: inspect.Signature, batchable: list[str]
    ) -> Method:
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise BadModel(
                self._at(
                    function, "%s is a generator, which is not supported; return a list" % name
                )
            )
        hints = Hints(getattr(function, "__globals__", {}))
        fields, positional = [], []
        for parameter in signature.parameters.values():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                raise BadModel(self._at(function, "%s: %s is not supported" % (name, parameter)))
            if parameter.annotation is parameter.empty:
                raise BadModel(
                    self._at(function, "%s: '%s' has no type hint" % (name, parameter.name))
                )
            kind = self._kind(
                hints, parameter.annotation, function, "%s: '%s'" % (name, parameter.name)
            )
            fields.append(
                Field(
                    parameter.name,
                    with_default(kind, parameter),
                    parameter.default is parameter.empty,
                )
            )
            if parameter.kind is parameter.POSITIONAL_ONLY:
                positional.append(parameter.name)
        annotation = signature.return_annotation
        answer = self._answer(hints, annotation)
        method = Method(
            name=name,
            function=getattr(self.instance, name),
            description=inspect.getdoc(function) or "",
            fields={field.name: field for field in fields},
            positional=positional,
            is_root=len(fields) == 1 and bool(positional),
            answer=answer,
            content_type=hints.content_type(annotation) if answer.schema else "application/json",
            outputs=output_arrays(answer),
            is_batchable=name in batchable,
        )
        if method.is_batchable:
            self._check_batchable(method, function)
        return method

    def _kind(self, hints: Hints, annotation: Any, function: Any, place: str) -> Kind:
        try:
            return hints.kind(annotation)
        except BadModel as error:
            raise BadModel(self._at(function, "%s: %s" % (place, error))) from None

    @staticmethod
    def _answer(hints: Hints, annotation: Any) -> Kind:
        """The kind of an answer; any hint will do, as what is returned tells its form itself."""
        try:
            return Kind() if annotation is inspect.Signature.empty else hints.kind(annotation)
        except BadModel:
            return Kind()

    def _check_batchable(self, method: Method, function: Any) -> None:
        arrays = [field.kind.array for field in method.fields.values() if field.is_required]
        arrays += [hint for _, hint in method.outputs or [("", None)]]
        for hint in arrays:
            if hint is None or not hint.shape or hint.shape[0] is not None:
                message = "%s is batchable: its hints must be arrays whose first extent is free, "
                message += "as `float32[n,64]`"
                raise BadModel(self._at(function, message % method.name))

    def _at(self, thing: Any, message: str) -> str:
        thing = inspect.unwrap(thing) if callable(thing) else thing
        try:
            path = inspect.getsourcefile(thing) or "?"
            line = (
                thing.__code__.co_firstlineno
                if hasattr(thing, "__code__")
                else inspect.getsourcelines(thing)[1]
            )
        except (OSError, TypeError):
            return message
        return "%s:%d: %s" % (short(path, self.directory), line, message)


def with_default(kind: Kind, parameter: inspect.Parameter) -> Kind:
    """Tells the default of a parameter in its schema, where JSON has it."""
    if parameter.default is parameter.empty:
        return kind
    try:
        json.dumps(parameter.default, allow_nan=False)
    except (TypeError, ValueError):
        return kind
    kind.schema = dict(kind.schema, default=parameter.default)
    return kind


def is_own(path: Optional[str], directory: str) -> bool:
    """Whether a file is the project's, and not that of an installed package."""
    if not path:
        return False
    return os.path.abspath(path).startswith(directory + os.sep) and "site-packages" not in path


def short(path: str, directory: str) -> str:
    return os.path.relpath(path, directory) if is_own(path, directory) else path


# Loading


def load(target: str, directory: str) -> Any:
    """An instance of the class that `file.py:Class` or `package.module:Class` names."""
    place, _, name = target.partition(":")
    sys.path[0] = directory
    module = (
        load_file(place, directory) if place.endswith(".py") else importlib.import_module(place)
    )
    # Models pickled by a script refer to its classes as `__main__.Class`.
    sys.modules["__main__"] = module
    if not name:
        own = [
            n
            for n, v in vars(module).items()
            if isinstance(v, type) and v.__module__ == module.__name__
        ]
        own = [n for n in own if not n.startswith("_")]
        if len(own) != 1:
            raise BadModel("%s: name one of its classes, as `%s:Class`" % (place, place))
        name = own[0]
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            raise BadModel("%s has no class '%s'" % (place, name))
        found = getattr(found, part)
    # A service of BentoML wraps the user's class.
    found = found if isinstance(found, type) else getattr(found, "inner", found)
    if not isinstance(found, type):
        raise BadModel("%s:%s is no class but %s" % (place, name, type(found).__name__))
    return found()


class Fresh(importlib.machinery.SourceFileLoader):
    """Compiles the file that is there; Python's cache does not see changes within a second."""

    def get_code(self, fullname: str) -> Any:
        return self.source_to_code(self.get_data(self.path), self.path)


def load_file(place: str, directory: str) -> types.ModuleType:
    path = os.path.abspath(os.path.join(directory, place))
    if not os.path.isfile(path):
        raise BadModel("there is no file %s" % place)
    if os.path.dirname(path) != directory:
        sys.path.insert(0, os.path.dirname(path))
    name = os.path.splitext(os.path.basename(path))[0]
    name = name if name not in sys.modules else "apus_" + name
    spec = importlib.util.spec_from_file_location(name, path, loader=Fresh(name, path))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def start_failure(error: BaseException, directory: str) -> str:
    """One line that says what is wrong with the user's code, and where."""
    if isinstance(error, BadModel):
        return str(error)
    if isinstance(error, SyntaxError) and error.filename:
        return "%s:%s: %s: %s" % (
            short(error.filename, directory),
            error.lineno,
            type(error).__name__,
            error.msg,
        )
    frames = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if not f.filename.startswith("/dev/fd/")
    ]
    own = [f for f in frames if is_own(f.filename, directory)]
    place = ""
    if own or frames:
        frame = (own or frames)[-1]
        place = "%s:%s: " % (short(frame.filename, directory), frame.lineno)
    message = "%s%s: %s" % (place, type(error).__name__, error)
    if isinstance(error, ModuleNotFoundError):
        message += " (in %s)" % sys.executable
    return message


# Serving


class Server:
    """Answers calls until the server closes its end."""

    def __init__(self, channel: Channel, methods: dict[str, Method], memory_limit: int) -> None:
        self.channel = channel
        self.methods = methods
        self.memory_limit = memory_limit
        self.statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC) if memory_limit else -1
        self.loop: Any = None

    def run(self) -> None:
        while True:
            frame = self.channel.receive()
            if frame is None:
                return
            header, buffers = self.answer(*frame)
            del frame
            sys.stdout.flush()
            sys.stderr.flush()
            if self.channel.lent and not self.channel.give_back():
                header["held"] = True
            if self.memory_limit and self._resident() > self.memory_limit:
                header["full"] = True
            self.channel.send(header, buffers)

    def answer(self, header: Header, buffers: list[memoryview]) -> tuple[Header, list[Any]]:
        try:
            return self._answer(header, buffers)
        except BadInput as error:
            return {"status": 400, "error": str(error)}, []
        except BaseException as error:  # SystemExit too: a request must not end the worker.
            status = getattr(error, "status", None)
            if isinstance(status, int) and not isinstance(status, bool) and 400 <= status <= 599:
                return {"status": status, "error": str(error)}, []
            if isinstance(error, ValueError):
                return {"status": 400, "error": str(error)}, []
            print_traceback(error)
            return {"status": 500}, []

    def _answer(self, header: Header, buffers: list[memoryview]) -> tuple[Header, list[Any]]:
        method = self.methods[header["method"]]
        tensors = header.get("inputs")
        if tensors is not None:
            arguments = method.arguments_from_tensors(tensors, buffers)
        elif "parts" in header:
            arguments = method.arguments_from_parts(header["parts"], buffers)
        else:
            arguments = method.arguments_from_json(buffers[0])
        value = self._finished(method.run(arguments))
        del arguments
        # What is wrong with an answer is the model's fault, not the caller's.
        try:
            if tensors is not None:
                outputs, data = method.tensors(value, header.get("outputs") or [])
                return {"status": 200, "outputs": outputs}, data
            kind, body = method.encoded(value)
            return {"status": 200, "type": kind}, [body]
        except (ValueError, BadInput) as error:
            raise TypeError(str(error)) from error

    def _finished(self, value: Any) -> Any:
        if not inspect.isawaitable(value):
            return value
        if self.loop is None:
            import asyncio  # Slow to load, and rarely needed.

            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        return self.loop.run_until_complete(value)

    def _resident(self) -> int:
        pages = int(os.pread(self.statm, 128, 0).split()[1])
        return pages * mmap.PAGESIZE


def print_traceback(error: BaseException) -> None:
    """Prints a traceback without this file's own frames."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace or error.__traceback__)


def main() -> None:
    target, memory_limit, stop_limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    directory = os.getcwd()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")
    os.set_inheritable(3, False)
    os.set_inheritable(4, False)
    faulthandler.enable()
    channel = Channel(socket.socket(fileno=3))
    sys.argv = [target]
    own_module = sys.modules[
        "__main__"
    ]  # Kept alive: its names must outlive its place in `sys.modules`.
    try:
        instance = load(target, directory)
        methods = Reader(instance, directory).methods()
    except BaseException as error:
        if not isinstance(error, BadModel):
            print_traceback(error)
        channel.send({"failure": start_failure(error, directory)})
        sys.exit(1)
    version = "%d.%d.%d" % sys.version_info[:3]
    channel.send({"python": version, "methods": [method.describe() for method in methods.values()]})
    gc.collect()
    gc.freeze()
    Server(channel, methods, memory_limit).run()
    # What the user's code does at its end must come to an end too.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(stop_limit)
    close = getattr(instance, "close", None)
    if callable(close):
        close()
    del own_module


if __name__ == "__main__":
    main()
