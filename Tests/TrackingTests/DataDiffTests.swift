import OrderedCollections
import Tables
import Testing
import Tracking
import Values

@Suite struct DataDiffTests {
    let old = [
        DataItem(path: "data", hash: "8b3662b0d460701f7734cdf533c5aa85.dir", isDirectory: true),
        DataItem(path: "data/a", hash: "60b725f10c9c85c70d97880dfe8191b3"),
        DataItem(path: "data/sub/b", hash: "3b5d5c3712955042212316173ccf37be"),
        DataItem(path: "c.txt", hash: "2cd6ee2c70b0bde53fbe6cac3c8b8bb1"),
        DataItem(path: "big", hash: "6573407b810981db13c1f2bb0792e1dc"),
    ]
    let new = [
        DataItem(path: "data", hash: "c5b97eefd71059a4f57ecb9586551da6.dir", isDirectory: true),
        DataItem(path: "data/a", hash: "1597a5a9948014489de663c8fb4438db"),
        DataItem(path: "data/b2", hash: "3b5d5c3712955042212316173ccf37be"),
        DataItem(path: "data/n", hash: "fe13119fb084fe8bbf5fe3ab7cc89b3b"),
        DataItem(path: "big", hash: "6573407b810981db13c1f2bb0792e1dc"),
    ]

    @Test func textHasSectionsAndSummary() {
        #expect(
            DataDiff(old: old, new: new).text() == """
                Added:
                    data/n

                Deleted:
                    c.txt

                Renamed:
                    data/sub/b -> data/b2

                Modified:
                    data/
                    data/a

                files summary: 1 added, 1 deleted, 1 renamed, 1 modified

                """
        )
    }

    @Test func textShowsShortHashes() {
        let text = DataDiff(old: old, new: new).text(.init(hash: true))
        #expect(text.contains("    fe13119f  data/n\n"))
        #expect(text.contains("    8b3662b0..c5b97eef  data/\n    60b725f1..1597a5a9  data/a\n"))
    }

    @Test func markdownListsRenamedBeforeModified() {
        #expect(
            DataDiff(old: old, new: new).table(.init(hash: true)).text(.markdown) == """
                | Status   | Hash               | Path                  |
                |----------|--------------------|-----------------------|
                | added    | fe13119f           | data/n                |
                | deleted  | 2cd6ee2c           | c.txt                 |
                | renamed  | 3b5d5c37           | data/sub/b -> data/b2 |
                | modified | 8b3662b0..c5b97eef | data/                 |
                | modified | 60b725f1..1597a5a9 | data/a                |


                """
        )
    }

    @Test func jsonHasEverySectionUnlessThereIsNoDifference() {
        let json = DataDiff(old: old, new: new).json(.init(hidesMissing: true))
        let expected: Value.Map = [
            "added": .list([.map(["path": .string("data/n")])]),
            "deleted": .list([.map(["path": .string("c.txt")])]),
            "modified": .list([.map(["path": .string("data/")]), .map(["path": .string("data/a")])]),
            "renamed": .list([
                .map(["path": .map(["old": .string("data/sub/b"), "new": .string("data/b2")])])
            ]),
        ]
        #expect(json == .map(expected))
        #expect(DataDiff(old: old, new: old).json() == .map([:]))
        #expect(DataDiff(old: old, new: old).text().isEmpty)
    }

    @Test func missingDataIsListedOnItsOwn() {
        let gone = new.filter { $0.path == "big" }
        let diff = DataDiff(old: old, new: gone) { _ in true }
        #expect(
            diff.text() == """
                Deleted:
                    c.txt
                    data/
                    data/a
                    data/sub/b

                Not in cache:
                    big
                    c.txt
                    data/
                    data/a
                    data/sub/b

                files summary: 3 deleted, 4 not in cache

                """
        )
        #expect(diff.json(.init(hidesMissing: true))["not in cache"] == nil)
        #expect(diff.json()["not in cache"]?.list?.count == 5)
    }

    @Test func contentsOfAnUnlistedDirectoryAreNotCompared() {
        var old = old.filter { $0.path == "data" }
        old[0].isUnlisted = true
        let diff = DataDiff(old: old, new: new.filter { $0.path.hasPrefix("data") })
        #expect(diff.added.isEmpty)
        #expect(diff.modified.map(\.path) == ["data/"])
    }

    @Test func aFileThatBecomesADirectoryIsModified() {
        let diff = DataDiff(
            old: [DataItem(path: "x", hash: "1")],
            new: [DataItem(path: "x", hash: "2.dir", isDirectory: true)]
        )
        #expect(diff.modified == [.init(path: "x", oldHash: "1", newHash: "2.dir")])
    }

    @Test func manyRenamingsTakeLinearTime() {
        let before = (0..<50_000).map { DataItem(path: "a/\($0)", hash: "same") }
        let after = (0..<50_000).map { DataItem(path: "b/\($0)", hash: "same") }
        let diff = DataDiff(old: before, new: after)
        #expect(diff.renamed.count == 50_000)
        #expect(diff.added.isEmpty && diff.deleted.isEmpty)
    }

    @Test func namesInDifferentNormalFormsAreDifferentFiles() {
        let diff = DataDiff(
            old: [DataItem(path: "\u{E9}", hash: "1")],
            new: [DataItem(path: "e\u{301}", hash: "2")]
        )
        #expect(diff.added.count == 1 && diff.deleted.count == 1)
    }
}

@Suite struct DataStatusTests {
    @Test func textHasSectionsWithHints() {
        let items = DataDiffTests()
        var status = DataStatus()
        let (changes, unchanged) = DataChanges.compare(old: items.old, new: items.new)
        status.uncommitted = changes
        #expect(
            status.text() == """
                DVC uncommitted changes:
                  (use "dvc commit <file>..." to track changes)
                  (use "dvc checkout <file>..." to discard changes)
                        modified: data/
                        modified: data/a
                        renamed: data/sub/b -> data/b2
                        added: data/n
                        deleted: c.txt

                """
        )
        let renaming: Value = .map(["old": .string("data/sub/b"), "new": .string("data/b2")])
        let expected: Value.Map = [
            "modified": .list([.string("data/"), .string("data/a")]), "renamed": .list([renaming]),
            "added": .list([.string("data/n")]), "deleted": .list([.string("c.txt")]),
        ]
        #expect(status.json == .map(["uncommitted": .map(expected)]))
        #expect(unchanged == ["big"])
    }

    @Test func sectionsAreParted() {
        var status = DataStatus()
        status.notInCache = ["big"]
        status.unchanged = ["c.txt"]
        status.git.isDirty = true
        #expect(
            status.text() == """
                Not in cache:
                  (use "dvc fetch <file>..." to download files)
                        big

                DVC unchanged files:
                        c.txt
                (there are other changes not tracked by dvc, use "git status" to see)

                """
        )
    }

    @Test(arguments: [
        (false, false, "No changes.\n"), (true, false, "No changes in an empty git repo.\n"),
        (false, true, "No changes.\n(there are changes not tracked by dvc, use \"git status\" to see)\n"),
    ])
    func noChangesAreSaid(isEmpty: Bool, isDirty: Bool, text: String) {
        var status = DataStatus()
        status.git = .init(isEmpty: isEmpty, isDirty: isDirty)
        #expect(status.text() == text)
        #expect(status.json == .map([:]))
    }
}
