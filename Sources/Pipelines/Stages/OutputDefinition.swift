import OrderedCollections
package import Values

/// An output as `dvc.yaml` defines it.
package struct OutputDefinition: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case data, metric, plot
    }

    /// Relative to the working directory of the stage.
    package var path: String
    package let kind: Kind
    package var usesCache = true
    package var isPersistent = false
    package var isPushed = true
    package var remote: String?
    package var description: String?
    package var type: String?
    package var labels: [String] = []
    package var meta: Value?
    /// What `plots` says about drawing it: `template`, `x`, `y`, `x_label`, `y_label`, `title` and `header`.
    package var plotProperties: Value.Map = [:]

    package init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }
}
