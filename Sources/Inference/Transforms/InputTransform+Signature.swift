extension InputTransform {
    /// Throws unless the model has the inputs this makes, of these types and shapes.
    package func check(_ signature: ModelSignature) throws(InferenceError) {
        switch kind {
        case .image(let image):
            let input = try input(named: tensorName(in: signature), signature)
            let (width, height) = (image.finalSize?.width ?? 1, image.finalSize?.height ?? 1)
            let shape = image.layout.shape(count: 1, height: height, width: width, channels: image.mode.channels)
            let isSized = image.finalSize != nil
            // Without `resize` the sizes come from the images.
            try check(input, image.dataType, isSized ? shape : [], rank: shape.count, hasBatch: image.hasBatch)
        case .columns(let columns) where columns.isTogether:
            let input = try input(named: tensorName(in: signature), signature)
            let type = columns.columns.first?.type ?? .float32
            try check(input, type, [1, columns.columns.count], rank: 2, hasBatch: true)
        case .columns(let columns):
            for column in columns.columns {
                try check(input(named: column.name, signature), column.type, [1, 1], rank: 2, hasBatch: true)
            }
        }
    }

    private func input(named name: String, _ signature: ModelSignature) throws(InferenceError) -> ModelSignature.Input {
        if let input = signature.inputs.first(where: { $0.name == name }) { return input }
        let names = signature.inputs.map(\.name).joined(separator: ", ")
        throw .invalidInput("the model has no input '\(name)'; its inputs are \(names)")
    }

    /// Compares all but the number of images or rows; an empty shape stands for any of the rank.
    private func check(
        _ input: ModelSignature.Input,
        _ type: DataType,
        _ shape: [Int],
        rank: Int,
        hasBatch: Bool
    ) throws(InferenceError) {
        guard input.dataType == type else {
            throw .invalidInput(
                "the model's input '\(input.name)' is \(input.dataType.commonName), '\(name)' makes \(type.commonName)"
            )
        }
        let fits =
            shape.isEmpty || zip(input.shape, shape).dropFirst(hasBatch ? 1 : 0).allSatisfy { $0 == nil || $0 == $1 }
        guard input.shape.isEmpty || input.shape.count == rank && fits else {
            let wanted = input.shape.map { $0.map { String($0) } ?? "?" }.joined(separator: ", ")
            let made = shape.isEmpty ? "\(rank) dimensions" : "\(shape)"
            throw .invalidInput("the model's input '\(input.name)' has the shape [\(wanted)], '\(name)' makes \(made)")
        }
    }
}
