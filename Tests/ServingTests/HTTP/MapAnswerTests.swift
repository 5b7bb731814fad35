import Inference
import Serving
import Testing

/// Answers a map for each row of `x`, whose keys start at the row's number.
private final class MapModel: Model {
    let signature = ModelSignature(
        platform: "test",
        inputs: [.init(name: "x", dataType: .float32, shape: [nil, 1])],
        outputs: [
            .init(name: "scores", kind: .sequence(.map(key: .int64, value: .float32))),
            .init(name: "copy", kind: .tensor(.float32, shape: [nil, 1])),
        ]
    )
    let concurrency = 1
    let isBatchable = false

    func infer(
        _ inputs: [NamedTensor],
        outputs: [String],
        deadline: Deadline?
    ) throws(InferenceError) -> [NamedValue] {
        var maps: [ModelValue] = []
        for row in 0..<(inputs.first?.tensor.rows ?? 0) {
            let start = inputs[0].tensor.numbers(Float.self)[row]
            let (keys, values) = (TensorMemory(byteCount: 16), TensorMemory(byteCount: 8))
            keys.bytes.storeBytes(of: Int64(start), as: Int64.self)
            keys.bytes.storeBytes(of: Int64(start) + 1, toByteOffset: 8, as: Int64.self)
            values.bytes.storeBytes(of: 0.25, as: Float.self)
            values.bytes.storeBytes(of: 0.75, toByteOffset: 4, as: Float.self)
            maps.append(
                .map(
                    keys: try Tensor(.int64, shape: [2], memory: keys),
                    values: try Tensor(.float32, shape: [2], memory: values)
                )
            )
        }
        return [NamedValue("scores", .sequence(maps)), NamedValue("copy", .tensor(inputs[0].tensor))]
    }

    func close() {}
}

@Suite struct MapAnswerTests {
    private func request(_ rows: [Int]) -> String {
        #"{"inputs":[{"name":"x","shape":[\#(rows.count),1],"datatype":"FP32","data":\#(rows)}]}"#
    }

    @Test func mapsWithTheSameKeysAreATensorAndItsLabels() throws {
        try withServer(MapModel()) { (port: Int) throws in
            let answer = try post(port, "/v2/models/sum/infer", request([3, 3]))
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""shape":[2,2],"datatype":"FP32","data":[0.25,0.75,0.25,0.75]"#))
            #expect(answer.text.contains(#""name":"scores.labels","shape":[2],"datatype":"INT64","data":[3,4]"#))
        }
    }

    @Test func mapsWithDifferentKeysAreNoTensor() throws {
        try withServer(MapModel()) { (port: Int) throws in
            let answer = try post(port, "/v2/models/sum/infer", request([3, 7]))
            #expect(answer.status == 500)
            #expect(answer.text.contains("the output 'scores' is a list of maps with different keys"))
            let plain = try post(port, "/predict", #"{"x":[[3],[7]]}"#)
            #expect(plain.text == #"{"scores":[{"3":0.25,"4":0.75},{"7":0.25,"8":0.75}],"copy":[[3.0],[7.0]]}"#)
        }
    }

    @Test func answersByRowHaveAMapForEach() throws {
        try withServer(MapModel()) { (port: Int) throws in
            let answer = try post(port, "/v1/models/sum:predict", #"{"instances":[[3],[7],[9]]}"#).text
            let rows = [
                #"{"scores":{"3":0.25,"4":0.75},"copy":[3.0]}"#, #"{"scores":{"7":0.25,"8":0.75},"copy":[7.0]}"#,
                #"{"scores":{"9":0.25,"10":0.75},"copy":[9.0]}"#,
            ]
            #expect(answer == #"{"predictions":["# + rows.joined(separator: ",") + "]}")
        }
    }

    @Test func anEmptyListIsNotLeftOutInSilence() throws {
        try withServer(MapModel()) { (port: Int) throws in
            let body = #"{"inputs":[{"name":"x","shape":[0,1],"datatype":"FP32","data":[]}]}"#
            let answer = try post(port, "/v2/models/sum/infer", body)
            #expect(answer.status == 500 && answer.text.contains("'scores'"))
        }
    }
}
