import OrderedCollections
import Parameters
import Testing
import Values

@Suite struct ParameterFileTests {
    @Test func yamlAndJSONAreReadAsDVCReadsThem() throws {
        #expect(
            try read("lr: 1e-4\non: yes\nold: 010\nday: 2020-01-01\n", "params.yaml").map == [
                "lr": .float(0.0001), "on": .string("yes"), "old": .int(10), "day": .date("2020-01-01"),
            ]
        )
        #expect(try read(#"{"a": [1, 2.0, null]}"#, "m.json")["a"] == .list([.int(1), .float(2), .null]))
    }

    @Test(arguments: ["params.yaml", "params.json"])
    func whatIsFalseIsAnEmptyMapping(name: String) throws {
        for text in ["null", "false", "0", "[]", "\"\""] {
            #expect(try read(text, name) == .map([:]))
        }
        #expect(try read("1", name) == .int(1))
    }

    @Test(arguments: [("params.yaml", "a: 1\nb: [\n"), ("params.json", "{\"a\": 1,\n}")])
    func faultsNameFileAndLine(name: String, text: String) {
        let error = #expect(throws: ParameterFileError.self) { try read(text, name) }
        #expect(error?.name == name)
        #expect((error?.line ?? 0) >= 2)
        #expect(error?.description.hasPrefix("\(name):") == true)
    }

    private func read(_ text: String, _ name: String) throws -> Value {
        try ParameterFile.load(bytes: Array(text.utf8), name: name)
    }
}
