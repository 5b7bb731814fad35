/// What to do when data that is not in the cache would be overwritten or deleted.
package enum LossPolicy: Sendable {
    /// Throw ``StoreError/wouldLoseData(_:)`` before anything is changed.
    case refuse
    /// Ask once with the absolute paths, before anything is changed; on false throw as ``refuse`` does.
    case ask(@Sendable ([String]) -> Bool)
    /// Overwrite and delete.
    case force

    /// Decides for files whose content would be lost.
    package func decide(_ paths: [String]) throws {
        if paths.isEmpty { return }
        switch self {
        case .force: return
        case .ask(let body) where body(paths): return
        case .ask, .refuse: throw StoreError.wouldLoseData(Array(paths.prefix(100)))
        }
    }
}
