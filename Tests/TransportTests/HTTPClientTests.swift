import Basics
import NIOCore
import NIOHTTP1
import Testing
import Transport

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    private let client = HTTPClient()

    @Test func oneConnectionServesManyRequests() async throws {
        try await AnsweringServer.with(.init { request, _ in .text(request.path) }) { server async throws in
            for number in 0..<5 {
                let response = try await client.send(HTTPRequest(.GET, server.address("/\(number)?a=b")))
                #expect(response.status == 200)
                #expect(String(buffer: try await response.collect(upTo: 100)) == "/\(number)?a=b")
            }
            let head = try await client.send(HTTPRequest(.HEAD, server.address("/")))
            #expect(head.status == 200)
            #expect(server.connectionCount == 1)
        }
    }

    @Test func manyRequestsAtTheSameTimeAreAnsweredEachByItself() async throws {
        try await AnsweringServer.with(.init { request, _ in .text(request.path) }) { server async throws in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let response = try await client.send(HTTPRequest(.GET, server.address("/\(number)")))
                        return String(buffer: try await response.collect(upTo: 100)) == "/\(number)"
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test(arguments: [false, true]) func aFileIsSentPieceByPiece(waits: Bool) async throws {
        let folder = try Files.makeTemporaryFolder("transport-")
        defer { try? Files.remove(folder) }
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let path = Paths.join(folder, "body")
        try Files.writeAtomically(bytes, to: path)
        try await AnsweringServer.with(.init { request, _ in .text("\(request.body.count)") }) { server async throws in
            var request = HTTPRequest(.PUT, try server.address("/"))
            request.body = .file(path, offset: 10, length: 999_000)
            request.expectsContinue = waits
            let response = try await client.send(request)
            #expect(String(buffer: try await response.collect(upTo: 100)) == "999000")
            #expect(server.requests[0].body == Array(bytes[10..<999_010]))
            request.body = .file(path, offset: 10, length: 1_000_000)
            await #expect(throws: TransportError.self) { _ = try await client.send(request) }
        }
    }

    @Test func aLongAnswerComesInPiecesAndIsBounded() async throws {
        let body = [UInt8](repeating: 7, count: 3 << 20)
        try await AnsweringServer.with(.init { _, _ in .init(body: body) }) { server async throws in
            let response = try await client.send(HTTPRequest(.GET, server.address("/")))
            var count = 0
            for try await piece in response.body { count += piece.readableBytes }
            #expect(count == body.count)
            let other = try await client.send(HTTPRequest(.GET, server.address("/")))
            await #expect(throws: TransportError.tooLarge(server.origin, limit: 1000)) {
                try await other.collect(upTo: 1000)
            }
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func redirectsLoseSecretsOnTheWayToAnotherServer(
        status: Int
    ) async throws {
        try await AnsweringServer.with(.init { _, _ in .text("there") }) { target async throws in
            let location = "\(target.origin)/end?x=1"
            try await AnsweringServer.with(
                .init { request, _ in
                    request.path == "/first"
                        ? .text("", status: status, [("location", "/second")])
                        : .text("", status: status, [("location", location)])
                }
            ) { server async throws in
                let headers: HTTPHeaders = ["authorization": "Bearer secret", "cookie": "a=b", "accept": "x/y"]
                let response = try await client.send(HTTPRequest(.GET, server.address("/first"), headers: headers))
                #expect(String(buffer: try await response.collect(upTo: 100)) == "there")
                #expect(response.address.path == "/end?x=1")
                #expect(server.requests.map { $0.headers["authorization"] } == [["Bearer secret"], ["Bearer secret"]])
                let last = target.requests[0]
                #expect(last.headers["authorization"].isEmpty && last.headers["cookie"].isEmpty)
                #expect(last.headers["accept"] == ["x/y"])
            }
        }
    }

    @Test func aPostIsRepeatedWithItsBodyOnlyWhereTheStatusSaysSo() async throws {
        try await AnsweringServer.with(
            .init { request, _ in
                switch request.path {
                case "/307": .text("", status: 307, [("location", "/end")])
                case "/303": .text("", status: 303, [("location", "/end")])
                default: .text("\(request.method) \(request.body.count)")
                }
            }
        ) { server async throws in
            for (path, expected) in [("/307", "POST 3"), ("/303", "GET 0")] {
                let body = HTTPBody.bytes(ByteBuffer(string: "abc"))
                let response = try await client.send(HTTPRequest(.POST, server.address(path), body: body))
                #expect(String(buffer: try await response.collect(upTo: 100)) == expected)
            }
        }
    }

    @Test func redirectsEnd() async throws {
        try await AnsweringServer.with(.init { _, _ in .text("", status: 302, [("location", "/")]) }) {
            server async throws in
            await #expect(throws: TransportError.redirect(server.origin, "it does so too often")) {
                _ = try await client.send(HTTPRequest(.GET, server.address("/")))
            }
            var settings = HTTPClientSettings()
            settings.maximumRedirects = 0
            let response = try await HTTPClient(settings).send(HTTPRequest(.GET, server.address("/")))
            #expect(response.status == 302)
        }
    }

    @Test func passingTroubleIsTriedAgain() async throws {
        let answers: [AnsweringServer.Answer] = [
            .text("", status: 429, [("retry-after", "0")]), .init(hangsUp: true), .text("", status: 503), .text("done"),
        ]
        try await AnsweringServer.with(.init { _, count in answers[count - 1] }) { server async throws in
            var request = HTTPRequest(.GET, try server.address("/"))
            request.retry = RetryPolicy(attempts: 4, firstDelay: .milliseconds(1))
            let response = try await client.send(request)
            #expect(String(buffer: try await response.collect(upTo: 100)) == "done")
        }
    }

    @Test func whatCannotBeRepeatedIsNotTriedAgain() async throws {
        try await AnsweringServer.with(.init { _, _ in .text("", status: 503) }) { server async throws in
            var request = HTTPRequest(.POST, try server.address("/"))
            request.retry = RetryPolicy(attempts: 4, firstDelay: .milliseconds(1))
            #expect(try await client.send(request).status == 503)
            #expect(server.requests.count == 1)
            request.isRepeatable = true
            #expect(try await client.send(request).status == 503)
            #expect(server.requests.count == 5)
        }
    }

    @Test func aServerThatWantsAWaitThatIsTooLongIsNotWaitedFor() async throws {
        try await AnsweringServer.with(.init { _, _ in .text("", status: 429, [("retry-after", "100000")]) }) {
            server async throws in
            var request = HTTPRequest(.GET, try server.address("/"))
            request.retry = .standard
            #expect(try await client.send(request).status == 429)
            #expect(server.requests.count == 1)
        }
    }

    @Test func aConnectionThatWasClosedWhileWaitingIsReplaced() async throws {
        try await AnsweringServer.with(
            .init { _, count in
                count == 2 ? .init(hangsUp: true) : .text("\(count)")
            }
        ) { server async throws in
            for expected in ["1", "3"] {
                let response = try await client.send(HTTPRequest(.GET, server.address("/")))
                #expect(String(buffer: try await response.collect(upTo: 100)) == expected)
            }
        }
    }

    @Test func silenceEndsByTimeout() async throws {
        try await RawServer.with(.init { _ in nil }) { origin async throws in
            for isIdle in [true, false] {
                var request = HTTPRequest(.GET, try WebAddress(origin: origin, path: "/"))
                request.idleTimeout = isIdle ? .milliseconds(50) : nil
                request.totalTimeout = isIdle ? nil : .milliseconds(50)
                let asked = request
                await #expect(throws: TransportError.timeout(origin)) { _ = try await client.send(asked) }
            }
        }
    }

    @Test func cancellationEndsARequest() async throws {
        try await RawServer.with(.init { _ in nil }) { origin async throws in
            let request = HTTPRequest(.GET, try WebAddress(origin: origin, path: "/"))
            let task = Task { try await client.send(request).status }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: TransportError.cancelled(origin)) { try await task.value }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhi",
        "", "HTTP/1.1 200", "nonsense\r\n\r\n",
    ]) func cutOffAnswersAreErrors(answer: String) async throws {
        try await RawServer.with(.init { _ in answer + "\u{0}" }) { origin async throws in
            let request = HTTPRequest(.GET, try WebAddress(origin: origin, path: "/"))
            await #expect(throws: TransportError.self) {
                _ = try await client.send(request).collect(upTo: 1000)
            }
        }
    }

    @Test func anAnswerWithoutALengthEndsWithItsConnection() async throws {
        try await RawServer.with(.init { _ in "HTTP/1.1 200 OK\r\n\r\nhello\u{0}" }) { origin async throws in
            let request = HTTPRequest(.GET, try WebAddress(origin: origin, path: "/"))
            let response = try await client.send(request)
            #expect(String(buffer: try await response.collect(upTo: 1000)) == "hello")
        }
    }

    @Test func anAnswerBeforeTheBodyWasSentIsTaken() async throws {
        let folder = try Files.makeTemporaryFolder("transport-")
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "body")
        try Files.writeAtomically([UInt8](repeating: 0, count: 8 << 20), to: path)
        let answer = "HTTP/1.1 401 No\r\ncontent-length: 2\r\n\r\nno"
        try await RawServer.with(.init { text in text.contains("\r\n\r\n") ? answer : nil }, stopsReading: true) {
            origin async throws in
            var request = HTTPRequest(.PUT, try WebAddress(origin: origin, path: "/"))
            request.body = .file(path, offset: 0, length: 8 << 20)
            let response = try await client.send(request)
            #expect(response.status == 401)
            #expect(String(buffer: try await response.collect(upTo: 10)) == "no")
        }
    }
}
