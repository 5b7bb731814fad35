import Foundation
import Inference
import OrderedCollections
import Testing
import Values

@testable import Serving

/// What clients see of Python models, those that misbehave above all.
@Suite(.enabled(if: PythonService.interpreter != nil, "no python3"), .timeLimit(.minutes(2)))
struct PythonServiceTests {
    @Test func aWorkerThatCrashesIsAServersFaultAndReplaced() throws {
        try PythonService.with { port, _ in
            let answer = try post(port, "/py/crash", "{}")
            #expect(answer.status == 500)
            #expect(answer.text == #"{"error":"the model's worker ended (signal 11)"}"#)
            // The next one waits for the new worker.
            #expect(try post(port, "/py/add", #"{"a": 1, "b": 2}"#).text == "3")
            #expect(PythonService.eventually { (try? get(port, "/readyz").status) == 200 })
        }
    }

    @Test func aWorkerThatHangsIsStopped() throws {
        try PythonService.with {
            $0.timeLimit = .milliseconds(500)
        } _: { port, _ in
            let before = try post(port, "/py/pid", "{}").text
            #expect(try post(port, "/py/hang", "{}").status == 504)
            let after = try post(port, "/py/pid", "{}").text
            #expect(before != after)
            #expect(kill(try #require(Int32(before)), 0) != 0)
            #expect(try get(port, "/readyz").status == 200)
        }
    }

    @Test func aCallerWithLessTimeIsAnsweredEarlier() throws {
        let model = try PythonService.model()
        let service = Service(
            name: "py",
            model: model.served,
            timeout: .milliseconds(100),
            methods: model
        )
        try withServer(services: [service]) { (port: Int) throws in
            let before = try post(port, "/py/pid", "{}").text
            #expect(try post(port, "/py/nap", #"{"seconds": 0.4}"#).status == 504)
            #expect(PythonService.eventually { (try? post(port, "/py/pid", "{}").text) == before })
        }
    }

    @Test func aWorkerThatLeaksIsReplacedBetweenCalls() throws {
        try PythonService.with {
            $0.memoryLimit = 100 << 20
        } _: { port, _ in
            let before = try post(port, "/py/pid", "{}").text
            #expect(try post(port, "/py/leak", #"{"size": 200000000}"#).status == 200)
            #expect(try post(port, "/py/pid", "{}").text != before)
        }
    }

    @Test func workersThatKeepEndingMakeTheServerNotReady() throws {
        try PythonService.with { settings in
            settings.crashLimit = 2
            settings.restartPause = .milliseconds(5)
        } _: { port, folder in
            #expect(try get(port, "/readyz").status == 200)
            try "".write(toFile: folder + "/broken", atomically: true, encoding: .utf8)
            #expect(try post(port, "/py/crash", "{}").status == 500)
            #expect(PythonService.eventually { (try? get(port, "/readyz").status) == 503 })
            #expect(PythonService.eventually { (try? post(port, "/py/add", #"{"a": 1, "b": 2}"#).status) == 503 })
            #expect(try get(port, "/livez").status == 200)
            #expect(try get(port, "/v2/models/py/ready").status == 503)
        }
    }

    @Test func errorsOfTheCodeKeepTheirStatus() throws {
        try PythonService.with { port, _ in
            #expect(try post(port, "/py/refuse", #"{"status": 418}"#).status == 418)
            #expect(try post(port, "/py/add", #"{"a": "x", "b": 2}"#).status == 400)
            let answer = try post(port, "/py/fail", "{}")
            #expect(answer.status == 500 && !answer.text.contains("secret"))
            // The same by way of a batch.
            #expect(try post(port, "/py/double", #"{"x": [[-1]]}"#).status == 418)
        }
    }

