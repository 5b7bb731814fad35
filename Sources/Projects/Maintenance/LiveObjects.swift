import ObjectStore
import OrderedCollections

/// The objects that are used, with the files of directories, by the places where they belong.
struct LiveObjects {
    private(set) var places: OrderedDictionary<UsedData.Place, Set<ObjectID>> = [:]
    /// Objects of other projects, which are kept in whatever place.
    private(set) var foreign: [HashKind: Set<ObjectID>] = [:]

    mutating func add(_ ids: Set<ObjectID>, to place: UsedData.Place, isForeign: Bool) {
        places[place, default: []].formUnion(ids)
        if isForeign { foreign[place.kind, default: []].formUnion(ids) }
    }

    /// Adds the halves of a remote, and of each known one, that nothing used belongs to.
    mutating func completePlaces(with remote: String) {
        for name in [remote] + places.keys.compactMap(\.remote) {
            for kind in [HashKind.md5, .md5DOS2Unix] {
                let place = UsedData.Place(remote: name, kind: kind)
                if places[place] == nil { places[place] = [] }
            }
        }
    }

    /// All of them, by hash kind.
    var byKind: [HashKind: Set<ObjectID>] {
        places.reduce(into: [:]) { $0[$1.key.kind, default: []].formUnion($1.value) }
    }
}
