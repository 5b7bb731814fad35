import Basics
import Transport
import Values

/// What a kubeconfig says of a user, with paths made absolute.
struct UserCredentials: Sendable {
    var certificate: [UInt8]?
    var key: [UInt8]?
    var token: Secret?
    /// Read again from time to time: what writes it renews the token.
    var tokenFile: String?
    var basic: Secret?
    var plugin: CredentialPlugin?
    /// `Impersonate-User` and its like.
    var impersonation: [(name: String, value: String)] = []

    init() {}

    init(_ name: String, _ entry: Kubeconfig.Entry) throws(ClusterError) {
        let reader = EntryReader(title: "user '\(Printable.text(name))'", entry: entry)
        certificate = try reader.bytes("client-certificate")
        key = try reader.bytes("client-key")
        guard (certificate == nil) == (key == nil) else {
            throw reader.fault("has a client-certificate or a client-key, but needs both")
        }
        tokenFile = reader.path("tokenFile")
        if tokenFile == nil, let text = reader.text("token") {
            let token = Secret(text)
            guard token.isFieldValue else { throw reader.fault("has a token with characters that no token has") }
            self.token = token
        }
        if let user = reader.text("username"), let password = reader.text("password") {
            basic = Secret(Base64.encode(Array("\(user):\(password)".utf8)))
        }
        if let exec = entry.fields["exec"], exec != .null {
            plugin = try CredentialPlugin(exec, reader)
        } else if let provider = entry.fields["auth-provider"]?["name"]?.text {
            throw .configuration(
                "\(reader.title) logs in by the auth-provider '\(Printable.text(provider))', which Kubernetes gave up",
                hint: "fetch a new kubeconfig, which names a credential plugin instead (exec)"
            )
        }
        impersonation = try Self.impersonation(reader)
    }

    private static func impersonation(_ reader: EntryReader) throws(ClusterError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if let user = reader.text("as") { fields.append(("Impersonate-User", user)) }
        if let uid = reader.text("as-uid") { fields.append(("Impersonate-Uid", uid)) }
        for group in reader.entry.fields["as-groups"]?.list ?? [] {
            if let group = group.text { fields.append(("Impersonate-Group", group)) }
        }
        guard fields.allSatisfy({ $0.value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }) else {
            throw reader.fault("is to act as somebody whose name has characters that no header can have")
        }
        return fields
    }
}

/// Reads the fields of an entry.
struct EntryReader {
    /// What messages call it.
    let title: String
    let entry: Kubeconfig.Entry

    func text(_ key: Value.Key) -> String? { entry.fields[key]?.text }

    func isTrue(_ key: Value.Key) -> Bool { entry.fields[key]?.bool ?? false }

    /// A path seen from the folder of the kubeconfig.
    func path(_ key: Value.Key) -> String? {
        text(key).map { Paths.absolute($0, from: entry.folder) }
    }

    /// The content of a file, or of the `-data` field, which counts more.
    func bytes(_ key: String) throws(ClusterError) -> [UInt8]? {
        if let data = text(Value.Key(key + "-data")) {
            guard let bytes = Base64.decode(data) else { throw fault("has a \(key)-data that is no base64") }
            guard isPEM(bytes) else { throw fault("has a \(key)-data without a certificate or key in PEM") }
            return bytes
        }
        guard let path = path(Value.Key(key)) else { return nil }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path)
        } catch {
            throw fault("has a \(key) that cannot be used: \(error)")
        }
        guard isPEM(bytes) else { throw fault("has a \(key) without a certificate or key in PEM: '\(path)'") }
        return bytes
    }

    private func isPEM(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(1 << 20), as: UTF8.self).contains("-----BEGIN ")
    }

    func fault(_ text: String, hint: String? = nil) -> ClusterError {
        .configuration("\(title) of the kubeconfig \(text)", hint: hint)
    }
}
