import Inference
import NIOCore
import Values

extension ServerCore {
    /// `POST /predict`.
    func predict(_ exchange: Exchange, _ service: Service, _ loopState: LoopState) throws(HTTPFailure) {
        let call = try service.call(exchange.request)
        exchange.prediction?.transform = service.currentForm.output
        service.run(call.inputs, exchange, loopState) { _, values throws(HTTPFailure) in
            try service.answer(values, call)
        }
    }

    /// `POST /v1/models/{model}:predict`, KServe's first protocol: rows under `instances`, or columns under `inputs`.
    func v1Predict(_ exchange: Exchange, _ service: Service, _ loopState: LoopState) throws(HTTPFailure) {
        let (inputs, isByRow) = try exchange.request.body.reading {
            (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
            try service.v1Inputs(bytes)
        }
        service.run(inputs, exchange, loopState) { _, values in
            var output = JSONOutput(ByteBuffer())
            output.raw(isByRow ? "{\"predictions\":" : "{\"outputs\":")
            if values.count == 1 {
                output.value(values[0].value)
            } else if isByRow {
                output.rows(values)
            } else {
                output.object(values)
            }
            output.byte("}")
            return HTTPResponse(body: output.buffer)
        }
    }
}

extension Service {
    /// The inputs of a request of KServe's first protocol, and whether they came by row.
    fileprivate func v1Inputs(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> ([NamedTensor], Bool) {
        var inputs: [NamedTensor]?
        var isByRow = false
        var failure: HTTPFailure?
        var cursor = JSONCursor(bytes)
        do throws(JSONProblem) {
            try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
                let range = try cursor.text()
                guard key == "instances" || key == "inputs" else { return }
                isByRow = key == "instances"
                let value = UnsafeRawBufferPointer(rebasing: bytes[range])
                do throws(HTTPFailure) {
                    inputs = try isByRow ? instances(value) : columns(value)
                } catch {
                    failure = error
                }
            }
            try cursor.expectEnd()
        } catch {
            throw HTTPFailure(error)
        }
        if let failure { throw failure }
        guard let inputs else { throw HTTPFailure(400, "the request has neither instances nor inputs") }
        return (inputs, isByRow)
    }

    private func columns(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> [NamedTensor] {
        var cursor = JSONCursor(bytes)
        return try tensors(&cursor)
    }

    /// Rows: arrays for a model of one input, or objects with a value for each input.
    private func instances(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> [NamedTensor] {
        var cursor = JSONCursor(bytes)
        guard cursor.take(UInt8(ascii: "[")) else { throw HTTPFailure(400, "instances must be a list") }
        if cursor.next() != UInt8(ascii: "{") { return try columns(bytes) }
        let rows = try Self.value(bytes).list ?? []
        var tensors: [NamedTensor] = []
        for input in signature.inputs {
            var column: [Value] = []
            for (index, row) in rows.enumerated() {
                guard let value = row[Value.Key(input.name)] else {
                    throw HTTPFailure(400, "instance \(index) has no '\(input.name)'")
                }
                column.append(value)
            }
            let text = Array(Value.list(column).json(ensureASCII: false).utf8)
            do throws(JSONProblem) {
                let tensor = try text.withUnsafeBytes { bytes -> Result<Tensor, JSONProblem> in
                    var cursor = JSONCursor(bytes)
                    do throws(JSONProblem) { return .success(try self.tensor(input, &cursor)) } catch {
                        return .failure(error)
                    }
                }.get()
                tensors.append(NamedTensor(input.name, tensor))
            } catch {
                throw HTTPFailure(400, error.message)
            }
        }
        return tensors
    }
}

extension JSONOutput {
    /// Writes answers as a list with an object for each row; what has no rows is in all of them.
    fileprivate mutating func rows(_ values: [NamedValue]) {
        let count = values.compactMap(\.value.rowCount).min() ?? 0
        byte("[")
        for row in 0..<count {
            if row > 0 { byte(",") }
            byte("{")
            for (index, output) in values.enumerated() {
                if index > 0 { byte(",") }
                string(output.name)
                byte(":")
                switch output.value {
                case .tensor(let tensor) where !tensor.shape.isEmpty: nested(tensor, row: row)
                case .sequence(let elements): value(elements[row])
                case .tensor, .map: value(output.value)
                }
            }
            byte("}")
        }
        byte("]")
    }
}

extension ModelValue {
    /// How many rows it has; nil for what has none.
    fileprivate var rowCount: Int? {
        switch self {
        case .tensor(let tensor): tensor.shape.first
        case .sequence(let elements): elements.count
        case .map: nil
        }
    }
}

extension ByteBuffer {
    /// Gives the readable bytes to `body`, whose error stays typed.
    func reading<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeReadableBytes { (bytes: UnsafeRawBufferPointer) -> Swift.Result<Result, Failure> in
            do throws(Failure) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
