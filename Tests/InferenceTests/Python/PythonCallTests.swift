import Foundation
import Inference
import Testing
import Values

private let code = """
    import dataclasses
    from typing import Literal, Optional, TypedDict

    @dataclasses.dataclass
    class _Point:
        x: float
        y: float = 0.0

    class _Options(TypedDict, total=False):
        scale: int

    class NotFound(Exception):
        status = 404

    NotFound.__name__ = "_NotFound"

    class _Base: pass

    class Model(_Base):
        \"""What it does.\"""
        batchable = ["sums"]

        def add(self, a: int, b: int = 2) -> int:
            "Adds two numbers."
            return a + b

        def greet(self, name: str) -> str:
            return "grüezi " + name

        def reverse(self, data: bytes) -> bytes:
            return data[::-1]

        def point(self, p: Optional[_Point] = None, mode: Literal["a", "b"] = "a") -> dict:
            return {"point": p, "mode": mode, "nan": float("nan")}

        def options(self, o: _Options) -> list[str]:
            return sorted(o)

        def turned(self, values: list[int], /) -> list[int]:
            return values[::-1]

        def sums(self, x: "float32[n,2]") -> "float32[n]":
            return [sum(row) for row in x]

        def words(self, w: "str[n]") -> "str[n]":
            return [word.upper() for word in w]

        async def later(self, x: float) -> float:
            import asyncio
            await asyncio.sleep(0)
            return x

        def picky(self) -> int:
            raise ValueError("no such digit")

        def missing(self) -> int:
            raise NotFound("gone")

        def broken(self) -> int:
            return {}["key"]

        def endless(self) -> int:
            import sys
            sys.exit(3)

        def plain(self, x):
            return x

        def _hidden(self) -> int:
            return 1
    """

