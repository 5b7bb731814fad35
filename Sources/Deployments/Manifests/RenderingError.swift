import Basics

/// Why a target's objects cannot be rendered.
package enum RenderingError: HintedError, Hashable {
    /// The cluster does not have the kind.
    case unknownKind(String, provider: String?)
    case memoryNeedsNewerAutoscaler
    /// A patch for a kind of object that the target does not have.
    case strayPatch(line: Int, kind: String, known: [String])
    /// The patch would change what an object is.
    case patchedIdentity(line: Int, field: String)
}

extension RenderingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownKind(let kind, _): "the cluster does not know the kind \(kind)"
        case .memoryNeedsNewerAutoscaler: "the cluster's autoscaler knows nothing but cpu"
        case .strayPatch(let line, let kind, _): "apus.yaml:\(line): error: the patch for \(kind) fits no object"
        case .patchedIdentity(let line, let field): "apus.yaml:\(line): error: a patch cannot change '\(field)'"
        }
    }

    package var hint: String? {
        switch self {
        case .unknownKind(_, let provider?): "is \(provider) installed in it?"
        case .unknownKind(_, nil): nil
        case .memoryNeedsNewerAutoscaler: "take 'memory' out of 'autoscale'"
        case .strayPatch(_, _, let known): "there are: \(known.joined(separator: ", "))"
        case .patchedIdentity: "'name' and 'namespace' of the target say what its objects are called"
        }
    }

    package var hasPlace: Bool {
        switch self {
        case .strayPatch, .patchedIdentity: true
        default: false
        }
    }
}
