import OrderedCollections
import Testing
import Tracking
import Values

@Suite struct StatusTests {
    let status = Status(stages: [
        StageStatus(
            stage: "train",
            changes: [
                .dependencies([
                    .init(
                        path: "params.yaml",
                        state: .keys([.init(key: "lr", word: "modified"), .init(key: "train", word: "new")])
                    ),
                    .init(path: "train.py", state: .word("modified")),
                ]), .command,
            ]
        ),
        StageStatus(stage: "data.dvc", changes: [.outputs([.init(path: "data", state: .word("not in cache"))])]),
        StageStatus(stage: "same", changes: []),
        StageStatus(stage: "always", changes: [.always]),
    ])

    @Test func textIsIndentedByTabs() {
        #expect(
            status.text == """
                train:
                \tchanged deps:
                \t\tparams.yaml:
                \t\t\tmodified:           lr
                \t\t\tnew:                train
                \t\tmodified:           train.py
                \tchanged command
                data.dvc:
                \tchanged outs:
                \t\tnot in cache:       data
                always:
                \talways changed

                """
        )
    }

    @Test func jsonListsTheChangesOfAStage() {
        let keys: Value = .map(["lr": .string("modified"), "train": .string("new")])
        let dependencies: Value = .map([
            "changed deps": .map(["params.yaml": keys, "train.py": .string("modified")])
        ])
        let expected: Value.Map = [
            "train": .list([dependencies, .string("changed command")]),
            "data.dvc": .list([.map(["changed outs": .map(["data": .string("not in cache")])])]),
            "always": .list([.string("always changed")]),
        ]
        #expect(status.json == .map(expected))
    }

    @Test func cloudStatusIsFlat() {
        let status = CloudStatus(items: [.init(path: "data/x", state: .new), .init(path: "m.pkl", state: .deleted)])
        #expect(status.text(remote: "r") == "\tnew:                data/x\n\tdeleted:            m.pkl\n")
        #expect(status.json == .map(["data/x": .string("new"), "m.pkl": .string("deleted")]))
        #expect(CloudStatus(items: []).text(remote: "r") == "Cache and remote 'r' are in sync.\n")
    }
}

@Suite struct TransferSummaryTests {
    @Test func sentenceCountsFiles() {
        var summary = TransferSummary()
        #expect(summary.transferText == "Everything is up to date.\n")
        #expect(summary.checkoutText == "No changes.\n")
        summary.fetched = 9
        #expect(summary.sentence == "9 files fetched")
        summary.added = 1
        #expect(summary.sentence == "9 files fetched and 1 file added")
        summary.modified = 2
        #expect(summary.sentence == "9 files fetched, 2 files modified and 1 file added")
    }

    @Test func changesAreListedByKind() {
        let changes = CheckoutChanges(modified: ["data/"], added: ["c.txt"], deleted: ["x"])
        #expect(changes.text == "M       data/\nA       c.txt\nD       x\n")
    }
}
