extension DataItem {
    /// What became of items that are gone and items that came.
    struct Moves {
        var renamed: [(old: DataItem, new: DataItem)] = []
        var added: [DataItem] = []
        var deleted: [DataItem] = []
    }

    /// Pairs each item that came with one that is gone and has the same hash, in order; takes linear time.
    static func moves(gone: [DataItem], came: [DataItem]) -> Moves {
        var moves = Moves()
        var waiting: [String: ArraySlice<Int>] = [:]
        for (index, item) in gone.enumerated() {
            if let hash = item.identity { waiting[hash, default: []].append(index) }
        }
        var isRenamed = Array(repeating: false, count: gone.count)
        for item in came {
            if let hash = item.identity, let index = waiting[hash]?.popFirst() {
                isRenamed[index] = true
                moves.renamed.append((gone[index], item))
            } else {
                moves.added.append(item)
            }
        }
        moves.deleted = zip(gone, isRenamed).filter { !$0.1 }.map(\.0)
        return moves
    }
}