@Suite(.enabled(if: Python.plain != nil, "needs python3"), .serialized) struct PythonCallTests {
    @Test func jsonGoesInAndComesOut() throws {
        try PythonProject(code).serve(python: Python.plain) { model throws in
            #expect(try model.text("add", #"{"a": 1}"#) == "3")
            #expect(try model.text("greet", #"{"name": "Zoë 🐦"}"#) == "grüezi Zoë 🐦")
            #expect(
                try model.text("point", #"{"p": {"x": 1}}"#)
                    == #"{"point": {"x": 1.0, "y": 0.0}, "mode": "a", "nan": null}"#
            )
            #expect(try model.text("options", #"{"o": {"scale": 2}}"#) == #"["scale"]"#)
            #expect(try model.text("turned", "[1, 2, 3]") == "[3, 2, 1]")
            #expect(try model.text("later", #"{"x": 2}"#) == "2.0")
            #expect(try model.text("sums", #"{"x": [[1, 2], [3, 4]]}"#) == "[3, 7]")
        }
    }

    @Test func filesComeAsPartsOrAsTheBody() throws {
        try PythonProject(code).serve(python: Python.plain) { model throws in
            let bytes: [UInt8] = [0, 255, 10, 13, 128]
            for name in ["data", ""] {
                let part = CallArguments.Part(name: name, contentType: nil, fileName: "x", bytes: bytes)
                let answer = try model.call("reverse", CallArguments(parts: [part]), deadline: nil)
                #expect(
                    answer == CallAnswer(status: 200, contentType: "application/octet-stream", body: bytes.reversed())
                )
            }
            let numbers = ["a", "b"].map {
                CallArguments.Part(name: $0, contentType: nil, fileName: nil, bytes: Array("20".utf8))
            }
            #expect(try model.call("add", CallArguments(parts: numbers), deadline: nil).body == Array("40".utf8))
        }
    }

    @Test func wrongArgumentsAreTheCallersFault() throws {
        try PythonProject(code).serve(python: Python.plain) { model throws in
            let cases = [
                ("add", "{}", "the argument 'a' is missing"),
                ("add", #"{"a": 1, "c": 2}"#, "unknown argument 'c'; there are: a, b"),
                ("add", #"{"a": "1"}"#, #"a: "1" is no integer"#),
                ("add", #"{"a": true}"#, "a: true is no integer"),
                ("add", "[1]", #"the body must be a JSON object: {"a": ..., "b": ...}"#),
                ("point", #"{"p": {"z": 1}}"#, "unknown argument 'p.z'; there are: x, y"),
                ("point", #"{"mode": "c"}"#, #"mode: "c" is none of "a", "b""#),
                ("sums", #"{"x": [[1, 2], [3]]}"#, "x: the lists differ in length or depth"),
                ("sums", #"{"x": [[1]]}"#, "x: the shape is [1, 1], expected float32[n,2]"),
                ("reverse", #"{"data": "ä"}"#, nil),
                ("add", "{", nil),
                ("add", String(repeating: "[", count: 200_000), "the body: JSON nested too deeply"),
            ]
            for (method, json, message) in cases {
                guard case .invalidInput(let text) = model.error(method, json) else {
                    Issue.record("\(method) \(json) was taken")
                    continue
                }
                if let message { #expect(text == message) }
            }
            #expect(
                model.error("none")
                    == .notFound(
                        "the model has no method 'none', only \(model.methods.map(\.name).joined(separator: ", "))"
                    )
            )
        }
    }

    @Test func exceptionsAreForTheCallerOnlyWhenMeantSo() throws {
        let project = try PythonProject(code)
        try project.serve(python: Python.plain) { model throws in
            #expect(model.error("picky") == .invalidInput("no such digit"))
            let answer = try model.call("missing", CallArguments(json: nil), deadline: nil)
            #expect(answer.status == 404)
            #expect(String(decoding: answer.body, as: UTF8.self) == #"{"error": "gone"}"#)
            #expect(model.error("broken") == .failed("the model failed; see the server's log"))
            #expect(model.error("endless") == .failed("the model failed; see the server's log"))
            #expect(try model.text("add", #"{"a": 1}"#) == "3")
        }
        #expect(project.log.contains("KeyError: 'key'"))
        #expect(project.log.contains("/serve.py\", line"))
        #expect(!project.log.contains("/dev/fd/4"))
    }

    @Test func theDescriptionTellsWhatCanBeCalled() throws {
        try PythonProject(code).serve(python: Python.plain) { model throws in
            let names = model.methods.map(\.name)
            #expect(names.first == "add" && !names.contains("plain") && !names.contains("_hidden"))
            let add = try #require(model.methods.first)
            #expect(add.description == "Adds two numbers.")
            #expect(add.parameters.map(\.isRequired) == [true, false])
            #expect(add.requestSchema["properties"]?["b"]?.json() == #"{"type": "integer", "default": 2}"#)
            let reverse = try #require(model.methods.first { $0.name == "reverse" })
            #expect(reverse.parameters[0].kind == .file && reverse.responseType == "application/octet-stream")
            #expect(model.methods.filter(\.isBatchable).map(\.name) == ["sums"])
        }
    }

    @Test func arraysNeedNoNumpy() throws {
        try PythonProject(code).serve(python: Python.plain) { model throws in
            let sums = try #require(model.tensorModel(for: "sums"))
            #expect(sums.isBatchable)
            #expect(sums.signature.inputs == [.init(name: "x", dataType: .float32, shape: [nil, 2])])
            let input = NamedTensor("x", try Tensor(.float32, [2, 2], [1, 2, 3, 4] as [Float]))
            let answer = try #require(try sums.infer([input], outputs: [], deadline: nil).first)
            #expect(answer.name == "output" && answer.tensor?.elements(Float.self) == [3, 7])

            let words = try #require(model.tensorModel(for: "words"))
            let text = NamedTensor("w", try Tensor(strings: [Array("é".utf8), []], shape: [2]))
            guard case .strings(let strings)? = try words.infer([text], outputs: [], deadline: nil)[0].tensor?.content
            else { throw InferenceError.failed("no strings") }
            #expect(strings == [Array("É".utf8), []])
            #expect(model.tensorModel(for: "add") == nil)
        }
    }
}
