import ArgumentParser
import Basics
import Configuration
import ObjectStore
import Projects

/// Shows, moves and migrates the cache.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Show or set the folder of the cache, or bring data of DVC 2 to its new place.",
        discussion: "Example: apus cache dir /mnt/shared-cache",
        subcommands: [CacheFolder.self, CacheMigrate.self]
    )
}

/// Shows or sets the folder of the cache.
struct CacheFolder: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dir",
        abstract: "Show or set the folder of the cache.",
        discussion: "Example: apus cache dir --local ../cache"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var levels: LevelOptions
    @Flag(name: .shortAndLong, help: "Use the default folder again.") var unset = false
    @Argument(help: "The folder; shown when none is given.") var value: String?

    func run() throws {
        let project = try options.openProject()
        var configuration = project.configuration
        let (section, level) = (SectionName("cache"), levels.level ?? .project)
        if unset {
            try configuration.unset("dir", in: section, level: level)
        } else if let value {
            let directory = project.environment.workingDirectory
            try configuration.set("dir", in: section, to: value, level: level, workingDirectory: directory)
        } else if let level = levels.level {
            guard let setting = try configuration.setting("dir", in: section, of: level) else {
                throw ConfigurationError.optionMissing("dir", section)
            }
            return Console.write("\(setting.value)\n")
        } else {
            return Console.write(project.store.root + "\n")
        }
        try configuration.validate()
        try configuration.save()
    }
}

/// Makes the objects of DVC 2 known under their new names.
struct CacheMigrate: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the objects of DVC 2 to the place where DVC 3 has them.",
        discussion: "Example: apus cache migrate --dvc-files"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Rewrite what .dvc files and dvc.lock record in the form of DVC 3.") var dvcFiles = false
    @Flag(help: "Tell what would be done.") var dry = false

    func run() throws {
        let project = try options.openProject()
        let report = try project.locked { try project.migrate(metafiles: dvcFiles, isDryRun: dry) }
        options.say(report.text)
        try ChangedFiles(files: report.changes.files).settle(project, options)
    }
}
