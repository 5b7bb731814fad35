import Archives
import Basics
import OrderedCollections
import Registry
import Values
import YAML

/// What the `model.yaml` of a BentoML model says.
struct BentoModel {
    let name: String
    let version: String
    /// Of labels, signatures and the rest what stays true outside of BentoML's store.
    let meta: Value.Map
    let labels: [String]

    /// Files that hold Python objects: loading one runs whatever program it carries.
    static let pickles = [".pkl", ".pickle", ".joblib", ".cloudpickle"]

    init(parsing bytes: [UInt8]) throws {
        let value: Value
        do {
            value = try YAMLDocument(parsing: bytes).value
        } catch {
            throw ArchiveError.damaged("model.yaml, line \(error.line): \(error.message)")
        }
        guard let fields = value.map, let name = fields["name"]?.scalarText else {
            throw ArchiveError.damaged("model.yaml does not name a model")
        }
        self.name = name
        version = fields["version"]?.scalarText ?? ""
        labels = (fields["labels"]?.map ?? [:]).compactMap { key, value in
            value.scalarText.map { "\(key)=\($0)" }
        }
        var meta: Value.Map = ["tag": .string(version.isEmpty ? name : "\(name):\(version)")]
        for key: Value.Key in ["module", "signatures", "options", "metadata", "context", "creation_time"] {
            guard let value = fields[key], value != .null, value.map?.isEmpty != true else { continue }
            meta[key] = value.withoutDates
        }
        self.meta = meta
    }

    /// The name as GTO takes it; nil when nothing is left of it.
    var artifactName: String? {
        let text = String(name.map { $0 == "." || $0 == " " ? "-" : $0 })
        return ModelName(folder: nil, name: text) == nil ? nil : text
    }
}

extension Value {
    /// The text of a string, number or boolean.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text), .date(let text): text
        case .int(let number): "\(number)"
        case .float, .bigInt, .bool: json()
        default: nil
        }
    }

    /// The same with dates as texts: a file of DVC has none.
    fileprivate var withoutDates: Value {
        switch self {
        case .date(let text): .string(text)
        case .list(let elements): .list(elements.map(\.withoutDates))
        case .map(let map): .map(map.mapValues(\.withoutDates))
        default: self
        }
    }
}
