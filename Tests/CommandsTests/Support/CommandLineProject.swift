import Basics
import Foundation

/// A folder in which the built program is run as a user would, removed with the test.
final class CommandLineProject: Sendable {
    let root: String

    /// A Git repository with a project, unless it is to be an empty folder.
    init(isEmpty: Bool = false) throws {
        let base = Files.canonical(NSTemporaryDirectory()) ?? "/tmp"
        root = Paths.join(base, "commands-tests-\(UInt64.random(in: 0 ... .max))")
        try Files.makeDirectories(root)
        if !isEmpty { try sh("git init -q && apus init -q") }
    }

    deinit { try? Files.remove(root) }

    /// The folder of the program under test, which is that of the tests.
    static let programs = Paths.parent(Files.canonical(CommandLine.arguments[0]) ?? "")

    func write(_ text: String, to name: String) throws {
        let path = Paths.join(root, name)
        try Files.makeDirectories(Paths.parent(path))
        try Files.writeAtomically(Array(text.utf8), to: path)
    }

    func read(_ name: String) throws -> String? {
        try Files.readIfPresent(Paths.join(root, name)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Runs a line of shell, in which `apus` is the program under test, to its end.
    @discardableResult
    func sh(_ line: String, input: String? = nil) throws -> Answer {
        let result = try ChildProcess.run(
            ["/bin/sh", "-c", line],
            directory: root,
            environment: environment,
            input: input.map { Array($0.utf8) }
        )
        return Answer(result)
    }

    /// Starts a line of shell and leaves it running.
    func start(_ line: String) throws -> ChildProcess {
        let null = try Files.open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        return try ChildProcess.start(
            ["/bin/sh", "-c", line],
            directory: root,
            environment: environment,
            streams: ChildProcess.Streams(input: null, output: null, errors: null)
        )
    }

    private var environment: [String: String] {
        [
            "PATH": Self.programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
            "HOME": Paths.join(root, ".home"),
            "DVC_GLOBAL_CONFIG_DIR": Paths.join(root, ".home/global"),
            "DVC_SYSTEM_CONFIG_DIR": Paths.join(root, ".home/system"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
        ]
    }

    /// What a command line left.
    struct Answer {
        let code: Int32
        let output: String
        let errors: String

        init(_ result: ChildProcess.Result) {
            code =
                switch result.ending {
                case .exited(let code): code
                case .signaled(let number): -number
                }
            output = String(decoding: result.output, as: UTF8.self)
            errors = String(decoding: result.errors, as: UTF8.self)
        }
    }
}
