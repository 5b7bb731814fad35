import Basics

/// Where ONNX Runtime's library may be: only folders that somebody named and those of the system are looked into.
package struct ONNXRuntimeLocation: Sendable, Hashable {
    /// The library itself or the folder that has it; nothing else is tried then.
    package var explicit: String?
    package var virtualEnvironments: [String]
    /// A Python interpreter, whose packages are looked through; a path as found, links not followed.
    package var interpreter: String?
    package var systemFolders: [String]

    package init(
        explicit: String? = nil,
        virtualEnvironments: [String] = [],
        interpreter: String? = nil,
        systemFolders: [String] = Self.defaultSystemFolders
    ) {
        self.explicit = explicit
        self.virtualEnvironments = virtualEnvironments
        self.interpreter = interpreter
        self.systemFolders = systemFolders
    }

    package static let defaultSystemFolders = [
        "/opt/onnxruntime/lib", "/opt/onnxruntime", "/usr/local/lib", "/usr/lib", "/usr/lib64",
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
    ]

    /// The libraries that exist, the most wanted first.
    package var candidates: [String] {
        if let explicit {
            return Files.isDirectory(explicit) ? Self.libraries(in: explicit) : [explicit]
        }
        var prefixes = virtualEnvironments
        if let interpreter { prefixes.append(Paths.parent(Paths.parent(interpreter))) }
        return prefixes.flatMap(Self.packages).flatMap(Self.libraries) + systemFolders.flatMap(Self.libraries)
    }

    /// Where the wheel puts its library below the prefix of an interpreter.
    private static func packages(of prefix: String) -> [String] {
        let library = Paths.join(prefix, "lib")
        return names(in: library).filter { $0.hasPrefix("python3") }.flatMap { version in
            ["site-packages", "dist-packages"].map {
                Paths.join(library, version + "/" + $0 + "/onnxruntime/capi")
            }
        }
    }

    /// The highest version first, as its name sorts.
    private static func libraries(in folder: String) -> [String] {
        names(in: folder).filter { $0 == "libonnxruntime.so" || $0.hasPrefix("libonnxruntime.so.") }
            .sorted { $0.utf8.count != $1.utf8.count ? $0.utf8.count > $1.utf8.count : $0 > $1 }
            .map { Paths.join(folder, $0) }
    }

    private static func names(in folder: String) -> [String] {
        (try? Files.names(in: folder))?.sorted() ?? []
    }
}
