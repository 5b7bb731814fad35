import Foundation
import Testing

@testable import Inference

struct CPULimitTests {
    private func limit(_ files: [String: String]) throws -> CPULimit {
        try with(files) { CPULimit.read(root: $0) }
    }

    private func memory(_ files: [String: String]) throws -> Int? { try with(files) { MemoryLimit.read(root: $0) } }

    private func with<Result>(_ files: [String: String], _ body: (String) -> Result) throws -> Result {
        let root = NSTemporaryDirectory() + "root-\(UUID().uuidString)/"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (name, text) in files {
            let url = URL(fileURLWithPath: root + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return body(root)
    }

    private let status = "Name:\tapus\nCpus_allowed_list:\t0-3,8\n"

    @Test func affinityCountsWithoutAnyGroup() throws {
        #expect(try limit(["proc/self/status": status]).count == 5)
        #expect(try limit([:]).count >= 1)
    }

    @Test func theSmallestQuotaOfTheGroupsAboveCounts() throws {
        let files = [
            "proc/self/status": status, "proc/self/cgroup": "0::/a/b\n",
            "sys/fs/cgroup/a/cpu.max": "150000 100000\n", "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
        ]
        let found = try limit(files)
        #expect(found.processors == 1.5 && found.count == 2)
    }

    @Test func versionOneOfControlGroupsCounts() throws {
        let files = [
            "proc/self/status": status, "proc/self/cgroup": "4:cpu,cpuacct:/x\n1:name=systemd:/\n",
            "sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us": "50000\n",
            "sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
        ]
        let found = try limit(files)
        #expect(found.processors == 0.5 && found.count == 1)
    }

    @Test func theSmallestLimitOfMemoryCounts() throws {
        #expect(try memory([:]) == nil)
        let unlimited = ["proc/self/cgroup": "0::/a/b\n3:memory:/c\n", "sys/fs/cgroup/a/memory.max": "max\n"]
        #expect(try memory(unlimited) == nil)
        let two = unlimited.merging(["sys/fs/cgroup/a/b/memory.max": "536870912\n"]) { $1 }
        #expect(try memory(two) == 512 << 20)
        let one = ["sys/fs/cgroup/memory/c/memory.limit_in_bytes": "1000\n"]
        #expect(try memory(two.merging(one) { $1 }) == 1000)
        let none = ["sys/fs/cgroup/memory/c/memory.limit_in_bytes": "9223372036854771712\n"]
        #expect(try memory(unlimited.merging(none) { $1 }) == nil)
    }

    @Test func nonsenseIsPassedOver() throws {
        let files = [
            "proc/self/status": "Cpus_allowed_list:\t-,x,3-1\n", "proc/self/cgroup": "0::/\nrubbish\n::\n",
            "sys/fs/cgroup/cpu.max": "0 0",
        ]
        #expect(try limit(files).count >= 1)
        #expect(CPULimit(processors: .infinity).count == 65_536 && CPULimit(processors: 0).count == 1)
    }
}
