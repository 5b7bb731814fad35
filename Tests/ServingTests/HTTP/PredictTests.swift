import Serving
import Testing

@Suite struct PredictTests {
    @Test func namedInputsAreAnsweredByTheOutputsNames() throws {
        try withServer { (port: Int) throws in
            let answer = try post(port, "/predict", #"{"x": [[1, 2, 3], [4, 5.5, -6e0]]}"#)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.text == #"{"sum":[6.0,3.5]}"#)
        }
    }

    @Test func theOnlyInputNeedsNoName() throws {
        try withServer { (port: Int) throws in
            #expect(try post(port, "/predict", "[[1,2,3]]").text == #"{"sum":[6.0]}"#)
            #expect(try post(port, "/sum/predict", #"{"anything":[[1,2,3]]}"#).text == #"{"sum":[6.0]}"#)
        }
    }

    @Test(arguments: [
        "", "{", "[[1,2,3]", "[[1,2,3]] x", #"{"x":[[1,2],[3]]}"#, #"{"x":[[1,"2",3]]}"#, #"{"x":[[1,2,NaN]]}"#,
        #"{"x":[[1,2,1e39]]}"#, #"{"x":[1,2,3]}"#, "null", "3",
        String(repeating: "[", count: 100_000), #"{"x":"# + String(repeating: "{\"a\":", count: 100_000),
    ])
    func whatIsNoInputIsTheCallersFault(body: String) throws {
        try withServer { (port: Int) throws in
            let answer = try post(port, "/predict", body)
            #expect(answer.status == 400)
            #expect(answer.text.hasPrefix(#"{"error":""#))
        }
    }

    @Test func unknownPathsAndMethodsAreToldSo() throws {
        try withServer { (port: Int) throws in
            #expect(try get(port, "/nothing").status == 404)
            #expect(try post(port, "/other/predict", "{}").text.contains("there is: sum"))
            let answer = try get(port, "/predict")
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "POST, OPTIONS")
        }
    }
}
