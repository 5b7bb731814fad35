import Basics
import Testing

@testable import Git

struct GitIgnoreFileTests {
    private func repository() throws -> (Scratch, Repository) {
        let scratch = try Scratch()
        try scratch.git("init", "-q")
        return (scratch, try #require(Repository(containing: scratch.path)))
    }

    @Test func entriesGoToTheEndOfTheFileBesideTheOutput() throws {
        let (scratch, repository) = try repository()
        try scratch.write("*.log", to: "d/.gitignore")
        #expect(try GitIgnoreFile.add(entryFor: "d/x", in: repository) == .written(scratch.path + "/d/.gitignore"))
        #expect(try scratch.read("d/.gitignore") == "*.log\n/x\n")
        #expect(try GitIgnoreFile.add(entryFor: "d/x", in: repository) == .unchanged)
        #expect(try GitIgnoreFile.add(entryFor: "d/a.log", in: repository) == .unchanged)
        _ = try GitIgnoreFile.add(entryFor: "d/a[1]*!#?.txt", in: repository)
        #expect(try scratch.read("d/.gitignore") == "*.log\n/x\n/a\\[1\\]\\*\\!\\#\\?.txt\n")
        #expect(try repository.isIgnored("d/a[1]*!#?.txt"))
        #expect(throws: GitError.self) { try GitIgnoreFile.add(entryFor: "../x", in: repository) }
    }

    @Test func removalTakesOneLineAndTheEmptiedFile() throws {
        let (scratch, repository) = try repository()
        try scratch.write("a\n/x \n /y\n/xy\n", to: ".gitignore")
        #expect(try GitIgnoreFile.remove(entryFor: "x", in: repository) == .written(scratch.path + "/.gitignore"))
        #expect(try scratch.read(".gitignore") == "a\n /y\n/xy\n")
        #expect(try GitIgnoreFile.remove(entryFor: "x", in: repository) == .unchanged)
        try scratch.write("/x\n", to: ".gitignore")
        #expect(try GitIgnoreFile.remove(entryFor: "x", in: repository) == .removed(scratch.path + "/.gitignore"))
        #expect(try scratch.read(".gitignore") == nil)
        #expect(try GitIgnoreFile.remove(entryFor: "x", in: repository) == .unchanged)
    }

    @Test func hooksCallTheProgramAndSpareForeignOnes() throws {
        let (scratch, repository) = try repository()
        try Hooks.install(program: "prog", in: repository)
        let hook = "#!/bin/sh\nexec prog git-hook pre-commit \"$@\"\n"
        #expect(try scratch.read(".git/hooks/pre-commit") == hook)
        #expect(try Files.status(scratch.path + "/.git/hooks/pre-push")?.isExecutable == true)
        let driver = try scratch.git("config", "merge.dvc.driver").output
        let expected = "prog git-hook merge-driver --ancestor %O --our %A --their %B \n"
        #expect(String(decoding: driver, as: UTF8.self) == expected)
        try Hooks.install(program: "prog", in: repository)
        try scratch.write("echo mine\n", to: ".git/hooks/pre-push")
        #expect(throws: GitError.hookExists("pre-push")) { try Hooks.install(program: "prog", in: repository) }
    }
}
