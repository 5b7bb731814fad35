import Serving
import Testing

@Suite struct InferTests {
    let flat = #"{"id":"a\"1","inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}"#

    @Test func flatAndNestedDataAreTheSame() throws {
        try withServer { (port: Int) throws in
            let expected =
                #"{"model_name":"sum","model_version":"1","id":"a\"1","outputs":[{"name":"sum","shape":[1],"datatype":"FP32","data":[6.0]}]}"#
            #expect(try post(port, "/v2/models/sum/infer", flat).text == expected)
            let nested = #"{"inputs":[{"data":[[1,2,3]],"datatype":"FP32","shape":[1,3],"name":"x"}],"id":"a\"1"}"#
            #expect(try post(port, "/v2/models/sum/versions/1/infer", nested).text == expected)
        }
    }

    @Test func binaryDataGoesBothWays() throws {
        try withServer { (port: Int) throws in
            let json =
                #"{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP32","parameters":{"binary_data_size":24}}],"#
                + #""parameters":{"binary_data_output":true}}"#
            let numbers: [Float] = [1, 2, 3, 4, 5, 6]
            let body = Array(json.utf8) + numbers.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
            let connection = try RawConnection(port: port)
            connection.post(
                "/v2/models/sum/infer",
                body,
                headers: ["Inference-Header-Content-Length: \(json.utf8.count)"]
            )
            let answer = try connection.answer()
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/octet-stream")
            let length = Int(answer.headers["inference-header-content-length"] ?? "") ?? 0
            #expect(answer.body[length...].elementsEqual([0, 0, 192, 64, 0, 0, 112, 65]))
            #expect(String(decoding: answer.body[..<length], as: UTF8.self).contains(#""binary_data_size":8"#))
        }
    }

    @Test func aRawBodyIsOneRow() throws {
        try withServer { (port: Int) throws in
            let numbers: [Float] = [1, 2, 3]
            let connection = try RawConnection(port: port)
            let body = numbers.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
            connection.post("/v2/models/sum/infer", body, headers: ["Inference-Header-Content-Length: 0"])
            let answer = try connection.answer()
            #expect(answer.status == 200)
            #expect(answer.body.suffix(4).elementsEqual([0, 0, 192, 64]))
        }
    }

    @Test(arguments: [
        #"{"inputs":[]}"#,
        #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2]}]}"#,
        #"{"inputs":[{"name":"x","shape":[1,-3],"datatype":"FP32","data":[1,2,3]}]}"#,
        #"{"inputs":[{"name":"x","shape":[4611686018427387904,4],"datatype":"FP32","data":[1]}]}"#,
        #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP31","data":[1,2,3]}]}"#,
        #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32"}]}"#,
        #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":12}}]}"#,
        #"{"inputs":[{"name":"x","shape":[3,1],"datatype":"FP32","data":[[1,2,3]]}]}"#,
        #"{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}],"outputs":[{"name":"y"}]}"#,
    ])
    func requestsThatContradictThemselvesAreRefused(body: String) throws {
        try withServer { (port: Int) throws in
            let answer = try post(port, "/v2/models/sum/infer", body)
            #expect(answer.status == 400)
            #expect(answer.text.hasPrefix(#"{"error":""#))
        }
    }

    @Test func modelsTellOfThemselves() throws {
        try withServer { (port: Int) throws in
            let expected =
                #"{"name": "sum", "versions": ["1"], "platform": "test", "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 3]}], "outputs": [{"name": "sum", "datatype": "FP32", "shape": [-1]}]}"#
            #expect(try get(port, "/v2/models/sum").text == expected)
            #expect(try get(port, "/v2/models/nothing").status == 404)
            #expect(try get(port, "/v2/models/sum/versions/2").status == 404)
            #expect(try get(port, "/v2").text.contains(#""version": "1.2.3""#))
            for path in [
                "/v2/health/live", "/v2/health/ready", "/livez", "/readyz", "/healthz", "/v2/models/sum/ready",
            ] {
                #expect(try get(port, path).status == 200)
            }
        }
    }
}
