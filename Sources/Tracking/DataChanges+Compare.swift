extension DataChanges {
    /// Compares tracked data by hash, with renamings.
    ///
    /// Also returns what did not change. The order is that of the names in the paths.
    package static func compare(old: [DataItem], new: [DataItem]) -> (changes: DataChanges, unchanged: [String]) {
        var changes = DataChanges()
        var unchanged: [String] = []
        var (gone, came): ([DataItem], [DataItem]) = ([], [])
        for pair in DataItem.pairs(old: old, new: new) {
            switch (pair.old?.hash, pair.new?.hash) {
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
