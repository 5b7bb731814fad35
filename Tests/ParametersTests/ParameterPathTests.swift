import OrderedCollections
import Parameters
import Testing
import Values

@Suite struct ParameterPathTests {
    private let file: Value = .map([
        "lr": .float(0.1),
        "train": .map(["layers": .list([.int(8), .map(["size": .int(4)])]), "layer1": .int(3)]),
        Value.Key("2020", isString: false): .int(1),
        "none": .null,
    ])

    @Test(arguments: [
        ("lr", Value.float(0.1)), ("train.layers.0", .int(8)), ("train.layers.1.size", .int(4)), ("none", .null),
        ("2020", .int(1)), ("train.layer[0-9]", .int(3)), ("t*.layer1", .int(3)), (".lr", .float(0.1)),
        ("**.size", .int(4)), ("train.**.layer1", .int(3)), ("train.layer[!s]", .int(3)),
    ])
    func pathsLeadToValues(path: String, value: Value) throws {
        #expect(try ParameterPath(path).value(in: file) == value)
    }

    @Test(arguments: ["x", "lr.x", "train.layers.2", "train.layers.-1", "train.layers[0]", "train.", "train.layers.x"])
    func otherPathsLeadNowhere(path: String) throws {
        #expect(try ParameterPath(path).value(in: file) == nil)
    }

    @Test func severalMatchesAreRefused() {
        #expect(throws: ParameterPathError.ambiguous("train.*")) { try ParameterPath("train.*").value(in: file) }
        #expect(throws: ParameterPathError.twoDoubleStars("**.**")) { try ParameterPath("**.**").value(in: file) }
    }

    @Test func aSelectionNamesWhatIsMissing() throws {
        let selection = try ParameterSelection(keys: ["lr", "a.b", "none", "c"], of: file)
        #expect(selection.values == ["lr": .float(0.1), "none": .null])
        #expect(selection.complaint(file: "params.yaml") == "Parameters 'a.b, c' are missing from 'params.yaml'.")
        #expect(try ParameterSelection(keys: nil, of: file).values.count == 4)
    }

    @Test(arguments: [
        ("params.yaml", ParameterFile.Format.yaml), ("a/b.JSON", .json), ("x.toml", .toml), ("x.py", .python),
        ("x.txt", .yaml), ("dir.py/file", .yaml), (".py", .yaml),
    ])
    func theSuffixDecidesTheFormat(name: String, format: ParameterFile.Format) {
        #expect(ParameterFile.Format(name: name) == format)
    }
}
