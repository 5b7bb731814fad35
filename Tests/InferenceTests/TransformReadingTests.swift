import Inference
import Testing
import Values
import YAML

@Suite struct TransformReadingTests {
    private func read(_ text: String) throws -> (inputs: [InputTransform], output: OutputTransform?, faults: [String]) {
        let document = try YAMLDocument(parsing: Array(text.utf8))
        var faults: [TransformFault] = []
        let inputs = InputTransform.read(document.root?["inputs"], &faults)
        let output = OutputTransform.read(document.root?["outputs"], &faults)
        let lines = faults.map { "\($0.line ?? 0): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
        return (inputs, output, lines)
    }

    @Test func anImageIsReadWithAllItsFields() throws {
        let result = try read(
            """
            inputs:
              image:
                {decode: image, mode: BGR, resize: [32, 24], filter: bilinear, fit: contain, pad: 114, orient: exif,
                 invert: true, scale: 1/255, mean: [0.4, 0.5, 0.6], std: 2, layout: NCHW, type: float32,
                 max-pixels: 1000, tensor: conv_input, fast: true}
            outputs: {labels: data/labels.json, softmax: true, top-k: 3}
            """
        )
        #expect(result.faults == [])
        let input = try #require(result.inputs.first)
        guard case .image(let image) = input.kind else { return #expect(Bool(false), "no image") }
        var expected = ImageTransform()
        expected.mode = .bgr
        expected.size = .init(width: 32, height: 24)
        expected.filter = .bilinear
        expected.fit = .contain
        expected.padding = 114
        expected.orients = true
        expected.inverts = true
        expected.isFast = true
        expected.scale = 1.0 / 255
        expected.mean = [0.4, 0.5, 0.6]
        expected.deviation = [2]
        expected.layout = .nchw
        expected.maximumPixels = 1000
        #expect(image == expected)
        #expect(input.name == "image" && input.tensor == "conv_input")
        #expect(result.output?.labelsPath == "data/labels.json" && result.output?.topCount == 3)
        #expect(result.output?.activation == .softmax)
    }

    @Test func columnsAreAListOrAMapping() throws {
        let result = try read(
            """
            inputs:
              rows: {columns: [a, b], type: float64}
              others: {columns: {age: float32, city: string}}
            """
        )
        #expect(result.faults == [])
        let together = ColumnTransform(
            columns: [.init(name: "a", type: .float64), .init(name: "b", type: .float64)],
            isTogether: true
        )
        let apart = ColumnTransform(
            columns: [.init(name: "age", type: .float32), .init(name: "city", type: .string)],
            isTogether: false
        )
        #expect(result.inputs.map(\.kind) == [.columns(together), .columns(apart)])
    }

    @Test func anUnknownKeyIsAFaultOfItsLine() throws {
        let result = try read("inputs:\n  image:\n    decode: image\n    resise: [8, 8]\noutputs:\n  soft-max: true\n")
        #expect(
            result.faults == [
                "4: unknown key 'resise' in 'inputs.image' (did you mean 'resize'?)",
                "6: unknown key 'soft-max' in 'outputs' (did you mean 'softmax'?)",
            ]
        )
    }

    @Test(arguments: [
        ("decode: image, mode: RGBA", "'inputs.x.mode' must be one of L, RGB, BGR"),
        ("decode: image, crop: [8, 8]", "'inputs.x.crop' needs `resize` with a shorter side that is no smaller"),
        (
            "decode: image, resize: 9, crop: [8, 10]",
            "'inputs.x.crop' needs `resize` with a shorter side that is no smaller"
        ),
        ("decode: image, resize: 9, crop: 8", "'inputs.x.crop' must be [width, height], whole numbers from 1 to 16384"),
        (
            "decode: image, resize: [0, 8]",
            "'inputs.x.resize' must be [width, height] or the length of the shorter side, whole numbers from 1 to 16384"
        ),
        (
            "decode: image, resize: [8, 20000]",
            "'inputs.x.resize' must be [width, height] or the length of the shorter side, whole numbers from 1 to 16384"
        ),
        ("decode: image, scale: .inf", "'inputs.x.scale' must be a number or a fraction such as 1/255"),
        ("decode: image, scale: 1/0", "'inputs.x.scale' must be a number or a fraction such as 1/255"),
        ("decode: image, mode: L, mean: [1, 2, 3]", "'inputs.x.mean' must be one number"),
        ("decode: image, std: [1, 2]", "'inputs.x.std' must be one number, or 3 for the channels of the mode"),
        ("decode: image, std: 0", "'inputs.x.std' must not be zero"),
        ("decode: image, layout: HW", "the layout HW of 'inputs.x' has no channels and needs `mode: L`"),
        ("decode: image, type: int64", "'type' must be one of float32, float64, uint8"),
        (
            "decode: image, type: uint8, scale: 2",
            "'inputs.x' of type uint8 keeps the levels 0 to 255: no scale, mean or std"
        ),
        ("decode: sound", "'inputs.x.decode' must be one of image"),
        ("mode: L", "'inputs.x' needs `decode: image` or `columns`"),
        ("columns: []", "'inputs.x.columns' must be a list of names or a mapping"),
        ("columns: [a, a]", "the columns of 'inputs.x' must have different names"),
        ("columns: [a], scale: 2", "unknown key 'scale' in 'inputs.x' (known keys are tensor, decode, columns, type)"),
        (
            "columns: {a: text}",
            "the type of column 'a' must be one of float32, float64, int32, int64, uint8, bool, string"
        ),
    ])
    func aWrongInputIsAFault(fields: String, message: String) throws {
        #expect(try read("inputs:\n  x: {\(fields)}\n").faults == ["2: \(message)"])
    }

    @Test(arguments: [
        ("softmax: true, sigmoid: true", "'outputs' can have softmax or sigmoid, not both"),
        ("softmax: yes", "'outputs.softmax' must be true or false"),
        ("top-k: 0", "'outputs.top-k' must be a whole number from 1 to 1000000"),
        ("labels: {a: 1}", "'outputs.labels' must be the path of a file or a list of strings"),
        ("labels: [a, a]", "'outputs.labels' has 'a' twice"),
        ("threshold: 0.5", "'outputs.threshold' needs `sigmoid: true`"),
        ("sigmoid: true, threshold: 2", "'outputs.threshold' must be from 0 to 1"),
    ])
    func aWrongOutputIsAFault(fields: String, message: String) throws {
        #expect(try read("outputs: {\(fields)}\n").faults == ["1: \(message)"])
    }

    @Test func aModelThatTakesSomethingElseIsRefused() throws {
        let input = try #require(
            try read("inputs: {image: {decode: image, mode: L, resize: [8, 8], layout: NHWC}}").inputs.first
        )
        func signature(_ name: String, _ type: DataType, _ shape: [Int?]) -> ModelSignature {
            ModelSignature(platform: "", inputs: [.init(name: name, dataType: type, shape: shape)], outputs: [])
        }
        try input.check(signature("x", .float32, [nil, 8, 8, 1]))
        try input.check(signature("x", .float32, [nil, nil, nil, 1]))
        #expect(throws: InferenceError.self) { try input.check(signature("x", .float64, [nil, 8, 8, 1])) }
        #expect(throws: InferenceError.self) { try input.check(signature("x", .float32, [nil, 8, 9, 1])) }
        #expect(throws: InferenceError.self) { try input.check(signature("x", .float32, [nil, 64])) }
    }
}
