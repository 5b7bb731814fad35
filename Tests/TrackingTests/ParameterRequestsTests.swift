import Basics
import OrderedCollections
import Testing
import Values

@testable import Tracking

@Suite struct ParameterRequestsTests {
    let value: Value = .map([
        "lr": .float(0.1), "train": .map(["epochs": .int(3), "opt": .string("sgd")]),
        "layers": .list([.int(8), .int(16)]),
    ])

    @Test func keysSelectTheirPart() {
        var requests = ParameterRequests()
        requests.add(file: "params.yaml", keys: ["train.epochs", "missing.key"])
        requests.add(file: "params.yaml", keys: ["lr"])
        #expect(
            requests.select(from: value, file: "params.yaml")
                == .map(["train": .map(["epochs": .int(3)]), "lr": .float(0.1)])
        )
    }

    @Test func aWholeFileOutdoesItsKeys() {
        var requests = ParameterRequests()
        requests.add(file: "params.yaml", keys: ["lr"])
        requests.add(file: "params.yaml")
        requests.add(file: "params.yaml", keys: ["train"])
        #expect(requests.keys["params.yaml"] == [])
        #expect(requests.select(from: value, file: "params.yaml") == value)
    }

    @Test func patternsAndIndicesSelect() {
        var requests = ParameterRequests()
        requests.add(file: "p", keys: ["tr*.[e-f]*", "layers.1"])
        #expect(
            requests.select(from: value, file: "p")
                == .map(["train": .map(["epochs": .int(3)]), "layers": .list([.null, .int(16)])])
        )
    }

    @Test(arguments: [
        ("abc", "a*c", true), ("abc", "a?c", true), ("abc", "a[!b]c", false), ("a]c", "a[]]c", true),
        ("abc", "*b", false), ("", "*", true), ("a[", "a[", true), ("abcabc", "*abc", true),
    ])
    func namesMatchAsInPython(name: String, pattern: String, matches: Bool) {
        #expect(NamePattern.matches(name, pattern) == matches)
    }
}

@Suite struct RoundingTests {
    @Test(arguments: [
        (2.675, 2, 2.67), (0.125, 2, 0.12), (0.375, 2, 0.38), (1e-7, 5, 0.0), (25.0, -1, 20.0), (35.0, -1, 40.0),
        (5.5, -1, 10.0), (1e22, -3, 1e22), (0.5, -1, 0.0), (1.5, 400, 1.5), (123.0, -400, 0.0), (-2.5, -1, -0.0),
    ])
    func numbersRoundAsInPython(number: Double, digits: Int, rounded: Double) {
        #expect(Rounding.round(number, digits: digits) == rounded)
    }

    @Test(arguments: [
        ("100000000000000000000", "1", "99999999999999999999"), ("1", "100000000000000000000", "-99999999999999999999"),
        ("-5", "-5", "0"), ("-9", "3", "-12"), ("9", "-93", "102"),
    ])
    func bigIntegersSubtract(new: String, old: String, difference: String) {
        #expect(DecimalInteger.subtract(old, from: new) == difference)
    }
}

@Suite struct MetricsShowTests {
    @Test func workspaceIsHiddenWhenItEqualsTheBranch() {
        let one = TrackedFiles(values: ["m.json": .map(["a": .int(1)])])
        let same = TrackedFiles(values: ["m.json": .map(["a": .float(1)])])
        let show = MetricsShow(["workspace": one, "main": same])
        #expect(Array(show.hidingWorkspace(sameAs: "main").revisions.keys) == ["main"])
        #expect(show.hidingWorkspace(sameAs: "other").revisions.count == 2)
    }

    @Test func failedRevisionsAreNamed() {
        var broken = TrackedFiles()
        broken.contents["m.json"] = .failure(ReadFailure(type: "FileNotFoundError", message: "none"))
        #expect(MetricsShow(["a": TrackedFiles(), "b": broken]).failedRevisions == ["b"])
        let diff = RevisionDiff(of: .parameters, old: broken, new: TrackedFiles(), oldName: "main")
        #expect(diff.failedRevisions == ["main"])
        let lost = TrackedFiles(failure: ReadFailure(type: "RevError", message: "unknown"))
        #expect(MetricsShow(["a": lost]).json["a"]?["error"]?["type"] == .string("RevError"))
    }
}
