import Basics
import Values
import YAML

extension ServiceReader {
    mutating func predictionLog(_ root: YAMLNode?) -> PredictionLogDefinition? {
        guard let node = root?["prediction-log"], node.value.bool != false else { return nil }
        if let path = node.value.string { return PredictionLogDefinition(path: path, at: node, &self) }
        let known = ["path", "sample", "max-size", "max-files", "max-value"]
        guard check(node, known, "prediction-log") else { return nil }
        guard let place = node["path"], let path = place.value.string,
            var log = PredictionLogDefinition(path: path, at: place, &self)
        else {
            if node["path"]?.value.string == nil { complain(node, "'prediction-log' has no path") }
            return nil
        }
        if let node = node["sample"] { log.sampling = integer(node, "sample", 1...1_000_000_000) }
        if let node = node["max-size"] { log.maxSize = size(node, "max-size", 1024...1 << 40) }
        if let node = node["max-files"] { log.maxFiles = integer(node, "max-files", 1...10_000) }
        if let node = node["max-value"] { log.largestValue = size(node, "max-value", 0...1 << 30) }
        return log
    }
}

extension PredictionLogDefinition {
    /// A file that somebody else wrote must not have other files written to.
    fileprivate init?(path: String, at node: YAMLNode, _ reader: inout ServiceReader) {
        let normal = Paths.normalize(path)
        let folder = Files.canonical(reader.directory) ?? reader.directory
        var parent = Paths.absolute(Paths.parent(normal), from: folder)
        while parent != folder, !Files.exists(parent), Paths.parent(parent) != parent { parent = Paths.parent(parent) }
        guard !path.isEmpty, !path.hasPrefix("/"), normal != ".", normal != "..", !normal.hasPrefix("../"),
            parent == folder || Files.canonical(parent).flatMap({ Paths.inside($0, of: folder) }) != nil
        else {
            reader.complain(
                node,
                "the prediction log '\(path)' is not inside of the folder of apus.yaml",
                hint: "--prediction-log can name any file"
            )
            return nil
        }
        self.path = Paths.join(folder, normal)
    }
}
