import Inference
import Serving
import Testing

@Suite struct FormTests {
    private let rows = ServiceForm(
        inputs: [
            InputTransform(
                name: "rows",
                kind: .columns(
                    ColumnTransform(
                        columns: ["a", "b", "c"].map { .init(name: $0, type: .float32) },
                        isTogether: true
                    )
                )
            )
        ])

    @Test func rowsAreObjectsOrLists() throws {
        try withServer(services: [Service(name: "sum", model: SumModel(), form: rows)]) { (port: Int) throws in
            for body in [
                #"{"a":1,"b":2,"c":3}"#, #"[{"a":1,"b":2,"c":3}]"#, #"{"rows":[[1,2,3]]}"#, "[[1,2,3]]",
            ] {
                #expect(try post(port, "/predict", body).text == #"{"sum":[6.0]}"#)
            }
            #expect(try post(port, "/predict", #"{"a":1,"b":2}"#).status == 400)
        }
    }

    @Test func formsHaveThePartsOfTheModel() throws {
        try withServer { (port: Int) throws in
            let body = "--XX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n[[1,2,3]]\r\n--XX--\r\n"
            let answer = try post(port, "/predict", body, headers: ["Content-Type: multipart/form-data; boundary=XX"])
            #expect(answer.text == #"{"sum":[6.0]}"#)
        }
    }

    @Test(arguments: [
        "", "--XX", "--XX--", "--XX\r\n", "--XX\r\n\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n[[1,2,3]]",
        "--XX\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n[[1,2\r\n--XX--", "--XX\r\n--XX\r\n--XX--",
    ])
    func brokenFormsAreTheCallersFault(body: String) throws {
        try withServer { (port: Int) throws in
            for type in ["multipart/form-data; boundary=XX", "multipart/form-data; boundary=\"XX\""] {
                #expect(try post(port, "/predict", body, headers: ["Content-Type: \(type)"]).status == 400)
            }
            #expect(try post(port, "/predict", body, headers: ["Content-Type: multipart/form-data"]).status == 400)
        }
    }

    @Test func rawBytesAreOneRow() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            let body = ([1, 2, 3] as [Float]).flatMap { withUnsafeBytes(of: $0) { Array($0) } }
            connection.post("/predict", body, headers: ["content-type: application/octet-stream"])
            #expect(try connection.answer().text == #"{"sum":[6.0]}"#)
        }
    }

    @Test func otherMediaTypesAreRefused() throws {
        try withServer { (port: Int) throws in
            #expect(try post(port, "/predict", "<x/>", headers: ["content-type: text/xml"]).status == 415)
            #expect(try post(port, "/predict", "x", headers: ["content-type: image/png"]).status == 415)
            #expect(try post(port, "/predict", "[]", headers: ["content-encoding: br"]).status == 415)
        }
    }

    @Test func kserveAsksByRowAndByColumn() throws {
        try withServer { (port: Int) throws in
            let path = "/v1/models/sum:predict"
            #expect(try post(port, path, #"{"instances":[[1,2,3],[0,0,1]]}"#).text == #"{"predictions":[6.0,1.0]}"#)
            #expect(try post(port, path, #"{"instances":[{"x":[1,2,3]}]}"#).text == #"{"predictions":[6.0]}"#)
            #expect(try post(port, path, #"{"inputs":{"x":[[1,2,3]]}}"#).text == #"{"outputs":[6.0]}"#)
            #expect(try post(port, path, "{}").status == 400)
        }
    }
}
