import ArgumentParser
import Configuration
import Glibc
import ObjectStore
import Projects

/// Prints the version, and what matters when something does not work.
struct Version: ParsableCommand {
    static let number = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version, and what this machine and project can do.",
        discussion: "Example: apus doctor",
        aliases: ["doctor"]
    )

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let title = "Apus version: \(Self.number)"
        var lines = [title, String(repeating: "-", count: title.count)]
        lines.append("Platform: \(Self.platform)")
        lines.append("Behaves as: DVC \(HookProgram.formatVersion)")
        lines.append("Config:")
        for (name, level) in [("Global", Configuration.Level.global), ("System", .system)] {
            lines.append("\t\(name): \(GlobalOptions.outerConfiguration[level] ?? "none")")
        }
        let environment = try options.environment()
        if (try? Project.root(above: environment.workingDirectory)) != nil {
            lines += Self.lines(try Project(environment).diagnose())
        }
        Console.write(lines.joined(separator: "\n") + "\n")
    }

    private static func lines(_ diagnosis: Project.Diagnosis) -> [String] {
        let types = diagnosis.linkTypes?.map(\.rawValue).joined(separator: ", ")
        return [
            "Cache types: " + (types ?? "not known before there is a cache"),
            "Cache directory: " + (diagnosis.cacheFileSystem ?? "none yet"),
            "Remotes: " + (diagnosis.remotes.isEmpty ? "None" : diagnosis.remotes.joined(separator: ", ")),
            "Workspace directory: " + diagnosis.workspaceFileSystem,
            "Repo: " + diagnosis.repository,
        ]
    }

    private static var platform: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
    }
}
