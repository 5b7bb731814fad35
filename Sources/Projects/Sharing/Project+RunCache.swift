import Basics
import Configuration
import ObjectStore
import Synchronization

/// The run cache moves file by file: `runs/<two digits>/<key>/<value>`, below the root of the cache and of a remote.
extension Project {
    /// Sends the entries of the run cache that a remote lacks; without a remote nothing. Returns their number.
    func pushRunCache(to name: String?, jobs: Int?) throws -> Int {
        if name == nil, configuration.defaultRemoteName == nil { return 0 }
        let local = try runFiles()
        if local.isEmpty { return 0 }
        let remote = try openRemote(name, kind: .md5DOS2Unix)
        let present = Set(try remote.files(below: RunFile.folder))
        let absent = local.filter { !present.contains($0.path) }
        let root = legacyStore.root
        try Workers.run(count: absent.count, threads: max(1, jobs ?? remote.preferredJobs), batch: 1) { range in
            for file in absent[range] { try remote.uploadFile(file.path, from: Paths.join(root, file.path)) }
        }
        return absent.count
    }

    /// Brings the entries of a remote's run cache that are not here; without a remote nothing. Returns their number.
    func fetchRunCache(from name: String?, jobs: Int?) throws -> Int {
        if name == nil, configuration.defaultRemoteName == nil { return 0 }
        let remote = try openRemote(name, kind: .md5DOS2Unix)
        let store = legacyStore
        let absent = try remote.files(below: RunFile.folder).compactMap(RunFile.init).filter {
            !Files.exists(Paths.join(store.root, $0.path))
        }
        try Workers.run(count: absent.count, threads: max(1, jobs ?? remote.preferredJobs), batch: 1) { range in
            for file in absent[range] {
                let target = Paths.join(store.root, file.path)
                let bytes = try remote.downloadFile(file.path)
                try RunCache(store: store).write(bytes, to: target)
            }
        }
        return absent.count
    }

    /// The entries of the run cache of this machine.
    private func runFiles() throws -> [RunFile] {
        let root = legacyStore.root
        guard Files.exists(Paths.join(root, RunFile.folder)) else { return [] }
        func folders(_ folder: String) throws -> [String] {
            try Files.entries(in: Paths.join(root, folder)).filter { $0.kind == .directory }.map {
                Paths.join(folder, $0.name)
            }
        }
        return try folders(RunFile.folder).flatMap(folders).flatMap { folder in
            try Files.entries(in: Paths.join(root, folder)).filter { $0.kind == .regular }.compactMap {
                RunFile(Paths.join(folder, $0.name))
            }
        }
    }
}

/// The path of an entry of the run cache, whatever a remote claims: hexadecimal names at their depth.
struct RunFile: Hashable, Sendable {
    static let folder = "runs"

    /// Relative to the root of the cache or the remote.
    let path: String

    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == Self.folder, parts[2].hasPrefix(parts[1]), parts[1].utf8.count == 2,
            Self.isChecksum(parts[2]), Self.isChecksum(parts[3])
        else { return nil }
        self.path = path
    }

    /// Whether the text is a SHA-256 in hexadecimal digits.
    static func isChecksum(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
