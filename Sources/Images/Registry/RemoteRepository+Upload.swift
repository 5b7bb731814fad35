import NIOCore
import NIOHTTP1
import Transport

/// How a blob came to a repository.
package enum UploadOutcome: Hashable, Sendable {
    case existed
    /// Taken over from another repository of the registry.
    case mounted
    case sent
}

extension RemoteRepository {
    /// Brings a blob to the repository unless it is there; `sources` are repositories that may have it.
    package func upload(
        _ descriptor: Descriptor,
        from path: String,
        sources: [String] = []
    ) async throws(ImageError) -> UploadOutcome {
        if try await contains(descriptor.digest) { return .existed }
        for source in sources where source != name {
            if try await mount(descriptor.digest, from: source) { return .mounted }
        }
        var session = try await startUpload()
        var offset = 0
        var failures = 0
        while true {
            let start = offset
            let failure: ImageError
            do throws(ImageError) {
                try await send(descriptor, path, &session, &offset)
                return .sent
            } catch {
                failure = error
            }
            guard Self.isPassing(failure) else { throw failure }
            failures = offset > start ? 1 : failures + 1
            let wish = Self.retryAfter(failure)
            guard let delay = connection.settings.retry.delay(afterAttempt: failures, wish) else { throw failure }
            guard (try? await Task.sleep(for: delay)) != nil else { throw .cancelled }
            // It may all have come, with only the answer lost.
            if try await contains(descriptor.digest) { return .sent }
            if let found = try await status(session), found.offset <= descriptor.size {
                (session, offset) = found
            } else {
                session = try await startUpload()
                offset = 0
            }
        }
    }

    /// When the registry wants to be asked again, as its answer had it.
    private static func retryAfter(_ error: ImageError) -> HTTPHeaders? {
        guard case .refused(let refusal) = error, let text = refusal.retryAfter else { return nil }
        return ["retry-after": text]
    }

    /// Whether an upload may go better another time.
    private static func isPassing(_ error: ImageError) -> Bool {
        switch error {
        case .unreachable(_, let isUntrusted): !isUntrusted
        case .refused(let refusal): [404, 408, 416, 429].contains(refusal.status) || refusal.status >= 500
        default: false
        }
    }

    func mount(_ digest: ContentDigest, from source: String) async throws(ImageError) -> Bool {
        let address = try connection.address("\(name)/blobs/uploads/").adding("mount", digest.description)
            .adding("from", source)
        var request = HTTPRequest(.POST, address)
        request.isRepeatable = true
        let response = try await connection.send(request, push + [Scope(repository: source, canPush: false)])
        _ = try? await response.collect(upTo: 1 << 16)
        if response.status == 202, let location = response.headers.first(name: "location") {
            // The registry opened an upload instead, which nobody wants.
            if let session = try? response.address.resolving(location) {
                _ = try? await connection.send(HTTPRequest(.DELETE, session), push)
            }
        }
        return response.status == 201
    }

    private func startUpload() async throws(ImageError) -> WebAddress {
        var request = HTTPRequest(.POST, try connection.address("\(name)/blobs/uploads/"))
        request.isRepeatable = true
        let response = try await connection.send(request, push)
        guard response.status == 202 else { throw await refusal(response, "push") }
        _ = try? await response.collect(upTo: 1 << 16)
        return try session(response)
    }

    /// Where the upload goes on.
    private func session(_ response: HTTPResponse) throws(ImageError) -> WebAddress {
        let what = "the answer of \(connection.registry)"
        guard let location = response.headers.first(name: "location") else {
            throw .malformed(what, "it does not say where to upload to")
        }
        guard let address = try? response.address.resolving(location) else {
            throw .malformed(what, "it names a bad address to upload to")
        }
        if connection.origin.isSecure, !address.origin.isSecure {
            throw .malformed(what, "it wants an upload that is not secured")
        }
        return address
    }

    /// Sends what is missing: small blobs at once, others piece by piece.
    private func send(
        _ descriptor: Descriptor,
        _ path: String,
        _ session: inout WebAddress,
        _ offset: inout Int
    ) async throws(ImageError) {
        let chunk = max(connection.settings.chunkSize, 1)
        while offset > 0 || descriptor.size > chunk, offset < descriptor.size {
            let length = min(chunk, descriptor.size - offset)
            var request = HTTPRequest(.PATCH, session, body: .file(path, offset: offset, length: length))
            request.headers.add(name: "content-type", value: "application/octet-stream")
            request.headers.add(name: "content-range", value: "\(offset)-\(offset + length - 1)")
            let response = try await connection.send(request, push)
            guard response.status == 202 else { throw await refusal(response, "push") }
            _ = try? await response.collect(upTo: 1 << 16)
            session = try self.session(response)
            offset += length
        }
        var request = HTTPRequest(.PUT, session.adding("digest", descriptor.digest.description))
        request.isRepeatable = false
        if offset == 0, descriptor.size > 0 {
            request.headers.add(name: "content-type", value: "application/octet-stream")
            request.body = .file(path, offset: 0, length: descriptor.size)
        }
        let response = try await connection.send(request, push)
        guard response.status == 201 || response.status == 204 else { throw await refusal(response, "push") }
        _ = try? await response.collect(upTo: 1 << 16)
        if let told = response.headers.first(name: "docker-content-digest"), told != descriptor.digest.description {
            throw .mismatch(descriptor.digest, got: try ContentDigest(told))
        }
    }

    /// How far an upload has come; nil where the registry knows nothing of it any more.
    private func status(_ session: WebAddress) async throws(ImageError) -> (WebAddress, offset: Int)? {
        let response = try await connection.send(HTTPRequest(.GET, session), push)
        _ = try? await response.collect(upTo: 1 << 16)
        guard response.status == 204 else { return nil }
        let next = response.headers.contains(name: "location") ? try self.session(response) : session
        guard let range = response.headers.first(name: "range") else { return (next, 0) }
        let ends = range.split(separator: "=").last?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard ends.count == 2, ends[0] == "0", let last = Int(ends[1]), last >= 0, last < 1 << 50 else { return nil }
        // An upload of nothing is told as 0-0, too; a byte is cheap.
        return last == 0 ? nil : (next, last + 1)
    }
}
