import OrderedCollections
package import Values

extension ColumnTransform {
    /// Makes tensors of one row (an object), of a list of rows, or of a list of lists in the order of the columns.
    ///
    /// A null is "not a number" in a column of floating-point numbers. Other keys of a row are left alone.
    package func tensors(rows: Value, named name: String) throws(InferenceError) -> [NamedTensor] {
        let cells = try cells(of: rows)
        let count = columns.isEmpty ? 0 : cells.count / columns.count
        if isTogether {
            let type = columns.first?.type ?? .float32
            return [NamedTensor(name, try tensor(cells, type, shape: [count, columns.count]))]
        }
        var tensors: [NamedTensor] = []
        for (index, column) in columns.enumerated() {
            let own = stride(from: index, to: cells.count, by: columns.count).map { cells[$0] }
            tensors.append(NamedTensor(column.name, try tensor(own, column.type, shape: [count, 1])))
        }
        return tensors
    }

    /// A value of the request and where it stands.
    private struct Cell {
        let value: Value
        let row: Int
        let column: Int
    }

    /// The values of all rows, row by row.
    private func cells(of rows: Value) throws(InferenceError) -> [Cell] {
        guard case .list(let items) = rows else { return try cells(of: rows, row: 0) }
        guard !items.isEmpty else { throw .invalidInput("there are no rows") }
        if items.allSatisfy({ $0.map == nil && $0.list == nil }) { return try cells(of: rows, row: 0) }
        var cells: [Cell] = []
        cells.reserveCapacity(items.count * columns.count)
        for (row, item) in items.enumerated() { cells += try self.cells(of: item, row: row) }
        return cells
    }

    private func cells(of item: Value, row: Int) throws(InferenceError) -> [Cell] {
        switch item {
        case .map(let map):
            var cells: [Cell] = []
            for (column, description) in columns.enumerated() {
                guard let value = map[Value.Key(description.name)] else {
                    throw .invalidInput("row \(row + 1): '\(description.name)' is missing")
                }
                cells.append(Cell(value: value, row: row, column: column))
            }
            return cells
        case .list(let values):
            guard values.count == columns.count else {
                throw .invalidInput("row \(row + 1) has \(values.count) values, not \(columns.count)")
            }
            return values.enumerated().map { Cell(value: $1, row: row, column: $0) }
        default:
            throw .invalidInput("row \(row + 1) is neither an object nor a list")
        }
    }

    private func tensor(_ cells: [Cell], _ type: DataType, shape: [Int]) throws(InferenceError) -> Tensor {
        switch type {
        case .string:
            var strings: [[UInt8]] = []
            for cell in cells {
                guard let text = cell.value.string else { throw wrong(cell, "a string") }
                strings.append(Array(text.utf8))
            }
            return try Tensor(strings: strings, shape: shape)
        case .float32:
            return try numbers(cells, type, shape) { (cell) throws(InferenceError) in
                let number = try float(cell)
                let narrow = Float(number)
                guard narrow.isFinite || !number.isFinite else { throw wrong(cell, "within the range of float32") }
                return narrow
            }
        case .float64: return try numbers(cells, type, shape, float)
        case .int32: return try numbers(cells, type, shape) { (c) throws(InferenceError) in try integer(c, Int32.self) }
        case .uint8: return try numbers(cells, type, shape) { (c) throws(InferenceError) in try integer(c, UInt8.self) }
        case .bool:
            return try numbers(cells, type, shape) { (cell) throws(InferenceError) in
                guard let flag = cell.value.bool else { throw wrong(cell, "true or false") }
                return UInt8(flag ? 1 : 0)
            }
        default: return try numbers(cells, type, shape) { (c) throws(InferenceError) in try integer(c, Int64.self) }
        }
    }

    private func numbers<Number>(
        _ cells: [Cell],
        _ type: DataType,
        _ shape: [Int],
        _ number: (Cell) throws(InferenceError) -> Number
    ) throws(InferenceError) -> Tensor {
        let memory = TensorMemory(byteCount: cells.count * MemoryLayout<Number>.stride)
        let elements = memory.bytes.bindMemory(to: Number.self)
        for (index, cell) in cells.enumerated() { elements[index] = try number(cell) }
        return try Tensor(type, shape: shape, memory: memory)
    }

    private func float(_ cell: Cell) throws(InferenceError) -> Double {
        switch cell.value {
        case .float(let number): return number
        case .int(let number): return Double(number)
        case .bigInt(let digits): return Double(digits) ?? .infinity
        case .null: return .nan
        default: throw wrong(cell, "a number")
        }
    }

    private func integer<Integer: FixedWidthInteger>(
        _ cell: Cell,
        _ type: Integer.Type
    ) throws(InferenceError) -> Integer {
        let number: Integer? =
            switch cell.value {
            case .int(let number): Integer(exactly: number)
            case .float(let number): Integer(exactly: number)
            default: nil
            }
        guard let number else {
            throw wrong(cell, "a whole number from \(Integer.min) to \(Integer.max)")
        }
        return number
    }

    private func wrong(_ cell: Cell, _ wanted: String) -> InferenceError {
        .invalidInput("row \(cell.row + 1): '\(columns[cell.column].name)' must be \(wanted)")
    }
}
