import Basics
import Digests
import Images

/// Packages of Python for an image, installed by pip into a folder of their own and kept for the next time.
struct PythonPackages {
    /// A file of pip's.
    let requirements: String
    /// The interpreter that runs pip.
    let interpreter: String
    /// The version of Python in the image.
    let version: String
    let platform: Platform
    /// The folder below which what was installed is kept.
    let cache: String

    /// The folder with the packages.
    func folder() throws -> String {
        let content = try Files.read(requirements)
        let key = SHA256.hash(Array("1 \(version) \(platform) ".utf8) + content)
        let folder = Paths.join(cache, key)
        if Files.exists(folder) { return folder }
        try Files.makeDirectories(cache)
        let temporary = try Files.makeUniqueFolder(Paths.join(cache, "new-"))
        do {
            try install(temporary)
            // Scripts name the interpreter of this machine.
            try Files.remove(Paths.join(temporary, "bin"))
            try Files.rename(temporary, to: folder)
        } catch {
            try? Files.remove(temporary)
            throw error
        }
        return folder
    }

    private func install(_ target: String) throws {
        let tag = "cp" + version.split(separator: ".").joined()
        var arguments = [
            interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-input",
            "--requirement", requirements, "--target", target, "--only-binary", ":all:", "--implementation", "cp",
            "--python-version", version, "--abi", tag, "--abi", "abi3", "--abi", "none",
        ]
        let machine = platform.architecture == "arm64" ? "aarch64" : "x86_64"
        for glibc in [36, 35, 34, 31, 28, 27, 24, 17] {
            arguments += ["--platform", "manylinux_2_\(glibc)_\(machine)"]
        }
        arguments += ["--platform", "manylinux2014_\(machine)", "--platform", "linux_\(machine)"]
        let result = try ChildProcess.run(arguments, directory: Paths.parent(requirements))
        guard result.ending.isSuccess else {
            let lines = result.errorText.split(separator: "\n").filter { $0.hasPrefix("ERROR") }
            throw PackagesMissing(reason: lines.last.map(String.init) ?? "pip failed")
        }
    }

    /// The names and versions of what is installed in a folder.
    static func list(_ folder: String) -> [(name: String, version: String)] {
        let names = (try? Files.names(in: folder)) ?? []
        return names.filter { $0.hasSuffix(".dist-info") }.compactMap { name in
            let parts = name.dropLast(".dist-info".count).split(separator: "-")
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
    }
}

/// What pip did not do, in its words.
struct PackagesMissing: HintedError, CustomStringConvertible {
    let reason: String

    var description: String { "the packages of Python for the image cannot be installed: \(reason)" }
    var hint: String? { "wheels alone are taken; 'image.python.version' is the version of Python in the base" }
}
