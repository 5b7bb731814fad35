import Basics

extension Repository {
    /// When a commit was made, in seconds since 1970.
    package func time(of commit: String) -> Int? {
        guard Self.isObjectID(commit), let result = try? gitResult(["show", "-s", "--format=%ct", commit]),
            result.ending.isSuccess
        else { return nil }
        return Int(result.text)
    }

    /// The address of the remote `origin`, without names and passwords in it.
    package var originAddress: String? {
        guard let result = try? gitResult(["config", "--get", "remote.origin.url"]), result.ending.isSuccess,
            !result.text.isEmpty
        else { return nil }
        let address = result.text
        guard let scheme = address.ranges(of: "://").first else { return address }
        let authority = address[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return address }
        return String(address[..<scheme.upperBound] + address[address.index(after: at)...])
    }
}
