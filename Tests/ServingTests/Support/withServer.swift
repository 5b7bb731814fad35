import Inference
import Serving

/// Runs `body` against a server on a free port, which ends with it.
func withServer(
    _ model: any Model = SumModel(),
    _ settings: ServerSettings = ServerSettings(port: 0),
    _ body: (Int) throws -> Void
) throws {
    try withServer(services: [Service(name: "sum", model: model)], settings, body)
}

func withServer(
    services: [Service],
    _ settings: ServerSettings = ServerSettings(port: 0),
    predictions: PredictionLog? = nil,
    _ body: (Int) throws -> Void
) throws {
    let server = try Server(settings, ServiceTable(services, serverVersion: "1.2.3"), predictions: predictions)
    let port = try server.start()
    defer { try? server.stop(within: .milliseconds(200)) }
    try body(port)
}

/// Settings of which one is another than usual.
func settings<Setting>(_ path: WritableKeyPath<ServerSettings, Setting>, _ value: Setting) -> ServerSettings {
    var settings = ServerSettings(port: 0)
    settings[keyPath: path] = value
    return settings
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
