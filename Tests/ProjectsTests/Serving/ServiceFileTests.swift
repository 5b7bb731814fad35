import Inference
import Projects
import Testing

@Suite struct ServiceFileTests {
    private func read(_ text: String) throws -> ServiceFile {
        try ServiceFile(parsing: Array(text.utf8), path: "/p/apus.yaml")
    }

    @Test func aServiceHasAModelAndHowItIsServed() throws {
        let text = """
            services:
              digits:
                model: models/digits.onnx
                inputs: {rows: {columns: [a, b]}}
                batching: {max-size: 32, max-delay: 2ms, max-queue: 10}
                timeout: 5s
                version: 3
              python: {runtime: {python: "serve.py:Model"}, workers: 2, memory-limit: 2GB, model: model.joblib}
            """
        let services = try read(text).services
        #expect(services.map(\.name) == ["digits", "python"])
        #expect(services[0].engine == .onnx("models/digits.onnx"))
        #expect(services[0].batching == BatcherOptions(maxRows: 32, maxDelay: .milliseconds(2), maxQueue: 10))
        #expect(services[0].timeout == .seconds(5))
        #expect(services[0].version == "3")
        #expect(services[0].inputs.count == 1)
        #expect(services[1].engine == .python("serve.py:Model"))
        #expect(services[1].workers == 2)
        #expect(services[1].memoryLimit == 2_000_000_000)
        #expect(services[1].source == "model.joblib")
    }

    @Test func predictionsCanBeLogged() throws {
        #expect(try read("prediction-log: a/log.jsonl").predictionLog?.path == "/p/a/log.jsonl")
        let log = try read("prediction-log: {path: x, sample: 10, max-size: 1MB, max-files: 2, max-value: 0}")
            .predictionLog
        #expect(log?.sampling == 10 && log?.maxSize == 1_000_000 && log?.maxFiles == 2 && log?.largestValue == 0)
        #expect(try read("prediction-log: false").predictionLog == nil)
        #expect(try read("services: {}").predictionLog == nil)
    }

    @Test(arguments: [
        "/etc/passwd", "../x", "a/../../x", ".", "", "{path: /x}", "{sample: 3}", "{path: x, size: 3}",
        "{path: x, max-size: 3}", "{path: x, max-files: 0}", "[x]",
    ])
    func aLogElsewhereOrWithoutSenseIsRefused(text: String) throws {
        let error = try #require(throws: ServiceFileError.self) {
            try read("prediction-log: \(text.isEmpty ? "''" : text)")
        }
        #expect(error.description.hasPrefix("/p/apus.yaml:1: error: "))
    }

    @Test(arguments: [
        ("4096", 4096), ("64kB", 64_000), ("512 MB", 512_000_000), ("2GiB", 2_147_483_648), ("1.5k", 1500),
    ])
    func sizesHaveUnits(text: String, bytes: Int) {
        #expect(ByteSize.parse(text) == bytes)
    }

    @Test(arguments: ["", "MB", "-1", "1XB", "1e30", "many"])
    func otherSizesAreNone(text: String) {
        #expect(ByteSize.parse(text) == nil)
    }

    @Test func allFaultsAreToldWithTheirLines() throws {
        let text = """
            services:
              a/b: {model: x}
              one: {}
              two:
                model: m.onnx
                batch: 3
                batching: {max-delay: soon}
            """
        let error = try #require(throws: ServiceFileError.self) { try read(text) }
        let lines = error.description.split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(lines.contains { $0.hasPrefix("/p/apus.yaml:2: error: 'a/b'") })
        #expect(lines.contains { $0.hasPrefix("/p/apus.yaml:3: error: services.one has no model") })
        #expect(lines.contains { $0.hasPrefix("/p/apus.yaml:6: error: 'services.two' has no key 'batch'") })
        #expect(lines.contains { $0.hasPrefix("/p/apus.yaml:7: error: 'max-delay'") })
    }

    @Test func otherSectionsAreMistakesUnlessTheUserSaysThatTheyAreTheirs() throws {
        #expect(try read("").services.isEmpty)
        #expect(try read("image: {}\ndeploy: {}\nx-gates: []\n").services.isEmpty)
        let error = try #require(throws: ServiceFileError.self) { try read("x-a: 1\nservice: {a: {model: x}}\n") }
        #expect(error.description.hasPrefix("/p/apus.yaml:2: error: apus.yaml has no section 'service'"))
        #expect(throws: ServiceFileError.self) { try read("services: [") }
        #expect(throws: ServiceFileError.self) { try read("services: []") }
    }

    @Test(arguments: [("2ms", 2000), ("500us", 500), ("1.5s", 1_500_000), ("3", 3_000_000), ("1m", 60_000_000)])
    func timesHaveUnits(text: String, microseconds: Int) {
        #expect(ServiceDuration.parse(text) == .microseconds(microseconds))
    }

    @Test(arguments: ["", "ms", "-1s", "1h", "1e99s", "soon"])
    func otherTimesAreNone(text: String) {
        #expect(ServiceDuration.parse(text) == nil)
    }
}
