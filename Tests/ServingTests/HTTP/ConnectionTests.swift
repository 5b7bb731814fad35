import Glibc
import Inference
import Serving
import Testing

@Suite struct ConnectionTests {
    @Test func pipelinedRequestsAreAnsweredInTheirOrder() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            var text = ""
            for number in 0..<200 {
                let body = "[[\(number),0,0]]"
                text += "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            connection.send(text)
            for number in 0..<200 {
                #expect(try connection.answer().text == "{\"sum\":[\(Float(number))]}")
            }
        }
    }

    @Test func aRequestMayComeByteByByte() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            let request = "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: 9\r\n\r\n[[1,2,3]]"
            for byte in request.utf8 { connection.send([byte]) }
            #expect(try connection.answer().status == 200)
        }
    }

    @Test func chunkedBodiesAreRead() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /predict HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n4\r\n[[1,\r\n5\r\n2,3]]\r\n0\r\n\r\n"
            )
            #expect(try connection.answer().text == #"{"sum":[6.0]}"#)
        }
    }

    @Test(arguments: [
        "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: 9\r\ncontent-length: 3\r\n\r\n[[1,2,3]]",
        "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /predict HTTP/1.1\r\nhost: t\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: -1\r\n\r\n",
        "POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length : 3\r\n\r\n[1]",
        "nonsense\r\n\r\n",
    ])
    func requestsOfTwoMeaningsAreRefusedAndTheConnectionEnds(request: String) throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send(request)
            #expect(try connection.answer().status == 400)
            #expect(connection.isClosed())
        }
    }

    @Test func largeHeadersAreRefused() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send("GET / HTTP/1.1\r\nhost: t\r\nx-large: \(String(repeating: "a", count: 200_000))\r\n\r\n")
            #expect(try connection.answer().status == 431)
        }
    }

    @Test func largeBodiesAreRefusedBeforeTheyAreSent() throws {
        try withServer(SumModel(), settings(\.maxBodySize, 100)) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send("POST /predict HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: 101\r\n\r\n")
            #expect(try connection.answer().status == 413)
            let other = try RawConnection(port: port)
            let chunk = String(repeating: " ", count: 64)
            other.send("POST /predict HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n")
            for _ in 0..<2 { other.send("40\r\n\(chunk)\r\n") }
            #expect(try other.answer().status == 413)
        }
    }

    @Test func aClientThatAsksIsToldToContinue() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send("POST /predict HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n")
            #expect(try connection.answer(withoutBody: true).status == 100)
            connection.send("[[1,2,3]]")
            #expect(try connection.answer().status == 200)
        }
    }

    @Test func theLastAnswerClosesTheConnection() throws {
        try withServer { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.get("/livez", headers: ["connection: close"])
            #expect(try connection.answer().headers["connection"] == "close")
            #expect(connection.isClosed())
        }
    }

    @Test func aRequestsIDComesBack() throws {
        try withServer { (port: Int) throws in
            #expect(try get(port, "/livez", headers: ["X-Request-ID: abc-1"]).headers["x-request-id"] == "abc-1")
            #expect(try get(port, "/livez").headers["x-request-id"]?.count == 16)
        }
    }

    @Test func halfARequestEndsInTime() throws {
        try withServer(SumModel(), settings(\.bodyTimeout, .milliseconds(200))) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send("POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: 9\r\n\r\n[[1")
            #expect(try connection.answer().status == 408)
        }
    }

    @Test func aRequestThatCameBeforeTheEndIsAnswered() throws {
        var settings = ServerSettings(port: 0)
        settings.threads = 1
        let service = Service(name: "sum", model: SumModel(delay: 300_000))
        let server = try Server(settings, ServiceTable([service]))
        let port = try server.start()
        let (first, second) = (try RawConnection(port: port), try RawConnection(port: port))
        second.get("/livez")
        #expect(try second.answer().status == 200)
        // The loop is busy with the first request, so that the second one is in the socket when the end comes.
        first.post("/predict", "[[1,2,3]]")
        usleep(50_000)
        second.post("/predict", "[[1,2,3]]")
        try server.stop(within: .seconds(10))
        #expect(try first.answer().status == 200)
        #expect(try second.answer().status == 200)
    }
}
