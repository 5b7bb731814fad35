import OrderedCollections
package import Values

extension TrackedFiles {
    /// The files with only what DVC takes for metrics.
    package var metrics: TrackedFiles {
        var files = self
        for (path, content) in contents {
            if case .value(let value) = content { files.contents[path] = .value(value.metrics) }
        }
        return files
    }
}

extension Value {
    /// The numbers, booleans and texts of the value in their mappings; lists, nulls, dates and what is empty vanish.
    package var metrics: Value {
        switch self {
        case .bool(false), .int(0), .float(0), .string(""): return .map([:])
        default: return metric ?? .map([:])
        }
    }

    private var metric: Value? {
        switch self {
        case .bool, .int, .bigInt, .float, .string: return self
        case .map(let map):
            var kept: Map = [:]
            for (key, value) in map {
                if let metric = value.metric, metric != .map([:]) { kept[key] = metric }
            }
            return .map(kept)
        case .null, .list, .date: return nil
        }
    }
}
