import Basics

/// Where an image is or is to go.
package enum ImagePlace: Hashable, Sendable, CustomStringConvertible {
    case registry(ImageReference)
    /// A folder, and the tag or digest in it.
    case layout(String, String?)
    /// A tar archive of a layout, which Docker's `load` takes too.
    case archive(String)

    /// Reads a place: `oci:FOLDER[:TAG]`, `oci-archive:FILE`, `docker-archive:FILE`, `docker://REFERENCE`, or what a path
    /// that exists, or else a reference, stands for.
    package init(_ text: String, directory: String) throws(ImageError) {
        func rest(_ prefix: String) -> String? {
            text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
        }
        if let reference = rest("docker://") {
            self = .registry(try ImageReference(reference))
        } else if let path = rest("oci-archive:") ?? rest("docker-archive:") {
            self = .archive(Paths.absolute(path, from: directory))
        } else if let path = rest("oci:") {
            self = Self.folder(path, directory)
        } else {
            let path = Paths.absolute(text, from: directory)
            let isPath = text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
            if text.hasSuffix(".tar"), isPath || Files.exists(path) {
                self = .archive(path)
            } else if isPath || Files.exists(Paths.join(path, "oci-layout")) {
                self = Self.folder(text, directory)
            } else {
                self = .registry(try ImageReference(text))
            }
        }
    }

    private static func folder(_ text: String, _ directory: String) -> ImagePlace {
        let slash = text.lastIndex(of: "/") ?? text.startIndex
        // A digest has a colon of its own.
        if let at = text[slash...].firstIndex(of: "@") {
            return .layout(Paths.absolute(String(text[..<at]), from: directory), String(text[text.index(after: at)...]))
        }
        guard let colon = text[slash...].lastIndex(of: ":") else {
            return .layout(Paths.absolute(text, from: directory), nil)
        }
        return .layout(
            Paths.absolute(String(text[..<colon]), from: directory),
            String(text[text.index(after: colon)...])
        )
    }

    package var description: String {
        switch self {
        case .registry(let reference): reference.description
        case .layout(let path, let tag): "oci:" + path + (tag.map { ($0.hasPrefix("sha256:") ? "@" : ":") + $0 } ?? "")
        case .archive(let path): "oci-archive:" + path
        }
    }
}
