import Basics
import Foundation
import ObjectStore

/// A private folder with a workspace and a cache, removed at the end of its test.
final class Sandbox {
    let root: String
    let store: ObjectStore
    var workspace: Workspace

    init(links: [LinkType] = [.copy], kind: HashKind = .md5, hasIndex: Bool = true) throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        root = "\(base)/store-\(UUID().uuidString)"
        try Files.makeDirectories(root + "/files")
        store = ObjectStore(root: root + "/cache", kind: kind)
        let index = hasIndex ? StatIndex(folder: root + "/index") : nil
        workspace = Workspace(store: store, index: index, linkTypes: links, threads: 2)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { root + "/files/" + name }

    func write(_ name: String, _ text: String) throws {
        try Files.makeDirectories(Paths.parent(path(name)))
        try Files.remove(path(name))
        try Files.writeAtomically(Array(text.utf8), to: path(name))
    }

    func read(_ name: String) throws -> String { String(decoding: try Files.read(path(name)), as: UTF8.self) }

    func exists(_ name: String) -> Bool { Files.exists(path(name)) }

    func mode(_ path: String) throws -> Int { Int(try Files.status(path)?.permissions ?? 0) }

    /// All files below a directory with their contents.
    func contents(_ name: String) throws -> [String: String] {
        var result: [String: String] = [:]
        func visit(_ directory: String, _ prefix: String) throws {
            for entry in try Files.entries(in: directory) {
                let inner = Paths.join(directory, entry.name)
                if entry.kind == .directory {
                    try visit(inner, prefix + entry.name + "/")
                } else {
                    result[prefix + entry.name] = String(decoding: try Files.read(inner), as: UTF8.self)
                }
            }
        }
        try visit(path(name), "")
        return result
    }
}

/// Bytes without repetition, cheap to make.
func distinctBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
        let raw = UnsafeMutableRawBufferPointer(buffer)
        for word in 0..<(count / 8) {
            raw.storeBytes(of: UInt64(word) &* 0x9e37_79b9_7f4a_7c15, toByteOffset: word * 8, as: UInt64.self)
        }
        for position in (count / 8 * 8)..<count { raw[position] = UInt8(position & 255) }
        used = count
    }
}
