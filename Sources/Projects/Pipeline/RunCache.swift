import Basics
import Glibc
import Metafiles
import ObjectStore
import OrderedCollections
import Pipelines
import Values
import YAML

/// What earlier runs of commands made, found by the command and what it read.
///
/// Entries lie at `runs/<2 digits>/<key>/<value>` of the cache's root, the same as DVC's.
struct RunCache: Sendable {
    /// The cache below whose root it is.
    let store: ObjectStore

    /// The newest run of the same command on the same dependencies; nil when there is none.
    func newest(_ entry: LockEntry) throws -> LockEntry? {
        let folder = self.folder(RunCacheKey.key(entry: .map(entry.fields)))
        guard Files.isDirectory(folder) else { return nil }
        let files = try Files.names(in: folder).filter(RunFile.isChecksum).compactMap { name in
            try Files.status(Paths.join(folder, name)).map { (name: name, time: $0.modified) }
        }
        guard let newest = files.max(by: { $0.time < $1.time }) else { return nil }
        guard let found = try load(Paths.join(folder, newest.name)), found.outputPaths == entry.outputPaths else {
            return nil
        }
        return found
    }

    /// Remembers a run; returns false when it was known.
    @discardableResult
    func save(_ entry: LockEntry) throws -> Bool {
        let value = Value.map(entry.fields)
        let folder = self.folder(RunCacheKey.key(entry: value))
        let path = Paths.join(folder, RunCacheKey.value(entry: value))
        if try load(path) != nil { return false }
        try write(YAMLEmitter.emit(value), to: path)
        return true
    }

    /// Writes an entry's file with the modes of the cache.
    func write(_ bytes: [UInt8], to path: String) throws {
        try store.makeFolder(Paths.parent(path))
        try Files.writeAtomically(bytes, to: path)
        if store.isShared { chmod(path, 0o664) }
    }

    private func folder(_ key: String) -> String {
        Paths.join(store.root, "runs/\(key.prefix(2))/\(key)")
    }

    /// Reads an entry; one that is damaged is removed, since nothing can be restored from it.
    private func load(_ path: String) throws -> LockEntry? {
        guard let bytes = try Files.readIfPresent(path) else { return nil }
        if let document = try? YAMLDocument(parsing: bytes), let fields = document.value.map {
            let entry = LockEntry(fields: fields)
            if entry.isValid { return entry }
        }
        try Files.remove(path)
        return nil
    }
}

extension LockEntry {
    /// The paths of the outputs as recorded, in ascending order.
    fileprivate var outputPaths: [String] {
        outputs.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension Stage {
    /// Whether the run cache can know the stage: a command with dependencies and outputs, all of them files of the
    /// project with known content, none of them kept between runs.
    var isCacheable: Bool {
        guard command != nil, !isAlwaysChanged, !dependencies.isEmpty, !outputs.isEmpty else { return false }
        return dependencies.allSatisfy(\.isKnown) && outputs.allSatisfy { $0.isInProject && !$0.entry.isPersistent }
    }
}

extension Dependency {
    fileprivate var isKnown: Bool {
        switch kind {
        case .elsewhere: false
        case .file: entry.hash != nil
        case .parameters: !(parameters ?? [:]).isEmpty
        }
    }
}
