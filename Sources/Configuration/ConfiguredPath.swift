import Basics

/// Paths and URLs in configuration files.
package enum ConfiguredPath {
    /// What a value means: absolute for a path, unchanged for a URL.
    ///
    /// Paths start at the directory of the file; `~` is the home folder, when there is one.
    package static func resolved(_ value: String, directory: String, home: String?) -> String {
        if isURL(value) || value.hasPrefix("/") { return value }
        return expanded(value, home: home) ?? Paths.absolute(value, from: directory)
    }

    /// How a value given on a command line is written: a relative path starts at `workingDirectory` when given, and at
    /// the directory of the file when written.
    package static func stored(_ value: String, directory: String, workingDirectory: String) -> String {
        if isURL(value) || value.hasPrefix("/") || value == "~" || value.hasPrefix("~/") { return value }
        return Paths.relative(Paths.absolute(value, from: workingDirectory), to: Paths.normalize(directory))
    }

    /// The scheme of a URL with a host; "" for anything else.
    package static func scheme(_ value: String) -> String {
        guard let colon = value.firstIndex(of: ":"), value[colon...].hasPrefix("://") else { return "" }
        let scheme = value[..<colon]
        let host = value[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isScheme = scheme.first?.isLetter == true && scheme.utf8.allSatisfy { isSchemeByte($0) }
        return isScheme && !host.isEmpty ? scheme.lowercased() : ""
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789+-.".unicodeScalars.contains(scalar))
    }

    private static func isURL(_ value: String) -> Bool {
        guard let colon = value.firstIndex(of: ":"), colon > value.startIndex else { return false }
        return value[colon...].hasPrefix("://")
            && value[..<colon].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    private static func expanded(_ value: String, home: String?) -> String? {
        guard let home else { return nil }
        if value == "~" { return home }
        return value.hasPrefix("~/") ? Paths.join(home, String(value.dropFirst(2))) : nil
    }
}
