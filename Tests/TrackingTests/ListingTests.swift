import OrderedCollections
import Testing
import Tracking
import Values

@Suite struct ListingTests {
    let entries: [Listing.Entry] = [
        .init(path: "c.txt", isOutput: true, size: 2, hash: "2cd6ee2c70b0bde53fbe6cac3c8b8bb1"),
        .init(path: ".dvcignore", size: 139),
        .init(path: "big", isOutput: true, size: 15_000, hash: "6573407b810981db13c1f2bb0792e1dc"),
        .init(
            path: "data",
            isOutput: true,
            isDirectory: true,
            size: 4096,
            hash: "8b3662b0d460701f7734cdf533c5aa85.dir"
        ),
    ]

    @Test func textIsAPathALine() {
        #expect(Listing(entries: entries).text() == ".dvcignore\nbig\nc.txt\ndata\n")
    }

    @Test func sizesAreFlushRight() {
        #expect(
            Listing(entries: entries).text(size: true, hash: true) == """
                  139  -                                     .dvcignore
                14.6k  6573407b810981db13c1f2bb0792e1dc      big
                    2  2cd6ee2c70b0bde53fbe6cac3c8b8bb1      c.txt
                4.00k  8b3662b0d460701f7734cdf533c5aa85.dir  data

                """
        )
    }

    @Test func jsonDescribesEachEntry() {
        let expected: Value.Map = [
            "isout": .bool(true), "isdir": .bool(false), "isexec": .bool(false), "size": .int(15_000),
            "md5": .string("6573407b810981db13c1f2bb0792e1dc"), "path": .string("big"),
        ]
        #expect(Listing(entries: entries).json.list?[1] == .map(expected))
    }

    @Test func treeHasStrokes() {
        let data = ListingTree(
            entry: .init(path: "data", isDirectory: true, size: 4096),
            contents: [
                ListingTree(
                    entry: .init(path: "sub", isDirectory: true, size: 4096),
                    contents: [ListingTree(entry: .init(path: "b", size: 2))]
                ),
                ListingTree(entry: .init(path: "a", size: 2)),
            ]
        )
        let root = ListingTree(
            entry: .init(path: ".", isDirectory: true, size: 4096),
            contents: [ListingTree(entry: .init(path: "data.dvc", size: 97)), data]
        )
        #expect(
            root.text() == """
                .
                ├── data
                │   ├── a
                │   └── sub
                │       └── b
                └── data.dvc

                """
        )
        #expect(
            root.text(size: true) == """
                4.00k  .
                4.00k  ├── data
                    2  │   ├── a
                4.00k  │   └── sub
                    2  │       └── b
                   97  └── data.dvc

                """
        )
    }

    @Test func diskUsageIsATable() {
        let usage = DiskUsage(entries: [
            .init(path: "big", bytes: 15_000), .init(path: "data", bytes: 4), .init(path: "", bytes: 15_024),
        ])
        #expect(usage.text == "14.6k  big\n4      data\n14.7k\n")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1000"), (1023, "1023"), (1024, "1.00k"), (10_234, "9.99k"), (10_235, "10.0k"),
        (102_348, "99.9k"), (102_349, "100k"), (1_023_487, "999k"), (1_023_488, "0.98M"), (1 << 20, "1.00M"),
        (1 << 30, "1.00G"), (Int.max, "8.00E"),
    ])
    func sizesHaveThreeDigits(bytes: Int, text: String) {
        #expect(HumanSize.text(bytes) == text)
    }
}
