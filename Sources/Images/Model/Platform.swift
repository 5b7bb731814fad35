import OrderedCollections
import Values

/// The system and processor that an image is for.
package struct Platform: Hashable, Sendable, CustomStringConvertible {
    package var system: String
    package var architecture: String
    package var variant: String?

    package init(system: String = "linux", architecture: String, variant: String? = nil) {
        self.system = system
        self.architecture = architecture
        self.variant = variant
    }

    /// Reads `linux/arm64/v8`; a processor alone is one of Linux.
    package init(_ text: String) throws(ImageError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 32
                && part.utf8.allSatisfy { byte in
                    let character = Character(UnicodeScalar(byte))
                    return byte < 0x80 && (character.isLetter || character.isNumber || "._-".contains(character))
                }
        }
        guard isPlain, (1...3).contains(parts.count) else { throw .invalidPlatform(String(text.prefix(100))) }
        let names = ["x86_64": "amd64", "aarch64": "arm64"]
        let architecture = parts[parts.count == 1 ? 0 : 1]
        self.init(
            system: parts.count == 1 ? "linux" : parts[0],
            architecture: names[architecture] ?? architecture,
            variant: parts.count == 3 ? parts[2] : nil
        )
    }

    /// That of this program.
    package static var current: Platform {
        #if arch(arm64)
        Platform(architecture: "arm64")
        #else
        Platform(architecture: "amd64")
        #endif
    }

    package var description: String {
        "\(system)/\(architecture)" + (variant.map { "/" + $0 } ?? "")
    }

    /// Whether an image for the other runs on this one.
    func runs(_ other: Platform) -> Bool {
        if system != other.system || architecture != other.architecture { return false }
        if variant == nil || other.variant == nil || variant == other.variant { return true }
        return architecture == "arm64" && other.variant == "v8"
    }

    init?(_ value: Value?) {
        guard let system = value?["os"]?.string, let architecture = value?["architecture"]?.string else { return nil }
        self.init(system: system, architecture: architecture, variant: value?["variant"]?.string)
    }

    var value: Value {
        var map: Value.Map = ["architecture": .string(architecture), "os": .string(system)]
        if let variant { map["variant"] = .string(variant) }
        return .map(map)
    }
}
