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
        changes.findRenamings(gone: gone, came: came)
        return (changes, unchanged)
    }

    private mutating func findRenamings(gone: [DataItem], came: [DataItem]) {
        var waiting: [String: ArraySlice<Int>] = [:]
        for (index, item) in gone.enumerated() { waiting[item.hash ?? "", default: []].append(index) }
        var isRenamed = Array(repeating: false, count: gone.count)
        for item in came {
            if let index = waiting[item.hash ?? ""]?.popFirst() {
                isRenamed[index] = true
                renamed.append(Renaming(old: gone[index].shownPath, new: item.shownPath))
            } else {
                added.append(item.shownPath)
            }
        }
        deleted = zip(gone, isRenamed).filter { !$0.1 }.map(\.0.shownPath)
    }
}
