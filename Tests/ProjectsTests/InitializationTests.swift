import Basics
import Projects
import Testing

@Suite struct InitializationTests {
    @Test func aNewProjectIsStagedAndIgnoresItsCache() throws {
        let project = try TemporaryProject()
        #expect(try project.read(".dvc/.gitignore") == "/config.local\n/tmp\n/cache\n")
        let staged = try project.git("diff", "--cached", "--name-only").output
        #expect(String(decoding: staged, as: UTF8.self) == ".dvc/.gitignore\n.dvc/config\n.dvcignore\n")
    }

    @Test func aSecondInitializationIsRefused() throws {
        let project = try TemporaryProject()
        #expect(throws: ProjectError.self) {
            try Project.initialize(in: project.root, withoutGit: false, isSubdirectory: false, force: false)
        }
    }
}
