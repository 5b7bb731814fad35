import Glibc

/// How much of the machine's processors this process may use.
package struct CPULimit: Sendable, Hashable {
    /// Processors, of which the last may be a part of one.
    package let processors: Double

    /// Whole processors, at least one: how many threads can be at work.
    package var count: Int { max(1, Int(min(processors, 65_536).rounded(.up))) }

    package init(processors: Double) {
        self.processors = processors
    }

    /// The limit now, by the container's quota and the processors this process may run on.
    package static var current: CPULimit { read() }

    /// Reads what the kernel tells below `root`: the process's processors and control groups (version 2 and 1).
    static func read(root: String = "/") -> CPULimit {
        let allowed = allowed(root)
        var limit = allowed > 0 ? allowed : Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        for quota in quotas(root) { limit = min(limit, quota) }
        return CPULimit(processors: limit)
    }

    /// The quota of every control group this process is in, directly or by a parent.
    private static func quotas(_ root: String) -> [Double] {
        let folders = ControlGroups.folders("cpu", root: root)
        return folders.unified.compactMap(unified) + folders.separate.compactMap(separate)
    }

    /// `cpu.max` of version 2: quota (or `max`) and period.
    private static func unified(_ folder: String) -> Double? {
        let parts = ControlGroups.text(folder + "cpu.max").split { $0 == " " || $0 == "\n" }
        return parts.count == 2 ? ratio(String(parts[0]), String(parts[1])) : nil
    }

    private static func separate(_ folder: String) -> Double? {
        let read = { (name: String) in String(ControlGroups.text(folder + name).prefix { $0 != "\n" }) }
        return ratio(read("cpu.cfs_quota_us"), read("cpu.cfs_period_us"))
    }

    private static func ratio(_ quota: String, _ period: String) -> Double? {
        guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0 else { return nil }
        return quota / period
    }

    /// How many processors the line `Cpus_allowed_list: 0-3,8` of the process's status has.
    private static func allowed(_ root: String) -> Double {
        let key = "Cpus_allowed_list:"
        let line = ControlGroups.text(root + "proc/self/status").split(separator: "\n").first { $0.hasPrefix(key) }
        let ranges = (line?.dropFirst(key.count) ?? "").split { ", \t".contains($0) }
        return ranges.reduce(0) { total, range in
            let ends = range.split(separator: "-").compactMap { Double($0) }
            guard let first = ends.first, let last = ends.last else { return total }
            return total + max(0, last - first + 1)
        }
    }
}
