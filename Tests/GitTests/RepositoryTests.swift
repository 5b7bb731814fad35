import Basics
import Testing

@testable import Git

struct RepositoryTests {
    private func sample() throws -> (Scratch, Repository) {
        let scratch = try Scratch()
        try scratch.git("init", "-q")
        try scratch.write("one", to: "data/a.dvc")
        try scratch.write("two", to: "b\nc")
        try scratch.git("add", "-A")
        try scratch.git("commit", "-q", "-m", "first")
        try scratch.write("changed", to: "data/a.dvc")
        try scratch.git("commit", "-q", "-a", "-m", "second")
        try scratch.git("tag", "-a", "v1", "-m", "tag")
        return (scratch, try #require(Repository(containing: scratch.path + "/data")))
    }

    @Test func findsTheWorkTreeFromBelow() throws {
        let (scratch, repository) = try sample()
        #expect(repository.root == scratch.path)
        #expect(repository.gitDirectory == scratch.path + "/.git")
        #expect(Repository(containing: Paths.parent(scratch.path)) == nil)
    }

    @Test(arguments: [false, true])
    func headIsReadFromLooseAndPackedRefs(isPacked: Bool) throws {
        let (scratch, repository) = try sample()
        if isPacked { try scratch.git("pack-refs", "--all") }
        let commit = try scratch.git("rev-parse", "HEAD").text
        #expect(repository.head() == Head(branch: "main", commit: commit))
        try scratch.git("checkout", "-q", "--detach")
        #expect(repository.head() == Head(branch: nil, commit: commit))
        #expect(try repository.describe(commit) == "v1")
    }

    @Test func anUnbornBranchHasNoCommit() throws {
        let scratch = try Scratch()
        try scratch.git("init", "-q")
        let repository = try #require(Repository(containing: scratch.path))
        #expect(repository.head() == Head(branch: "main", commit: nil))
        #expect(throws: GitError.unknownRevision("HEAD")) { try repository.resolve("HEAD") }
        #expect(try repository.allCommits().isEmpty)
    }

    @Test func experimentsResolveByTheirNames() throws {
        let (scratch, repository) = try sample()
        let head = try scratch.git("rev-parse", "HEAD").text
        let parent = try scratch.git("rev-parse", "HEAD~1").text
        func place(_ baseline: String) -> String { "\(baseline.prefix(2))/\(baseline.dropFirst(2))" }
        try scratch.git("update-ref", "refs/exps/\(place(parent))/one", parent)
        try scratch.git("update-ref", "refs/exps/\(place(parent))/two", parent)
        try scratch.git("update-ref", "refs/exps/\(place(head))/two", head)
        try scratch.git("update-ref", "refs/exps/exec/EXEC_HEAD", head)
        #expect(try repository.resolve("one") == parent)
        // Of several the one that started from HEAD.
        #expect(try repository.resolve("two") == head)
        #expect(throws: GitError.unknownRevision("EXEC_HEAD")) { try repository.resolve("EXEC_HEAD") }
    }

    @Test func directoriesThatCommitsShareAreToldByEachCommit() throws {
        let (scratch, repository) = try sample()
        try scratch.write("new", to: "data/deep/n")
        try scratch.git("add", "-A")
        try scratch.git("commit", "-q", "-m", "third")
        for (revision, names) in [
            ("HEAD", ["data/a.dvc", "data/deep"]), ("HEAD~1", ["data/a.dvc"]), ("HEAD", ["data/a.dvc", "data/deep"]),
        ] {
            #expect(try repository.tree(of: revision).entries(in: "data")?.map(\.path) == names)
        }
        #expect(try repository.tree(of: "HEAD~1").contents(of: "data/a.dvc") == Array("changed".utf8))
        #expect(try repository.tree(of: "HEAD~2").contents(of: "data/a.dvc") == Array("one".utf8))
    }

    @Test func revisionsResolveAndHostileOnesDoNot() throws {
        let (scratch, repository) = try sample()
        let commit = try scratch.git("rev-parse", "HEAD").text
        #expect(try repository.resolve("v1") == commit)
        #expect(try repository.resolve("main") == commit)
        #expect(try repository.resolve(String(commit.prefix(8))) == commit)
        let parent = try scratch.git("rev-parse", "HEAD~1").text
        #expect(try repository.resolve("HEAD~1") == parent)
        #expect(try repository.commits(from: "main", count: 5) == [commit, parent])
        #expect(try repository.allCommits() == [commit, parent])
        #expect(try repository.commits(since: 0) == [commit, parent])
        #expect(try repository.commits(since: 1 << 40) == [])
        for name in ["--all", "", "nope", "a b", "HEAD\nHEAD", "HEAD:data", "v1..main", "HEAD^@"] {
            #expect(throws: GitError.unknownRevision(name)) { try repository.resolve(name) }
        }
    }

    @Test func branchesAndTagsLeadToCommits() throws {
        let (scratch, repository) = try sample()
        let commit = try scratch.git("rev-parse", "HEAD").text
        try scratch.git("tag", "tree-tag", "HEAD^{tree}")
        #expect(try repository.branches() == [Reference(name: "main", commit: commit)])
        #expect(try repository.tags() == [Reference(name: "v1", commit: commit)])
    }

    @Test func treesGiveTheFilesOfARevision() throws {
        let (scratch, repository) = try sample()
        defer { withExtendedLifetime(scratch) {} }
        let tree = try repository.tree(of: "HEAD~1")
        #expect(try tree.contents(of: "data/a.dvc") == Array("one".utf8))
        #expect(try tree.contents(of: "b\nc") == Array("two".utf8))
        #expect(try tree.contents(of: "data") == nil)
        #expect(try tree.contents(of: "../x") == nil)
        #expect(try tree.contents(of: "data/a.dvc/x") == nil)
        #expect(try tree.isDirectory("data"))
        #expect(try tree.isDirectory(""))
        #expect(try tree.allEntries() == [tree.entry("b\nc"), tree.entry("data/a.dvc")].compactMap(\.self))
    }

    @Test func trackedFilesAndTheirDirectoriesAreKnown() throws {
        let (scratch, repository) = try sample()
        try scratch.write("", to: "data/new")
        let asked = ["data/a.dvc", "data/", "data/new", scratch.path + "/b\nc", "*", ".."]
        #expect(try repository.tracked(among: asked) == ["data/a.dvc", "data/", scratch.path + "/b\nc"])
    }

    @Test func addStagesLiteralNamesAndPassesOverIgnoredOnes() throws {
        let (scratch, repository) = try sample()
        try scratch.write("*.log\n", to: ".gitignore")
        for name in ["*.txt", "a.txt", "x.log", ":(top)b"] { try scratch.write("", to: name) }
        try repository.add(["*.txt", "x.log", ":(top)b", ".gitignore"])
        let staged = try scratch.git("diff", "--cached", "--name-only", "-z").output.split(separator: 0)
        #expect(staged.map { String(decoding: $0, as: UTF8.self) } == ["*.txt", ".gitignore", ":(top)b"])
        #expect(throws: GitError.self) { try repository.add(["missing"]) }
        #expect(throws: GitError.outsideRepository(path: "/etc/passwd", root: scratch.path)) {
            try repository.add(["/etc/passwd"])
        }
    }

    @Test func linkedWorkTreesShareRefs() throws {
        let (scratch, repository) = try sample()
        try scratch.git("worktree", "add", "-q", "-b", "side", "../\(Paths.name(scratch.path))-side")
        let path = scratch.path + "-side"
        defer { try? Files.remove(path) }
        let linked = try #require(Repository(containing: path))
        #expect(linked.commonDirectory == repository.gitDirectory)
        #expect(linked.head() == Head(branch: "side", commit: repository.head()?.commit))
    }

    @Test func theObjectReaderStartsAnewAfterADeath() throws {
        let (scratch, repository) = try sample()
        #expect(try repository.resolve("HEAD") == repository.head()?.commit)
        // Objects come and go under a living reader.
        try scratch.write("third", to: "data/a.dvc")
        try scratch.git("commit", "-q", "-a", "-m", "third")
        #expect(try repository.tree(of: "HEAD").contents(of: "data/a.dvc") == Array("third".utf8))
    }
}
