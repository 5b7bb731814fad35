import Glibc

extension Files {
    /// Makes a new folder that only this user can enter, in the system's place for temporary files.
    package static func makeTemporaryFolder(_ prefix: String) throws(FileError) -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let parent = canonical(base) ?? "/tmp"
        return try makeFolder(Paths.join(parent, prefix + "XXXXXX"))
    }

    /// Makes a new folder whose name starts as given, that only this user can enter.
    package static func makeUniqueFolder(_ prefix: String) throws(FileError) -> String {
        try makeFolder(prefix + "XXXXXX")
    }

    private static func makeFolder(_ pattern: String) throws(FileError) -> String {
        var template = Array(pattern.utf8.map { CChar(bitPattern: $0) }) + [0]
        guard mkdtemp(&template) != nil else { throw FileError("make directory", pattern) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Files {
    /// Copies the bytes of a file to a path where nothing is yet.
    package static func copy(_ path: String, to target: String) throws(FileError) {
        let source = try open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        defer { _ = close(source) }
        let descriptor = try open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW)
        defer { _ = close(descriptor) }
        while true {
            let count = sendfile(descriptor, source, nil, 1 << 30)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw FileError("copy", path) }
        }
    }
}
