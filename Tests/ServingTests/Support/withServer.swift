import Inference
import Serving

/// Runs `body` against a server on a free port, which ends with it.
func withServer(
    _ models: [(String, any Model)] = [("sum", SumModel())],
    _ change: (inout ServerSettings) -> Void = { _ in },
    _ body: (Int) throws -> Void
) throws {
    var settings = ServerSettings(port: 0)
    change(&settings)
    let table = ServiceTable(models.map { Service(name: $0.0, model: $0.1) }, serverVersion: "1.2.3")
    let server = try Server(settings, table)
    let port = try server.start()
    defer { try? server.stop(within: .seconds(1)) }
    try body(port)
}

/// Sends one request on a connection of its own.
func post(_ port: Int, _ path: String, _ body: String, headers: [String] = []) throws -> RawAnswer {
    let connection = try RawConnection(port: port)
    connection.post(path, body, headers: headers)
    return try connection.answer()
}

func get(_ port: Int, _ path: String, headers: [String] = []) throws -> RawAnswer {
    let connection = try RawConnection(port: port)
    connection.get(path, headers: headers)
    return try connection.answer()
}
