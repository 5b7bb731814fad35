import Basics

extension DataChanges {
    /// Compares tracked data by hash, with renamings.
    ///
    /// Also returns what did not change. The order is that of the names in the paths.
    package static func compare(old: [DataItem], new: [DataItem]) -> (changes: DataChanges, unchanged: [String]) {
        var changes = DataChanges()
        var unchanged: [String] = []
        var unknown = UnknownDirectories(known: Set((old + new).lazy.filter(\.isDirectory).map(\.path)))
        var (gone, came): ([DataItem], [DataItem]) = ([], [])
        for pair in DataItem.pairs(old: old, new: new) {
            if pair.isUnknown {
                if let item = pair.new { changes.unknown += unknown.paths(to: item) }
                continue
            }
            switch (pair.old?.identity, pair.new?.identity) {
            case (nil, nil): break
            case (_?, nil): if let item = pair.old { gone.append(item) }
            case (nil, _?): if let item = pair.new { came.append(item) }
            case (let old?, let new?):
                guard let item = pair.new else { break }
                if old == new { unchanged.append(item.shownPath) } else { changes.modified.append(item.shownPath) }
            }
        }
        let moves = DataItem.moves(gone: gone, came: came)
        changes.added = moves.added.map(\.shownPath)
        changes.deleted = moves.deleted.map(\.shownPath)
        changes.renamed = moves.renamed.map { Renaming(old: $0.shownPath, new: $1.shownPath) }
        return (changes, unchanged)
    }
}

/// The directories that are only known by the files in them.
private struct UnknownDirectories {
    /// Those that were named already.
    var known: Set<String>

    /// The directories above an item that were not named yet, and the item.
    mutating func paths(to item: DataItem) -> [String] {
        var paths = [item.shownPath]
        var directory = Paths.parent(item.path)
        while !directory.isEmpty, known.insert(directory).inserted {
            paths.append(directory + "/")
            directory = Paths.parent(directory)
        }
        return paths.reversed()
    }
}
