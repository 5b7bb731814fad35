import Serving
import Testing

@Suite struct ServerSettingsTests {
    @Test func aServerIsReachableFromThisMachineOnlyUnlessToldOtherwise() {
        #expect(ServerSettings().host == "127.0.0.1")
    }
}
