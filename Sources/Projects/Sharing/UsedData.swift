import ObjectStore
import OrderedCollections

/// The objects that outputs consist of, by the place outside of the cache where they belong.
struct UsedData {
    /// Half of a remote, for the objects of one hash kind.
    struct Place: Hashable {
        /// Nil when neither the output nor the caller nor the configuration names one.
        let remote: String?
        let kind: HashKind
    }

    /// The objects of one place.
    struct Part {
        /// Files and directories, with the absolute path of the first output that uses each.
        var names: OrderedDictionary<ObjectID, String> = [:]
        /// Of which directories only some files are meant.
        var parts: DirectoryParts = [:]

        /// Adds an object; `subpath` limits a directory to what is at or below it.
        mutating func add(_ id: ObjectID, name: String, subpath: String?) {
            let isNew = names[id] == nil
            if isNew { names[id] = name }
            guard let subpath else {
                parts[id] = nil
                return
            }
            if isNew || parts[id] != nil { parts[id, default: []].insert(subpath) }
        }
    }

    private(set) var places: OrderedDictionary<Place, Part> = [:]

    mutating func add(_ id: ObjectID, name: String, subpath: String?, to place: Place) {
        places[place, default: Part()].add(id, name: name, subpath: subpath)
    }

    var isEmpty: Bool { places.isEmpty }
}
