import Basics
import Transport
import Values

/// Keeps the credentials, and has them renewed.
actor CredentialSource {
    private let access: ClusterAccess
    private var kept: Credentials?
    /// When a token's file is to be read again, in seconds since 1970.
    private var readAgain = 0
    /// The plugin at work, which all who need credentials wait for.
    private var run: Task<Credentials, any Error>?

    init(_ access: ClusterAccess) {
        self.access = access
    }

    /// Credentials that are valid as far as one knows.
    ///
    /// Those that the server refused are passed as `refused`, and others are sought.
    func credentials(insteadOf refused: Credentials? = nil) async throws -> Credentials {
        if let kept, kept != refused, isFresh(kept) { return kept }
        let found = try await find()
        kept = found
        return found
    }

    private func isFresh(_ credentials: Credentials) -> Bool {
        if access.credentials.tokenFile != nil { return Timestamp.now < readAgain }
        // A little earlier, since clocks differ and requests take time.
        return credentials.expiration.map { Timestamp.now < $0 - 10 } ?? true
    }

    private func find() async throws -> Credentials {
        let user = access.credentials
        var found = Credentials(token: user.token, basic: user.basic, certificate: user.certificate, key: user.key)
        if let file = user.tokenFile {
            found.token = try Self.token(file)
            readAgain = Timestamp.now + 60
        } else if user.token == nil, let plugin = user.plugin {
            let answer = try await ask(plugin)
            found.token = answer.token
            if answer.certificate != nil {
                found.certificate = answer.certificate
                found.key = answer.key
            }
            found.expiration = answer.expiration
        }
        return found
    }

    private func ask(_ plugin: CredentialPlugin) async throws -> Credentials {
        if let run {
            do {
                return try await run.value
            } catch is CancellationError {
                // Cancelled by another that waited.
                try Task.checkCancellation()
            }
        }
        let access = access
        let task = Task { try await plugin.run(access.pluginCluster, mayAsk: access.mayAsk) }
        run = task
        defer { run = nil }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private static func token(_ file: String) throws -> Secret {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(file)
        } catch {
            throw ClusterError.credentials("the token of the cluster cannot be read: \(error)", hint: nil)
        }
        let token = Secret(String(String(decoding: bytes.prefix(1 << 20), as: UTF8.self).filter { !$0.isWhitespace }))
        guard token.isFieldValue else {
            throw ClusterError.credentials("'\(file)' holds no token", hint: nil)
        }
        return token
    }
}
