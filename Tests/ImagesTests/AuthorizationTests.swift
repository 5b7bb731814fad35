import Basics
import NIOHTTP1
import Synchronization
import Testing
import Transport

@testable import Images

@Suite(.timeLimit(.minutes(1))) struct AuthorizationTests {
    private typealias Request = TestServer.Request
    private typealias Answer = TestServer.Answer

    private static let digest = "sha256:" + String(repeating: "a", count: 64)

    /// What a registry says to somebody with a token that it takes, and to others.
    private static func guarded(
        _ request: Request,
        realm: String,
        takes: (String) -> Bool = { $0.hasPrefix("Bearer ") }
    ) -> Answer {
        if let authorization = request.authorization, takes(authorization) {
            return Answer(headers: [("docker-content-digest", digest)])
        }
        let challenge = #"Bearer realm="\#(realm)",service="reg 1",scope="repository:team/app:pull""#
        return Answer(status: 401, headers: [("www-authenticate", challenge)])
    }

    /// Runs a test with a registry and the server that gives out its tokens.
    private func withTokens(
        _ tokens: @escaping TestServer.Answers,
        takes: @escaping @Sendable (String) -> Bool = { $0.hasPrefix("Bearer ") },
        _ test: (TestServer, TestServer) async throws -> Void
    ) async throws {
        try await TestServer.with(tokens) { issuer in
            let realm = "http://\(issuer.host)/token?account=x"
            try await TestServer.with {
                Self.guarded($0, realm: realm, takes: takes)
            } _: { registry in
                try await test(registry, issuer)
            }
        }
    }

    @Test func aTokenIsAskedForAsTheRegistrySaysAndKept() async throws {
        try await withTokens { _ in
            .json(#"{"token": "one", "expires_in": 300}"#)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app", .basic(user: "user", password: "pa:ss"))
            for _ in 0..<3 { #expect(try await repository.resolve("1")?.description == Self.digest) }
            #expect(issuer.requests.count == 1 && registry.requests.count == 4)
            let request = issuer.requests[0]
            #expect(request.method == .GET && request.path == "/token")
            let fields = request.fields
            #expect(fields == ["account": ["x"], "service": ["reg 1"], "scope": ["repository:team/app:pull"]])
            #expect(request.authorization == "Basic " + Base64.encode("user:pa:ss".utf8))
            #expect(registry.requests.map(\.authorization) == [nil] + Array(repeating: "Bearer one", count: 3))
        }
    }

    @Test func eachScopeHasATokenOfItsOwn() async throws {
        try await withTokens {
            .json(#"{"access_token": "\#($0.fields["scope", default: []].count)"}"#)
        } _: {
            registry,
            issuer in
            let repository = try registry.repository("team/app")
            _ = try await repository.resolve("1")
            _ = try await repository.contains(try ContentDigest(Self.digest))
            _ = try await repository.deleteManifest(try ContentDigest(Self.digest))
            _ = try await repository.mount(try ContentDigest(Self.digest), from: "base/one")
            _ = try await repository.resolve("2")
            #expect(
                issuer.requests.map { $0.fields["scope"] } == [
                    ["repository:team/app:pull"], ["repository:team/app:pull,push"],
                    ["repository:team/app:delete,pull,push"],
                    ["repository:team/app:pull,push", "repository:base/one:pull"],
                ]
            )
            #expect(registry.requests.compactMap(\.authorization).contains("Bearer 2"))
        }
    }

    /// As Docker Hub has it for public images.
    @Test func nobodyGetsATokenToo() async throws {
        try await withTokens { _ in
            .json(#"{"token": "anonymous", "access_token": "other"}"#)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app")
            #expect(try await repository.resolve("1") != nil)
            #expect(issuer.requests.map(\.authorization) == [nil])
            #expect(registry.requests.last?.authorization == "Bearer anonymous")
        }
    }

    @Test func anIdentityTokenIsChangedIntoOthers() async throws {
        try await withTokens { request in
            request.method == .POST ? .json(#"{"access_token": "fresh"}"#) : Answer(status: 400)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app", .identityToken("a+b/c= &d"))
            #expect(try await repository.resolve("1") != nil)
            let fields = issuer.requests[0].fields
            #expect(fields["grant_type"] == ["refresh_token"] && fields["refresh_token"] == ["a+b/c= &d"])
            #expect(fields["service"] == ["reg 1"] && fields["scope"] == ["repository:team/app:pull"])
            #expect(fields["client_id"] == ["apus"] && issuer.requests[0].authorization == nil)
            #expect(registry.requests.last?.authorization == "Bearer fresh")
        }
    }

    @Test func aRegistryTokenIsSentAsItIs() async throws {
        try await withTokens { _ in
            Answer(status: 500)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app", .registryToken("mine"))
            #expect(try await repository.resolve("1") != nil)
            #expect(issuer.requests.isEmpty && registry.requests.last?.authorization == "Bearer mine")
        }
    }

    @Test func aTokenThatIsNoLongerTakenIsReplaced() async throws {
        let count = Counter()
        let valid = Mutex("Bearer 0")
        try await withTokens { _ in
            .json(#"{"token": "\#(count.next())", "expires_in": 3600}"#)
        } takes: { authorization in
            valid.withLock { $0 == authorization }
        } _: { registry, issuer in
            let repository = try registry.repository("team/app")
            #expect(try await repository.resolve("1") != nil)
            valid.withLock { $0 = "Bearer 1" }
            #expect(try await repository.resolve("1") != nil)
            #expect(registry.requests.map(\.authorization) == [nil, "Bearer 0", "Bearer 0", "Bearer 1"])
        }
    }

    @Test func aTokenThatLivesForSecondsIsKeptForAMinuteAsTheProtocolSays() async throws {
        try await withTokens { _ in
            .json(#"{"token": "short", "expires_in": 1}"#)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app")
            for _ in 0..<3 { _ = try await repository.resolve("1") }
            #expect(issuer.requests.count == 1)
        }
    }

    @Test func tokensThatAreNeverTakenEnd() async throws {
        let count = Counter()
        try await withTokens { _ in
            .json(#"{"token": "\#(count.next())"}"#)
        } takes: { _ in
            false
        } _: { registry, _ in
            let repository = try registry.repository("team/app", .basic(user: "user", password: "hidden-word"))
            let error = await #expect(throws: ImageError.self) {
                try await repository.contains(try ContentDigest(Self.digest))
            }
            guard case .refused(let refusal)? = error else {
                return #expect(Bool(false), "\(String(describing: error))")
            }
            #expect(refusal.status == 401 && refusal.hadCredentials && !"\(refusal)".contains("hidden-word"))
            #expect(registry.requests.count <= 3)
        }
    }

    @Test(arguments: [401, 403]) func aRefusedLoginSaysSo(status: Int) async throws {
        try await withTokens { _ in
            Answer(status: status)
        } _: { registry, issuer in
            let repository = try registry.repository("team/app", .basic(user: "user", password: "hidden-word"))
            let error = await #expect(throws: ImageError.self) { try await repository.resolve("1") }
            guard case .refused(let refusal)? = error else {
                return #expect(Bool(false), "\(String(describing: error))")
            }
            #expect(refusal.status == status && refusal.action == "login" && refusal.hadCredentials)
            #expect(issuer.requests.count == 1)
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"token": ""}"#, #"{"token": "a\nb"}"#, #"{"token": 1}"#])
    func aBadTokenIsAnError(answer: String) async throws {
        try await withTokens { _ in
            .json(answer)
        } _: { registry, _ in
            await #expect(throws: ImageError.self) { try await registry.repository("team/app").resolve("1") }
        }
    }

    @Test func aTokenServerThatSendsElsewhereIsNotFollowed() async throws {
        try await TestServer.with { _ in
            .json(#"{"token": "stolen"}"#)
        } _: { thief in
            try await withTokens { _ in
                Answer(status: 307, headers: [("location", "http://\(thief.host)/token")])
            } _: { registry, _ in
                let repository = try registry.repository("team/app", .basic(user: "user", password: "hidden-word"))
                await #expect(throws: ImageError.self) { try await repository.resolve("1") }
                #expect(thief.requests.isEmpty)
            }
        }
    }

    @Test func nameAndPasswordAreSentWhereTheRegistryWantsThem() async throws {
        let wanted = "Basic " + Base64.encode("user:word".utf8)
        try await TestServer.with { request in
            if request.authorization == wanted { return Answer(headers: [("docker-content-digest", Self.digest)]) }
            return Answer(status: 401, headers: [("www-authenticate", "Basic realm=here")])
        } _: { registry in
            let repository = try registry.repository("team/app", .basic(user: "user", password: "word"))
            for _ in 0..<2 { #expect(try await repository.resolve("1") != nil) }
            #expect(registry.requests.map(\.authorization) == [nil, wanted, wanted])
            let other = try registry.repository("team/app", .basic(user: "user", password: "no"))
            await #expect(throws: ImageError.self) { try await other.contains(try ContentDigest(Self.digest)) }
        }
    }

    @Test func secretsStayWithTheRegistryWhenItSendsElsewhere() async throws {
        let bytes = Array("a layer".utf8)
        try await TestServer.with { request in
            // A stranger that would like to be let in.
            request.target.contains("again")
                ? Answer(status: 401, headers: [("www-authenticate", "Basic realm=x")])
                : Answer(body: bytes)
        } _: { other in
            let place = Mutex("http://\(other.host)/blob")
            try await TestServer.with { request in
                request.authorization == nil
                    ? Answer(status: 401, headers: [("www-authenticate", "Basic realm=x")])
                    : Answer(status: 307, headers: [("location", place.withLock { $0 })])
            } _: { registry in
                let folder = try Files.makeTemporaryFolder("images-")
                defer { try? Files.remove(folder) }
                let store = BlobStore(folder)
                let repository = try registry.repository("team/app", .basic(user: "user", password: "hidden-word"))
                let descriptor = Descriptor(mediaType: MediaType.layer, of: bytes)
                try await repository.download(descriptor, to: store)
                #expect(try Files.read(store.path(descriptor.digest)) == bytes)
                #expect(registry.requests.compactMap(\.authorization).count == 1)
                place.withLock { $0 = "http://\(other.host)/again" }
                try Files.remove(store.path(descriptor.digest))
                await #expect(throws: ImageError.self) { try await repository.download(descriptor, to: store) }
                #expect(other.requests.count == 2 && other.requests.allSatisfy { $0.authorization == nil })
            }
        }
    }

    @Test func credentialsAreReadAsDockerAndPodmanWriteThem() throws {
        let folder = try Files.makeTemporaryFolder("images-")
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "config.json")
        func credential(_ text: String, _ repository: String = "team/app") throws -> Credential? {
            try Files.writeAtomically(Array(text.utf8), to: path)
            return try CredentialStore(files: ["/nowhere", path]).credential(
                registry: "reg.test",
                repository: repository
            )
        }
        let auth = Base64.encode("user:pa:ss".utf8)
        let basic = Credential.basic(user: "user", password: "pa:ss")
        #expect(try credential(#"{"auths": {"reg.test": {"auth": "\#(auth)"}}}"#) == basic)
        #expect(try credential(#"{"auths": {"https://reg.test/v1/": {"auth": "\#(auth)"}}}"#) == basic)
        #expect(
            try credential(#"{"auths": {"reg.test/team": {"auth": "\#(auth)"}, "reg.test": {"auth": "eDp5"}}}"#)
                == basic
        )
        #expect(try credential(#"{"auths": {"reg.test/team": {"auth": "\#(auth)"}}}"#, "other") == nil)
        #expect(
            try credential(#"{"auths": {"reg.test": {"identitytoken": "t", "auth": "\#(auth)"}}}"#)
                == .identityToken("t")
        )
        let named = Base64.encode("<token>:long".utf8)
        #expect(try credential(#"{"auths": {"reg.test": {"auth": "\#(named)"}}}"#) == .identityToken("long"))
        #expect(try credential(#"{"auths": {"reg.test": {"registrytoken": "r"}}}"#) == .registryToken("r"))
        #expect(throws: ImageError.self) { try credential(#"{"auths": {"reg.test": {"auth": "!"}}}"#) }
        #expect(throws: ImageError.self) { try credential("[") }
        #expect(throws: ImageError.self) { try credential(#"{"credsStore": "../evil"}"#) }
        #expect("\(basic)" == "a credential" && String(reflecting: basic) == "a credential")
    }
}
