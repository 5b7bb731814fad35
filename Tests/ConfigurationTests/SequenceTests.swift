import Foundation
import Testing

@testable import Configuration

/// Replays what DVC did and compares the files, byte for byte.
struct SequenceTests {
    struct Sequence: Decodable, Sendable {
        let steps: [Step]
        let listing: String
    }

    struct Step: Decodable, Sendable {
        let directory: String
        let arguments: [String]
        let code: Int
        let files: [String: String]
    }

    private static let paths: [Configuration.Level: String] = [
        .system: "/base/system/config", .global: "/base/global/config", .project: "/base/w/.dvc/config",
        .local: "/base/w/.dvc/config.local",
    ]
    private static let levels: [String: Configuration.Level] = [
        "global": .global, "project": .project, "local": .local,
    ]

    private func load() throws -> [Sequence] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/sequences.json"
        )
        return try JSONDecoder().decode([Sequence].self, from: Data(contentsOf: file))
    }

    private func configuration(_ texts: [Configuration.Level: String]) throws(ConfigurationError) -> Configuration {
        var files: [Configuration.Level: ConfigurationFile] = [:]
        for (level, path) in Self.paths {
            files[level] = try ConfigurationFile(parsing: Array((texts[level] ?? "").utf8), path: path)
        }
        return try Configuration(files: files, home: "/home/someone")
    }

    @Test func filesBecomeWhatDVCMakesOfThem() throws {
        var agreed = 0
        for (number, sequence) in try load().enumerated() {
            var texts: [Configuration.Level: String] = [:]
            for step in sequence.steps {
                var expected = texts
                for (level, text) in step.files { expected[Self.levels[level] ?? .system] = text }
                defer { texts = expected }
                // DVC ends with a traceback, or finds fault with what it has just written.
                if step.code == 255 || (step.code != 0 && !step.files.isEmpty) { continue }
                var actual = texts
                var failure: ConfigurationError?
                do throws(ConfigurationError) {
                    var configuration = try configuration(texts)
                    try Command(step).run(on: &configuration)
                    for level in configuration.changedLevels { actual[level] = configuration.files[level]?.text }
                } catch {
                    failure = error
                }
                let place = "\(number): \(step.arguments) in \(step.directory)"
                #expect((failure == nil) == (step.code == 0), "\(place): \(String(describing: failure))")
                for level in Configuration.Level.allCases {
                    let ours = actual[level] ?? "\n"
                    let theirs = expected[level] ?? "\n"
                    #expect((ours.isEmpty ? "\n" : ours) == (theirs.isEmpty ? "\n" : theirs), "\(place)")
                }
                agreed += 1
            }
        }
        #expect(agreed > 1000)
    }

    @Test func listingsShowWhatDVCShows() throws {
        for sequence in try load() {
            var texts: [Configuration.Level: String] = [:]
            for step in sequence.steps {
                for (level, text) in step.files { texts[Self.levels[level] ?? .system] = text }
            }
            let configuration = try configuration(texts)
            var lines = ""
            for level in Configuration.Level.allCases {
                let path = configuration.files[level]?.path ?? ""
                let shown = path.hasPrefix("/base/w/") ? String(path.dropFirst("/base/w/".count)) : path
                for (name, setting) in try configuration.listing(of: level) {
                    lines += "\(shown)\t\(name)=\(setting.value)\n"
                }
            }
            #expect(lines == sequence.listing)
        }
    }
}

/// A recorded command line, as calls of ours.
private struct Command {
    var named: Configuration.Level?
    var level: Configuration.Level { named ?? .project }
    var flags: Set<String> = []
    var words: [String] = []
    let directory: String

    init(_ step: SequenceTests.Step) {
        directory = step.directory
        let levels: [String: Configuration.Level] = ["--local": .local, "--project": .project, "--global": .global]
        for argument in step.arguments {
            if let level = levels[argument] {
                named = level
            } else if argument.hasPrefix("-") {
                flags.insert(argument)
            } else {
                words.append(argument)
            }
        }
    }

    func run(on configuration: inout Configuration) throws(ConfigurationError) {
        switch (words[0], words[1]) {
        case ("remote", "add"):
            try configuration.addRemote(
                words[2],
                url: words[3],
                isDefault: flags.contains("-d"),
                replacing: flags.contains("-f"),
                level: level,
                workingDirectory: directory
            )
        case ("remote", "modify"):
            let value = flags.contains("-u") ? nil : words[4]
            try configuration.modifyRemote(words[2], words[3], to: value, level: named, workingDirectory: directory)
        case ("remote", "default"):
            try configuration.setDefaultRemote(flags.contains("-u") ? nil : words[2], level: named)
        case ("remote", "rename"):
            try configuration.renameRemote(words[2], to: words[3], level: level)
        case ("remote", "remove"):
            try configuration.removeRemote(words[2], level: level)
        case ("cache", _):
            let cache = SectionName("cache")
            try configuration.set("dir", in: cache, to: words[2], level: level, workingDirectory: directory)
        default:
            let parts = words[1].split(separator: ".").map(String.init)
            let kind: SectionName.Kind = parts[0] == "remote" ? .remote : parts[0] == "db" ? .database : .plain
            let section = SectionName(kind, kind == .plain ? parts[0] : parts[1])
            let key = parts[parts.count - 1]
            if flags.contains("-u") {
                try configuration.unset(key, in: section, level: level)
            } else {
                try configuration.set(key, in: section, to: words[2], level: level, workingDirectory: directory)
            }
        }
    }
}
