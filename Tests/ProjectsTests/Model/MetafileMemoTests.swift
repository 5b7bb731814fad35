import Basics
import Projects
import Testing

@Suite struct MetafileMemoTests {
    @Test func aPipelineIsReadAnewWhenAnyOfItsFilesChanged() throws {
        let project = try TemporaryProject()
        try project.write("stages:\n  a:\n    cmd: echo\n    outs:\n    - ${out}\n", to: "dvc.yaml")
        try project.write("out: one\n", to: "params.yaml")
        try project.commit("one")
        try project.write("out: two\n", to: "params.yaml")
        try project.commit("two")
        try project.write("unrelated", to: "other")
        try project.commit("three")
        let lock = "schema: '2.0'\nstages:\n  a:\n    cmd: echo\n    outs:\n    - path: two\n      md5: \(digest)\n"
        try project.write(lock + "      hash: md5\n", to: "dvc.lock")
        try project.commit("four")
        let memo = MetafileMemo()
        #expect(try outputs("HEAD~3", project, memo) == ["one"])
        #expect(try outputs("HEAD~2", project, memo) == ["two"])
        #expect(try outputs("HEAD~1", project, memo) == ["two"])
        #expect(try outputs("HEAD", project, memo) == ["two \(digest)"])
        #expect(try outputs("HEAD~3", project, memo) == ["one"])
    }

    @Test func aFileThatIsGoneOrBrokenIsNotRemembered() throws {
        let project = try TemporaryProject()
        try project.track(["foo"], files: ["foo": "foo"])
        try project.commit("one")
        try project.write("outs: nonsense", to: "foo.dvc")
        try project.commit("two")
        try Files.remove(project.path("foo.dvc"))
        try project.commit("three")
        let memo = MetafileMemo()
        #expect(try outputs("HEAD~2", project, memo).count == 1)
        #expect(throws: ProjectError.self) { try outputs("HEAD~1", project, memo) }
        #expect(try outputs("HEAD", project, memo).isEmpty)
    }

    private let digest = "d3b07384d113edec49eaa6238ad5ff00"

    private func outputs(_ revision: String, _ project: TemporaryProject, _ memo: MetafileMemo) throws -> [String] {
        let opened = try project.open()
        let git = try #require(opened.git)
        return try opened.collect(from: RevisionFiles(revision, of: git), memo: memo).stages.flatMap(\.outputs).map {
            opened.shown($0.path) + ($0.object.map { " \($0)" } ?? "")
        }
    }
}
