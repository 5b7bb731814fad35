import Digests

extension [ObjectID] {
    /// Sorts, and drops what is there more than once.
    ///
    /// Checksums are spread evenly, so that sharing them out by their first bits leaves next to nothing to compare.
    package mutating func sortUnique() {
        if count > 64 { shareOut() }
        withUnsafeMutableBufferPointer { ids in
            for position in stride(from: 1, to: ids.count, by: 1) {
                let id = ids[position]
                var place = position
                while place > 0, id < ids[place - 1] {
                    ids[place] = ids[place - 1]
                    place -= 1
                }
                ids[place] = id
            }
        }
        dropDuplicates()
    }

    private mutating func dropDuplicates() {
        let unique = withUnsafeMutableBufferPointer { ids in
            var end = Swift.min(1, ids.count)
            for position in stride(from: 1, to: ids.count, by: 1) where ids[position] != ids[end - 1] {
                ids[end] = ids[position]
                end += 1
            }
            return end
        }
        removeSubrange(unique...)
    }

    /// Brings the elements into the order of their first bits; a part that is much too large is sorted.
    private mutating func shareOut() {
        let bits = Swift.min(20, Int.bitWidth - count.leadingZeroBitCount)
        let shift = UInt64(64 - bits)
        var ends = [Int](repeating: 0, count: (1 << bits) + 1)
        for id in self { ends[Int(id.digest.high >> shift) + 1] += 1 }
        for part in 1..<ends.count { ends[part] += ends[part - 1] }
        var starts = ends
        let source = self
        withUnsafeMutableBufferPointer { target in
            for id in source {
                let part = Int(id.digest.high >> shift)
                target[starts[part]] = id
                starts[part] += 1
            }
            for part in 0..<(ends.count - 1) where ends[part + 1] - ends[part] > 32 {
                target[ends[part]..<ends[part + 1]].sort()
            }
        }
    }
}

extension Tree {
    /// The objects of the files, sorted and each once: of those at or below one of the paths, of all without paths.
    package func sortedFiles(in paths: Set<String>? = nil) -> [ObjectID] {
        var ids =
            if let paths {
                positions(in: paths).map { ObjectID(digest: digest(at: $0)) }
            } else {
                storage.digests.map { ObjectID(digest: $0) }
            }
        ids.sortUnique()
        return ids
    }
}
