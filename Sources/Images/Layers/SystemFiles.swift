import Basics

/// What programs need of a system, for an image that is built on nothing.
package enum SystemFiles {
    /// The user that containers run as.
    package static let user = 65532

    /// A layer with the loader and the libraries that programs of this machine need, a user without rights, and places to
    /// write to.
    package static func layer(for programs: [String]) throws(ImageError) -> LayerPlan {
        var plan = LayerPlan("system")
        for (path, source) in try libraries(of: programs).sorted(by: { $0.key < $1.key }) {
            plan.add(.init(String(path.dropFirst()), .file(source), mode: 0o755))
        }
        let users =
            "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:\(user):\(user):nonroot:/home/nonroot:/sbin/nologin\n"
        plan.add(.init("etc/passwd", .bytes(Array(users.utf8))))
        plan.add(.init("etc/group", .bytes(Array("root:x:0:\nnonroot:x:\(user):\n".utf8))))
        plan.add(.init("etc/nsswitch.conf", .bytes(Array("passwd: files\ngroup: files\nhosts: files dns\n".utf8))))
        for folder in ["home/nonroot", "proc", "sys", "dev", "run"] { plan.add(.init(folder, .directory)) }
        plan.add(.init("tmp", .directory, mode: 0o1777))
        return plan
    }

    /// The loader and all libraries, as paths in the image with the files of this machine.
    static func libraries(of programs: [String]) throws(ImageError) -> [String: String] {
        var found: [String: String] = [:]
        var names: Set<String> = []
        var pending = programs
        while let path = pending.popLast() {
            let file = try ELFFile(path)
            if let loader = file.loader, found[loader] == nil {
                found[loader] = try existing(loader)
                names.insert(Paths.name(loader))
            }
            for name in file.libraries where names.insert(name).inserted {
                guard !name.contains("/"), let library = place(of: name, file, path) else {
                    throw .invalid("the library '\(name)', which '\(path)' needs, is not found on this machine")
                }
                found[library] = try existing(library)
                pending.append(library)
            }
        }
        return found
    }

    private static func existing(_ path: String) throws(ImageError) -> String {
        guard let target = Files.canonical(path) else { throw .missing("file '\(path)'") }
        return target
    }

    private static func place(of name: String, _ file: ELFFile, _ path: String) -> String? {
        let triplet = file.machine == ELFFile.arm ? "aarch64-linux-gnu" : "x86_64-linux-gnu"
        let origin = Paths.parent(path)
        let own = file.searchPath.map { $0.replacing("${ORIGIN}", with: origin).replacing("$ORIGIN", with: origin) }
        let usual = ["/lib/\(triplet)", "/usr/lib/\(triplet)", "/lib64", "/usr/lib64", "/lib", "/usr/lib"]
        for folder in own + usual where folder.hasPrefix("/") {
            let candidate = Paths.normalize(Paths.join(folder, name))
            if let other = try? ELFFile(candidate), other.machine == file.machine { return candidate }
        }
        return nil
    }
}
