package import Values

/// Writes values the way DVC writes new files.
///
/// Sequences are not indented under their key, null is an empty value, plain and quoted text folds at column 80, and
/// quotes stand only where a plain text would read as something else. Keys are never folded, since DVC's reader could
/// not read them back.
package enum YAMLEmitter {
    /// Gives the text of a document.
    package static func emit(_ value: Value) -> [UInt8] {
        var writer = BlockWriter()
        writer.writeDocument(value)
        return writer.bytes
    }

    /// Gives the text of a document with each line behind `indent` spaces, which count for the folding.
    package static func emit(_ value: Value, indent: Int) -> [UInt8] {
        var writer = BlockWriter()
        writer.writeDocument(value, indent: max(0, indent))
        return writer.bytes
    }
}
