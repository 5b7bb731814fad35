/// A path that does not stand for a single parameter.
package enum ParameterPathError: Error, Sendable, Hashable, CustomStringConvertible {
    case ambiguous(String)
    case twoDoubleStars(String)

    package var description: String {
        switch self {
        case .ambiguous(let path): "the parameter '\(path)' matches more than one value"
        case .twoDoubleStars(let path): "the parameter '\(path)' has more than one '**'"
        }
    }
}
