import Basics
import ObjectStore
import Projects
import Testing
import Tracking

@Suite struct CloudStatusTests {
    @Test func objectsAreNamedByTheirFirstPath() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["d", "e"], files: ["d/x": "same", "e": "same"])
        let status = try #require(try project.open().cloudStatus(DataSelection()))
        #expect(status.items.map(\.path) == ["d", "d/x"])
        try project.open().push(DataSelection())
        #expect(try project.open().cloudStatus(DataSelection())?.items == [])
    }

    @Test func aManifestThatOnlyTheRemoteHasIsBrought() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["d"], files: ["d/x": "x", "d/y": "y"])
        try project.open().push(DataSelection())
        try Files.remove(project.path(".dvc/cache"))
        let status = try #require(try project.open().cloudStatus(DataSelection(targets: ["d/y"])))
        #expect(status.items == [CloudStatus.Item(path: "d/y", state: .deleted)])
    }

    @Test func aProjectWithoutStagesHasNoStatus() throws {
        let project = try TemporaryProject()
        #expect(try project.open().cloudStatus(DataSelection()) == nil)
    }
}
