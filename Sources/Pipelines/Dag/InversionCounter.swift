/// Counts for each number of a sequence how many earlier ones are greater (a Fenwick tree).
struct InversionCounter {
    private var sums: [Int]
    private var total = 0

    /// Prepares for numbers from 0 up to but not including `limit`.
    init(limit: Int) {
        sums = Array(repeating: 0, count: limit + 1)
    }

    mutating func add(_ number: Int) -> Int {
        var notGreater = 0
        var index = number + 1
        while index > 0 {
            notGreater += sums[index]
            index -= index & -index
        }
        index = number + 1
        while index < sums.count {
            sums[index] += 1
            index += index & -index
        }
        total += 1
        return total - 1 - notGreater
    }
}
