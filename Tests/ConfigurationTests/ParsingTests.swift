import Foundation
import Testing

@testable import Configuration

struct ParsingTests {
    private func parse(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(parsing: Array(text.utf8), path: "/p/config")
    }

    @Test func linesMeanWhatConfigObjReadsInThem() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/parsed.json")
        let cases = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]])
        #expect(cases.count > 1000)
        for item in cases {
            let text = try #require(item["text"] as? String)
            guard let expected = item["value"] as? [String: Any] else {
                let errors = try #require(item["errors"] as? [String])
                #expect(throws: ConfigurationError.self, "\(text.debugDescription) \(errors)") { try parse(text) }
                continue
            }
            // Nested sections mean nothing to DVC, and names that differ in case only are one.
            if Self.isOdd(expected) { continue }
            let parsed: ConfigurationFile
            do {
                parsed = try parse(text)
            } catch {
                Issue.record("\(text.debugDescription): \(error), not \(expected)")
                continue
            }
            var actual: [String: Any] = [:]
            for entry in parsed.entries(in: nil) { actual[entry.key] = Self.plain(entry.value) }
            for section in parsed.sections {
                var values: [String: Any] = [:]
                for entry in parsed.entries(in: section) { values[entry.key] = Self.plain(entry.value) }
                actual[section.header] = values
            }
            #expect(NSDictionary(dictionary: actual) == NSDictionary(dictionary: expected), "\(text.debugDescription)")
            #expect(parsed.items.isEmpty || parsed.text == text)
        }
    }

    private static func isOdd(_ value: [String: Any]) -> Bool {
        value.values.contains { ($0 as? [String: Any])?.values.contains { $0 is [String: Any] } ?? false }
    }

    private static func plain(_ value: ConfigurationValue) -> Any {
        switch value {
        case .text(let text): text
        case .list(let elements): elements
        case .section: [String: Any]()
        }
    }

    @Test func faultsNameTheirLines() throws {
        let error = #expect(throws: ConfigurationError.self) { try parse("[core]\nx y\n\nremote = \"a\" b\n") }
        guard case .syntax(let problems) = error else {
            Issue.record("not a syntax error")
            return
        }
        #expect(problems.map(\.line) == [2, 4])
        let message = "Invalid line ('x y') (matched as neither section nor keyword) at line 2."
        #expect(problems.first?.description == "/p/config:2: error: \(message)")
        #expect(throws: ConfigurationError.self) { try ConfigurationFile(parsing: [0xFF, 0xFE], path: "/p/config") }
    }

    @Test func editsKeepAllOtherText() throws {
        var file = try parse(
            """
            # ours
            [core]
              remote = a   # the store

            # where the data is
            [remote "a"]
              url = s3://b/x
              ; = odd

            [remote "b"]
            url=/x
            """
        )
        try file.set("remote", in: SectionName("core"), to: .text("b"))
        try file.set("autostage", in: SectionName("core"), to: .text("true"))
        try file.set("jobs", in: .remote("b"), to: .text("2"))
        try file.set("dir", in: SectionName("cache"), to: .text("../c, d"))
        file.unset(";", in: .remote("a"))
        #expect(
            file.text == """
                # ours
                [core]
                  remote = b   # the store
                  autostage = true

                [cache]
                    dir = "../c, d"

                # where the data is
                [remote "a"]
                  url = s3://b/x

                [remote "b"]
                url=/x
                jobs = 2

                """
        )
        file.remove(.remote("a"))
        file.unset("dir", in: SectionName("cache"))
        #expect(file.sections == [SectionName("core"), .remote("b")])
        #expect(file.text.hasPrefix("# ours\n[core]\n  remote = b   # the store\n"))
    }

    @Test func carriageReturnsStay() throws {
        var file = try parse("[core]\r\n    remote = a\r\n")
        try file.set("autostage", in: SectionName("core"), to: .text("true"))
        #expect(file.text == "[core]\r\n    remote = a\r\n    autostage = true\r\n")
    }
}
