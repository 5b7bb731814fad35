import Git
import Glibc

/// Where the sources of an image come from and when they were made.
struct ImageOrigin {
    /// Seconds since 1970.
    let time: Int
    let commit: String?
    let hasChanges: Bool
    let address: String?

    /// What Git knows; `epoch` is said from outside (SOURCE_DATE_EPOCH).
    init(_ git: Repository?, epoch: Int?) throws {
        commit = git?.head()?.commit
        hasChanges = try commit == nil ? false : git?.status(untracked: false).hasChanges ?? false
        time = epoch ?? commit.flatMap { git?.time(of: $0) } ?? 0
        address = git?.originAddress
    }

    /// RFC 3339.
    var created: String {
        var seconds = time_t(clamping: min(max(time, 0), 253_402_300_799))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }

    /// The commit; another when files were changed since.
    var revision: String? { commit.map { hasChanges ? $0 + "-dirty" : $0 } }

    /// A tag that follows from the commit.
    var tag: String { commit.map { String($0.prefix(12)) + (hasChanges ? "-dirty" : "") } ?? "latest" }
}
