import Foundation
import Inference
import Testing

@Suite(.enabled(if: Python.plain != nil, "needs python3"), .serialized) struct PythonStartTests {
    @Test(arguments: [
        (
            "import json\nimport no_such_module\n",
            "serve.py:2: ModuleNotFoundError: No module named 'no_such_module' (in "
        ),
        ("class A:\n    def f(self:\n", "serve.py:2: SyntaxError: "),
        (
            "class A:\n    def f(self, x):\n        return x\n",
            "serve.py:1: A has no public method with type hints; give f some"
        ),
        ("class A:\n    pass\n", "serve.py:1: A has no public method with type hints"),
        ("class A:\n    def f(self, x, y: int) -> int:\n        return x\n", "serve.py:2: f: 'x' has no type hint"),
        (
            "class A:\n    def f(self, x: 'Foo') -> int:\n        return x\n",
            "serve.py:2: f: 'x': the hint 'Foo' is not understood"
        ),
        (
            "class A:\n    def f(self, x: complex) -> int:\n        return x\n",
            "values of builtins.complex cannot be made from JSON"
        ),
        ("class A:\n    def f(self, *x: int) -> int:\n        return x\n", "serve.py:2: f: *x: int is not supported"),
        (
            "class A:\n    def f(self, x: int) -> int:\n        yield x\n",
            "serve.py:2: f is a generator, which is not supported"
        ),
        ("class A:\n    batchable = ['g']\n    def f(self) -> int: ...\n", "`batchable` names 'g'"),
        (
            "class A:\n    batchable = ['f']\n    def f(self, x: int) -> int: ...\n",
            "serve.py:3: f is batchable: its hints must be arrays"
        ),
        ("class A:\n    def __init__(self):\n        open('/no/such/file')\n", "serve.py:3: FileNotFoundError: "),
        ("class A:\n    def __init__(self):\n        import sys; sys.exit(7)\n", "serve.py:3: SystemExit: 7"),
        ("import os, sys\nprint('goodbye', file=sys.stderr)\nos._exit(3)\n", "the worker ended (exit code 3): goodbye"),
        ("class A:\n    pass\nclass B:\n    pass\n", "serve.py: name one of its classes, as `serve.py:Class`"),
    ])
    func codeThatCannotBeServedIsNamed(_ code: String, _ message: String) throws {
        let failure = try PythonProject(code).failure()
        #expect(failure.contains(message), "\(failure)")
    }

    @Test func missingPlacesAreNamed() throws {
        let project = try PythonProject("x = 1\nclass A:\n    def f(self) -> int: ...\n")
        #expect(project.failure(target: "other.py:A") == "there is no file other.py")
        #expect(project.failure(target: "serve.py:B") == "serve.py has no class 'B'")
        #expect(project.failure(target: "serve.py:x") == "serve.py:x is no class but int")
        #expect(project.failure(target: "serve:A") == "it started")
        #expect(project.failure(target: "nothing.here:A").contains("ModuleNotFoundError: No module named 'nothing'"))
    }

    @Test func aModelThatLoadsTooLongIsKilled() throws {
        let project = try PythonProject("import time\nclass A:\n    def __init__(self): time.sleep(3600)\n")
        var settings = project.settings()
        settings.startLimit = .milliseconds(300)
        #expect(throws: InferenceError.failed("the model was not loaded within 0.3 seconds")) {
            try PythonModel(settings)
        }
    }

    @Test func theInterpreterIsLookedFor() throws {
        let project = try PythonProject("")
        let path = try #require(Python.plain)
        func find(_ explicit: String? = nil, environment: String? = nil, path: String = "") throws -> String {
            try PythonInterpreter.find(
                explicit: explicit,
                virtualEnvironment: environment,
                directory: project.directory,
                searchPath: path
            )
        }
        #expect(try find(path) == path)
        #expect(throws: MissingProgram.self) { try find() }
        #expect(throws: MissingProgram.self) { try find("/no/python") }
        #expect(throws: MissingProgram.self) { try find(environment: "/no/environment") }
        let bin = project.directory + "/.venv/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: bin + "/python", withDestinationPath: path)
        #expect(try find() == bin + "/python")
        #expect(try find(environment: project.directory + "/.venv") == bin + "/python")
        #expect(try find(".venv") == bin + "/python")
    }
}