    @Test func callsOfABatchableMethodAreRunTogether() throws {
        try PythonService.with { port, _ in
            // While one call keeps the only worker busy, others gather.
            let first = try RawConnection(port: port)
            first.post("/py/nap", #"{"seconds": 0.5}"#)
            usleep(150_000)
            let connections = try (0..<8).map { number in
                let connection = try RawConnection(port: port)
                connection.post("/py/double", #"{"x": [[\#(number)]]}"#)
                return connection
            }
            for (number, connection) in connections.enumerated() {
                #expect(try connection.answer().text == "[[\(Float(number * 2))]]")
            }
            _ = try first.answer()
            let metrics = try get(port, "/metrics").text
            #expect(metrics.contains(#"apus_batch_rows_sum{service="py"} 8"#))
            let runs = metrics.split(separator: "\n").first { $0.hasPrefix(#"apus_batch_rows_count{service="py"}"#) }
            #expect((Int(runs?.split(separator: " ").last ?? "") ?? 8) < 8)
            #expect(try post(port, "/py/double", #"{"y": 1}"#).status == 400)
            #expect(try post(port, "/py/double", #"{"x": [[1, 2]]}"#).status == 400)
            #expect(
                try post(port, "/py/double", #"{"x": [[3]]}"#, headers: ["content-type: application/json"]).text
                    == "[[6.0]]"
            )
        }
    }

    @Test func methodsAreDescribed() throws {
        try PythonService.with { port, _ in
            let description = try Value(json: try get(port, "/openapi.json").body)
            let post = description["paths"]?["/py/add"]?["post"]
            #expect(post?["summary"] == .string("Adds two numbers."))
            let schema = post?["requestBody"]?["content"]?["application/json"]?["schema"]
            #expect(schema?["properties"]?["a"]?["type"] == .string("integer"))
            #expect(schema?["required"]?.json() == #"["a", "b"]"#)
            let answer = post?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
            #expect(answer?["type"] == .string("integer"))
            #expect(description["paths"]?["/add"] != nil)
            let form = description["paths"]?["/py/count"]?["post"]?["requestBody"]?["content"]?["multipart/form-data"]
            #expect(form?["schema"]?["properties"]?["file"]?["format"] == .string("binary"))
        }
    }

    @Test func callsAreLogged() throws {
        let path = NSTemporaryDirectory() + "calls-\(UUID().uuidString).jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try PredictionLog(PredictionLog.Options(path: path), onFault: { _ in })
        let model = try PythonService.model()
        let service = Service(name: "py", model: model.served, methods: model)
        try withServer(services: [service], predictions: log) { (port: Int) throws in
            _ = try post(port, "/py/add", "{\"a\": 1,\n \"b\": 2}")
            _ = try post(port, "/py/double", #"{"x": [[4]]}"#)
            _ = try post(port, "/py/count", "abc", headers: ["content-type: application/octet-stream"])
        }
        log.close()
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try Value(json: Array($0.utf8))
        }
        #expect(lines.map { $0["method"] } == [.string("add"), .string("double"), .string("count")])
        #expect(lines[0]["inputs"]?.json() == #"{"a": 1, "b": 2}"# && lines[0]["outputs"] == .int(3))
        #expect(lines[1]["inputs"]?["x"]?.json() == "[[4.0]]" && lines[1]["outputs"]?["output"]?.json() == "[[8.0]]")
        #expect(lines[2]["inputs"]?[""]?["bytes"] == .int(3) && lines[2]["outputs"] == .int(3))
    }
}

/// A Python model that does what models should not.
enum PythonService {
    static let interpreter = try? PythonInterpreter.find(
        explicit: nil,
        virtualEnvironment: nil,
        directory: "/nowhere",
        searchPath: ProcessInfo.processInfo.environment["PATH"] ?? ""
    )

    private static let code = """
        import os, signal, sys, time

        if os.path.exists("broken"):
            sys.exit(9)


        class Refusal(Exception):
            def __init__(self, status):
                super().__init__("no")
                self.status = status


        class Model:
            batchable = ["double"]

            def __init__(self):
                self.kept = []

            def add(self, a: int, b: int) -> int:
                \"""Adds two numbers.\"""
                return a + b

            def pid(self) -> int:
                return os.getpid()

            def crash(self) -> None:
                os.kill(os.getpid(), signal.SIGSEGV)

            def hang(self) -> None:
                while True:
                    pass

            def nap(self, seconds: float) -> None:
                time.sleep(seconds)

            def leak(self, size: int) -> None:
                self.kept.append(bytearray(os.urandom(1)) * size)

            def refuse(self, status: int) -> None:
                raise Refusal(status)

            def fail(self) -> None:
                raise RuntimeError("secret")

            def count(self, file: bytes) -> int:
                return len(file)

            def double(self, x: "float32[n,1]") -> "float32[n,1]":
                if any(row[0] < 0 for row in x):
                    raise Refusal(418)
                return [[2 * row[0]] for row in x]
        """

    static func model(
        in folder: String? = nil,
        _ change: (inout PythonModel.Settings) -> Void = { _ in }
    ) throws -> PythonModel {
        let folder = folder ?? NSTemporaryDirectory() + "python-service-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try code.write(toFile: folder + "/serve.py", atomically: true, encoding: .utf8)
        var settings = PythonModel.Settings(
            target: "serve.py:Model",
            directory: folder,
            interpreter: try #require(interpreter)
        )
        change(&settings)
        return try PythonModel(settings)
    }

    /// Serves it as `py`, with one worker.
    static func with(
        _ change: (inout PythonModel.Settings) -> Void = { _ in },
        _ body: (Int, String) throws -> Void
    ) throws {
        let folder = NSTemporaryDirectory() + "python-service-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let model = try model(in: folder, change)
        try withServer(services: [Service(name: "py", model: model.served, methods: model)]) { (port: Int) throws in
            try body(port, folder)
        }
    }

    /// Waits until something has happened; false when it does not within ten seconds.
    static func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<500 {
            if condition() { return true }
            usleep(20_000)
        }
        return false
    }
}
