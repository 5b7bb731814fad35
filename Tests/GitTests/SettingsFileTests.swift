import Basics
import Testing

@testable import Git

@Suite struct SettingsFileTests {
    private func core(_ text: String) -> [String: String?]? { SettingsFile(parsing: Array(text.utf8))?.core }

    @Test func keysOfTheCoreSectionAreRead() throws {
        let text =
            "[user]\n\tname = x\n[Core] ; c\n\tExcludesFile = ~/.ignore me # why\n# x\n\tbare\n\tempty =\n[a \"b\"]\n\tcore = 1\n"
        #expect(core(text) == ["excludesfile": "~/.ignore me", "bare": nil, "empty": ""])
    }

    @Test(arguments: [
        "[include]\n\tpath = other\n", "[includeIf \"gitdir:x\"]\n", "[core]\n\texcludesfile = \"a b\"\n",
        "[core]\n\tx = a\\\n b\n", "[core] bare = true\n", "[core\n", "[core]\n\t= x\n", "[core]\n\tx y\n",
    ])
    func whatOnlyGitCanReadIsLeftToIt(_ text: String) {
        #expect(core(text) == nil)
    }

    /// The rules must be the same whether Git was asked or its files were read.
    @Test(arguments: [
        "[core]\n\texcludesFile = ~/mine\n", "[core]\n\texcludesfile = %MINE%\n", "", "[user]\n\tname = x\n",
    ])
    func settingsAreThoseOfGit(_ text: String) throws {
        let scratch = try Scratch()
        try scratch.git("init", "-q", "repo")
        try scratch.write("*.mine\n", to: "mine")
        try scratch.write("*.shared\n", to: "git/ignore")
        let settings = text.replacing("%MINE%", with: scratch.path + "/mine")
        try scratch.write(settings, to: "settings")
        let outer = Repository.OuterConfiguration(files: [scratch.path + "/settings"], home: scratch.path)
        let repository = try #require(
            Repository(
                containing: scratch.path + "/repo",
                userConfiguration: scratch.path,
                outerConfiguration: outer
            )
        )
        let isOwn = text.lowercased().contains("excludesfile")
        #expect(try repository.isIgnored("a.mine") == isOwn)
        #expect(try repository.isIgnored("a.shared") == !isOwn)
    }
}
