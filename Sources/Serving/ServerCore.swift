import Inference
import NIOCore
import NIOHTTP1
import Synchronization

/// What all connections of a server share.
final class ServerCore: Sendable {
    let settings: ServerSettings
    let table: ServiceTable
    let routes: RouteTable
    let tooLarge: HTTPFailure
    let isDraining = Atomic<Bool>(false)

    init(_ settings: ServerSettings, _ table: ServiceTable) {
        self.settings = settings
        self.table = table
        routes = RouteTable(table)
        tooLarge = HTTPFailure(413, "the body is larger than \(settings.maxBodySize) bytes")
    }

    /// Why a request is not to be read further, judged by its head.
    func refusal(_ request: HTTPRequest) -> HTTPFailure? {
        if let length = request.fields.contentLength, length > settings.maxBodySize { return tooLarge }
        return nil
    }

    /// What every answer gets.
    func decorate(_ response: inout HTTPResponse, _ request: HTTPRequest?, isFailure: Bool) {}

    func note(_ exchange: Exchange, status: Int, bytes: Int, _ loopState: LoopState) {}

    func noteRefusal(_ failure: HTTPFailure, _ request: HTTPRequest?, _ loopState: LoopState) {}

    /// Whether requests can be answered.
    var isReady: Bool {
        !isDraining.load(ordering: .relaxed) && table.services.allSatisfy(\.isReady)
    }
}
