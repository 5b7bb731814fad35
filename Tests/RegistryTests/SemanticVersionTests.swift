import Registry
import Testing

struct SemanticVersionTests {
    @Test(
        "Versions are read and written back",
        arguments: [
            "v0.0.1", "v1.2.3", "v10.20.30", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-0.3.7", "v1.0.0-x-y-z.--",
            "v1.0.0+20130313144700", "v1.0.0-beta+exp.sha.5114f85", "v99999999999999999999999.0.0",
        ]
    )
    func roundTrip(text: String) {
        #expect(SemanticVersion(text)?.description == text)
        #expect(SemanticVersion(String(text.dropFirst()), isStrict: false)?.description == text)
        #expect(SemanticVersion(String(text.dropFirst())) == nil)
    }

    @Test(
        "What is no version is refused",
        arguments: [
            "", "v", "v1", "v1.2", "v1.2.3.4", "v01.2.3", "v1.02.3", "v1.2.3-", "v1.2.3-01", "v1.2.3-a..b", "v1.2.3+",
            "v1.2.3+a+b", "vv1.2.3", "v1.2.x", "v-1.2.3", "v1.2.3-é", "v１.2.3", " v1.2.3",
        ]
    )
    func refused(text: String) {
        #expect(SemanticVersion(text, isStrict: false) == nil)
    }

    @Test("The order is that of semantic versioning")
    func order() throws {
        let ascending = [
            "v0.9.9", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-beta", "v1.0.0-beta.2",
            "v1.0.0-beta.11", "v1.0.0-rc.1", "v1.0.0", "v1.0.1", "v1.2.0", "v1.10.0", "v2.0.0",
            "v18446744073709551616.0.0",
        ].compactMap { SemanticVersion($0) }
        for (position, first) in ascending.enumerated() {
            for (other, second) in ascending.enumerated() {
                #expect(first.precedes(second) == (position < other), "\(first) \(second)")
            }
        }
        let builds = try (#require(SemanticVersion("v1.0.0+a")), #require(SemanticVersion("v1.0.0+b")))
        #expect(!builds.0.precedes(builds.1) && !builds.1.precedes(builds.0))
    }

    @Test("A number grows, whatever its length, and what is behind it starts anew")
    func bump() throws {
        let version = try #require(SemanticVersion("v1.99999999999999999999.9-rc.1+b"))
        #expect(version.bumped(.major).description == "v2.0.0")
        #expect(version.bumped(.minor).description == "v1.100000000000000000000.0")
        #expect(version.bumped(.patch).description == "v1.99999999999999999999.10")
    }
}
