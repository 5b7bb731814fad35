import Basics
import Projects
import Testing

@Suite struct RunCacheTransferTests {
    private static let key = "ab" + String(repeating: "0", count: 62)
    private static let value = String(repeating: "1", count: 64)
    private static let entry = "runs/ab/\(key)/\(value)"

    @Test func entriesAreSentOnceAndBroughtBack() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.write("cmd: true\n", to: ".dvc/cache/" + Self.entry)
        #expect(try project.open().push(DataSelection(), runCache: true).runs == 1)
        #expect(try project.open().push(DataSelection(), runCache: true).runs == 0)
        #expect(try project.read(".dvc/r-store/" + Self.entry) == "cmd: true\n")
        try Files.remove(project.path(".dvc/cache"))
        #expect(try project.open().fetch(DataSelection(), runCache: true).runs == 1)
        #expect(try project.read(".dvc/cache/" + Self.entry) == "cmd: true\n")
    }

    @Test func filesThatAreNoEntriesAreNotBrought() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        for name in ["runs/ab/short/x", "runs/cd/\(Self.key)/\(Self.value)", "runs/x", Self.entry + "/deep"] {
            try project.write("bad", to: ".dvc/r-store/" + name)
        }
        #expect(try project.open().fetch(DataSelection(), runCache: true).runs == 0)
        #expect(!Files.exists(project.path(".dvc/cache")))
    }
}
