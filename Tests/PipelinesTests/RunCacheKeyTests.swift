import OrderedCollections
import Pipelines
import Testing
import Values

@Suite struct RunCacheKeyTests {
    private let entry: Value = .map([
        "cmd": .string("cp s.txt prep.txt"),
        "deps": .list([
            .map(["path": .string("s.txt"), "hash": .string("md5"), "md5": .string("1b26"), "size": .int(3)])
        ]),
        "params": .map(["params.yaml": .map(["big": .float(100_000), "é": .null])]),
        "outs": .list([.map(["path": .string("prep.txt"), "md5": .string("ff"), "nfiles": .int(1)])]),
    ])

    /// The numbers are those of `hashlib.sha256(json.dumps(entry, sort_keys=True).encode())`, sizes left out.
    @Test func namesAreThoseOfDVC() {
        #expect(RunCacheKey.key(entry: entry) == "f55fd1eee60a85d87f321ce412d7e60e7fe131a9438ed641ba926c23af3f20d3")
        #expect(RunCacheKey.value(entry: entry) == "56e7579500cdf95206b03a4d4bcc949db147db851a39d23dec75e056dcc7fdec")
    }

    @Test func sizesDoNotMatterAndOutputsMatterOnlyForTheValue() {
        guard var map = entry.map else { return }
        map["outs"] = .list([.map(["path": .string("prep.txt"), "md5": .string("00"), "size": .int(9)])])
        #expect(RunCacheKey.key(entry: .map(map)) == RunCacheKey.key(entry: entry))
        #expect(RunCacheKey.value(entry: .map(map)) != RunCacheKey.value(entry: entry))
    }
}
