import Compression
import Glibc
import Inference
import Serving
import Testing

@Suite struct AllowanceTests {
    private let limited = settings(\.maxBuffered, 100_000)

    /// The beginning of a request whose rest does not come.
    private func begin(_ port: Int, announced: Int = 60_000, sent: Int = 60_000) throws -> RawConnection {
        let connection = try RawConnection(port: port)
        connection.send("POST /predict HTTP/1.1\r\nhost: t\r\ncontent-length: \(announced)\r\n\r\n")
        connection.send([UInt8](repeating: UInt8(ascii: " "), count: sent))
        return connection
    }

    /// Whether a request of 60,000 bytes is answered in the end.
    private func isTaken(_ port: Int) throws -> Bool {
        let body = String(repeating: " ", count: 59_991) + "[[1,2,3]]"
        for _ in 0..<200 {
            if try post(port, "/predict", body).status == 200 { return true }
            usleep(10_000)
        }
        return false
    }

    @Test func bodiesTogetherDoNotTakeMoreMemoryThanMay() throws {
        try withServer(SumModel(), limited) { (port: Int) throws in
            var first: RawConnection? = try begin(port, announced: 60_001)
            var refusal: RawAnswer?
            // The first body may still be on its way.
            for _ in 0..<200 where refusal?.status != 503 {
                let body = String(repeating: " ", count: 59_991) + "[[1,2,3]]"
                refusal = try post(port, "/predict", body)
                usleep(10_000)
            }
            #expect(refusal?.status == 503 && refusal?.headers["retry-after"] == "1")
            #expect(refusal?.text == #"{"error":"the server receives too much at once"}"#)
            #expect(try post(port, "/predict", "[[1,2,3]]").status == 200)
            // Who has gone takes nothing any more.
            withExtendedLifetime(first) {}
            first = nil
            #expect(try isTaken(port))
        }
    }

    @Test func whatIsAnnouncedTakesNothing() throws {
        try withServer(SumModel(), limited) { (port: Int) throws in
            let idle = try (0..<10).map { _ in try begin(port, announced: 99_999, sent: 10) }
            #expect(try isTaken(port))
            withExtendedLifetime(idle) {}
        }
    }

    @Test func aBodyWithoutALengthIsRefusedWhereItIsTooMuch() throws {
        try withServer(SumModel(), limited) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            connection.send("POST /predict HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n")
            let chunk = "4000\r\n" + String(repeating: " ", count: 0x4000) + "\r\n"
            for _ in 0..<8 { connection.send(chunk) }
            #expect(try connection.answer().status == 503)
            #expect(try isTaken(port))
        }
    }

    @Test func aBodyThatIsCompressedCountsAsItIsRead() throws {
        try withServer(SumModel(), limited) { (port: Int) throws in
            let body = [UInt8](repeating: UInt8(ascii: " "), count: 200_000)
            let connection = try RawConnection(port: port)
            connection.post("/predict", try CompressionFormat.gzip.compress(body), headers: ["content-encoding: gzip"])
            #expect(try connection.answer().status == 503)
            #expect(try isTaken(port))
        }
    }

    @Test func answersAndRefusalsGiveBackWhatWasTaken() throws {
        try withServer(SumModel(), limited) { (port: Int) throws in
            let connection = try RawConnection(port: port)
            for number in 0..<20 {
                let text = number % 2 == 0 ? "[[1,2,3]]" : "[[1,2,\"3]]"
                connection.post("/predict", String(repeating: " ", count: 50_000) + text)
                #expect(try connection.answer().status == (number % 2 == 0 ? 200 : 400))
            }
        }
    }

    @Test func whatWaitsForItsAnswerCounts() throws {
        let service = Service(name: "sum", model: SumModel(delay: 1_000_000))
        try withServer(services: [service], limited) { (port: Int) throws in
            let body = String(repeating: " ", count: 59_991) + "[[1,2,3]]"
            let (first, second) = (try RawConnection(port: port), try RawConnection(port: port))
            first.post("/predict", body)
            wait { service.batcher.statistics.accepted == 1 }
            second.post("/predict", body)
            #expect(try second.answer().status == 503)
            #expect(try first.answer().status == 200)
        }
    }

    @Test func whatCannotBeTakenIsNotRead() throws {
        let batching = BatcherOptions(maxQueue: 1, merges: false)
        let service = Service(name: "sum", model: SumModel(delay: 1_000_000), batching: batching)
        try withServer(services: [service]) { (port: Int) throws in
            var busy: [RawConnection] = []
            for count in 1...3 {
                let connection = try RawConnection(port: port)
                connection.post("/predict", "[[1,2,3]]")
                busy.append(connection)
                // Two run, the third waits.
                wait {
                    service.batcher.statistics.accepted == count
                        && service.batcher.statistics.waiting == max(0, count - 2)
                }
            }
            let answer = try post(port, "/predict", "no JSON" + String(repeating: " ", count: 5000))
            #expect(answer.status == 429 && answer.headers["retry-after"] == "1")
            // What is small costs nothing to read.
            #expect(try post(port, "/predict", "no JSON").status == 400)
            #expect(service.batcher.statistics.rejected == 1)
            for connection in busy { #expect(try connection.answer().status == 200) }
        }
    }

    private func wait(_ condition: () -> Bool) {
        for _ in 0..<2000 where !condition() { usleep(1000) }
    }
}
