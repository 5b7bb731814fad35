import CProcess
import Glibc

extension ChildProcess {
    /// Starts the program at the path `arguments[0]` in a process group of its own, with exactly the descriptors given as
    /// 0, 1, 2 and so on.
    ///
    /// It is killed as soon as the calling thread ends, however that comes about, so that it never outlives this process.
    package static func startTied(
        _ arguments: [String],
        directory: String,
        environment: [String: String] = [:],
        descriptors: [Int32]
    ) throws(FileError) -> ChildProcess {
        var processID: Int32 = 0
        let code = withCStrings(arguments) { argumentPointers in
            withCStrings(environmentBlock(adding: environment)) { environmentPointers in
                apus_spawn_tied(
                    &processID,
                    argumentPointers[0],
                    argumentPointers,
                    environmentPointers,
                    directory,
                    descriptors,
                    Int32(descriptors.count)
                )
            }
        }
        if code != 0 { throw FileError("run", arguments.first ?? "", code: code) }
        return ChildProcess(processID: processID, ownsGroup: true)
    }

    /// Waits for the end but leaves the process to be reaped by ``wait()``, so that its id cannot be another's until then.
    package func waitWithoutReaping() {
        _ = apus_await_end(processID)
    }
}
