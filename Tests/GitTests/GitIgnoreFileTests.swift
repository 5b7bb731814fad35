import Basics
import Foundation
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

    @Test func aLinkThatLeadsOutIsNotWrittenThrough() throws {
        let (scratch, repository) = try repository()
        let other = try Scratch()
        try other.write("precious\n", to: "target")
        #expect(symlink(other.path + "/target", scratch.path + "/.gitignore") == 0)
        #expect(throws: GitError.self) { try GitIgnoreFile.add(entryFor: "x", in: repository) }
        #expect(throws: GitError.self) { try GitIgnoreFile.remove(entryFor: "precious", in: repository) }
        #expect(try other.read("target") == "precious\n")
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

    private struct Case: Decodable {
        let name: String
        let action: String
        let before: String?
        let after: String?
    }

    @Test func filesBecomeWhatDVCMakesOfThem() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/gitignore.json"
        )
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        #expect(cases.count > 500)
        let (scratch, repository) = try repository()
        for item in cases {
            try Files.remove(scratch.path + "/sub/.gitignore")
            try scratch.write("", to: "sub/other")
            if let before = item.before { try scratch.write(before, to: "sub/.gitignore") }
            repository.forgetIgnoreRules()
            if item.action == "add" {
                _ = try GitIgnoreFile.add(entryFor: "sub/\(item.name)", in: repository)
            } else {
                // DVC leaves escaped entries behind.
                let escaped = GitIgnoreFile.escaped("/" + item.name)
                if escaped != "/" + item.name, item.before?.contains(escaped) == true { continue }
                _ = try GitIgnoreFile.remove(entryFor: "sub/\(item.name)", in: repository)
            }
            let after = try scratch.read("sub/.gitignore")
            let told = "\(item.action) \(item.name.debugDescription) \(item.before.debugDescription)"
            #expect(after == item.after, "\(told)")
        }
    }

    @Test func hooksCallTheProgramAndSpareForeignOnes() throws {
        let (scratch, repository) = try repository()
        try scratch.write("echo mine\n", to: ".git/hooks/pre-push")
        #expect(throws: GitError.hookExists("pre-push")) { try Hooks.install(program: "prog", in: repository) }
        #expect(!Files.exists(scratch.path + "/.git/hooks/pre-commit"))
        try Files.remove(scratch.path + "/.git/hooks/pre-push")
        try Hooks.install(program: "prog", shell: "/usr/bin/sh", in: repository)
        let hook = "#!/usr/bin/sh\nexec prog git-hook pre-commit $@\n"
        #expect(try scratch.read(".git/hooks/pre-commit") == hook)
        #expect(try Files.status(scratch.path + "/.git/hooks/pre-push")?.isExecutable == true)
    }

    @Test func theMergeDriverForLockFilesIsKnownToThisCloneOnly() throws {
        let (scratch, repository) = try repository()
        try scratch.write("*.bin -text", to: ".git/info/attributes")
        for _ in 1...2 {
            try Hooks.installMergeDriver(program: "prog", in: repository)
            try Hooks.installLockMergeDriver(program: "prog", in: repository)
        }
        let driver = try scratch.git("config", "merge.dvc.driver").output
        let expected = "prog git-hook merge-driver --ancestor %O --our %A --their %B \n"
        #expect(String(decoding: driver, as: UTF8.self) == expected)
        let attributes = "*.bin -text\n*.dvc merge=apus\ndvc.lock merge=apus\n"
        #expect(try scratch.read(".git/info/attributes") == attributes)
    }
}
