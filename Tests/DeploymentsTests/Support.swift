import Deployments
import Foundation
import Testing
import Values
import YAML

/// The value of a YAML text.
func yaml(_ text: String) throws -> Value { try YAMLDocument(parsing: Array(text.utf8)).value }

/// What reading `deploy` of a text gives, for services of the names `digits` and `cnn`.
func read(_ text: String, services: [String] = ["digits", "cnn"]) throws -> TargetReader.Result {
    TargetReader.read(try YAMLDocument(parsing: Array(text.utf8)).root, services: services)
}

/// The only target of a text without faults.
func target(_ text: String) throws -> Target {
    let result = try read(text)
    #expect(result.faults.isEmpty)
    return try #require(result.targets.first)
}

let image = "registry.example.com/team/digits@sha256:" + String(repeating: "0123456789abcdef", count: 4)

func fixture(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
}

extension Value {
    subscript(path: String...) -> Value? { path.reduce(Optional(self)) { $0?[Key($1)] } }
}
