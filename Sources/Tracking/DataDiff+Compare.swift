extension DataDiff {
    /// Compares the tracked data of two revisions.
    ///
    /// A file that is gone and one with the same hash that came make a renaming. Takes time linear in the items, but for
    /// sorting them. `isMissing` tells whether the cache lacks an old item; it is nil when that is not to be said.
    package init(old: [DataItem], new: [DataItem], isMissing: ((DataItem) -> Bool)? = nil) {
        self.init()
        var gone: [DataItem] = []
        var came: [DataItem] = []
        for pair in DataItem.pairs(old: old, new: new) where !pair.isUnknown && !pair.isUnknownDirectory {
            switch (pair.old, pair.new) {
            case (let item?, nil): gone.append(item)
            case (nil, let item?): came.append(item)
            case (let old?, let new?) where old.identity != new.identity || old.isDirectory != new.isDirectory:
                modified.append(Modification(path: old.shownPath, oldHash: old.hash, newHash: new.hash))
            default: break
            }
            if let isMissing, let item = pair.old, item.hash != nil, isMissing(item) {
                notInCache.append(Entry(path: item.shownPath, hash: item.hash))
            }
        }
        let moves = DataItem.moves(gone: gone, came: came)
        added = moves.added.map { Entry(path: $0.shownPath, hash: $0.hash) }
        deleted = moves.deleted.map { Entry(path: $0.shownPath, hash: $0.hash) }
        renamed = moves.renamed.map { Renaming(oldPath: $0.shownPath, newPath: $1.shownPath, hash: $0.hash) }
        sort()
    }

    private mutating func sort() {
        added.sort { $0.path.precedes($1.path) }
        deleted.sort { $0.path.precedes($1.path) }
        modified.sort { $0.path.precedes($1.path) }
        renamed.sort { $0.oldPath.precedes($1.oldPath) }
        notInCache.sort { $0.path.precedes($1.path) }
    }
}

extension DataItem.Pair {
    /// Whether one side is a directory without a hash, which only holds the way to tracked data.
    fileprivate var isUnknownDirectory: Bool {
        [old, new].contains { item in item.map { $0.isDirectory && $0.hash == nil } ?? false }
    }
}
