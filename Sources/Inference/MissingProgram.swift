import Basics

/// A library or an interpreter that models need and that is not there.
package struct MissingProgram: HintedError, Hashable, CustomStringConvertible {
    package let description: String
    package let hint: String?
}
