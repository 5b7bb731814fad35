import Glibc

extension Console {
    /// Writes text that may be larger than the screen: on a terminal through a pager, which chops long lines.
    ///
    /// The pager is `DVC_PAGER`, else `PAGER`, else `less`; where it cannot be run the text is written as it is.
    static func page(_ text: String) {
        if isatty(1) == 0 { return write(text) }
        let wanted = ["DVC_PAGER", "PAGER"].lazy.compactMap(GlobalOptions.variable).first ?? "less"
        var command = wanted
        if wanted == "less" {
            command += " --RAW-CONTROL-CHARS --chop-long-lines"
            if GlobalOptions.variable("LESS") == nil { command += " --quit-if-one-screen --no-init" }
        }
        // Closing the pager early is no failure.
        let previous = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, previous) }
        guard let pipe = popen(command, "w") else { return write(text) }
        _ = fputs(text, pipe)
        // The shell's codes for a program that is not there or cannot be run.
        let status = pclose(pipe)
        if [126, 127].contains((status >> 8) & 0xFF) { write(text) }
    }
}
