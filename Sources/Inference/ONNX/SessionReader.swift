import CONNXRuntime

/// Reads what a session tells of its model.
struct SessionReader {
    let runtime: ONNXRuntime
    let session: OpaquePointer

    private var api: OpaquePointer { runtime.api }

    func signature() throws(InferenceError) -> ModelSignature {
        var inputs: [ModelSignature.Input] = []
        for index in 0..<(try count(ort_input_count)) {
            inputs.append(try input(index, ort_input_name, ort_input_type, isOptional: false))
        }
        for index in 0..<(try count(ort_initializer_count)) {
            inputs.append(try input(index, ort_initializer_name, ort_initializer_type, isOptional: true))
        }
        var outputs: [ModelSignature.Output] = []
        for index in 0..<(try count(ort_output_count)) {
            let name = try name(index, ort_output_name)
            let type = try runtime.make { ort_output_type(api, session, index, &$0) }
            defer { ort_release_type(api, type) }
            outputs.append(ModelSignature.Output(name: name, kind: try kind(type, of: "the output '\(name)'")))
        }
        return ModelSignature(platform: "onnx_onnxv1", inputs: inputs, outputs: outputs)
    }

    private func input(
        _ index: Int,
        _ nameFunction: NameFunction,
        _ typeFunction: TypeFunction,
        isOptional: Bool
    ) throws(InferenceError) -> ModelSignature.Input {
        let name = try name(index, nameFunction)
        let type = try runtime.make { typeFunction(api, session, index, &$0) }
        defer { ort_release_type(api, type) }
        var number: Int32 = 0
        try runtime.check(ort_type_kind(api, type, &number))
        if number != 1 {
            throw .failed("the input '\(name)' is \(Self.word(number)), and only tensors can be sent in a request")
        }
        guard case .tensor(let dataType, let shape) = try kind(type, of: "the input '\(name)'") else {
            throw .failed("the input '\(name)' is not a tensor")
        }
        return ModelSignature.Input(name: name, dataType: dataType, shape: shape, isOptional: isOptional)
    }

    private func kind(_ type: OpaquePointer, of place: String) throws(InferenceError) -> ModelSignature.Kind {
        var number: Int32 = 0
        try runtime.check(ort_type_kind(api, type, &number))
        switch number {
        case 1: return try tensor(type, of: place)
        case 2: return .sequence(try element(of: type, place))
        case 3: return try map(type, of: place)
        default: throw .failed("\(place) is \(Self.word(number)), which no answer can carry")
        }
    }

    /// What ONNX's number of a kind means.
    private static func word(_ number: Int32) -> String {
        switch number {
        case 2: "a sequence"
        case 3: "a map"
        case 4: "opaque"
        case 5: "a sparse tensor"
        case 6: "optional"
        default: "of the unknown ONNX type \(number)"
        }
    }

    private func tensor(_ type: OpaquePointer, of place: String) throws(InferenceError) -> ModelSignature.Kind {
        let info = try runtime.make { ort_type_as_tensor(api, type, &$0) }
        var number: Int32 = 0
        var rank = 0
        try runtime.check(ort_element_type(api, info, &number))
        try runtime.check(ort_rank(api, info, &rank))
        var extents = [Int64](repeating: 0, count: rank)
        try runtime.check(ort_extents(api, info, &extents, rank))
        return .tensor(try dataType(number, of: place), shape: extents.map { $0 < 0 ? nil : Int($0) })
    }

    private func element(of type: OpaquePointer, _ place: String) throws(InferenceError) -> ModelSignature.Kind {
        let info = try runtime.make { ort_type_as_sequence(api, type, &$0) }
        let element = try runtime.make { ort_sequence_element_type(api, info, &$0) }
        defer { ort_release_type(api, element) }
        return try kind(element, of: place)
    }

    private func map(_ type: OpaquePointer, of place: String) throws(InferenceError) -> ModelSignature.Kind {
        let info = try runtime.make { ort_type_as_map(api, type, &$0) }
        var key: Int32 = 0
        try runtime.check(ort_map_key_type(api, info, &key))
        let value = try runtime.make { ort_map_value_type(api, info, &$0) }
        defer { ort_release_type(api, value) }
        guard case .tensor(let values, _) = try kind(value, of: place) else {
            throw .failed("\(place) maps to something other than tensors, which cannot be served")
        }
        return .map(key: try dataType(key, of: place), value: values)
    }

    private func dataType(_ number: Int32, of place: String) throws(InferenceError) -> DataType {
        guard let type = DataType(onnx: number) else {
            throw .failed("\(place) has a type of elements that cannot be served (ONNX type \(number))")
        }
        return type
    }

    private typealias NameFunction = (
        OpaquePointer?, OpaquePointer?, Int, OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> OpaquePointer?
    private typealias TypeFunction = (
        OpaquePointer?, OpaquePointer?, Int, UnsafeMutablePointer<OpaquePointer?>?
    ) -> OpaquePointer?

    private func count(
        _ function: (OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<Int>?) -> OpaquePointer?
    ) throws(InferenceError) -> Int {
        var count = 0
        try runtime.check(function(api, session, &count))
        return count
    }

    private func name(_ index: Int, _ function: NameFunction) throws(InferenceError) -> String {
        var name: UnsafeMutablePointer<CChar>?
        try runtime.check(function(api, session, index, runtime.allocator, &name))
        guard let name else { return "" }
        defer { _ = ort_free(api, runtime.allocator, name) }
        return String(cString: name)
    }
}
