import Basics

/// Finds the Python that runs a model.
package enum PythonInterpreter {
    /// The path of the interpreter: the one asked for, that of the active virtual environment, that of `.venv` in the
    /// directory, or `python3` on the search path.
    package static func find(
        explicit: String?,
        virtualEnvironment: String?,
        directory: String,
        searchPath: String
    ) throws(MissingProgram) -> String {
        if let explicit, !explicit.isEmpty {
            return try named(explicit, directory: directory, searchPath: searchPath)
        }
        if let virtualEnvironment, !virtualEnvironment.isEmpty {
            if let found = inEnvironment(virtualEnvironment) { return found }
            throw MissingProgram(
                description: "the virtual environment '\(virtualEnvironment)' has no python",
                hint: "deactivate it, or name the interpreter by APUS_PYTHON"
            )
        }
        if let found = inEnvironment(Paths.join(directory, ".venv")) { return found }
        if let found = onPath("python3", searchPath) { return found }
        throw MissingProgram(
            description: "there is no python3 on the PATH",
            hint: "install Python 3.9 or later, or name the interpreter by APUS_PYTHON"
        )
    }

    /// A path, the root of an environment, or the name of a program on the search path.
    private static func named(
        _ text: String,
        directory: String,
        searchPath: String
    ) throws(MissingProgram) -> String {
        let path = Paths.absolute(text, from: directory)
        if isProgram(path) { return path }
        if let found = inEnvironment(path) { return found }
        if !text.contains("/"), let found = onPath(text, searchPath) { return found }
        throw MissingProgram(description: "there is no Python interpreter at '\(text)'", hint: nil)
    }

    private static func inEnvironment(_ root: String) -> String? {
        ["bin/python", "bin/python3"].map { Paths.join(root, $0) }.first(where: isProgram)
    }

    private static func onPath(_ name: String, _ searchPath: String) -> String? {
        searchPath.split(separator: ":").lazy.map { Paths.join(String($0), name) }.first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        guard let status = try? Files.status(path, followLinks: true) else { return false }
        return status.kind == .regular && status.isExecutable
    }
}
