import Basics
import Glibc

/// The files beside a model that hold some of its tensors.
///
/// A model names them itself, so a hostile one could name any file of the machine.
package enum ExternalData {
    /// The files of the model at `path`, relative to its folder; throws for those outside of it.
    package static func files(of path: String) throws -> [String] {
        try check(path)
        return try locations(in: path).map(Paths.normalize).sorted()
    }

    /// Throws when the model at `path` wants data from outside of its own folder.
    static func check(_ path: String) throws {
        let folder = Paths.parent(path).isEmpty ? "." : Paths.parent(path)
        for location in try locations(in: path) {
            try check(location, in: folder)
        }
    }

    private static func check(_ location: String, in folder: String) throws(InferenceError) {
        let normal = Paths.normalize(location)
        guard !location.hasPrefix("/"), normal != "..", !normal.hasPrefix("../"), !location.utf8.contains(0) else {
            throw .failed("it wants data from '\(location)', outside of its folder")
        }
        guard let base = Files.canonical(folder), let file = Files.canonical(Paths.join(folder, location)) else {
            throw .failed("its data file '\(location)' is missing")
        }
        guard Paths.inside(file, of: base) != nil else {
            throw .failed("its data file '\(location)' is a link to outside of its folder")
        }
    }

    private static func locations(in path: String) throws -> Set<String> {
        let descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return [] }
        let size = Int(status.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw FileError("read", path)
        }
        defer { munmap(start, size) }
        var reader = ONNXFile(UnsafeRawBufferPointer(start: start, count: size))
        return reader.externalLocations()
    }
}
