extension DataItem {
    /// An item as it was and as it is.
    struct Pair {
        var old: DataItem?
        var new: DataItem?
        /// Whether it lies in a directory that one of the revisions cannot list.
        var isUnknown = false
    }

    /// Pairs the items of two revisions by path, name by name in ascending order.
    static func pairs(old: [DataItem], new: [DataItem]) -> [Pair] {
        let olds = old.sorted { precedes($0.path, $1.path) }
        let news = new.sorted { precedes($0.path, $1.path) }
        var pairs: [Pair] = []
        pairs.reserveCapacity(max(olds.count, news.count))
        var unlisted: String?
        var (left, right) = (0, 0)
        while left < olds.count || right < news.count {
            var pair = next(olds, &left, news, &right)
            guard let path = (pair.old ?? pair.new)?.path else { continue }
            if let unlisted, path.utf8.starts(with: unlisted.utf8) { pair.isUnknown = true }
            if pair.old?.isUnlisted == true || pair.new?.isUnlisted == true { unlisted = path + "/" }
            pairs.append(pair)
        }
        return pairs
    }

    private static func next(_ olds: [DataItem], _ left: inout Int, _ news: [DataItem], _ right: inout Int) -> Pair {
        let isOld = left < olds.count && (right >= news.count || !precedes(news[right].path, olds[left].path))
        let isNew = right < news.count && (left >= olds.count || !precedes(olds[left].path, news[right].path))
        defer {
            left += isOld ? 1 : 0
            right += isNew ? 1 : 0
        }
        return Pair(old: isOld ? olds[left] : nil, new: isNew ? news[right] : nil)
    }
}
