import Basics
import CProcess
import Glibc

/// A class of the user's in Python, in processes that are watched and started anew when they end.
package final class PythonModel: MethodCallable {
    let settings: Settings
    let description: PythonDescription
    let pool: WorkerPool

    /// Starts the workers; returns when the first has loaded the model.
    package init(_ settings: Settings) throws(InferenceError) {
        self.settings = settings
        pool = WorkerPool(settings: settings, adapter: try Self.adapterFile())
        description = try pool.start()
    }

    /// The version of Python, such as `3.11.7`.
    package var pythonVersion: String { description.version }
    package var methods: [CallableMethod] { description.methods.map(\.callable) }
    package var concurrency: Int { max(1, settings.workers) }
    package var isReady: Bool { pool.isReady }
    /// How many workers have loaded the model and run.
    package var workersUp: Int { pool.upCount }

    package func close() { pool.close() }

    package var tensorMethod: String? {
        let able = description.methods.filter { $0.signature != nil }.map(\.callable.name)
        if let wanted = settings.method { return able.first { $0 == wanted } }
        return able.first { $0 == "predict" } ?? able.first
    }

    /// The method that takes and gives tensors only: the one named, that of the settings, `predict`, or the first.
    package func tensorModel(for method: String? = nil) -> (any Model)? {
        guard let found = description.methods.first(where: { $0.callable.name == method ?? tensorMethod }),
            let signature = found.signature
        else { return nil }
        return PythonTensorModel(self, method: found.callable, signature: signature)
    }

    /// The adapter's code as a file without a name, which workers open as `/dev/fd/4`.
    private static func adapterFile() throws(InferenceError) -> Int32 {
        let descriptor = apus_memory_file("adapter.py")
        let code = PackageResources.adapter_py
        do {
            if descriptor < 0 { throw FileError("make a file in memory", "adapter.py") }
            try Files.write(code, to: descriptor, path: "adapter.py")
        } catch {
            if descriptor >= 0 { _ = Glibc.close(descriptor) }
            throw .unavailable("\(error)")
        }
        return descriptor
    }
}
