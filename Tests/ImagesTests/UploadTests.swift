import Basics
import NIOHTTP1
import Synchronization
import Testing
import Transport

@testable import Images

@Suite(.timeLimit(.minutes(1))) struct UploadTests {
    private typealias Request = TestServer.Request
    private typealias Answer = TestServer.Answer

    private static let bytes = (0..<25).map { UInt8($0) }
    private static let blob = Descriptor(mediaType: MediaType.layer, of: bytes)

    /// Runs a test with a registry that may make trouble and the path of a file to upload.
    private func withRegistry(
        trouble: @escaping @Sendable (Request) -> Answer? = { _ in nil },
        _ test: (TestServer, MemoryRegistry, String) async throws -> Void
    ) async throws {
        let folder = try Files.makeTemporaryFolder("images-")
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "blob")
        try Files.writeAtomically(Self.bytes, to: path)
        let registry = MemoryRegistry(trouble: trouble)
        try await TestServer.with {
            registry.answer($0)
        } _: {
            try await test($0, registry, path)
        }
    }

    /// Trouble with one request.
    private static func once(
        _ method: HTTPMethod,
        at number: Int = 0,
        _ answer: Answer
    ) -> @Sendable (Request) -> Answer? {
        let count = Counter()
        return { $0.method == method && count.next() == number ? answer : nil }
    }

    private static var inPieces: RegistrySettings {
        var settings = RegistrySettings.hasty
        settings.chunkSize = 10
        return settings
    }

    @Test func whatIsThereIsNotSent() async throws {
        try await withRegistry { server, registry, path in
            registry.add(Self.bytes, to: "team/app")
            let outcome = try await server.repository("team/app").upload(Self.blob, from: path)
            #expect(outcome == .existed)
            #expect(server.lines == ["HEAD /v2/team/app/blobs/\(Self.blob.digest)"])
        }
    }

    @Test func aSmallBlobGoesAtOnce() async throws {
        try await withRegistry { server, registry, path in
            let repository = try server.repository("team/app")
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            #expect(registry.contents.blobs["team/app@\(Self.blob.digest)"] == Self.bytes)
            #expect(server.requests.map(\.method) == [.HEAD, .POST, .PUT])
            #expect(server.requests[2].fields["digest"] == [Self.blob.digest.description])
        }
    }

    @Test func aBlobOfAnotherRepositoryIsTakenOver() async throws {
        try await withRegistry { server, registry, path in
            registry.add(Self.bytes, to: "base/one")
            let repository = try server.repository("team/app")
            #expect(try await repository.upload(Self.blob, from: path, sources: ["team/app", "base/one"]) == .mounted)
            #expect(server.requests.map(\.method) == [.HEAD, .POST])
            #expect(server.requests[1].fields == ["mount": [Self.blob.digest.description], "from": ["base/one"]])
        }
    }

    @Test func whatCannotBeTakenOverIsSentAndLeavesNoUploadOpen() async throws {
        try await withRegistry { server, registry, path in
            let repository = try server.repository("team/app")
            #expect(try await repository.upload(Self.blob, from: path, sources: ["base/one"]) == .sent)
            #expect(server.requests.map(\.method) == [.HEAD, .POST, .DELETE, .POST, .PUT])
            #expect(registry.contents.uploads.isEmpty)
        }
    }

    @Test func aLargeBlobGoesInPieces() async throws {
        try await withRegistry { server, registry, path in
            let repository = try server.repository("team/app", nil, Self.inPieces)
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            let patches = server.requests.filter { $0.method == .PATCH }
            #expect(patches.map { $0.headers.first(name: "content-range") } == ["0-9", "10-19", "20-24"])
            #expect(patches.map(\.body.count) == [10, 10, 5])
            // The last answer said where to go on.
            #expect(server.requests.last?.fields["state"] == ["25"])
            #expect(registry.contents.blobs["team/app@\(Self.blob.digest)"] == Self.bytes)
        }
    }

    @Test(arguments: [Answer(hangsUp: true), Answer(status: 503), Answer(status: 429), Answer(status: 416)])
    private func anUploadGoesOnWhereItStopped(trouble: Answer) async throws {
        try await withRegistry(trouble: Self.once(.PATCH, at: 1, trouble)) { server, registry, path in
            let repository = try server.repository("team/app", nil, Self.inPieces)
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            let ranges = server.requests.filter { $0.method == .PATCH }.map { $0.headers.first(name: "content-range") }
            #expect(ranges == ["0-9", "10-19", "10-19", "20-24"])
            #expect(server.requests.contains { $0.method == .GET })
            #expect(registry.contents.blobs["team/app@\(Self.blob.digest)"] == Self.bytes)
        }
    }

    @Test func anUploadThatIsForgottenBeginsAnew() async throws {
        let trouble: @Sendable (Request) -> Answer? = { request in
            let isFirst = request.path.hasSuffix("session-0")
            return isFirst && request.target.contains("state=10") ? Answer(status: 404) : nil
        }
        try await withRegistry(trouble: trouble) { server, registry, path in
            let repository = try server.repository("team/app", nil, Self.inPieces)
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            #expect(server.requests.filter { $0.method == .POST }.count == 2)
            #expect(registry.contents.blobs["team/app@\(Self.blob.digest)"] == Self.bytes)
        }
    }

    @Test func onlyTheAnswerMayBeLost() async throws {
        let registry = Mutex<MemoryRegistry?>(nil)
        let trouble: @Sendable (Request) -> Answer? = { request in
            guard request.method == .PUT else { return nil }
            registry.withLock { $0 }?.add(Self.bytes, to: "team/app")
            return Answer(hangsUp: true)
        }
        try await withRegistry(trouble: trouble) { server, memory, path in
            registry.withLock { $0 = memory }
            let repository = try server.repository("team/app")
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            #expect(server.requests.filter { $0.method == .PUT }.count == 1)
        }
    }

    @Test(arguments: [HTTPMethod.HEAD, .POST, .PUT, .PATCH]) func aWaitThatIsAskedForIsKept(
        method: HTTPMethod
    ) async throws {
        let trouble = Self.once(method, Answer(status: 429, headers: [("retry-after", "1")]))
        try await withRegistry(trouble: trouble) { server, _, path in
            let settings = method == .PATCH ? Self.inPieces : .hasty
            let start = ContinuousClock.now
            let repository = try server.repository("team/app", nil, settings)
            #expect(try await repository.upload(Self.blob, from: path) == .sent)
            #expect(ContinuousClock.now - start >= .seconds(1))
        }
    }

    @Test(arguments: [HTTPMethod.POST, .PUT]) func aWaitThatIsTooLongIsRefused(method: HTTPMethod) async throws {
        let trouble: @Sendable (Request) -> Answer? = { request in
            request.method == method ? Answer(status: 429, headers: [("retry-after", "100000")]) : nil
        }
        try await withRegistry(trouble: trouble) { server, _, path in
            let repository = try server.repository("team/app")
            let error = await #expect(throws: ImageError.self) { try await repository.upload(Self.blob, from: path) }
            guard case .refused(let refusal)? = error else {
                return #expect(Bool(false), "\(String(describing: error))")
            }
            #expect(refusal.status == 429)
            #expect(server.requests.filter { $0.method == method }.count == 1)
        }
    }

    @Test func anotherDigestInTheAnswerIsAnError() async throws {
        let other = "sha256:" + String(repeating: "b", count: 64)
        let trouble = Self.once(.PUT, Answer(status: 201, headers: [("docker-content-digest", other)]))
        try await withRegistry(trouble: trouble) { server, _, path in
            let repository = try server.repository("team/app")
            let mismatch = ImageError.mismatch(Self.blob.digest, got: try ContentDigest(other))
            await #expect(throws: mismatch) {
                try await repository.upload(Self.blob, from: path)
            }
        }
    }

    // MARK: Images

    private func image(_ layout: ImageLayout) throws -> Manifest {
        var assembly = ImageAssembly(platform: try Platform("linux/amd64"))
        for name in ["one", "two", "three"] {
            var plan = LayerPlan(name)
            plan.add(.init(name, .bytes(Array(name.utf8))))
            assembly.parts.append(.init(name: name, layer: try LayerBuilder(layout.blobs).layer(plan).layer))
        }
        return try assembly.store(in: layout).manifest
    }

    @Test func theManifestGoesLast() async throws {
        try await withRegistry { server, registry, path in
            let layout = try ImageLayout(creating: Paths.join(Paths.parent(path), "layout"))
            let manifest = try image(layout)
            let push = ImagePush(from: layout, to: try server.repository("team/app"))
            let report = try await push.push(manifest, tag: "1")
            #expect(report.sent == 4 && report.existed == 0)
            #expect(server.lines.last == "PUT /v2/team/app/manifests/1")
            #expect(server.lines.filter { $0.contains("/manifests/") }.count == 1)
            #expect(registry.contents.manifests["team/app:1"] == manifest.bytes)
            let again = try await push.push(manifest, tag: "2")
            #expect(again.sent == 0 && again.existed == 4)
        }
    }

    @Test func anImageWithALayerThatFailsIsNotShown() async throws {
        let trouble: @Sendable (Request) -> Answer? = { request in
            request.method == .PUT && request.path.hasSuffix("session-2") ? Answer(status: 403) : nil
        }
        try await withRegistry(trouble: trouble) { server, registry, path in
            let layout = try ImageLayout(creating: Paths.join(Paths.parent(path), "layout"))
            let push = ImagePush(from: layout, to: try server.repository("team/app"))
            let manifest = try image(layout)
            await #expect(throws: ImageError.self) { try await push.push(manifest, tag: "1") }
            #expect(registry.contents.manifests.isEmpty)
        }
    }

    @Test func whatWasPushedComesBack() async throws {
        try await withRegistry { server, _, path in
            let layout = try ImageLayout(creating: Paths.join(Paths.parent(path), "layout"))
            let manifest = try image(layout)
            _ = try await ImagePush(from: layout, to: try server.repository("team/app")).push(manifest, tag: "1")
            let other = try ImageLayout(creating: Paths.join(Paths.parent(path), "other"))
            let reference = try ImageReference("\(server.host)/team/app:1")
            let pulled = try await ImagePull(from: try server.repository("team/app"), to: other).pull(reference)
            #expect(pulled == manifest)
            guard case .image(let image) = pulled.content else { return }
            for blob in image.blobs { try other.blobs.verify(blob) }
        }
    }
}
