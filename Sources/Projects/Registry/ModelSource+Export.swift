import Archives
import Basics
import Git
import Glibc
import OrderedCollections
import Registry
import Tracking
import Values
import YAML

extension ModelSource {
    /// How an archive is written.
    package struct ExportOptions: Sendable {
        /// The file; nil for one in the working directory that is named for the model.
        package var destination: String?
        package var overwrites = false
        /// The time of everything in the archive, in seconds since 1970; nil for that of the commit.
        package var time: Int?
        /// How its files are brought.
        package var get = GetOptions()

        package init() {}
    }

    /// Writes an archive of a model: its files and a `model.yaml` that says what they are.
    ///
    /// The same version gives the same bytes, wherever and whenever.
    package func export(_ reference: ModelReference, _ options: ExportOptions = ExportOptions()) throws -> Delivered {
        let found = try find(reference)
        let directory = environment.workingDirectory
        let name = "\(reference.model.name)-\(found.label)".replacing("/", with: "-")
        var target = Paths.absolute(options.destination ?? name + ".tar.gz", from: directory)
        if Files.isDirectory(target) { target = Paths.join(target, name + ".tar.gz") }
        let shown = Paths.relative(target, to: directory)
        guard let format = ArchiveFormat(name: target) else { throw ModelDataError.unknownFormat(shown) }
        if Files.exists(target), !options.overwrites { throw ModelDataError.exists(shown) }
        try Files.makeDirectories(Paths.parent(target))
        let folder = try Files.makeUniqueFolder(Paths.join(Paths.parent(target), ".apus-export-"))
        defer { try? Files.remove(folder) }
        let model = Paths.join(folder, "model")
        let count = try deliver(found, to: model, staging: Paths.join(folder, "cache"), options.get)
        let isBento = target.hasSuffix(".bentomodel")
        let time = try options.time ?? requireGit().time(of: found.tree.commit)
        let contents = ArchiveContents(found: found, folder: model, time: time, isBento: isBento)
        let archive = Paths.join(folder, "archive")
        let descriptor = try Files.open(archive, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
        do {
            defer { _ = close(descriptor) }
            let sink = try ArchiveSink(format, descriptor: descriptor, path: archive)
            try contents.write { try sink.write($0) }
            try sink.finish()
        }
        try Files.rename(archive, to: target)
        return Delivered(count: count, path: shown, version: found.version?.name, commit: found.tree.commit)
    }
}

/// What an exported archive holds.
private struct ArchiveContents {
    let found: FoundModel
    /// The model, a file or a folder.
    let folder: String
    let time: Int
    /// Whether names are as BentoML writes them.
    let isBento: Bool

    func write(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        var writer = TarWriter(sink)
        let prefix = isBento ? "./" : ""
        let manifest = YAMLEmitter.emit(.map(isBento ? bentoManifest : self.manifest))
        try writer.add(ArchiveEntry(path: prefix + "model.yaml", modified: time), contents: manifest)
        for (name, path, isExecutable) in try files() {
            let entry = ArchiveEntry(path: prefix + name, mode: isExecutable ? 0o755 : 0o644, modified: time)
            try writer.add(entry, contentsOf: path)
        }
        try writer.finish()
    }

    /// The name of the model in the archive, which is not that of the manifest.
    private var modelName: String {
        let name = Paths.name(found.artifact.path)
        return name == "model.yaml" ? "model/model.yaml" : name
    }

    private func files() throws -> [(name: String, path: String, isExecutable: Bool)] {
        var found: [(name: String, path: String, isExecutable: Bool)] = []
        var pending = [(name: modelName, path: folder)]
        while let (name, path) = pending.popLast() {
            if try Files.status(path)?.kind == .directory {
                pending += try Files.names(in: path).map { (Paths.join(name, $0), Paths.join(path, $0)) }
            } else {
                found.append((name, path, try Files.status(path)?.isExecutable ?? false))
            }
        }
        return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private var manifest: Value.Map {
        var fields: Value.Map = ["name": .string(found.artifact.fullName), "version": .string(found.label)]
        if let type = found.artifact.type { fields["type"] = .string(type) }
        fields["path"] = .string(modelName)
        if let hash = found.content.hash { fields["digest"] = .string("md5:" + hash) }
        if let size = found.content.size { fields["size"] = .int(size) }
        if let count = found.content.fileCount { fields["nfiles"] = .int(count) }
        fields["commit"] = .string(found.tree.commit)
        if let description = found.artifact.description { fields["desc"] = .string(description) }
        if !found.artifact.labels.isEmpty { fields["labels"] = .list(found.artifact.labels.map { .string($0) }) }
        if let meta = found.artifact.meta { fields["meta"] = meta }
        return fields
    }

    /// The `model.yaml` that BentoML reads: what was imported from it goes back as it was.
    private var bentoManifest: Value.Map {
        let origin = found.artifact.meta?["bentoml"]
        var labels: Value.Map = [:]
        for label in found.artifact.labels {
            let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            labels[Value.Key(parts[0])] = .string(parts.count > 1 ? parts[1] : "true")
        }
        let version = found.label.hasPrefix("v") ? String(found.label.dropFirst()) : found.label
        let name = found.artifact.name?.name ?? found.artifact.fullName
        return [
            "name": .string(name.replacing("/", with: "-").lowercased()),
            "version": .string(version.replacing("+", with: "-").lowercased()),
            "module": origin?["module"] ?? .string(""),
            "labels": .map(labels),
            "options": origin?["options"] ?? .map([:]),
            "metadata": origin?["metadata"] ?? .map(["commit": .string(found.tree.commit)]),
            "context": origin?["context"]
                ?? .map([
                    "framework_name": .string(""), "framework_versions": .map([:]),
                    "bentoml_version": .string("1.4.39"), "python_version": .string("3.11"),
                ]),
            "signatures": origin?["signatures"] ?? .map([:]),
            "api_version": .string("v2"),
            "creation_time": .string(Self.moment(time)),
        ]
    }

    private static func moment(_ seconds: Int) -> String {
        var text = Moment(seconds: seconds).text
        text.insert(contentsOf: ".000000", at: text.index(text.startIndex, offsetBy: 19))
        return text
    }
}
