import Basics
import Metafiles
import ObjectStore
import OrderedCollections
import Pipelines
import Values

extension Project {
    /// What a migration did, or would do.
    package struct MigrationReport: Sendable {
        /// For people.
        package var text = ""
        package var changes = ChangedFileNames()
    }

    /// Makes the objects of DVC 2 known under their new names, and records these in the metafiles if asked.
    package func migrate(metafiles: Bool, isDryRun: Bool) throws -> MigrationReport {
        var report = MigrationReport()
        var names: [ObjectID: ObjectID] = [:]
        if isDryRun {
            let count = try legacyStore.list().count
            report.text = "\(count) files will be re-hashed and migrated to the DVC 3.0 cache location.\n"
        } else {
            let migration = try store.migrate(from: legacyStore)
            names = migration.names
            report.text = "Migrated \(migration.added) files to DVC 3.0 cache location.\n"
            report.changes.notes = migration.skipped.map { "not migrated, as it is not whole: \($0)" }
        }
        if metafiles { try migrateMetafiles(isDryRun, names, &report) }
        return report
    }

    private func migrateMetafiles(
        _ isDryRun: Bool,
        _ names: [ObjectID: ObjectID],
        _ report: inout MigrationReport
    ) throws {
        let stages = try collect().stages.filter(\.hasLegacyEntries)
        if stages.isEmpty {
            report.text += "No DVC files in the repo to migrate to the 3.0 format.\n"
        } else if isDryRun {
            report.text += "Entries in following DVC files will be migrated to the 3.0 format:\n"
            report.text += Set(stages.map(migratedFile)).sorted().map { "\t\($0)\n" }.joined()
        }
        if isDryRun { return }
        for var stage in stages {
            try migrate(&stage, names, &report.changes)
            if stage.dataFile != nil { report.text += "Updating DVC file '\(shown(stage.id.metafile))'\n" }
            report.text += try write(stage, changes: &report.changes) ?? ""
        }
    }

    /// The file that records the stage, as a person sees it.
    private func migratedFile(_ stage: Stage) -> String {
        let name = shown(stage.id.metafile)
        return stage.dataFile != nil ? name : "\(name) (\(shown(PipelineDocument.lockPath(of: stage.id.metafile))))"
    }

    /// Records the stage anew from what is there; of what is not there, the new names of its objects.
    private func migrate(
        _ stage: inout Stage,
        _ names: [ObjectID: ObjectID],
        _ changes: inout ChangedFileNames
    ) throws {
        if !stage.isImport {
            for position in stage.dependencies.indices {
                stage.dependencies[position].entry.migrate(
                    names,
                    isThere: Files.exists(stage.dependencies[position].path)
                )
            }
            try recordDependencies(of: &stage, allowsMissing: true)
        }
        for position in stage.outputs.indices where stage.outputs[position].isLegacy {
            stage.outputs[position].entry.migrate(names, isThere: Files.exists(stage.outputs[position].path))
        }
        let keepsRun = stage.command != nil && stage.isCacheable
        try recordOutputs(of: &stage, RecordingOptions(allowsMissing: true, keepsUncached: keepsRun), changes: &changes)
        if keepsRun { try RunCache(store: legacyStore).save(stage.newLockEntry) }
    }
}

extension Stage {
    /// Whether DVC 2 recorded something of it.
    fileprivate var hasLegacyEntries: Bool {
        outputs.contains(where: \.isLegacy)
            || (!isImport && dependencies.contains { $0.kind == .file && $0.entry.isLegacy })
    }
}

extension Entry {
    /// Drops what DVC 2 recorded of data that is there, and of other data notes its new name.
    fileprivate mutating func migrate(_ names: [ObjectID: ObjectID], isThere: Bool) {
        guard isLegacy else { return }
        if isThere {
            fields["hash"] = .string("md5")
        } else if let object, let new = names[object], var content {
            content = RecordedContent(
                hash: RecordedHash(algorithm: .md5, value: new.description),
                size: content.size,
                fileCount: content.fileCount,
                isExecutable: content.isExecutable
            )
            record(content)
        }
    }
}
