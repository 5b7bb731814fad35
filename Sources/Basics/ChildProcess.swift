import CProcess
package import Glibc

/// A program run as a child of this process.
///
/// Synchronous on purpose: the callers are threads of their own, and a spawn costs about 0.7 ms.
package struct ChildProcess: Sendable {
    /// How a child ended.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signaled(Int32)

        package var isSuccess: Bool { self == .exited(0) }
    }

    /// What a finished child left.
    package struct Result: Sendable {
        package let ending: Ending
        package let output: [UInt8]
        package let errors: [UInt8]

        /// The output as text without trailing white space.
        package var text: String { String(decoding: output.trimmedEnd, as: UTF8.self) }
        /// The error output as text without trailing white space.
        package var errorText: String { String(decoding: errors.trimmedEnd, as: UTF8.self) }
    }

    /// The three standard descriptors of a child; nil inherits this process's.
    package struct Streams: Sendable {
        package var input: Int32?
        package var output: Int32?
        package var errors: Int32?

        package init(input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil) {
            self.input = input
            self.output = output
            self.errors = errors
        }
    }

    package let processID: pid_t
    /// Whether it leads a process group of its own, which ``signal(_:)`` then reaches as a whole.
    package let ownsGroup: Bool

    /// Starts `arguments[0]`, found on PATH; `environment` is set over this process's variables.
    package static func start(
        _ arguments: [String],
        directory: String? = nil,
        environment: [String: String] = [:],
        streams: Streams = Streams(),
        ownGroup: Bool = false
    ) throws(FileError) -> ChildProcess {
        var processID: Int32 = 0
        let block = environmentBlock(adding: environment)
        let code = withCStrings(arguments) { argumentPointers in
            withCStrings(block) { environmentPointers in
                apus_spawn(
                    &processID,
                    argumentPointers[0],
                    argumentPointers,
                    environmentPointers,
                    directory,
                    streams.input ?? -1,
                    streams.output ?? -1,
                    streams.errors ?? -1,
                    ownGroup ? 1 : 0
                )
            }
        }
        if code != 0 { throw FileError("run", arguments.first ?? "", code: code) }
        return ChildProcess(processID: processID, ownsGroup: ownGroup)
    }

    /// Runs to the end and collects both outputs.
    package static func run(
        _ arguments: [String],
        directory: String? = nil,
        environment: [String: String] = [:],
        input: [UInt8]? = nil
    ) throws(FileError) -> Result {
        let output = try Pipe()
        let errors = try Pipe()
        let feed = input == nil ? nil : try Pipe()
        let null = try Files.open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { _ = close(null) }
        let streams = Streams(input: feed?.readEnd ?? null, output: output.writeEnd, errors: errors.writeEnd)
        let child: ChildProcess
        do {
            child = try start(arguments, directory: directory, environment: environment, streams: streams)
        } catch {
            for pipe in [output, errors, feed] { pipe?.closeBoth() }
            throw error
        }
        output.closeWriteEnd()
        errors.closeWriteEnd()
        feed?.closeReadEnd()
        let collected = Pipe.exchange(input ?? [], into: feed?.writeEnd, from: [output.readEnd, errors.readEnd])
        output.closeReadEnd()
        errors.closeReadEnd()
        return Result(ending: child.wait(), output: collected[0], errors: collected[1])
    }

    /// Waits for the end.
    package func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        let code = apus_exit_code(status)
        return code < 0 ? .signaled(-code) : .exited(code)
    }

    /// Sends a signal to the child and all that comes from it: its group if it has one of its own, else its
    /// descendants.
    package func signal(_ number: Int32) {
        if ownsGroup {
            _ = kill(-processID, number)
            return
        }
        // A shell goes before what it runs, so that it does not start the next command.
        for process in [processID] + Self.descendants(of: processID) { _ = kill(process, number) }
    }

    /// The processes that come from one, as far as Linux knows; each before those that come from it.
    private static func descendants(of process: pid_t) -> [pid_t] {
        var found: [pid_t] = []
        var pending = [process]
        while let parent = pending.popLast() {
            let threads = (try? Files.names(in: "/proc/\(parent)/task")) ?? []
            for thread in threads {
                let bytes = (try? Files.read("/proc/\(parent)/task/\(thread)/children")) ?? []
                let children = String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
                found += children
                pending += children
            }
        }
        return found
    }

    static func environmentBlock(adding changes: [String: String]) -> [String] {
        var block: [String] = []
        var pointer = apus_environment()
        while let entry = pointer?.pointee {
            let text = String(cString: entry)
            if changes.isEmpty || changes[String(text.prefix { $0 != "=" })] == nil { block.append(text) }
            pointer = pointer?.advanced(by: 1)
        }
        return block + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}

/// Calls `body` with a null-terminated array of C strings that lives as long as the call.
func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}

extension [UInt8] {
    fileprivate var trimmedEnd: ArraySlice<UInt8> {
        var end = count
        while end > 0, [0x20, 0x0A, 0x0D, 0x09].contains(self[end - 1]) { end -= 1 }
        return self[..<end]
    }
}
