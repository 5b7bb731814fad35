import Basics
import Glibc
import Synchronization

/// Standard output for data, standard error for talk.
enum Console {
    /// The first error number met in writing standard output; 0 while all went well.
    private static let failure = Atomic<Int32>(0)

    /// Writes to standard output; where that fails the work goes on, and the process ends with an error.
    static func write(_ text: String) {
        let code = put(text, 1)
        if code == EPIPE {
            // Nobody reads any more; where the signal is ignored, this is the place to end.
            Glibc.exit(141)
        }
        if code != 0 { lose(code) }
    }

    /// Writes a line to standard error, or nowhere when that cannot be written.
    static func note(_ line: String) {
        withoutSignals { _ = put(line + "\n", 2) }
    }

    /// Ends the process; an answer that could not be written is an error even when all else went well.
    static func exit(_ code: Int32) -> Never {
        let lost = failure.load(ordering: .acquiring)
        if lost == 0 || code != 0 { Glibc.exit(code) }
        note("ERROR: \(FileError("write", "standard output", code: lost))")
        Glibc.exit(255)
    }

    /// Keeps files from taking the places of standard streams that are closed.
    ///
    /// Writing an answer to one of those fails then as it should, instead of landing in a file.
    static func holdPlaces() {
        for (descriptor, access) in [(Int32(0), O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)] {
            if fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", access) }
        }
    }

    /// Notes that standard output could not be written, for this reason.
    static func lose(_ code: Int32) {
        _ = failure.compareExchange(expected: 0, desired: code, ordering: .acquiringAndReleasing)
    }

    /// Writes all of a text; the error number when that fails.
    private static func put(_ text: String, _ descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count > 0 {
                    offset += count
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }

    /// Runs `body`, in which a pipe that nobody reads is an error and no signal.
    private static func withoutSignals(_ body: () -> Void) {
        var (pipe, previous) = (sigset_t(), sigset_t())
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipe, &previous)
        body()
        if sigismember(&previous, SIGPIPE) == 0 {
            var none = timespec()
            while sigtimedwait(&pipe, nil, &none) < 0, errno == EINTR {}
        }
        pthread_sigmask(SIG_SETMASK, &previous, nil)
    }

    /// Asks whoever feeds standard input; no, when nobody answers.
    static func ask(_ question: String) -> Bool {
        write(question + " [y/n]: ")
        while let answer = readLine()?.lowercased() {
            if ["y", "yes"].contains(answer) { return true }
            if ["n", "no"].contains(answer) { return false }
            withoutSignals { _ = put("Please answer yes or no: ", 2) }
        }
        return false
    }

    /// Asks on the terminal; no, where there is none.
    static func confirm(_ question: String) -> Bool {
        if isatty(0) == 0 { return false }
        withoutSignals { _ = put(question + " [y/n]: ", 2) }
        return readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
    }
}
