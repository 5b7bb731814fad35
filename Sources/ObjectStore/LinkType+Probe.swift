import Basics
import CSystemCalls
import Glibc

extension LinkType {
    /// The types that work from one directory to another, found out by making one link of each.
    ///
    /// The files it makes are gone afterwards. Copies always work and are not listed.
    package static func working(from source: String, to target: String) throws -> [LinkType] {
        let file = Paths.join(source, TemporaryNames.next())
        let descriptor = try Files.open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC)
        defer {
            _ = close(descriptor)
            unlink(file)
        }
        try Files.write(Array("probe".utf8), to: descriptor, path: file)
        return [LinkType.reflink, .hardlink, .symlink].filter { type in
            let link = Paths.join(target, TemporaryNames.next())
            defer { unlink(link) }
            return type.makes(link, of: file, descriptor)
        }
    }

    private func makes(_ link: String, of file: String, _ descriptor: Int32) -> Bool {
        switch self {
        case .hardlink: return Glibc.link(file, link) == 0
        case .symlink: return Glibc.symlink(file, link) == 0
        case .copy: return true
        case .reflink:
            guard let copy = try? Files.open(link, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC) else { return false }
            defer { _ = close(copy) }
            return apus_clone(descriptor, copy) == 0
        }
    }
}
