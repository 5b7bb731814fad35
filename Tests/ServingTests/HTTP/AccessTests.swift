import Serving
import Testing

@Suite struct AccessTests {
    @Test func withKeysOnlyHealthIsOpen() throws {
        try withServer(SumModel(), settings(\.keys, ["one", "two"])) { (port: Int) throws in
            let body = "[[1,2,3]]"
            #expect(try post(port, "/predict", body).status == 401)
            #expect(try post(port, "/predict", body, headers: ["authorization: Bearer three"]).status == 401)
            #expect(try post(port, "/predict", body, headers: ["authorization: Bearer "]).status == 401)
            #expect(try post(port, "/predict", body, headers: ["Authorization: bearer two"]).status == 200)
            #expect(try post(port, "/predict", body, headers: ["X-API-Key: one"]).status == 200)
            #expect(try get(port, "/metrics").status == 401)
            #expect(try get(port, "/readyz").status == 200)
        }
    }

    @Test func pagesOfNamedOriginsMayAsk() throws {
        try withServer(SumModel(), settings(\.origins, ["https://a.example"])) { (port: Int) throws in
            let header = "access-control-allow-origin"
            #expect(
                try get(port, "/livez", headers: ["origin: https://a.example"]).headers[header] == "https://a.example"
            )
            #expect(try get(port, "/livez", headers: ["origin: https://b.example"]).headers[header] == nil)
            let connection = try RawConnection(port: port)
            connection.send(
                "OPTIONS /predict HTTP/1.1\r\nhost: t\r\norigin: https://a.example\r\n"
                    + "access-control-request-method: POST\r\n\r\n"
            )
            let answer = try connection.answer()
            #expect(answer.status == 204)
            #expect(answer.headers["access-control-allow-methods"]?.contains("POST") == true)
        }
    }

    @Test func whatWaitsTooLongIsToldSo() throws {
        try withServer(SumModel(delay: 400_000), settings(\.requestTimeout, .milliseconds(50))) {
            (port: Int) throws in
            #expect(try post(port, "/predict", "[[1,2,3]]").status == 504)
        }
    }

    @Test func metricsHaveNoNamesThatClientsMakeUp() throws {
        try withServer { (port: Int) throws in
            for number in 0..<5 { _ = try get(port, "/made-up-\(number)") }
            _ = try post(port, "/predict", "[[1,2,3]]")
            let text = try get(port, "/metrics").text
            #expect(!text.contains("made-up"))
            #expect(text.contains(#"apus_requests_total{route="other",service="",code="404"} 5"#))
            #expect(text.contains(#"apus_requests_total{route="/predict",service="sum",code="200"} 1"#))
            #expect(text.contains(#"apus_batch_rows_count{service="sum"} 1"#))
        }
    }

    @Test func theModelCanBeReplacedWhileItAnswers() throws {
        let service = Service(name: "sum", model: SumModel())
        try withServer(services: [service]) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            for number in 0..<100 {
                connection.post("/predict", "[[1,2,3]]")
                if number % 10 == 5 { service.replace(with: SumModel(), form: ServiceForm()) }
                #expect(try connection.answer().status == 200)
            }
        }
    }
}
