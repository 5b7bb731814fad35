import Testing

@testable import Images

@Suite struct ImageReferenceTests {
    private static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test(arguments: [
        ("debian", "docker.io/library/debian"), ("debian:12", "docker.io/library/debian:12"),
        ("user/app", "docker.io/user/app"), ("docker.io/app", "docker.io/library/app"),
        ("index.docker.io/user/app:x", "docker.io/user/app:x"), ("localhost/app", "localhost/app"),
        ("localhost:5000/app:1.0", "localhost:5000/app:1.0"), ("ghcr.io/a/b/c:v1", "ghcr.io/a/b/c:v1"),
        ("127.0.0.1:5000/a_b/c-d.e", "127.0.0.1:5000/a_b/c-d.e"), ("[::1]:5000/a", "[::1]:5000/a"),
        ("host:5000/a__b", "host:5000/a__b"),
        ("r.io/a@" + digest, "r.io/a@" + digest), ("r.io/a:t@" + digest, "r.io/a:t@" + digest),
    ]) func namesAreTakenApartAsDockerDoes(text: String, expected: String) throws {
        #expect(try ImageReference(text).description == expected)
    }

    @Test(arguments: [
        "", "App", "r.io/", "r.io/a//b", "r.io/a:", "r.io/a:b c", "r.io/a:-t", "https://r.io/a", "r.io/../a", "r.io/-a",
        "r.io/a@sha256:12", "r.io/a@md5:" + String(repeating: "0", count: 32), "r.io:99999/a", "r.io/a?x=1", "r.io/a#b",
        "r.io/a%2f",
        "r.io/" + String(repeating: "a", count: 300), "r.io/a...b", "r.io/a___b", "user:password@r.io/a",
    ]) func otherNamesAreRefused(text: String) {
        #expect(throws: ImageError.self) { try ImageReference(text) }
    }

    @Test(arguments: [
        ("linux/amd64", "linux/amd64"), ("arm64", "linux/arm64"), ("x86_64", "linux/amd64"),
        ("linux/arm/v7", "linux/arm/v7"),
    ]) func platformsAreRead(text: String, expected: String) throws {
        #expect(try Platform(text).description == expected)
    }

    @Test(arguments: ["", "/", "a/b/c/d", "linux/", "linux/a b"]) func badPlatformsAreRefused(text: String) {
        #expect(throws: ImageError.self) { try Platform(text) }
    }
}
