import NIOCore
import NIOHTTP1
import Transport

extension RemoteRepository {
    /// Fetches a blob into a store unless it is there; goes on where a connection broke off.
    package func download(_ descriptor: Descriptor, to store: BlobStore) async throws(ImageError) {
        if try store.contains(descriptor) { return }
        let writer = try store.writer()
        var failures = 0
        while true {
            let start = writer.count
            let failure: ImageError
            do throws(ImageError) {
                try await fetch(descriptor, writer)
                try writer.finish(as: descriptor)
                return
            } catch {
                failure = error
            }
            guard case .unreachable(_, isUntrusted: false) = failure else { throw failure }
            failures = writer.count > start ? 1 : failures + 1
            guard let delay = connection.settings.retry.delay(afterAttempt: failures) else { throw failure }
            guard (try? await Task.sleep(for: delay)) != nil else { throw .cancelled }
        }
    }

    private func fetch(_ descriptor: Descriptor, _ writer: BlobWriter) async throws(ImageError) {
        var request = HTTPRequest(.GET, try connection.address("\(name)/blobs/\(descriptor.digest)"))
        if writer.count > 0 { request.headers.add(name: "range", value: "bytes=\(writer.count)-") }
        let response = try await connection.send(request, pull)
        switch response.status {
        case 200: if writer.count > 0 { try writer.restart() }
        case 206 where writer.count > 0: break
        case 404: throw .missing("blob \(descriptor.digest) in \(connection.registry)/\(name)")
        default: throw await refusal(response, "pull")
        }
        do {
            for try await piece in response.body {
                guard piece.readableBytes <= descriptor.size - writer.count else {
                    throw ImageError.wrongSize(descriptor.digest, expected: descriptor.size)
                }
                try piece.withUnsafeReadableBytes { try writer.write($0) }
            }
        } catch let error as TransportError {
            throw ImageError(error)
        } catch let error as ImageError {
            throw error
        } catch {
            throw .invalid("\(error)")
        }
    }
}
