import Basics
import Foundation
import Inference
import Synchronization
import Testing
import Values

@testable import Serving

@Suite struct PredictionLogTests {
    /// A folder with a log in it, and what the log said of itself.
    private final class Place: Sendable {
        let folder = NSTemporaryDirectory() + "predictions-\(UUID().uuidString)"
        let faults = Mutex<[String]>([])
        var path: String { folder + "/deep/log.jsonl" }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func log(_ change: (inout PredictionLog.Options) -> Void = { _ in }) throws -> PredictionLog {
            var options = PredictionLog.Options(path: path)
            change(&options)
            return try PredictionLog(options) { fault in self.faults.withLock { $0.append(fault) } }
        }

        func lines(_ suffix: String = "") throws -> [Value] {
            try String(contentsOfFile: path + suffix, encoding: .utf8).split(separator: "\n").map {
                try Value(json: Array($0.utf8))
            }
        }
    }

    @Test func aLineTellsWhatWasAskedAndAnswered() throws {
        let place = Place()
        let log = try place.log()
        let service = Service(name: "sum", version: "7", model: SumModel())
        try withServer(services: [service], predictions: log) { (port: Int) throws in
            _ = try post(port, "/predict", "[[1,2,3]]", headers: ["X-Request-Id: mine"])
            let body = #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[4,5,6]}]}"#
            _ = try post(port, "/v2/models/sum/infer", body)
            _ = try post(port, "/v1/models/sum:predict", #"{"instances":[[7,8,9]]}"#)
            _ = try post(port, "/predict", #"{"x":[[1,2]]}"#)
            _ = try post(port, "/predict", "{")
            _ = try get(port, "/livez")
        }
        log.close()
        let lines = try place.lines()
        #expect(lines.map { $0["status"] } == [.int(200), .int(200), .int(200), .int(400), .int(400)])
        #expect(lines.map { $0["route"]?.string }.prefix(2) == ["/predict", "/v2/models/{model}/infer"])
        let first = try #require(lines.first)
        #expect(first["service"] == .string("sum") && first["version"] == .string("7"))
        #expect(first["request_id"] == .string("mine") && first["timestamp"]?.string?.hasSuffix("Z") == true)
        #expect(first["inputs"]?["x"]?.json() == "[[1.0, 2.0, 3.0]]" && first["outputs"]?["sum"]?.json() == "[6.0]")
        #expect((first["microseconds"]?.int ?? 0) > 0 && first["error"] == nil)
        #expect(lines[2]["inputs"]?["x"]?.json() == "[[7.0, 8.0, 9.0]]")
        #expect(lines[3]["error"]?.string?.contains("x") == true && lines[4]["inputs"] == nil)
        #expect(log.counts.written == 5 && log.counts.dropped == 0)
    }

    @Test func ofLargeValuesTheChecksumIsWritten() throws {
        let place = Place()
        let log = try place.log { $0.largestValue = 12 }
        try withServer(services: [Service(name: "sum", model: SumModel())], predictions: log) { (port: Int) throws in
            _ = try post(port, "/predict", "[[1,2,3]]")
            _ = try post(port, "/predict", "[[1,2,3],[0,0,0]]")
        }
        log.close()
        let lines = try place.lines()
        #expect(lines[0]["inputs"]?["x"]?.json() == "[[1.0, 2.0, 3.0]]")
        let large = try #require(lines[1]["inputs"]?["x"])
        #expect(large["datatype"] == .string("FP32") && large["shape"]?.json() == "[2, 3]")
        // sha256sum of the six numbers as bytes.
        #expect(large["sha256"]?.string == "1414b28bb8791b7869eb5da7e5192dc91b41c7a8ba5aaea8306a395138e30d54")
        #expect(lines[1]["outputs"]?["sum"]?.json() == "[6.0, 0.0]")
    }

    @Test func oneInSoManyIsWritten() throws {
        let place = Place()
        let log = try place.log { $0.sampling = 5 }
        try withServer(services: [Service(name: "sum", model: SumModel())], predictions: log) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            for _ in 0..<23 {
                connection.post("/predict", "[[1,2,3]]")
                _ = try connection.answer()
            }
        }
        log.close()
        #expect(try place.lines().count == 4)
    }

    @Test func filesAreBoundedInSizeAndNumber() throws {
        let place = Place()
        let log = try place.log { options in
            options.maxFileSize = 5000
            options.maxFiles = 3
        }
        try withServer(services: [Service(name: "sum", model: SumModel())], predictions: log) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            for number in 0..<400 {
                connection.post("/predict", "[[\(number),0,0]]")
                #expect(try connection.answer().status == 200)
            }
        }
        log.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: place.folder + "/deep").sorted()
        #expect(names == ["log.jsonl", "log.jsonl.1", "log.jsonl.2"])
        var numbers: [Double] = []
        for suffix in [".2", ".1", ""] {
            let size = try FileManager.default.attributesOfItem(atPath: place.path + suffix)[.size] as? Int
            #expect((size ?? 0) <= 5000)
            numbers += try place.lines(suffix).compactMap { line in
                if case .float(let number)? = line["outputs"]?["sum"]?.list?.first { number } else { nil }
            }
        }
        // The last ones, in their order, without a gap.
        #expect(numbers.last == 399 && numbers.count > 20)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 })
        #expect(log.counts.written == 400)
    }

    @Test func whatCannotBeWrittenIsCountedAndHarmsNoAnswer() throws {
        let place = Place()
        let log = try place.log()
        try withServer(services: [Service(name: "sum", model: SumModel())], predictions: log) { (port: Int) throws in
            // A folder in the file's place cannot be written to, whoever asks.
            try FileManager.default.removeItem(atPath: place.path)
            try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)
            for _ in 0..<10 { #expect(try post(port, "/predict", "[[1,2,3]]").status == 200) }
            while log.counts.dropped < 10 { usleep(1000) }
            let metrics = try get(port, "/metrics").text
            #expect(metrics.contains(#"apus_prediction_log_total{result="dropped"} 10"#))
            try FileManager.default.removeItem(atPath: place.path)
            #expect(try post(port, "/predict", "[[1,2,3]]").status == 200)
        }
        log.close()
        #expect(try place.lines().count == 1)
        let faults = place.faults.withLock { $0 }
        #expect(faults.count == 2 && faults[0].hasPrefix("predictions are not written: "))
        #expect(faults.last == "predictions are written again")
    }

    @Test func aFileThatWasMovedIsBegunAnew() throws {
        let place = Place()
        let log = try place.log()
        try withServer(services: [Service(name: "sum", model: SumModel())], predictions: log) { (port: Int) throws in
            _ = try post(port, "/predict", "[[1,2,3]]")
            while log.counts.written < 1 { usleep(1000) }
            try FileManager.default.moveItem(atPath: place.path, toPath: place.path + ".moved")
            _ = try post(port, "/predict", "[[1,2,3]]")
        }
        log.close()
        #expect(try place.lines().count == 1 && place.lines(".moved").count == 1)
    }

    @Test func onlyFilesAreLogs() throws {
        let place = Place()
        try FileManager.default.createDirectory(atPath: place.folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: place.folder + "/link",
            withDestinationPath: "/tmp/elsewhere"
        )
        for path in ["/dev/full", place.folder, place.folder + "/link"] {
            #expect(throws: FileError.self) {
                try PredictionLog(PredictionLog.Options(path: path), onFault: { _ in }).close()
            }
        }
    }

    @Test func predictionsOfServicesWithLabelsAreToldAsTheCallerGotThem() throws {
        let place = Place()
        let log = try place.log()
        var output = OutputTransform()
        output.activation = .none
        let service = Service(name: "sum", model: SumModel(), form: ServiceForm(output: output))
        try withServer(services: [service], predictions: log) { (port: Int) throws in
            let answer = try post(port, "/predict", "[[1,2,3]]")
            #expect(answer.text.contains("6.0"))
        }
        log.close()
        #expect(try place.lines().first?["predictions"]?.json() == #"[{"prediction": 6.0}]"#)
    }
}
